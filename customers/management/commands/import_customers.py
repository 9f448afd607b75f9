"""`manage.py import_customers FILE`: the import of the pages, for files that nobody wants to send through a browser."""

from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from careerplan.accounts.enums import Role
from careerplan.accounts.models import Office, User
from careerplan.base import clock
from careerplan.base.names import fold
from careerplan.base.refusals import Refusal
from careerplan.imports import actions
from careerplan.imports.columns import heading_key
from careerplan.imports.enums import WAITING, Encoding, ImportState, RowState
from careerplan.imports.kinds import kind_of
from careerplan.imports.models import Import, ImportRow
from careerplan.imports.rows import Counts, ShownRow
from careerplan.imports.working import work_on
from customers.importing import KEY
from customers.person_forms import offices_of

MOST_TOLD = 50
HOUR = 60 * 60


class Command(BaseCommand):
    help = (
        "Looks at a file of customers row by row, says what it finds, and with --confirm imports all of it or nothing."
    )

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("file", help="CSV or Excel (.xlsx)")
        parser.add_argument(
            "--map",
            nargs="+",
            default=[],
            metavar="COLUMN=FIELD",
            help="a heading and its field; no field leaves it out",
        )
        parser.add_argument("--office", nargs="+", default=[], help="of new customers whose row names none: its name")
        parser.add_argument(
            "--begun-on",
            type=date.fromisoformat,
            metavar="YYYY-MM-DD",
            help="day on which the program began, where a row names none",
        )
        parser.add_argument("--encoding", choices=Encoding.values, default=Encoding.UTF_8, help="of a CSV file")
        parser.add_argument(
            "--by", metavar="USERNAME", help="in whose name; needed unless one statewide person works here"
        )
        parser.add_argument("--confirm", action="store_true", help="import it, if nothing is left to mend")

    def handle(self, *args: Any, **options: Any) -> None:
        person = person_called(options["by"])
        try:
            bringing = self.brought(person, options)
        except Refusal as refusal:
            raise CommandError(str(refusal.sentence)) from refusal
        while not work_on(bringing.pk, seconds=HOUR):
            pass
        self.tell(bringing)
        if options["confirm"]:
            self.confirm(bringing, person)
        else:
            self.stdout.write(f"Nothing was imported. Mend it in the browser (import {bringing.pk}), or add --confirm.")

    def brought(self, person: User, options: dict[str, Any]) -> Import:
        path = Path(options["file"])
        try:
            content = path.read_bytes()
        except OSError as error:
            raise CommandError(f"{path} can't be read: {error.strerror}.") from error
        kind, at = kind_of(KEY), clock.now()
        bringing = actions.bring(kind, path.name, content, encoding=options["encoding"], by=person, at=at)
        columns = mapped(bringing, options["map"])
        chosen = {name: field.initial for name, field in kind.options(person).items()}  # as the page offers them
        if office := office_called(" ".join(options["office"]), person):
            chosen["office"] = office.pk
        if options["begun_on"]:
            chosen["begun_on"] = options["begun_on"].isoformat()
        return actions.map_columns(bringing, columns, chosen, by=person, at=at)

    def tell(self, bringing: Import) -> None:
        counts = Counts(bringing)
        for state in RowState:
            if number := counts.by_state.get(state):
                self.stdout.write(f"{number:>7,} {state.label}")
        rows = ImportRow.objects.filter(bringing=bringing, state__in=WAITING).order_by("number")
        for row in rows[:MOST_TOLD]:
            shown = ShownRow(bringing, row)
            for fault in shown.faults:
                where = f"{fault.label}: " if fault.label else ""
                self.stdout.write(f"Line {row.number}, {shown.name}: {where}{fault.said}")
        if counts.waiting > MOST_TOLD:
            self.stdout.write(f"... and {counts.waiting - MOST_TOLD:,} more.")

    def confirm(self, bringing: Import, person: User) -> None:
        try:
            actions.confirm(bringing, by=person, at=clock.now())
        except Refusal as refusal:
            if refusal.code == "nothing-to-import":
                self.stdout.write(str(refusal.sentence))
                return
            raise CommandError(str(refusal.sentence)) from refusal
        work_on(bringing.pk, seconds=HOUR)
        bringing.refresh_from_db()
        if bringing.state != ImportState.DONE:
            raise CommandError(bringing.why_refused or "Another import is under way; the worker goes on with this one.")
        counts = Counts(bringing)
        self.stdout.write(f"Imported: {counts.new:,} new, {counts.changed:,} changed.")


def person_called(username: str | None) -> User:
    people = User.objects.filter(is_active=True)
    if username:
        person: User | None = people.filter(username=username).first()
        if person is None:
            raise CommandError(f"Nobody who may sign in has the username {username!r}.")
        return person
    statewide: list[User] = list(people.filter(role=Role.STATEWIDE)[:2])
    if len(statewide) != 1:
        raise CommandError("Say in whose name: --by USERNAME.")
    return statewide[0]


def office_called(name: str, person: User) -> Office | None:
    if not name:
        return None
    offices: list[Office] = list(offices_of(person))
    found = [office for office in offices if fold(office.name) == fold(name)]
    if len(found) != 1:
        raise CommandError(f"{len(found)} of this person's offices are called {name!r}.")
    return found[0]


def mapped(bringing: Import, pairs: list[str]) -> list[str]:
    """The guessed columns with those that were named."""
    columns, names = list(bringing.columns), {one.name for one in bringing.about.fields}
    places = {heading_key(heading): place for place, heading in enumerate(bringing.headings)}
    for pair in pairs:
        heading, sign, name = pair.rpartition("=")
        place = places.get(heading_key(heading))
        if not sign or place is None:
            raise CommandError(f"There is no column {heading or pair!r}. There are: {', '.join(bringing.headings)}.")
        if name and name not in names:
            raise CommandError(f"There is no field {name!r}. There are: {', '.join(sorted(names))}.")
        columns = ["" if one == name else one for one in columns]
        columns[place] = name
    return columns
