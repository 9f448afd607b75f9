"""Who leaves: what hangs on the person is shown, and goes to somebody in the step that switches the sign-in off."""

import pytest
from django.urls import reverse

from acknowledgments.models import StaffAnswer
from careerplan.accounts.duties import hanging_on
from careerplan.base import clock
from careerplan.base.refusals import NotAllowed, Refusal
from careerplan.messaging.actions import send_message
from careerplan.messaging.enums import Notice
from careerplan.messaging.models import Message
from customers.handing_over import switch_off
from customers.models import Customer, Enrollment
from tests import people, states
from tests.markup import Page
from tests.people import administrator, angela, north_planner, planner, statewide, youth_planner
from tests.rows import date_back, everything, refuses, write
from tests.shared_plans import asked, closing, shared_angela

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("people")]

HANDS_OVER = "who_leaves_hands_over_first"


def left(person, successor=None, *, by=administrator):
    return switch_off(person, successor=successor, by=by(), at=clock.now())


def counts(person):
    return {str(entry.label): entry.number for entry in hanging_on(person)}


def test_what_hangs_on_a_planner():
    asked(closing(shared_angela(), planner()), planner())
    found = counts(planner())
    assert found["Customers"] == Customer.objects.filter(planner=planner()).count() > 0
    assert found["Open enrollments"] == Enrollment.objects.filter(planner=planner(), exited_on=None).count()
    assert found["Approvals this person asked for"] == 1
    assert counts(youth_planner())["Approvals waiting for this person"] == 1


def test_all_of_it_goes_to_the_successor_who_is_told_and_the_sign_in_is_off():
    asked(closing(shared_angela(), planner()), planner())
    customers = set(Customer.objects.filter(planner=planner()).values_list("pk", flat=True))
    left(planner(), youth_planner())
    assert not planner().is_active
    assert hanging_on(planner()) == []
    assert customers <= set(Customer.objects.filter(planner=youth_planner()).values_list("pk", flat=True))
    message = Message.objects.get(recipient=youth_planner(), kind=Notice.WORK_HANDED_OVER)
    assert f"Customers ({len(customers)})" in message.body
    entry = Customer.history.filter(id__in=customers).latest("history_id")
    assert (entry.history_user, entry.history_change_reason) == (administrator(), "handed over")


def test_approvals_of_who_left_are_answered_by_the_successor_or_by_statewide_staff():
    request = asked(closing(shared_angela(), planner()), planner())
    third = people.person("train10")
    third.scopes.all().delete()
    for scope in youth_planner().scopes.all():
        scope.pk, scope.user = None, third
        scope._state.adding = True
        scope.save()
    left(youth_planner(), third)
    assert StaffAnswer.objects.waiting_for(third).filter(request=request).exists()
    assert StaffAnswer.objects.answerable_by(statewide()).filter(request=request).exists()
    assert not StaffAnswer.objects.waiting_for(statewide()).filter(request=request).exists()


@pytest.mark.parametrize(
    ("successor", "code"),
    [
        (lambda: None, "successor-missing"),
        (planner, "same-person"),
        (administrator, "successor-not-at-work"),
        (north_planner, "successor-does-not-see"),
    ],
)
def test_nothing_is_left_behind(successor, code):
    before = everything()
    with pytest.raises(Refusal) as refused:
        left(planner(), successor())
    assert (refused.value.code, everything()) == (code, before)


def test_who_has_nothing_leaves_without_a_successor():
    customer = states.enrolled().user
    send_message(customer, subject="Hello", body="?", path="/my/", by=planner(), at=clock.now())
    assert left(customer).is_active is False


def test_what_hangs_on_one_who_was_switched_off_before_is_handed_over_as_well():
    date_back(planner(), is_active=False)
    left(planner(), youth_planner())
    assert hanging_on(planner()) == []


@pytest.mark.parametrize("by", [planner, statewide])
def test_only_an_administrator_switches_off(by):
    with pytest.raises(NotAllowed):
        left(youth_planner(), planner(), by=by)


def test_nobody_switches_off_oneself_or_twice():
    with pytest.raises(Refusal, match="own-sign-in"):
        left(administrator())
    user = states.enrolled().user
    left(user)
    with pytest.raises(Refusal, match="off-already"):
        left(user)


# --- the other doors --------------------------------------------------------------------------


def test_the_database_refuses_to_switch_off_or_to_change_the_role_while_something_hangs():
    refuses(HANDS_OVER, lambda: write(planner(), is_active=False))
    refuses(HANDS_OVER, lambda: write(planner(), role="administrator"))
    write(planner(), role="statewide")


def test_the_database_refuses_it_for_an_approval_alone():
    asked(closing(shared_angela(), planner()), planner())
    third = people.person("train10")
    assert counts(third).get("Customers", 0) == Customer.objects.filter(planner=third).count()
    StaffAnswer.objects.filter(approver=youth_planner(), answer="").update(passed_to=third)
    date_back_customers(third)
    refuses(HANDS_OVER, lambda: write(third, is_active=False))
    StaffAnswer.objects.filter(passed_to=third).update(passed_to=youth_planner())
    write(third, is_active=False)


def date_back_customers(person):
    """Nothing but approvals hangs on the person."""
    for row in Enrollment.objects.filter(planner=person):
        write(row, planner=None)
    for row in Customer.objects.filter(planner=person):
        write(row, planner=None)


def test_the_database_gives_nothing_to_one_who_is_switched_off():
    date_back(youth_planner(), is_active=False)
    refuses("a_customers_planner_is_at_work", lambda: write(angela(), planner=youth_planner()))
    enrollment = angela().enrollments.filter(exited_on=None)[0]
    refuses("a_programs_planner_is_at_work", lambda: write(enrollment, planner=youth_planner()))


def form_values(user, **values):
    names = ("username", "email", "first_name", "last_name", "language", "role")
    filled = {name: getattr(user, name) for name in names} | {"is_active": "on"} | values
    return {**filled, "scopes-TOTAL_FORMS": "0", "scopes-INITIAL_FORMS": "0"}


@pytest.mark.parametrize(("values", "field"), [({"is_active": ""}, "is_active"), ({"role": "customer"}, "role")])
def test_the_administrations_form_leads_to_the_hand_over(client, values, field):
    client.force_login(administrator())
    path = reverse("admin:accounts_user_change", args=[planner().pk])
    answer = client.post(path, form_values(planner(), **values))
    assert reverse("person-switch-off", args=[planner().pk]) in str(answer.context["adminform"].form.errors[field])
    assert planner().is_active


# --- the page ---------------------------------------------------------------------------------


def test_the_page_shows_what_hangs_and_asks_to_whom_it_goes(client):
    client.force_login(administrator())
    path = reverse("person-switch-off", args=[planner().pk])
    page = client.get(path)
    assert {str(entry.label): entry.number for entry in page.context["hanging"]} == counts(planner())
    assert "Open enrollments" in Page(page).words
    assert client.post(path, {"successor": ""}).status_code == 422
    answer = client.post(path, {"successor": youth_planner().pk})
    assert answer.url == reverse("person-edit", args=[planner().pk])
    assert not planner().is_active
    assert client.get(path).status_code == 404
