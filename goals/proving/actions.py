"""An action step is done, and a photo or a file shows it: brought by the customer or by the planner."""

from collections.abc import Sequence
from datetime import date, datetime

from django.core.files.base import File
from django.db import transaction
from django.utils.translation import gettext as _

from careerplan.accounts.models import User
from careerplan.base.refusals import Refusal
from customers import filed_as
from customers.actions import upload_file
from customers.models import UPLOAD_NAME_LIMIT
from goals.models import ActionStep
from goals.proving.models import StepProof
from goals.steps import finish_own_step, save_step

# Pages of one certificate are several photos; more than these belong into the uploads.
MOST_PROOFS = 10


@transaction.atomic
def finish_own_step_with_proof(step: ActionStep, files: Sequence[File], *, by: User, at: datetime) -> ActionStep:
    """The customer shows that one's own step is done; one that is done already gets more proofs.

    Raises as `finish_own_step`; and Refusal where a file can't be taken.
    """
    step = finish_own_step(step, by=by, at=at)
    keep_proofs(step, files, by=by, at=at)
    return step


@transaction.atomic
def finish_step_with_proof(
    step: ActionStep, files: Sequence[File], *, done_on: date, by: User, at: datetime
) -> ActionStep:
    """The same by a planner, with the day. Raises as `save_step`, and as above."""
    step = save_step(step.plan, step, {"done_on": done_on}, by=by, at=at)
    keep_proofs(step, files, by=by, at=at)
    return step


def keep_proofs(step: ActionStep, files: Sequence[File], *, by: User, at: datetime) -> None:
    """For the two above, which have locked the plan and asked who it is."""
    if StepProof.objects.filter(step=step).count() + len(files) > MOST_PROOFS:
        sentence = _("A step takes %(number)d files at most. Send the others in a message.")
        raise Refusal("too-many-proofs", sentence % {"number": MOST_PROOFS})
    for file in files:
        values = filed_as.ANYTHING | {"name": name_of(step), "shown_to_customer": True}
        upload = upload_file(step.plan.customer, file, values, by=by, at=at)
        StepProof.objects.create(step=step, upload=upload)


def name_of(step: ActionStep) -> str:
    """What the upload is called: what was done."""
    return step.text.replace("\n", " ")[:UPLOAD_NAME_LIMIT]
