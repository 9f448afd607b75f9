"""Placements under way since some weeks, and files of their payroll, brought and checked as the pages do it."""

from datetime import timedelta
from decimal import Decimal

from careerplan.base import clock
from careerplan.base.history import record
from careerplan.imports import actions
from careerplan.imports.enums import Encoding
from careerplan.imports.kinds import kind_of
from careerplan.imports.working import work_on
from tests import placed, states
from tests.imported import LONG, as_file, confirmed
from tests.people import administrator, planner
from tests.stock import stocked
from worksites.payroll.importing import KEY
from worksites.payroll.models import PayrollEntry, PayrollUpload
from worksites.wages.models import MinimumWage

TODAY = states.today()
# The placement's first day, and the pay period of a row.
STARTED = TODAY - timedelta(days=60)
BEGINS, ENDS = TODAY - timedelta(days=20), TODAY - timedelta(days=7)


@stocked
def working(customer=None, *, starts_on=STARTED, at=None, **about):
    """$15.00 an hour, of which $10.00 are subsidized; 40 hours a week."""
    under = placed.long_ago(placed.service(customer), (TODAY - starts_on).days + 1)
    return placed.started(starts_on, row=placed.planned(under, at, **about))


def day(value):
    return f"{value:%m/%d/%Y}"


def row(placement, **cells):
    known = {
        "Placement ID": str(placement.pk),
        "Participant ID": placement.customer.state_id,
        "Name": str(placement.customer),
        "Worksite": placement.job.worksite.name,
        "Period begins": day(BEGINS),
        "Period ends": day(ENDS),
        "Hours": "60",
        "Hourly wage": "15.00",
    }
    return known | cells


def brought(rows, *, by=None, options=None, name="payroll.csv"):
    """An import whose columns are mapped as guessed; nothing is checked yet."""
    by, at = by or planner(), clock.now()
    content = rows if isinstance(rows, bytes) else as_file(rows)
    bringing = actions.bring(kind_of(KEY), name, content, encoding=Encoding.UTF_8, by=by, at=at)
    return actions.map_columns(bringing, bringing.columns, options or {}, by=by, at=at)


def checked(rows, **options):
    bringing = brought(rows, **options)
    work_on(bringing.pk, seconds=LONG)
    bringing.refresh_from_db()
    return bringing


def taken_over(rows, **options):
    """Confirmed; the upload that stays."""
    bringing = confirmed(checked(rows, **options))
    return PayrollUpload.objects.get(import_number=bringing.pk)


def entries():
    return PayrollEntry.objects.standing().order_by("pk")


def figures(entry):
    return entry.hours, entry.hourly_wage, entry.gross, entry.subsidized


def amounts(*texts):
    return tuple(Decimal(text) for text in texts)


def certain(rate, since):
    """The state's list says so, and it was verified."""
    values = {"age": "any", "employer_size": "any", "usable_for_placement": True, "verification": "verified"}
    rate = MinimumWage(
        jurisdiction="IL", circumstance="Standard", effective_on=since, rate=Decimal(rate), notes="By law.", **values
    )
    record(rate, by=administrator(), at=states.now())
