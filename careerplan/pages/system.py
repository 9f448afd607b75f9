"""The state of the system, for administrators: what the checks find, what failed, and another try for it."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from acknowledgments.filing.failed import failed_papers, make_again
from careerplan.accounts.enums import Role
from careerplan.base import clock, health
from careerplan.base.events import note_event
from careerplan.base.models import Alarm
from careerplan.base.refusals import NotAllowed
from careerplan.messaging.failed import (
    failed_emails,
    failed_letters,
    failed_texts,
    send_again,
    send_all_again,
    waiting_emails,
)
from customers.pages import require_staff

SHOWN = 50


def require_administrator(request):
    require_staff(request)
    if request.user.role != Role.ADMINISTRATOR:
        raise NotAllowed("not-an-administrator", _("Only an administrator can do this."))


@require_GET
def system(request):
    require_administrator(request)
    alarms = {row.check_code: row for row in Alarm.objects.all()}
    at = clock.now()
    found = health.look_at_all(at, slow=False)
    rows = [{"check": check, "finding": finding, "alarm": alarms.get(check.code)} for check, finding in found]
    context = {
        "rows": rows,
        "slow": [{"check": check, "alarm": alarms.get(check.code)} for check in health.slow_checks()],
        "waiting": waiting_emails(at)[:SHOWN],
        "emails": failed_emails()[:SHOWN],
        "texts": failed_texts()[:SHOWN],
        "letters": failed_letters().count(),
        "papers": failed_papers()[:SHOWN],
        "shown": SHOWN,
        "nav_section": "system",
    }
    return render(request, "careerplan/system.html", context)


@require_POST
def system_ask(request):
    """Asks the mail server now; whoever opens the page does not wait for it."""
    require_administrator(request)
    note_event("administration", request, act="asked", thing="mail server", keys=[])
    for check in health.slow_checks():
        finding = health.look(check, clock.now())
        if finding is None:
            messages.info(request, _("E-mails are written to files here: there is no mail server."))
        else:
            say = messages.error if finding.is_wrong else messages.success
            say(request, f"{check.label}: {finding.says}")
    return redirect("system")


@require_POST
def system_email_again(request, email_pk):
    require_administrator(request)
    if not send_again(failed_emails().filter(pk=email_pk), at=clock.now()):
        raise Http404
    note_event("administration", request, act="tried-again", thing="messaging.Notification", keys=[str(email_pk)])
    messages.success(request, _("The e-mail will be tried again."))
    return redirect("system")


@require_POST
def system_emails_again(request):
    """All of them: a mail server that was wrong refused hundreds."""
    require_administrator(request)
    number = send_all_again(at=clock.now())
    note_event("administration", request, act="tried-again", thing="messaging.Notification", keys=["all"])
    said = ngettext("%(number)d will be tried again.", "%(number)d will be tried again.", number)
    messages.success(request, said % {"number": number})
    return redirect("system")


@require_POST
def system_paper_again(request, paper_pk):
    require_administrator(request)
    paper = get_object_or_404(failed_papers(), pk=paper_pk)
    make_again(paper, by=request.user, at=clock.now())
    note_event("administration", request, act="tried-again", thing=paper._meta.label, keys=[str(paper_pk)])
    messages.success(request, _("We are making the form again."))
    return redirect("system")
