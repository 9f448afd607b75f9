"""A row in each list of the administration that is empty among the demo people."""

from careerplan.base import clock
from services.feed.enums import Way
from services.feed.taking import Report, note_run
from tests.people import angela
from tests.services import feeding
from tests.services.costs import money
from tests.services.crosswalk import crosswalk_row


def fill_lists() -> None:
    crosswalk_row()
    money.rule("warn", angela().office.region)
    at = clock.now()
    note_run(feeding.source(), Report(), way=Way.API, begun_at=at, by=None, at=at)
