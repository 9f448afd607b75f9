"""After signing: the page says that the signed plan is being made as a PDF, and offers it when it is filed."""

import pytest

from acknowledgments.enums import PrintKind
from acknowledgments.models import Paper
from careerplan.demo.pen import print_papers
from customers.stored import content_of
from tests import states
from tests.journeys.browser import PHONE, both_widths
from tests.journeys.steps import signed_in_page
from tests.people import tyrell

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def demo_people_sign_in(settings):
    settings.DEMO_SIGN_IN = True


@pytest.mark.parametrize("place", ["done", "dashboard"])
def test_the_signed_copy_comes_without_reloading_the_page(live_server, people, chromium, place):
    request = states.request_for(states.newest(tyrell()))
    version = states.acknowledged(request)
    address = f"/my/acknowledge/{request.key}/done/" if place == "done" else "/my/"
    with signed_in_page(chromium, live_server, "tyrell.brooks", viewport=PHONE) as page:
        page.goto(address)
        page.get_by_text("We are making the PDF of this plan.").wait_for()
        assert page.get_by_role("link", name="My plan as a PDF").count() == 0
        both_widths(page, f"64-signed-copy-is-made-{place}")
        print_papers(request.seal, states.now())
        page.get_by_role("link", name="My plan as a PDF").wait_for()
        both_widths(page, f"64-signed-copy-is-there-{place}")
        content = page.request.get(page.get_by_role("link", name="My plan as a PDF").get_attribute("href")).body()
    assert content == content_of(Paper.objects.get(seal__version=version, kind=PrintKind.AGREED).upload)
