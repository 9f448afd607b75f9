"""What stands in no list is refused in words: by every column with choices, and by every action that reads one."""

import pytest
from django.apps import apps
from django.urls import reverse
from django.utils import timezone

from acknowledgments.agreement import sending
from acknowledgments.agreement.declining import decline, note_unable
from acknowledgments.agreement.documents import record_agreement
from acknowledgments.agreement.reviews import review_without_customer
from careerplan.base.history import TrackedModel, record
from careerplan.base.refusals import Refusal
from careerplan.plans.actions import close_plan
from careerplan.plans.barriers import remove_barrier, save_barrier
from customers.actions import NO_CONTACT, add_case_note, save_assessment
from customers.enums import ContactMethod
from goals.actions import save_goal, set_career_goal
from goals.steps import save_step
from services.actions import remove_service, save_service
from services.credentials.actions import add_credential
from tests import states
from tests.people import angela, planner
from tests.rows import changed, everything
from tests.shared_plans import service

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate()
UNKNOWN = "pigeon"


def by_planner():
    return {"by": planner(), "at": states.now()}


def draft():
    return states.reviewed(angela())


def with_the_customer():
    return states.sent(draft(), electronic=False).version


def first(rows):
    return rows.in_plan().order_by("id")[0]


def assessed(**values):
    values = {"name": "TABE", "result": "640", "assessed_on": TODAY, "kind": "other", "category": "other"} | values
    return save_assessment(angela(), None, values, seen=None, **by_planner())


def says_of_a_step(**values):
    plan = draft().plan
    return save_step(plan, first(plan.action_steps), values, **by_planner())


def says_of_a_barrier(**values):
    plan = draft().plan
    return save_barrier(plan, first(plan.barriers), values, **by_planner())


def barrier_gone(removal):
    barrier = first(draft().plan.barriers)
    return remove_barrier(barrier, removal=removal, **states.contact(note="It is gone."), **by_planner())


def noted(**values):
    said = {"subject": "A call", "text": "She called."} | states.contact(**values)
    return add_case_note(angela(), **said, **by_planner())


def unable(reason):
    said = states.contact(note="Nobody answers.")
    return note_unable(with_the_customer(), reason=reason, **said, **by_planner())


def agreed(method):
    return record_agreement(with_the_customer(), method=method, agreed_on=TODAY, name=str(angela()), **by_planner())


def closed(**values):
    return close_plan(states.plan_of(angela()), **values, **by_planner())


ACTIONS = {
    "kind of contact": (lambda: noted(contact_method=UNKNOWN), "contact_method"),
    "no kind of contact": (lambda: noted(contact_method=""), "contact_method"),
    "type of an assessment": (lambda: assessed(kind=UNKNOWN), "kind"),
    "category of an assessment": (lambda: assessed(category=""), "category"),
    "status of a barrier": (lambda: says_of_a_barrier(status=UNKNOWN), "status"),
    "word about a barrier": (lambda: says_of_a_barrier(description="No car at all.", rewording=UNKNOWN), "rewording"),
    "who does a step": (lambda: says_of_a_step(who=UNKNOWN), "who"),
    "status of a goal": (lambda: goal_with(status=UNKNOWN), "status"),
    "term of a goal": (lambda: goal_with(term=""), "term"),
    "role of a career goal": (
        lambda: set_career_goal(draft().plan, UNKNOWN, occupation=some_occupation(), **by_planner()),
        "role",
    ),
    "status of a service": (lambda: save_service(service("SS-TRAN"), {"status": UNKNOWN}, **by_planner()), "status"),
    "why a service was never provided": (
        lambda: save_service(
            service("BC-JSST"), {"status": "never_provided", "never_provided_reason": UNKNOWN}, **by_planner()
        ),
        "never_provided_reason",
    ),
    "why a service leaves": (
        lambda: draft() and remove_service(service("SS-TRAN"), removal=UNKNOWN, **by_planner()),
        "removal",
    ),
    "type of a credential": (
        lambda: add_credential(angela(), name="A course", credential_type=UNKNOWN, earned_on=TODAY, **by_planner()),
        "credential_type",
    ),
    "no type of a credential": (
        lambda: add_credential(angela(), name="A course", earned_on=TODAY, **by_planner()),
        "credential_type",
    ),
    "how often support is given": (
        lambda: save_service(service("SS-TRAN"), {"frequency": UNKNOWN, "times": 4}, **by_planner()),
        "frequency",
    ),
    "why a barrier leaves": (lambda: barrier_gone(UNKNOWN), "removal"),
    "why there is no agreement": (lambda: unable(UNKNOWN), "reason"),
    "way of agreement": (lambda: agreed(UNKNOWN), None),
    "an agreement on a document that has none": (lambda: agreed("electronic"), None),
    "outcome": (lambda: closed(outcome=UNKNOWN), "outcome"),
    "no outcome": (lambda: closed(outcome=""), "outcome"),
    "why a plan was not completed": (lambda: closed(outcome="not_completed", reason=UNKNOWN), "reason"),
    "not completed for no reason": (lambda: closed(outcome="not_completed"), "reason"),
}


def goal_with(**values):
    plan = draft().plan
    return save_goal(plan, first(plan.goals), values, **by_planner())


def some_occupation():
    return states.plan_of(angela()).career_goals.get(role="employment").occupation


@pytest.mark.parametrize("name", ACTIONS)
def test_an_action_refuses_what_no_list_has(name):
    action, field = ACTIONS[name]
    with pytest.raises(Refusal) as refused:
        action()
    assert (refused.value.code, refused.value.field) == ("not-a-choice", field)
    assert refused.value.sentence.startswith("Choose ")


def columns_with_choices():
    for model in apps.get_models():
        if issubclass(model, TrackedModel) and not model._meta.proxy:
            for field in model._meta.concrete_fields:
                if field.choices:
                    yield pytest.param(model, field, id=f"{model.__name__}.{field.name}")


@pytest.mark.parametrize(("model", "field"), [*columns_with_choices()])
def test_a_column_takes_nothing_that_its_list_lacks(model, field):
    """Whichever action it comes through: all of them write with `record`."""
    row = model._base_manager.first()
    if row is None:
        pytest.skip("no row of this kind in the demo")
    setattr(row, field.attname, UNKNOWN)
    before = everything()
    with pytest.raises(Refusal) as refused:
        record(row, **by_planner())
    assert (refused.value.code, refused.value.field) == ("not-a-choice", field.name)
    assert changed(before, everything()) == {}


# --- a contact -----------------------------------------------------------------------------------


def send_without_contact(method):
    contact = sending.Contact(TODAY, method, "Nobody was there.")
    sending.send(draft(), reason="Plain.", contact=contact, **by_planner())


CONTACTS = {
    "send": send_without_contact,
    "review": lambda method: review_without_customer(
        draft(), text="A review.", **states.contact(contact_method=method), **by_planner()
    ),
    "not complete": lambda method: decline(
        draft(), **states.contact(note="She says no.", contact_method=method), **by_planner()
    ),
}


@pytest.mark.policy("WIS-097", "WIS-143", "WIS-174")
@pytest.mark.parametrize("name", CONTACTS)
@pytest.mark.parametrize("method", ["none", "", "pigeon"])
def test_no_contact_is_no_review_and_no_refusal(name, method):
    with pytest.raises(Refusal) as refused:
        CONTACTS[name](method)
    assert (refused.value.code, refused.value.field) == ("no-contact", "contact_method")


@pytest.mark.policy("WIS-143")
def test_the_page_of_the_review_says_so_at_its_field(client):
    draft()
    client.force_login(planner())
    path = reverse("plan:review-without-customer", args=[angela().pk])
    said = {"not_required": "on", "text": "A review.", "contact_on": TODAY.isoformat(), "contact_method": "none"}
    answer = client.post(path, said)
    assert answer.status_code == 422
    assert answer.context["form"].errors == {"contact_method": [NO_CONTACT]}


@pytest.mark.policy("WIS-097", "WIS-143", "WIS-174")
@pytest.mark.parametrize(
    ("name", "asks"),
    [
        ("plan:agreement", True),
        ("plan:review-without-customer", True),
        ("plan:not-completed", True),
        ("customers:case-notes", False),
    ],
)
def test_where_policy_asks_for_a_contact_no_contact_is_not_offered(client, name, asks):
    draft()
    client.force_login(planner())
    form = client.get(reverse(name, args=[angela().pk])).context["form"]
    offered = [value for value, _label in form.fields["contact_method"].choices]
    assert ("none" in offered) is not asks
    assert set(offered) | {"none"} == set(ContactMethod.values)
