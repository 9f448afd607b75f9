"""Evidence that is made within a week of what an administrator did with the sign-in carries a mark."""

from datetime import timedelta

import pytest
from django.urls import reverse

from acknowledgments.agreement.signing import acknowledge
from acknowledgments.models import Acknowledgment
from acknowledgments.paper.rows import evidence_facts
from careerplan.accounts.actions import save_person, send_link_to_password
from careerplan.accounts.models import User
from careerplan.base import clock
from customers.actions import save_customer
from customers.models import Customer
from tests import people, states
from tests.markup import Page
from tests.rows import refuses, write

pytestmark = pytest.mark.django_db

WEEK, MINUTE = timedelta(days=7), timedelta(minutes=1)
MARK, NEW = "Sign-in changed by an administrator", "Sign-in set up by an administrator"


def evidence(changed_before, *, column="sign_in_changed_at"):
    """Signed this long after an administrator changed the sign-in (or set it up); None: it never was."""
    request, at = states.told(states.sent(states.draft())), states.now()
    customer = request.seal.version.plan.customer
    if changed_before is not None:
        write(customer.user, **{column: at - changed_before})
    signs = {"typed_name": str(customer), "ip_address": None, "user_agent": "", "by": customer.user}
    return acknowledge(request, **signs, at=at), at


@pytest.mark.parametrize(
    ("changed_before", "is_marked"),
    [(None, False), (timedelta(minutes=5), True), (WEEK, True), (WEEK + timedelta(seconds=1), False)],
)
def test_a_change_within_a_week_before_marks_the_evidence(client, changed_before, is_marked):
    made, at = evidence(changed_before)
    made = Acknowledgment.objects.get(pk=made.pk)
    assert made.sign_in_changed_at == (at - changed_before if is_marked else None)
    assert (MARK in [fact["label"] for fact in evidence_facts(made)]) is is_marked
    customer = made.version.plan.customer
    client.force_login(people.planner())
    page = Page(client.get(reverse("plan:version", args=[customer.pk, made.version_id])))
    assert (MARK in page.words) is is_marked
    assert made.digest == made.seal.digest


def marks_of(made, client):
    """What the page and the paper say: both the same."""
    labels = [fact["label"] for fact in evidence_facts(made)]
    client.force_login(people.planner())
    page = Page(client.get(reverse("plan:version", args=[made.version.plan.customer_id, made.version_id])))
    shown = {mark for mark in (MARK, NEW) if mark in page.words}
    assert shown == {mark for mark in (MARK, NEW) if mark in labels}
    return shown


@pytest.mark.parametrize(("before", "marks"), [(WEEK, {NEW}), (WEEK + timedelta(seconds=1), set())])
def test_a_sign_in_that_is_new_is_said_to_be_new_and_not_changed(client, before, marks):
    made, at = evidence(before, column="sign_in_set_up_at")
    made = Acknowledgment.objects.get(pk=made.pk)
    assert (made.sign_in_set_up_at, made.sign_in_changed_at) == (at - before if marks else None, None)
    assert marks_of(made, client) == marks


def columns_of(user):
    user.refresh_from_db()
    return user.sign_in_set_up_at, user.sign_in_changed_at


def new_sign_in(at):
    """As the administration makes one, with the first link that it sends, and a second one."""
    user = User(username="nora.new", email="nora.new@careerplan.test", first_name="Nora", role="customer")
    user.set_unusable_password()
    save_person(user, by=people.administrator(), at=at - 3 * MINUTE)
    send_link_to_password(user, by=people.administrator(), at=at - 2 * MINUTE)
    return user


def given(customer, user, at):
    customer = Customer.objects.get(pk=customer.pk)
    customer.user = user
    save_customer(customer, by=people.administrator(), at=at)


@pytest.mark.usefixtures("people")
def test_making_a_sign_in_its_first_links_and_giving_it_to_a_customer_change_nobodys():
    at, lonely = clock.now(), states.enrolled(with_sign_in=False)
    user = new_sign_in(at)
    assert columns_of(user) == (at - 2 * MINUTE, None)
    given(lonely, user, at)
    assert columns_of(user) == (at, None)


@pytest.mark.usefixtures("people")
def test_a_link_to_a_second_password_and_another_customers_sign_in_are_changes():
    at, lonely = clock.now(), states.enrolled(with_sign_in=False)
    user = new_sign_in(at)
    user.set_password("seven loud geese")
    write(user, password=user.password)
    send_link_to_password(user, by=people.administrator(), at=at)
    assert columns_of(user) == (at - 2 * MINUTE, at)
    write(user, last_login=at, sign_in_changed_at=None)
    given(lonely, User.objects.get(pk=user.pk), at)
    assert columns_of(user)[1] == at


@pytest.mark.usefixtures("people")
def test_another_sign_in_of_a_customer_who_had_one_is_a_change():
    at, customer = clock.now(), states.enrolled()
    user = new_sign_in(at)
    given(customer, user, at)
    assert columns_of(user)[1] == at


def test_the_mark_stays():
    made, _at = evidence(timedelta(minutes=5))
    refuses("kept as they are", lambda: write(made, sign_in_changed_at=None))


def test_what_a_planner_records_on_paper_has_no_mark():
    customer = states.enrolled()
    write(customer.user, sign_in_changed_at=clock.now())
    version = states.signed(states.written(customer))
    assert Acknowledgment.objects.get(version=version).sign_in_changed_at is None
