"""A release of O*NET in the database: what is new comes, what it says otherwise or no longer is retired."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from itertools import islice
from typing import Any, NamedTuple

from django.db import transaction

from careerplan.base.database import allow_seconds, insert_quickly
from goals.enums import OccupationLevel
from goals.models import Occupation
from goals.onet.models import OfRelease, OnetItem, OnetOccupation, OnetRelease, OnetTitle
from goals.onet.reading import Read

BATCH = 5000
SECONDS = 600  # of one statement

Told = Callable[[str], object]


class Older(ValueError):
    """A later release was imported already."""


class Unknown(ValueError):
    """No occupation of the release is in the lists."""


class Counted(NamedTuple):
    came: int
    changed: int
    went: int
    stayed: int


class Report(NamedTuple):
    """By what is counted; `left_out`: codes of another edition of the SOC; `gone`: occupations that went."""

    counted: dict[str, Counted]
    left_out: list[str]
    gone: list[str]


@transaction.atomic
def import_release(read: Read, *, at: datetime, tell: Told = print) -> Report:
    """All or nothing. The same release once more mends what is not as it says. Raises Older and Unknown."""
    allow_seconds(SECONDS)
    release = release_row(read, at)
    occupations = dict(Occupation.objects.filter(level=OccupationLevel.DETAILED).values_list("code", "pk"))
    if not any(soc_of(code) in occupations for code in read.occupations):
        raise Unknown("None of its occupations is in the lists. Load them first: manage.py seed_reference.")
    writer = Writer(release, occupations, tell)
    gone = [
        code
        for code in OnetOccupation.objects.current().order_by("code").values_list("code", flat=True)
        if code not in read.occupations
    ]
    return Report(
        {
            "occupations": writer.write(OnetOccupation, {(code,): said for code, said in read.occupations.items()}),
            "titles": writer.write(OnetTitle, {key: (is_short,) for key, is_short in read.titles.items()}),
            "tasks, skills and knowledge": writer.write(OnetItem, read.items),
        },
        sorted(code for code in read.occupations if soc_of(code) not in occupations),
        gone,
    )


def release_row(read: Read, at: datetime) -> OnetRelease:
    """Whoever imports at the same time waits here, and then looks again."""
    release, _made = OnetRelease.objects.get_or_create(number=read.number, defaults={"imported_at": at})
    OnetRelease.objects.select_for_update().get(pk=release.pk)
    newest = OnetRelease.objects.order_by("-number")[0]
    if newest != release:
        raise Older(f"Release {newest.number} was imported already, which is newer than {read.number}.")
    return release


def soc_of(code: str) -> str:
    return code.partition(".")[0]


class Writer:
    def __init__(self, release: OnetRelease, occupations: Mapping[str, int], tell: Told):
        self.release, self.occupations, self.tell = release, occupations, tell

    def write(self, model: type[OfRelease], wanted: Mapping[Any, tuple[Any, ...]]) -> Counted:
        there: dict[tuple[str, ...], tuple[int, tuple[Any, ...]]] = {}
        width = len(model.same_by)
        for pk, *row in model.objects.current().values_list("pk", *model.same_by, *model.says):
            there[tuple(row[:width])] = pk, tuple(row[width:])
        known = {key: tuple(said) for key, said in wanted.items() if soc_of(key[0]) in self.occupations}
        went = [pk for key, (pk, _said) in there.items() if key not in known]
        changed = [key for key, said in known.items() if key in there and there[key][1] != said]
        came = [key for key in known if key not in there]
        self.retire(model, [*went, *(there[key][0] for key in changed)])
        self.insert(model, ((key, known[key]) for key in (*changed, *came)))
        self.tell(f"{model._meta.verbose_name_plural}: written.")
        return Counted(len(came), len(changed), len(went), len(known) - len(came) - len(changed))

    def retire(self, model: type[OfRelease], keys: list[int]) -> None:
        for start in range(0, len(keys), BATCH):
            model.objects.filter(pk__in=keys[start : start + BATCH]).update(retired_in=self.release)

    def insert(self, model: type[OfRelease], rows: Iterable[tuple[tuple[str, ...], tuple[Any, ...]]]) -> None:
        made = (self.made(model, key, said) for key, said in rows)
        while batch := list(islice(made, BATCH)):
            insert_quickly(batch, batch_size=500)

    def made(self, model: type[OfRelease], key: tuple[str, ...], said: tuple[Any, ...]) -> OfRelease:
        values = dict(zip((*model.same_by, *model.says), (*key, *said), strict=True))
        row = model(occupation_id=self.occupations[soc_of(key[0])], came_in=self.release, **values)
        if isinstance(row, OnetTitle):
            row.derive()
        return row
