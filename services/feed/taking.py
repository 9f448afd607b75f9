"""Records of a source are filed: each once, by its external ID, part by part.

A part is one transaction, in which the source is locked: two processes with the same records stand in line, and the
second finds them there. What can't be filed is reported with its place and the reason; the rest stands. What a source
says again without a change writes nothing. A service is meant by the source's own code (its table, `mapping`), else by
the catalog's; what neither knows is filed without a service, and the inbox says so.
"""

from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from itertools import islice
from typing import Any

from django.db import transaction
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from careerplan.accounts.models import User
from careerplan.base.dates import day_of
from careerplan.base.history import record_all, record_together
from careerplan.base.refusals import Refusal
from careerplan.imports.tables import UNREADABLE
from customers.models import Customer
from services.feed.enums import Way
from services.feed.facts import LONGEST_ID, Facts, refuse_unfit
from services.feed.models import FACTS, FeedCode, FeedRecord, FeedRun, FeedSource
from services.models import Service

# So many records are looked up and filed at once.
PART = 1000
# So many faults are kept with a run.
MOST_KEPT = 1000
REASON = "feed"

# The place in the file (its line) or in the call (its number), and what was read there.
Item = tuple[int, Facts | Refusal]


@dataclass(frozen=True)
class Fault:
    """Why one record was not filed. `place`: its line in a file, its number in a call."""

    place: int
    external_id: str
    code: str
    field: str
    sentence: str

    @classmethod
    def of(cls, place: int, external_id: str, refusal: Refusal) -> "Fault":
        readable = "".join(letter if letter.isprintable() else UNREADABLE for letter in external_id[:LONGEST_ID])
        return cls(place, readable, refusal.code, refusal.field or "", str(refusal.sentence))

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


@dataclass
class Report:
    """How many records are new, changed, unchanged and refused; `unmapped`: of the new and the changed ones those whose
    code is in no table; `faults`: the first of the refused ones."""

    new: int = 0
    changed: int = 0
    unchanged: int = 0
    refused: int = 0
    unmapped: int = 0
    faults: list[Fault] = field(default_factory=list)
    most_kept: int = MOST_KEPT

    def refuse(self, fault: Fault) -> None:
        self.refused += 1
        if len(self.faults) < self.most_kept:
            self.faults.append(fault)

    @property
    def total(self) -> int:
        return self.new + self.changed + self.unchanged + self.refused


@dataclass(frozen=True)
class Taking:
    """One time that records are taken. `catalog`: the keys of its entries by their codes; `only`: of this customer
    alone; `writes`: whether anything is filed."""

    source: FeedSource
    catalog: dict[str, int]
    only: Customer | None
    writes: bool
    by: User | None
    at: datetime
    report: Report
    # The external IDs that were filed or found, as numbers: a second one that says something else is refused.
    seen: set[int] = field(default_factory=set)

    @property
    def today(self) -> date:
        return day_of(self.at)


def take(
    source: FeedSource,
    items: Iterable[Item],
    *,
    only: Customer | None = None,
    writes: bool = True,
    most_kept: int = MOST_KEPT,
    by: User | None,
    at: datetime,
) -> Report:
    """File the records, or only find out what would become of them (`writes`). No person writes what a source sends.

    Raises Refusal: nothing is taken of this source (any more).
    """
    catalog = dict(Service.objects.values_list("code", "pk"))
    taking = Taking(source, catalog, only, writes, by, at, Report(most_kept=most_kept))
    for part in parts(items):
        take_part(taking, part)
    return taking.report


def parts(items: Iterable[Item]) -> Iterator[list[Item]]:
    rest = iter(items)
    while part := list(islice(rest, PART)):
        yield part


@transaction.atomic
def take_part(taking: Taking, part: list[Item]) -> None:
    rows = FeedSource.objects.select_for_update(of=("self",), no_key=True) if taking.writes else FeedSource.objects
    source = rows.get(pk=taking.source.pk)
    if not source.is_active:
        raise Refusal("source-off", _("Nothing is taken from this source at present."))
    part = [(place, fit(facts, taking.today)) for place, facts in part]
    sound = [facts for _place, facts in part if isinstance(facts, Facts)]
    customers = customers_called({facts.participant_id for facts in sound})
    keys = {facts.external_id for facts in sound}
    # With the table as it stands now: an administrator changes it under the same lock.
    codes = taking.catalog | dict(FeedCode.objects.filter(source=source).values_list("code", "service"))
    known = FeedRecord.objects.filter(source=source, external_id__in=keys)
    # A planner may decide about one of them at this moment.
    there = {row.external_id: row for row in (known.select_for_update(of=("self",)) if taking.writes else known)}
    new: list[FeedRecord] = []
    changed: dict[FeedRecord, str] = {}
    for place, facts in part:
        try:
            row = settled(taking, facts, customers, codes, there)
        except Refusal as refusal:
            said = facts.external_id if isinstance(facts, Facts) else str(facts.facts.get("external_id", ""))
            taking.report.refuse(Fault.of(place, said, refusal))
            continue
        if row is None:
            taking.report.unchanged += 1
            continue
        taking.report.unmapped += row.service_id is None
        if row._state.adding:
            new.append(row)
        else:
            changed[row] = REASON
    taking.report.new += len(new)
    taking.report.changed += len(changed)
    if taking.writes:
        record_all(new, by=taking.by, at=taking.at, reason=REASON)
        if changed:
            record_together(changed, by=taking.by, at=taking.at)


def fit(facts: Facts | Refusal, today: date) -> Facts | Refusal:
    """As it is, or why it can't be: what no text of the database holds is never looked up there."""
    if isinstance(facts, Facts):
        try:
            refuse_unfit(facts, today=today)
        except Refusal as refusal:
            refusal.facts["external_id"] = facts.external_id
            return refusal
    return facts


def customers_called(ids: set[str]) -> dict[str, tuple[int, int]]:
    """By participant ID: the key of the record, of a merged one that of the one that goes on, and its region."""
    region = Coalesce("merged_into__office__region", "office__region")
    key = Coalesce("merged_into", "pk")
    rows = Customer.objects.filter(state_id__in=ids).values_list("state_id", key, region)
    return {state_id: (pk, region) for state_id, pk, region in rows}


def settled(
    taking: Taking,
    facts: Facts | Refusal,
    customers: dict[str, tuple[int, int]],
    codes: dict[str, int],
    there: dict[str, FeedRecord],
) -> FeedRecord | None:
    """The record as it is to be written; None where it stands so already. `codes`: the keys of the catalog's entries by
    what the source may call them; `there`: known ones, and it is added to them.

    Raises Refusal: it can't be filed.
    """
    if isinstance(facts, Refusal):
        raise facts
    customer = customer_meant(taking, facts, customers)
    row = there.get(facts.external_id)
    values = values_of(facts, codes)
    key = hash(facts.external_id)
    if row is None:
        taking.seen.add(key)
        row = FeedRecord(source=taking.source, external_id=facts.external_id, customer_id=customer, **values)
        row.received_at = row.changed_at = taking.at
        there[facts.external_id] = row
        return row
    refuse_another_customer(row, customer)
    if keeps_its_service(row, values):
        values["service_id"] = row.service_id
    if all(getattr(row, name) == value for name, value in values.items()):
        taking.seen.add(key)
        return None
    if key in taking.seen:
        sentence = _("This external ID was there before, and said something else. Send each record once.")
        raise Refusal("said-twice", sentence, field="external_id")
    taking.seen.add(key)
    for name, value in values.items():
        setattr(row, name, value)
    row.changed_at = taking.at
    return row


def customer_meant(taking: Taking, facts: Facts, customers: dict[str, tuple[int, int]]) -> int:
    """Raises Refusal, in the same words whether there is nobody or somebody elsewhere: a source learns of no one."""
    key, region = customers.get(facts.participant_id, (0, 0))
    if not key or taking.source.region_id not in (None, region):
        words = (
            _("No customer of this source's region has the participant ID %(id)s.")
            if taking.source.region_id
            else _("No customer has the participant ID %(id)s.")
        )
        raise Refusal("unknown-customer", words % {"id": facts.participant_id}, field="participant_id")
    if taking.only is not None and key != taking.only.pk:
        sentence = _("This record is of another customer than the one who was asked for.")
        raise Refusal("not-asked-for", sentence, field="participant_id")
    return key


def refuse_another_customer(row: FeedRecord, customer: int) -> None:
    """One external ID is one service of one customer; a record that was merged into another is the same person's."""
    if row.customer_id != customer and not Customer.objects.filter(pk=row.customer_id, merged_into=customer).exists():
        sentence = _("This external ID is already a record of another customer. Send it under a new external ID.")
        raise Refusal("another-customer", sentence, field="external_id")


def keeps_its_service(row: FeedRecord, values: dict[str, Any]) -> bool:
    """What was decided stays, where the source says the same code as before, or one that nobody knows."""
    says_the_same = values["service_code"] == row.service_code
    return (not row.waits and says_the_same) or (row.planned_id is not None and values["service_id"] is None)


def values_of(facts: Facts, codes: dict[str, int]) -> dict[str, Any]:
    said, code = {name: getattr(facts, name) for name in FACTS}, facts.service.strip()
    of_service = {"service_code": code, "service_id": codes.get(code)}
    return said | of_service | {"provider": facts.provider.strip(), "notes": facts.notes.strip()}


def note_run(
    source: FeedSource,
    report: Report,
    *,
    way: Way,
    customer: Customer | None = None,
    file_name: str = "",
    refusal: str = "",
    begun_at: datetime,
    by: User | None,
    at: datetime,
) -> FeedRun:
    """Keep that records came, and what became of them; `refusal`: why nothing was taken."""
    return FeedRun.objects.create(
        source=source,
        way=way,
        customer=customer,
        begun_at=begun_at,
        ended_at=at,
        asked_by=by,
        file_name=file_name[-150:],
        new=report.new,
        changed=report.changed,
        unchanged=report.unchanged,
        refused=report.refused,
        unmapped=report.unmapped,
        faults=[fault.as_json() for fault in report.faults[:MOST_KEPT]],
        refusal=refusal[:300],
    )
