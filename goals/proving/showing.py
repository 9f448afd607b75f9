"""The proofs of steps, as pages show them."""

from collections import defaultdict

from careerplan.accounts.models import User
from customers.models import Upload
from goals.proving.models import StepProof


def proofs_of(plan: int, *, reader: User) -> dict[int, list[Upload]]:
    """By step of a plan, the files that the reader may see, as they were brought. One query."""
    found: dict[int, list[Upload]] = defaultdict(list)
    rows = StepProof.objects.visible_to(reader).filter(step__plan=plan).select_related("upload")
    for row in rows.order_by("pk"):
        found[row.step_id].append(row.upload)
    return found
