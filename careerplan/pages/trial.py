"""The e-mails that the trial wrote to its folder instead of sending them."""

import email
import email.policy

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import render
from django.views.decorators.http import require_GET

from careerplan.accounts.enums import Role
from customers.pages import require_staff


@require_GET
def trial_mail(request):
    """The e-mails that the trial wrote to its folder, newest first, for the administrator."""
    if not (settings.TRIAL or settings.DEBUG):
        raise Http404
    require_staff(request)
    if request.user.role != Role.ADMINISTRATOR:
        raise PermissionDenied
    files = sorted(settings.MAIL_DIR.glob("*.log"), key=written_at, reverse=True)[:100]
    letters = [letter for file in files for letter in read_letters(file)]
    return render(
        request, "careerplan/trial_mail.html", {"letters": letters, "folder": settings.MAIL_DIR, "nav_section": "mail"}
    )


def written_at(file):
    return file.stat().st_mtime_ns


def read_letters(file):
    """The letters of one file of Django's file-based e-mail backend."""
    found = []
    for text in file.read_bytes().split(b"\n" + b"-" * 79 + b"\n"):
        if text.strip():
            letter = email.message_from_bytes(text, policy=email.policy.default)
            body = letter.get_body(("plain",))
            found.append(
                {
                    "to": letter["To"],
                    "subject": letter["Subject"],
                    "date": letter["Date"],
                    "body": body.get_content() if body else "",
                }
            )
    return found
