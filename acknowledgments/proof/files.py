"""Whether each file that was filed is on the disk, byte for byte."""

from collections.abc import Iterator

from acknowledgments.proof.wrong import Kind, Wrong, in_batches
from customers.models import Upload
from customers.stored import Damage, Filed, damage_of
from worksites.models import WorksiteAgreement

KINDS = {Damage.MISSING: Kind.FILE_MISSING, Damage.CHANGED: Kind.FILE_CHANGED}
SENTENCES = {
    Damage.MISSING: "its file is missing, or can't be read.",
    Damage.CHANGED: "its file is not the one that was filed.",
}


def wrong_files() -> Iterator[Wrong]:
    for upload in in_batches(Upload.objects.only("pk", "customer_id", "file", "sha256")):
        yield from wrong_file(upload, f"Upload {upload.pk} (customer {upload.customer_id})")
    for row in in_batches(WorksiteAgreement.objects.only("pk", "worksite_id", "file", "sha256")):
        yield from wrong_file(row, f"Agreement {row.pk} (worksite {row.worksite_id})")


def wrong_file(filed: Filed, where: str) -> Iterator[Wrong]:
    damage = damage_of(filed)
    if damage is not None:
        yield Wrong(KINDS[damage], f"{where}: {SENTENCES[damage]}")
