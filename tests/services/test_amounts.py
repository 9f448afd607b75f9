"""A dollar value that changes in a signed plan says at once what that means, and above a limit asks the customer."""

from decimal import Decimal

import pytest
from django.urls import reverse

from careerplan.messaging.enums import Notice
from careerplan.messaging.models import Message
from services.actions import save_service
from services.models import PlannedService
from tests import states
from tests.markup import Page
from tests.people import angela, david, planner
from tests.rows import write
from tests.services.service_form import path_of, send

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(client):
    client.force_login(planner())
    return client


@pytest.fixture
def limit(settings):
    settings.DOLLAR_CHANGE_LIMIT = 100


def bus():
    """Angela's bus fare: signed as $240.00."""
    return PlannedService.objects.select_related("plan__customer", "service").get(
        plan__customer=angela(), service__code="SS-TRAN"
    )


def asked():
    return Message.objects.filter(recipient=angela().user, kind=Notice.AMOUNT_ASKED)


def sent(client, amount, row=None):
    """The form with this amount, given once."""
    return send(client, row or bus(), dollar_value=amount, frequency="", times="")


def save(amount):
    save_service(bus(), {"dollar_value": Decimal(amount)}, by=planner(), at=states.now())


def test_a_change_is_recorded_and_shown_at_the_next_review(client):
    words = Page(sent(client, "300.00")).words
    assert "The amount was signed as $240.00. $300.00 is recorded, and shown at the next review (" in words
    assert bus().dollar_value == 300
    assert states.plan_of(angela()).versions.count() == 1
    assert not asked().exists()


def test_the_log_writes_amounts_in_one_way_however_they_were_typed():
    save("60")
    [change] = bus().history.latest().changes
    assert (change["from"], change["to"]) == ("240.00", "60.00")


def test_without_a_limit_no_change_asks(client):
    assert sent(client, "590.00").status_code == 200
    assert not asked().exists()


@pytest.mark.parametrize(("amount", "asks"), [("340.00", 0), ("340.01", 1), ("140.00", 0), ("139.99", 1)])
def test_above_the_limit_the_customer_is_asked(client, limit, amount, asks):
    words = Page(sent(client, amount)).words
    assert asked().count() == asks
    said = f"${amount} is recorded. It differs by more than $100.00, so {angela()} was asked in a message."
    assert (said in words) == bool(asks)


def test_small_steps_are_counted_from_what_was_signed(limit):
    save("340.00")
    assert not asked().exists()
    save("350.00")
    assert asked().count() == 1


def test_what_was_asked_before_is_no_news_once_the_amount_changes_again(limit):
    save("400.00")
    save("500.00")
    first, second = asked().order_by("pk")
    assert (first.read_at is None, second.read_at is None) == (False, True)
    save("240.00")
    assert not asked().filter(read_at=None).exists()


def test_what_the_customer_signs_is_asked_no_more(limit):
    save("400.00")
    sealed = states.sent(states.reviewed(angela()), electronic=False)
    assert asked().get().read_at is None
    states.agreed_on_paper(sealed.version)
    assert asked().get().read_at is not None


def test_what_changed_after_the_plan_was_sent_is_asked_all_the_same(limit):
    sealed = states.sent(states.reviewed(angela()), electronic=False)
    save("400.00")
    states.agreed_on_paper(sealed.version)
    assert asked().get().read_at is None


def test_the_signed_amount_again_says_so(client):
    sent(client, "300.00")
    assert "The amount is $240.00 again, as it was signed." in Page(sent(client, "240.00")).words


def test_a_customer_without_a_sign_in_is_asked_by_the_planner(client, limit):
    row, customer = bus(), angela()
    write(customer, user_id=None)
    words = Page(sent(client, "500.00", row)).words
    assert f"ask {customer}, who has no sign-in, and write a case note." in words
    assert not Message.objects.filter(kind=Notice.AMOUNT_ASKED).exists()


def test_the_customer_reads_what_it_is_for_and_both_amounts(client, limit):
    save("500.00")
    client.force_login(angela().user)
    words = Page(client.get(reverse("my:messages"))).words
    assert "Is a new amount in your plan right for you?" in words
    assert f"It is for: {bus().service.plain_name}. You signed $240.00. Now it is $500.00." in words


def test_what_nobody_signed_yet_says_nothing(client, limit):
    row = PlannedService.objects.select_related("plan__customer").get(plan__customer=david(), service__code="YE-01")
    words = Page(send(client, row, dollar_value="500.00")).words
    assert "was signed as" not in words
    assert not Message.objects.filter(kind=Notice.AMOUNT_ASKED).exists()


def test_saving_the_same_amount_says_nothing(client, limit):
    save("500.00")
    words = Page(send(client, bus(), notes="Ask for the receipt.")).words
    assert "was signed as" not in words
    assert asked().count() == 1


def test_the_field_says_beforehand_what_a_change_means(client, settings):
    assert "A change is recorded, and shown at the next review." in Page(client.get(path_of(bus()))).words
    settings.DOLLAR_CHANGE_LIMIT = 100
    said = "What differs by more than $100.00 from the signed amount asks the customer."
    assert said in Page(client.get(path_of(bus()))).words
