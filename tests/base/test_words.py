"""Nothing but white space is nothing said: the forms strip it, and so does every action (12.7.7, 12.7.8)."""

import pytest
from django.apps import apps
from django.urls import reverse
from django.utils import timezone

from acknowledgments import actions as acknowledging
from acknowledgments.agreements import note_unable, record_agreement
from acknowledgments.restoring import decline, delete_draft
from acknowledgments.reviews import review_without_customer
from acknowledgments.staff_requests import answer, ask
from careerplan.base.history import TrackedModel, record
from careerplan.base.refusals import Refusal
from careerplan.base.words import is_text
from careerplan.plans.barriers import remove_barrier, save_barrier
from careerplan.plans.models import BarrierCategory
from customers.actions import add_case_note, write_summary
from goals.actions import remove_goal, save_goal, set_career_goal
from goals.steps import remove_step, save_step
from services.actions import add_credential, change_funding, remove_service
from tests import states
from tests.people import angela, planner, youth_planner
from tests.rows import changed, everything
from tests.shared_plans import closing, service, shared_angela

pytestmark = pytest.mark.django_db

BLANK = " \t\n "
TODAY = timezone.localdate()


def by_planner():
    return {"by": planner(), "at": states.now()}


def draft():
    return states.reviewed(angela())


def a_goal(version):
    return version.plan.goals.in_plan()[0]


def send_blank_note():
    contact = acknowledging.Contact(TODAY, "phone", BLANK)
    return acknowledging.send(draft(), reason="Plain.", contact=contact, **by_planner())


def refuse_blankly():
    request = ask(closing(shared_angela(), planner()), reason="We agreed.", **by_planner())
    return answer(request, approves=False, note=BLANK, by=youth_planner(), at=states.now())


def email(**values):
    seal = states.sent(draft(), electronic=False)
    said = {"sender": "a@careerplan.test", "statement": "I agree.", "holds_plan": True} | values
    return record_agreement(seal.version, method="email", agreed_on=TODAY, name=str(angela()), **said, **by_planner())


def unable():
    seal = states.sent(draft(), electronic=False)
    return note_unable(seal.version, reason="no_answer", **states.contact(note=BLANK), **by_planner())


def remove_blankly(version, row, action):
    return action(row, reason=BLANK, **by_planner())


ACTIONS = {
    "case note": lambda: add_case_note(angela(), subject="A", text=BLANK, **states.contact(), **by_planner()),
    "subject": lambda: add_case_note(angela(), subject=BLANK, text="A", **states.contact(), **by_planner()),
    "assessment summary": lambda: write_summary(angela(), text=BLANK, **by_planner()),
    "credential": lambda: add_credential(angela(), name=BLANK, earned_on=TODAY, service=None, **by_planner()),
    "goal": lambda: save_goal((version := draft()).plan, a_goal(version), {"statement": BLANK}, **by_planner()),
    "step": lambda: save_step(
        (version := draft()).plan, None, {"text": BLANK, "goal": a_goal(version)}, **by_planner()
    ),
    "career goal": lambda: set_career_goal(draft().plan, "short_education", words=BLANK, **by_planner()),
    "removed goal": lambda: remove_goal(
        states.pen(draft()).goal("A goal", "CAREER_PLAN"), reason=BLANK, **by_planner()
    ),
    "removed step": lambda: remove_step(draft().plan.action_steps.in_plan()[0], reason=BLANK, **by_planner()),
    "removed barrier": lambda: remove_barrier(
        draft().plan.barriers.in_plan()[0], removal="resolved", **states.contact(note=BLANK), **by_planner()
    ),
    "removed service": lambda: (
        draft() and remove_service(service("SS-TRAN"), removal="other", note=BLANK, **by_planner())
    ),
    "funding": lambda: change_funding(
        service("TR-OST"), program=None, contract=BLANK, changes_on=TODAY, **by_planner()
    ),
    "deleted draft": lambda: delete_draft(draft(), reason=BLANK, **by_planner()),
    "declined": lambda: decline(draft(), **states.contact(note=BLANK), **by_planner()),
    "review": lambda: review_without_customer(draft(), text=BLANK, **states.contact(), **by_planner()),
    "review that is sent": send_blank_note,
    "unable": unable,
    "sender": lambda: email(sender=BLANK),
    "quoted words": lambda: email(statement=BLANK),
    "staff request": lambda: ask(closing(shared_angela(), planner()), reason=BLANK, **by_planner()),
    "refusal": refuse_blankly,
}


@pytest.mark.parametrize("name", ACTIONS)
def test_an_action_refuses_blank_words_and_writes_nothing(name):
    with pytest.raises(Refusal) as refused:
        ACTIONS[name]()
    assert refused.value.code in {"nothing-said", "case-note-missing", "no-occupation"}
    assert str(refused.value.sentence).endswith((".", "?"))


def required_texts():
    models = [model for model in apps.get_models() if issubclass(model, TrackedModel)]
    for model in models:
        for field in model._meta.concrete_fields:
            if is_text(field) and not field.blank and not model._meta.proxy and field.name != "password":
                yield pytest.param(model, field.attname, id=f"{model.__name__}.{field.name}")


@pytest.mark.parametrize(("model", "name"), [*required_texts()])
def test_a_column_that_must_say_something_takes_no_blanks(model, name):
    """Whichever action it comes through: all of them write with `record`."""
    row = model._base_manager.first() or model()
    setattr(row, name, BLANK)
    before = everything()
    with pytest.raises(Refusal) as refused:
        record(row, **by_planner())
    assert refused.value.code == "nothing-said"
    assert changed(before, everything()) == {}


def test_blanks_in_a_column_that_may_be_empty_are_kept_as_nothing():
    category = BarrierCategory.objects.get(code="OTHR")
    values = {"category": category, "description": BLANK}
    assert save_barrier(draft().plan, None, values, **by_planner()).description == ""


# --- a contact -----------------------------------------------------------------------------------


def send_without_contact(method):
    contact = acknowledging.Contact(TODAY, method, "Nobody was there.")
    acknowledging.send(draft(), reason="Plain.", contact=contact, **by_planner())


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
    assert list(answer.context["form"].errors) == ["contact_method"]
