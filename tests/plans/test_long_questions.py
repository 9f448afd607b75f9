"""What other planners are asked stands in an address: as much as every server takes, or the form says so."""

from pathlib import Path

import pytest
from django.conf import settings
from django.urls import reverse

from careerplan import web_server
from careerplan.base.addresses import LONGEST_ADDRESS
from careerplan.base.refusals import Refusal
from careerplan.management.commands.trial import web
from careerplan.plans.coenrollment import Asked
from careerplan.plans.loose_ends import loose_ends
from tests import states
from tests.markup import Page
from tests.people import angela, planner
from tests.shared_plans import shared_angela

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("people")]

ROOT = Path(settings.BASE_DIR)


def test_an_address_that_no_server_takes_is_never_made():
    assert len(Asked("end_service", {"notes": "ж" * 1000}).address(1)) < LONGEST_ADDRESS
    with pytest.raises(Refusal, match="Shorten your notes"):
        Asked("end_service", {"notes": "ж" * 2000}).address(1)


def test_the_servers_take_as_much():
    command = web(8000)
    for limit in (web_server.limit_request_line, command[command.index("--limit-request-line") + 1]):
        assert int(limit) > LONGEST_ADDRESS


@pytest.mark.parametrize(("letter", "status"), [("n", 302), ("ж", 422)])
def test_the_form_keeps_notes_that_are_too_long_to_ask_about(client, letter, status):
    customer = shared_angela()
    client.force_login(planner())
    posted = {"outcome": "completed", "understood": "on"}
    for end in loose_ends(states.plan_of(customer)):
        posted |= {f"{end.name}-ending": "elsewhere", f"{end.name}-note": letter * 290}
    answer = client.post(reverse("plan:close", args=[angela().pk]), posted)
    assert answer.status_code == status
    if status == 302:
        assert len(answer.url) < LONGEST_ADDRESS
        assert client.get(answer.url).status_code == 200
    else:
        page = Page(answer)
        assert "Shorten your notes, and try again." in page.words
        assert letter * 290 in answer.content.decode()
