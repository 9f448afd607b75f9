"""The planner's pages: asking, the code that is shown once, what came of it, and taking back."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests import placed, states, supervised
from tests.markup import Page
from tests.people import administrator, north_planner, planner
from tests.rows import write
from worksites.evaluations.answering import Supervisor
from worksites.evaluations.models import SupervisorLink

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("people")]


@pytest.fixture
def placement():
    return supervised.begun()


@pytest.fixture
def client(client):
    client.force_login(planner())
    return client


def ask_path(placement, kind="evaluation"):
    return reverse("supervisor-ask", args=[placement.customer.pk, placement.pk, kind])


def take_back_path(placement, link):
    return reverse("supervisor-take-back", args=[placement.customer.pk, placement.pk, link.pk])


def page_of(client, placement):
    return Page(client.get(reverse("placement", args=[placement.customer.pk, placement.pk])))


def test_the_code_is_shown_once_with_the_link(client, placement):
    answer = client.post(ask_path(placement), {"language": "en"})
    page = Page(answer)
    [code] = page.root.xpath("//*[@id='code']/text()")
    [address] = page.root.xpath("//input[@id='address']/@value")
    link = SupervisorLink.objects.get()
    assert answer.status_code == 200
    assert "Tell Rosa Marsh this code by phone." in page.words
    shown = page_of(client, placement)
    assert "Waits for the supervisor" in shown.words
    assert code not in shown.words
    assert address.rsplit("/", 2)[1] not in shown.words
    phone = supervised.Telephone(supervised.Question(link, address.rsplit("/", 2)[1], code.replace(" ", "")))
    assert "You answer as Rosa Marsh." in Page(phone.type_code()).words


def test_hours_are_asked_of_a_pay_period(client, placement):
    week = supervised.week(placement)
    days = {"begins_on": f"{week.begins_on:%m/%d/%Y}", "ends_on": f"{week.ends_on:%m/%d/%Y}"}
    client.post(ask_path(placement, "hours"), days | {"hours_asked": "37.5", "language": "es"})
    link = SupervisorLink.objects.get()
    assert (link.begins_on, link.ends_on, link.language) == (week.begins_on, week.ends_on, "es")
    answer = client.post(ask_path(placement, "hours"), days | {"language": "en"})
    assert answer.status_code == 422
    assert "Hours of these days were asked for already." in Page(answer).words


def test_refusals_stand_on_the_form(client, placement):
    write(placement.job.worksite, supervisor="")
    assert "No supervisor is named" in Page(client.get(ask_path(placement))).words
    answer = client.post(ask_path(placement), {"language": "en"})
    assert answer.status_code == 422
    assert "Enter the supervisor at the worksite first." in Page(answer).words


def test_a_placement_that_has_not_begun_offers_no_asking(client):
    row = placed.planned()
    assert "Once the placement has begun" in page_of(client, row).words
    assert client.post(ask_path(row), {"language": "en"}).status_code == 422


def test_the_planner_sees_who_answered_and_when_with_the_answers(client, placement):
    supervised.evaluated(supervised.asked(placement), by=Supervisor("Jo Reed"), on_time=5, notes="Learns fast.")
    supervised.confirmed(supervised.asked(placement, supervised.week(placement, "37.5")), "36")
    page = page_of(client, placement)
    assert "by Jo Reed on" in page.words
    assert "Learns fast." in page.words
    assert "36 hours" in page.words
    assert "asked: 37.5 hours" in page.words


def test_the_section_of_the_assessment_shows_the_evaluation(client, placement):
    supervised.evaluated(supervised.asked(placement), by=Supervisor("Jo Reed"), on_time=5, notes="Learns fast.")
    page = Page(client.get(reverse("customers:section", args=[placement.customer.pk, "worksite"])))
    assert "Answered by Jo Reed on" in page.words
    assert "Learns fast." in page.words
    other = Page(client.get(reverse("customers:section", args=[placement.customer.pk, "observation"])))
    assert "Jo Reed" not in other.words


def test_a_link_is_taken_back_and_asked_anew(client, placement):
    link = supervised.asked(placement).link
    page = Page(client.post(take_back_path(placement, link), follow=True))
    assert "The link was taken back." in page.words
    assert "Taken back by" in page.words
    assert client.post(ask_path(placement), {"language": "en"}).status_code == 200
    page = Page(client.post(take_back_path(placement, link), follow=True))
    assert "This link was taken back already." in page.words


def test_in_a_closed_plan_the_buttons_do_what_they_say(client, placement):
    link = supervised.asked(placement).link
    states.closed(placement.customer)
    page = page_of(client, placement)
    assert page.links()["Ask for an evaluation"] == ask_path(placement)
    assert "Take the link back" in page.words
    assert "The link was taken back." in Page(client.post(take_back_path(placement, link), follow=True)).words
    assert "this code by phone" in Page(client.post(ask_path(placement), {"language": "en"})).words


def test_a_link_that_is_over_offers_a_new_one_for_the_same_days(client, placement):
    link = supervised.asked(placement, supervised.week(placement, "30")).link
    supervised.made_long_ago(link)
    page = page_of(client, placement)
    assert "Its two weeks are over" in page.words
    [address] = [path for path in page.root.xpath("//section[@id='supervisor']//a/@href") if "link=" in path]
    form = Page(client.get(address)).form(address.partition("?")[0])
    assert (form["begins_on"], form["hours_asked"]) == (f"{link.begins_on:%m/%d/%Y}", "30")
    assert client.post(address, form).status_code == 200


def test_an_e_mail_that_never_arrived_is_told(client, placement):
    link = supervised.asked(placement).link
    assert "The e-mail is on its way." in page_of(client, placement).words
    write(link.letter, given_up_at=link.made_at, last_error="550")
    assert "The e-mail could not be delivered." in page_of(client, placement).words


def test_other_planners_see_nothing_and_readers_change_nothing(client, placement):
    link = supervised.asked(placement).link
    client.force_login(north_planner())
    assert client.get(ask_path(placement)).status_code == 404
    assert client.post(take_back_path(placement, link)).status_code == 404
    client.force_login(administrator())
    assert client.post(ask_path(placement), {"language": "en"}).status_code == 403
    assert client.post(take_back_path(placement, link)).status_code == 403
    assert supervised.reread(link).withdrawn_at is None


def test_a_link_of_another_placement_is_not_found(client, placement):
    other = supervised.asked(supervised.begun()).link
    assert client.post(take_back_path(placement, other)).status_code == 404
    assert client.get(ask_path(placement, "salary")).status_code == 404


def test_many_links_ask_the_database_no_more(client, placement):
    address = reverse("placement", args=[placement.customer.pk, placement.pk])

    def number():
        client.get(address)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200
        return len(queries)

    supervised.evaluated(supervised.asked(placement))
    few = number()
    for _again in range(3):
        supervised.evaluated(supervised.asked(placement), on_time=3, team=2)
    supervised.asked(placement)
    supervised.asked(placement, supervised.week(placement))
    assert number() == few
    assert few <= 12, few


def test_an_answer_that_fits_the_days_no_more_is_marked(client):
    placement = supervised.begun(40)
    supervised.confirmed(supervised.asked(placement, supervised.week(placement)), "40")
    client.force_login(placement.customer.planner)
    address = reverse("placement", args=[placement.customer.pk, placement.pk])
    assert "does not fit any more" not in Page(client.get(address)).words
    placed.moved(placement, "terminate", ends_on=placement.starts_on, termination_reason="completed")
    assert (
        "This does not fit any more: the placement was under way on 1 day of these." in Page(client.get(address)).words
    )
