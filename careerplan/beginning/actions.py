"""An installation begins, once: all of it is written, or nothing."""

from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django.utils.translation import gettext as _

from careerplan.accounts.enums import Role
from careerplan.accounts.models import Grantee, Office, Region, User
from careerplan.accounts.permissions import Access, require_administrator
from careerplan.accounts.telling import send_invitation
from careerplan.base.history import TrackedModel, record
from careerplan.base.refusals import Refusal
from careerplan.beginning.checking import at as fault_at
from careerplan.beginning.checking import faults_of, named, office_of, program_of
from careerplan.beginning.sheets import GRANTEES, OFFICES, PEOPLE, PROGRAMS, REGIONS, Fault, Line, Tables
from careerplan.reference import load_all
from customers.models import Customer, Program
from customers.staffing import add_person

REASON = "beginning"
ONE_AT_A_TIME = 7_310_455  # any number that no other lock of the product has


class Faulty(Exception):
    """Nothing was written; `faults` say why."""

    def __init__(self, faults: list[Fault]):
        super().__init__(len(faults))
        self.faults = faults


def has_begun() -> bool:
    """Whether there is anything but administrators and reference data."""
    others = User.objects.exclude(role=Role.ADMINISTRATOR)
    return any(rows.exists() for rows in (Region.objects, Grantee.objects, Office.objects, Customer.objects, others))


@transaction.atomic
def begin(tables: Tables, *, by: User | None, at: datetime) -> list[User]:
    """Write the regions, grantees, offices, programs and people, and invite the people. Returns them.

    `by`: an administrator who is here already; None at the terminal.

    Raises:
        NotAllowed: somebody else than an administrator.
        Refusal: the installation has begun.
        Faulty: something is wrong with a line.
    """
    if by is not None:
        require_administrator(by)
    wait_for_others()
    if has_begun():
        raise Refusal("begun-already", _("This installation has begun. Nothing was written."))
    load_all(at=at)
    if faults := faults_of(tables):
        raise Faulty(faults)
    regions = {line["code"]: Region(code=line["code"], name=line["name"]) for line in tables.of(REGIONS)}
    grantees = {line["name"]: grantee_of(line) for line in tables.of(GRANTEES)}
    write(tables.of(REGIONS), regions.values(), by=by, at=at)
    write(tables.of(GRANTEES), grantees.values(), by=by, at=at)
    offices = {named(line): office_of(line) for line in tables.of(OFFICES)}
    for line in tables.of(OFFICES):
        offices[named(line)].region = regions[line["region"]]
        offices[named(line)].grantee = grantees[line["grantee"]]
    write(tables.of(OFFICES), offices.values(), by=by, at=at)
    stored = {row.code: row for row in Program.objects.all()}
    programs = [program_of(line, stored.get(line["code"])) for line in tables.of(PROGRAMS)]
    write(tables.of(PROGRAMS), programs, by=by, at=at)
    return [invited(line, regions, offices, by=by, at=at) for line in tables.of(PEOPLE)]


def wait_for_others() -> None:
    """Of two who begin at once, the second waits and finds that it has begun. SQLite has one writer anyway."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [ONE_AT_A_TIME])


def grantee_of(line: Line) -> Grantee:
    return Grantee(name=line["name"], phone=line["phone"], email=line["email"])


def write(lines: list[Line], rows: Any, *, by: User | None, at: datetime) -> None:
    """Each row of its line. Raises Faulty where the table does not take one."""
    for line, row in zip(lines, rows, strict=True):
        write_one(line, row, by=by, at=at)


def write_one(line: Line, row: TrackedModel, *, by: User | None, at: datetime) -> None:
    try:
        record(row, by=by, at=at, reason=REASON)
    except Refusal as refusal:
        raise Faulty([fault_at(line, refusal.field or "", refusal.sentence)]) from refusal


def invited(
    line: Line, regions: dict[str, Region], offices: dict[str, Office], *, by: User | None, at: datetime
) -> User:
    access = Access(
        role=line["role"],
        regions=frozenset(regions[code].pk for code in line.several("regions")),
        offices=frozenset(offices[name].pk for name in line.several("offices")),
        administers=frozenset(regions[code].pk for code in line.several("administers")),
    )
    values = {name: line[name] for name in ("first_name", "last_name", "email", "phone")}
    try:
        person = add_person(values, access, by=by, at=at)
    except Refusal as refusal:
        raise Faulty([fault_at(line, refusal.field or "", refusal.sentence)]) from refusal
    send_invitation(person, by=by, at=at)
    return person
