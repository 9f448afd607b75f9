"""The e-mail that brings a supervisor a link: in the language that the planner chose, and without the code."""

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from careerplan.base.dates import day_of
from worksites.evaluations.codes import secret_of
from worksites.evaluations.models import SupervisorLetter, SupervisorLink

SUBJECT, BODY = "worksites/evaluations/email_subject.txt", "worksites/evaluations/email_message.txt"


def address_of_link(secret: str) -> str:
    return settings.SITE_ADDRESS + reverse("supervisor", args=[secret])


def supervisor_letter(row: SupervisorLetter) -> EmailMessage:
    """It names the worksite alone: whom it is about stands behind the link."""
    link: SupervisorLink = row.link
    context = {
        "link": link,
        "worksite": link.placement.job.worksite,
        "planner": link.made_by,
        "agency": settings.AGENCY_NAME,
        "until": day_of(link.ends_at),
        "address": address_of_link(secret_of(link.seed)),
    }
    with translation.override(link.language):
        subject = " ".join(render_to_string(SUBJECT, context).split())
        body = render_to_string(BODY, context).strip()
    domain = settings.SITE_ADDRESS.split("//")[-1].split(":")[0]
    headers = {"Message-ID": f"<supervisor-{row.pk}@{domain}>"}
    return EmailMessage(subject, body + "\n", to=[link.email], headers=headers)
