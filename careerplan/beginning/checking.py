"""What is wrong with a beginning: each line by itself, and beside the others. Nothing is written."""

import zoneinfo
from collections import Counter
from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from acknowledgments.rules.policy import RULE_SETS
from careerplan.accounts.enums import Role
from careerplan.accounts.models import Grantee, Office, Region, User
from careerplan.beginning.sheets import AGENCY, GRANTEES, OF, OFFICES, PEOPLE, PROGRAMS, REGIONS, Fault, Line, Tables
from careerplan.reference_rows import read as read_reference
from customers.enums import PlanType, ProgramKind
from customers.models import Program

# What the environment says, by the column of agency.csv: every process has to know it before it starts.
OF_THE_ENVIRONMENT = {"name": "AGENCY_NAME", "time_zone": "TIME_ZONE", "acknowledgment_rules": "ACKNOWLEDGMENT_RULES"}
YES_OR_NO = {"yes": True, "no": False}
STAFF_ROLES = [role.value for role in Role if role != Role.CUSTOMER]
MOST_DAYS = 3650


def faults_of(tables: Tables) -> list[Fault]:
    found = [fault for lines in tables.lines.values() for line in lines for fault in faults_of_line(tables, line)]
    found += [*doubles(tables), *missing(tables)]
    order = {name: number for number, name in enumerate(tables.lines)}
    return sorted(found, key=lambda fault: (order[fault.file.removesuffix(".csv")], fault.line))


def faults_of_line(tables: Tables, line: Line) -> Iterator[Fault]:
    empty = [column for column in line.sheet.needed if not line[column]]
    for column in empty:
        yield at(line, column, _("The cell is empty."))
    if not empty:
        yield from CHECKS[line.sheet.name](tables, line)


def faults_of_next(tables: Tables, line: Line) -> Iterator[Fault]:
    """Of a line that is about to be added to the others."""
    yield from faults_of_line(tables, line)
    columns = KEYS.get(line.sheet.name, ())
    if columns and key_of(line, columns) in {key_of(other, columns) for other in tables.of(line.sheet)}:
        yield at(line, columns[-1], _("You have said this one already."))


def key_of(line: Line, columns: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(line[column].casefold() for column in columns)


def at(line: Line, column: str, reason: Any) -> Fault:
    return Fault(line.sheet.file, str(reason), line.number, column)


def agency(_tables: Tables, line: Line) -> Iterator[Fault]:
    if line["time_zone"] not in zoneinfo.available_timezones():
        yield at(line, "time_zone", _("Enter a time zone such as America/Chicago."))
        return
    if line["acknowledgment_rules"] not in RULE_SETS:
        yield at(line, "acknowledgment_rules", one_of(sorted(RULE_SETS)))
        return
    for column, variable in OF_THE_ENVIRONMENT.items():
        present = getattr(settings, variable)
        if line[column] != present:
            words = _("The environment says %(variable)s=%(present)s. Set it for every process, then begin again.")
            yield at(line, column, words % {"variable": variable, "present": present})


def region(_tables: Tables, line: Line) -> Iterator[Fault]:
    yield from of_the_model(line, Region(code=line["code"], name=line["name"]))
    for character in (OF, ";"):
        if character in line["code"]:
            yield at(line, "code", _("A code has no %(sign)s in it.") % {"sign": character})


def grantee(_tables: Tables, line: Line) -> Iterator[Fault]:
    yield from of_the_model(line, Grantee(**{column: line[column] for column in GRANTEES.columns}))


def office(tables: Tables, line: Line) -> Iterator[Fault]:
    if line["region"] not in {row["code"] for row in tables.of(REGIONS)}:
        yield at(line, "region", _("regions.csv has no region with this code."))
    if line["grantee"] not in {row["name"] for row in tables.of(GRANTEES)}:
        yield at(line, "grantee", _("grantees.csv has no grantee of this name."))
    if ";" in line["name"]:
        yield at(line, "name", _("A name has no %(sign)s in it.") % {"sign": ";"})
    yield from of_the_model(line, office_of(line), without=("region", "grantee"))


def office_of(line: Line) -> Office:
    names = ("name", "street", "city", "state", "zip_code", "phone")
    relay = {"relay": line["relay"]} if line["relay"] else {}
    return Office(**{name: line[name] for name in names}, **relay)


def program(_tables: Tables, line: Line) -> Iterator[Fault]:
    """One that the product brings needs its code and days alone; another one is described."""
    days = line["review_interval_days"]
    if not (days.isascii() and days.isdecimal() and 1 <= int(days) <= MOST_DAYS):
        words = _("Enter a whole number of days from 1 to %(most)s.") % {"most": MOST_DAYS}
        yield at(line, "review_interval_days", words)
        return
    if line["code"] not in known_programs():
        for column in ("name", "kind", "plan_type", "is_title_1"):
            if not line[column]:
                yield at(line, column, _("The product does not bring this program: say what it is."))
    choices = {"kind": ProgramKind.values, "plan_type": PlanType.values, "is_title_1": list(YES_OR_NO)}
    wrong = [column for column, known in choices.items() if line[column] and line[column] not in known]
    for column in wrong:
        yield at(line, column, one_of(choices[column]))
    yield from of_the_model(line, program_of(line), without=tuple(choices))


def known_programs() -> dict[str, str]:
    """Names by their codes: of those that are stored, and of those that the product brings."""
    brought = {row["code"]: row["name"] for row in read_reference("customers/data/programs.csv")}
    return brought | dict(Program.objects.values_list("code", "name"))


def program_of(line: Line, stored: Program | None = None) -> Program:
    """The stored one with what the line says of it; what the line leaves empty stays."""
    row = stored or Program(code=line["code"], name=known_programs().get(line["code"], ""))
    for column in ("name", "kind", "plan_type"):
        if line[column]:
            setattr(row, column, line[column])
    if line["is_title_1"] in YES_OR_NO:
        row.is_title_1 = YES_OR_NO[line["is_title_1"]]
    row.review_interval_days = int(line["review_interval_days"])
    return row


def person(tables: Tables, line: Line) -> Iterator[Fault]:
    role = line["role"]
    if role not in STAFF_ROLES:
        yield at(line, "role", one_of(STAFF_ROLES))
    if not (line["first_name"] or line["last_name"]):
        yield at(line, "first_name", _("Enter a first or a last name. One is enough."))
    codes = {row["code"] for row in tables.of(REGIONS)}
    for column in ("regions", "administers"):
        for code in line.several(column):
            if code not in codes:
                yield at(line, column, _("regions.csv has no region with the code %(code)s.") % {"code": code})
    names = {named(row) for row in tables.of(OFFICES)}
    for name in line.several("offices"):
        if name not in names:
            words = _("offices.csv has no office %(name)s. Write it as region's code/name.") % {"name": name}
            yield at(line, "offices", words)
    if role == Role.PLANNER and not (line["regions"] or line["offices"]):
        yield at(line, "offices", _("A planner sees customers of an office or a region: name one."))
    if role != Role.PLANNER and (line["regions"] or line["offices"]):
        column = "regions" if line["regions"] else "offices"
        yield at(line, column, _("Only planners have offices and regions. Leave the cell empty."))
    if role == Role.ADMINISTRATOR and line["administers"]:
        yield at(line, "administers", _("An administrator manages all staff. Leave the cell empty."))
    if User.objects.filter(email__iexact=line["email"]).exists():
        yield at(line, "email", _("Someone else already signs in with this e-mail address."))
    personal = {name: line[name] for name in ("email", "first_name", "last_name", "phone")}
    row = User(username="new", password="-", role=role, **personal)  # nobody's, never saved
    yield from of_the_model(line, row, without=("role", "first_name") if not line["last_name"] else ("role",))


def named(line: Line) -> str:
    """An office, as people.csv names it."""
    return f"{line['region']}{OF}{line['name']}"


def of_the_model(line: Line, row: Any, *, without: tuple[str, ...] = ()) -> Iterator[Fault]:
    """What the table itself does not take: too long, no e-mail address, there already."""
    try:
        row.clean_fields(exclude=without)
    except ValidationError as error:
        for column, sentences in error.message_dict.items():
            yield from (at(line, column, sentence) for sentence in sentences)


def one_of(known: list[str]) -> str:
    return _("Use one of: %(words)s.") % {"words": ", ".join(known)}


CHECKS = {
    AGENCY.name: agency,
    REGIONS.name: region,
    GRANTEES.name: grantee,
    OFFICES.name: office,
    PROGRAMS.name: program,
    PEOPLE.name: person,
}
# What a line has by which no other one is called.
KEYS = {
    REGIONS.name: ("code",),
    GRANTEES.name: ("name",),
    OFFICES.name: ("region", "name"),
    PROGRAMS.name: ("code",),
    PEOPLE.name: ("email",),
}


def doubles(tables: Tables) -> Iterator[Fault]:
    for name, columns in KEYS.items():
        first: dict[tuple[str, ...], Line] = {}
        for line in tables.lines[name]:
            key = key_of(line, columns)
            if all(key) and first.setdefault(key, line) is not line:
                words = _("Line %(number)s has the same.") % {"number": first[key].number}
                yield at(line, columns[-1], words)


def missing(tables: Tables) -> Iterator[Fault]:
    """What a beginning needs at least."""
    if len(tables.of(AGENCY)) != 1:
        yield Fault(AGENCY.file, _("The file has one line below its columns."))
    for sheet in (REGIONS, GRANTEES, OFFICES):
        if not tables.of(sheet):
            yield Fault(sheet.file, _("The file has at least one line below its columns."))
    roles = Counter(line["role"] for line in tables.of(PEOPLE))
    if (
        not roles[Role.ADMINISTRATOR.value]
        and not User.objects.filter(role=Role.ADMINISTRATOR, is_active=True).exists()
    ):
        yield Fault(PEOPLE.file, _("Nobody is an administrator, and nobody could invite others."))
