"""The proofs of steps, as pages show them."""

from collections import defaultdict
from collections.abc import Iterable

from careerplan.accounts.models import User
from customers.models import Upload
from goals.proving.models import StepProof


def proofs_of(steps: Iterable[int], *, reader: User) -> dict[int, list[Upload]]:
    """By step, the files that the reader may see, as they were brought. One query."""
    found: dict[int, list[Upload]] = defaultdict(list)
    rows = StepProof.objects.visible_to(reader).filter(step__in=list(steps)).select_related("upload")
    for row in rows.order_by("pk"):
        found[row.step_id].append(row.upload)
    return found
