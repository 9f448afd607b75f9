"""A row in each list of the administration that is empty among the demo people."""

from datetime import date

from careerplan.base import clock
from customers.models import Program
from services.feed.enums import Way
from services.feed.mapping import map_code
from services.feed.models import FeedCode
from services.feed.taking import Report, note_run
from services.models import Service
from tests.people import administrator, angela
from tests.services import feeding
from tests.services.costs import money
from tests.services.crosswalk import crosswalk_row
from tests.wages import program_minimum


def fill_lists() -> None:
    crosswalk_row()
    money.rule("warn", angela().office.region)
    at = clock.now()
    program_minimum(Program.objects.get(code="CYEP"), "15.00", date(2020, 1, 1))
    source = feeding.source()
    note_run(source, Report(), way=Way.API, begun_at=at, by=None, at=at)
    map_code(FeedCode(source=source, code="THEIRS-1", service=Service.objects.first()), by=administrator(), at=at)
