"""Makes the ordered forms and files them; only then is the customer told.

Two workers never make the same form: the row is locked while it is made.
"""

import logging
from datetime import datetime

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from acknowledgments.agreement.in_force import agreed_before
from acknowledgments.enums import PrintKind
from acknowledgments.models import Acknowledgment, AcknowledgmentRequest, PrintedForm, Seal
from acknowledgments.paper.pdf import form_pdf
from acknowledgments.paper.signature import sealed_pdf
from careerplan.accounts.models import User
from careerplan.base.dates import day_of
from careerplan.base.refusals import Refusal
from careerplan.messaging.actions import notify
from careerplan.messaging.background import nudge
from careerplan.messaging.enums import Notice
from careerplan.plans.transitions import lock_plan
from customers.actions import file_by_system, require_editor

logger = logging.getLogger(__name__)


def make_form(form_id: int, *, at: datetime) -> bool:
    """Render and file one form; False where there is nothing to do or it failed (and the planner was told)."""
    with transaction.atomic():
        form = PrintedForm.objects.unfinished().select_for_update(of=("self",), skip_locked=True)
        form = form.select_related("seal__version__plan__customer__user", "seal__request").filter(pk=form_id).first()
        if form is None:
            return False
        try:
            content = render(form, at=at)
        except Exception as error:  # any failure of the renderer: kept with the form, told to the planner
            logger.exception("The form %s could not be made.", form.pk)
            note_failure(form, error, at=at)
            return False
        file_form(form, content, at=at)
        if form.kind == PrintKind.TO_SIGN:
            tell_customer(form.seal, at=at)
    return True


def render(form: PrintedForm, *, at: datetime) -> bytes:
    seal = form.seal
    acknowledgment = Acknowledgment.objects.filter(seal=seal).first() if form.kind == PrintKind.AGREED else None
    content = form_pdf(
        seal.contents,
        language=seal.contents.about.language,
        printed_on=day_of(at),
        seal=seal,
        acknowledgment=acknowledgment,
        agreed=agreed_before(seal.version),
    )
    return sealed_pdf(content)


def file_form(form: PrintedForm, content: bytes, *, at: datetime) -> None:
    version = form.seal.version
    plan = version.plan
    kind = plan.plan_type if plan.plan_type != "both" else "IEP-ISS"
    suffix = "" if form.kind == PrintKind.TO_SIGN else _(", acknowledged")
    form.upload = file_by_system(
        plan.customer,
        file_name=f"{kind}-{plan.customer.state_id}-v{version.number}-{form.seal.short_code}.pdf",
        name=f"{plan.get_plan_type_display()}, {version}{suffix}",
        content=content,
        at=at,
    )
    form.rendered_at = at
    form.error = ""
    form.save(update_fields=["upload", "rendered_at", "error"])


def note_failure(form: PrintedForm, error: Exception, *, at: datetime) -> None:
    form.attempts += 1
    form.error = f"{type(error).__name__}: {error}"[:300]
    form.save(update_fields=["attempts", "error"])
    version = form.seal.version
    notify(
        form.seal.sealed_by,
        Notice.FORM_NOT_RENDERED,
        key=f"form-not-rendered:{form.pk}",
        names={"customer": str(version.plan.customer), "version": str(version.number)},
        path=reverse("plan:agreement", args=[version.plan.customer_id]),
        by=None,
        at=at,
    )


def tell_customer(seal: Seal, *, at: datetime) -> None:
    """The electronic request: a dashboard message and an e-mail (Illinois workNet, Electronic Signature).

    Nobody is told of a version that was recalled, or marked as not completed, while its form was made.
    """
    lock_plan(seal.version.plan_id)
    request = AcknowledgmentRequest.objects.select_related("seal__version").filter(seal=seal).first()
    if request is None or request.notified_at or request.withdrawn_at or not request.seal.version.is_awaiting:
        return
    request.notified_at = at
    request.save(update_fields=["notified_at"])
    notify(
        seal.version.plan.customer.user,
        Notice.ACKNOWLEDGMENT_REQUESTED,
        key=f"requested:{request.pk}",
        names={"planner": seal.planner_name, "version": str(seal.version.number)},
        path=request.path,
        by=seal.sealed_by,
        at=at,
    )


@transaction.atomic
def try_again(form: PrintedForm, *, by: User, at: datetime) -> None:
    """The planner asks for another try after a failure."""
    form = (
        PrintedForm.objects.select_for_update(of=("self",))
        .select_related("seal__version__plan__customer")
        .get(pk=form.pk)
    )
    require_editor(form.seal.version.plan.customer, by)
    if form.rendered_at is not None:
        raise Refusal("form-is-made", _("The form is made already. Open the page again."))
    form.attempts = 0
    form.save(update_fields=["attempts"])
    transaction.on_commit(lambda: nudge("acknowledgments.tasks.render_form", form.pk))
