"""Whether what was sealed is what it was: each seal by its digest, each plan's seals by their chain, each agreement by
its seal, and each version by the agreement that it came into force with."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.db.models import Exists, F, OuterRef

from acknowledgments.contents.chain import BEGINNING, LINKED, link_of
from acknowledgments.contents.sealed_text import digest_of
from acknowledgments.models import Acknowledgment, DeskSigning, Seal
from acknowledgments.proof.wrong import Kind, Wrong, in_batches, in_windows
from careerplan.plans.enums import VersionState
from careerplan.plans.models import EmploymentPlan, PlanVersion

# Plans whose seals, with their contents, are read at a time.
PLANS = 50
# With this migration the chain came. A former release seals on without one until its last process has ended, or for as
# long as the upgrade may have to be taken back.
BEGIN, CHAIN = "0001_initial", "0025_each_seal_carries_the_one_before"
STILL_WITHOUT = timedelta(days=1)
IN_FORCE = (VersionState.ACTIVE, VersionState.SUPERSEDED)


def wrong_seals() -> Iterator[Wrong]:
    """Of every seal, whether its contents have its digest; of every plan, whether its seals follow one another."""
    last, linked_since = 0, when_each_is_linked()
    while plans := list(EmploymentPlan.objects.filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:PLANS]):
        last = plans[-1]
        rows = Seal.objects.filter(version__plan__in=plans).order_by("version__plan_id", "id")
        found = rows.values("id", "canonical", "chain_digest", *LINKED, plan=F("version__plan_id"))
        plan, link = None, BEGINNING
        for seal in found.iterator(chunk_size=PLANS):
            if seal["plan"] != plan:
                plan, link = seal["plan"], BEGINNING
            must = linked_since is None or seal["sealed_at"] >= linked_since
            yield from wrong_in(seal, link, must_be_linked=must)
            link = seal["chain_digest"] or link_of(link, seal)


def when_each_is_linked() -> datetime | None:
    """From when on no seal is without a link; None where none ever was: the chain came as the database was made, or the
    database does not say when."""
    rows = MigrationRecorder(connection).migration_qs.filter(app="acknowledgments", name__in=[BEGIN, CHAIN])
    applied = dict(rows.values_list("name", "applied"))
    if applied.keys() != {BEGIN, CHAIN} or applied[CHAIN] - applied[BEGIN] < STILL_WITHOUT:
        return None
    came: datetime = applied[CHAIN]
    return came + STILL_WITHOUT


def wrong_in(seal: dict[str, Any], before: str, *, must_be_linked: bool) -> Iterator[Wrong]:
    """A seal of a release that knew no chain has no link; those after it are linked as if it had."""
    where = f"Seal {seal['id']} (version {seal['version_id']}, plan {seal['plan']})"
    if digest_of(seal["canonical"]) != seal["digest"]:
        yield Wrong(Kind.SEAL, f"{where}: its contents do not have the digest that was sealed with them.")
    if seal["chain_digest"] is None and must_be_linked:
        yield Wrong(Kind.CHAIN, f"{where}: it has no link, and was sealed when each had one.")
    if seal["chain_digest"] and seal["chain_digest"] != link_of(before, seal):
        yield Wrong(
            Kind.CHAIN, f"{where}: it does not follow from the seals before it, or what it says of itself was changed."
        )


def wrong_evidence() -> Iterator[Wrong]:
    of_seal = ("digest", "seal__digest", "seal__version_id", "seal__voided_at")
    names = ("version_id", "seal_id", "request_id", "request__seal_id", "request__answered_at", *of_seal)
    for row in in_batches(Acknowledgment.objects.values("pk", *names)):
        where = f"Agreement {row['pk']} (version {row['version_id']}, seal {row['seal_id']})"
        if row["digest"] != row["seal__digest"]:
            yield Wrong(Kind.EVIDENCE, f"{where}: its digest is not the digest of its seal.")
        if row["version_id"] != row["seal__version_id"]:
            yield Wrong(Kind.EVIDENCE, f"{where}: its seal is that of another version.")
        if row["request_id"] is not None and row["request__seal_id"] != row["seal_id"]:
            yield Wrong(Kind.EVIDENCE, f"{where}: the request that it answers is of another seal.")
        if row["request_id"] is not None and row["request__answered_at"] is None:
            yield Wrong(Kind.EVIDENCE, f"{where}: the request that it answers was not answered.")
        if row["seal__voided_at"] is not None:
            yield Wrong(Kind.EVIDENCE, f"{where}: its seal was voided.")
    yield from wrong_desk()
    agreed = Exists(Acknowledgment.objects.filter(version=OuterRef("pk")))
    in_force = PlanVersion.objects.filter(~agreed, state__in=IN_FORCE)
    for row in in_windows(in_force.values("pk", "plan_id"), PlanVersion.objects):
        yield Wrong(
            Kind.EVIDENCE, f"Version {row['pk']} (plan {row['plan_id']}) came into force, and has no agreement."
        )
    sealed = Exists(Seal.objects.valid().filter(version=OuterRef("pk")))
    waiting = PlanVersion.objects.filter(~sealed, state=VersionState.AWAITING)
    for row in in_windows(waiting.values("pk", "plan_id"), PlanVersion.objects):
        yield Wrong(Kind.SEAL, f"Version {row['pk']} (plan {row['plan_id']}) waits for its customer, and has no seal.")


def wrong_desk() -> Iterator[Wrong]:
    """Of what was signed at the desk: whether it goes with its agreement, in the order in which things happened."""
    names = ("acknowledgment_id", "request_id", "acknowledgment__request_id", "acknowledgment__acknowledged_at")
    moments = ("made_at", "opened_at", "confirmed_at", "signed_at")
    rows = DeskSigning.objects.filter(acknowledgment__isnull=False).values("pk", "identity", *names, *moments)
    for row in in_batches(rows):
        where = f"Signing at the desk {row['pk']} (agreement {row['acknowledgment_id']})"
        if row["request_id"] != row["acknowledgment__request_id"]:
            yield Wrong(Kind.EVIDENCE, f"{where}: the agreement answers another request.")
        if row["signed_at"] != row["acknowledgment__acknowledged_at"]:
            yield Wrong(Kind.EVIDENCE, f"{where}: it was signed at another moment than the agreement says.")
        said = [row[name] for name in moments]
        if not row["identity"] or None in said or sorted(said) != said:
            yield Wrong(Kind.EVIDENCE, f"{where}: it was not opened, confirmed and signed in this order.")
