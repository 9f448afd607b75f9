"""A text with nothing to see in it says nothing: not to a form, and not to an action (12.7.7, 12.7.8)."""

import pytest
from django import forms
from django.apps import apps
from django.urls import reverse
from django.utils import timezone

from acknowledgments.agreement import sending
from acknowledgments.agreement.declining import decline, note_unable
from acknowledgments.agreement.documents import record_agreement
from acknowledgments.agreement.drafts import delete_draft
from acknowledgments.agreement.reviews import review_without_customer
from acknowledgments.approvals.requests import answer, ask
from careerplan.base.fields import TextField
from careerplan.base.forms import PageForm
from careerplan.base.history import TrackedModel, record
from careerplan.base.refusals import Refusal
from careerplan.base.words import is_blank, is_text
from careerplan.plans.barriers import remove_barrier, save_barrier
from careerplan.plans.models import BarrierCategory
from customers.actions import add_case_note, write_summary
from customers.models import CaseNote
from goals.actions import remove_goal, save_goal, set_career_goal
from goals.steps import remove_step, save_step
from services.actions import change_funding, remove_service
from services.costs.actions import void
from services.costs.models import CostLine
from services.credentials.actions import add_credential
from services.feed.deciding import ignore
from tests import states
from tests.page_forms import page_forms
from tests.people import angela, planner, youth_planner
from tests.rows import changed, everything
from tests.services import feeding
from tests.shared_plans import closing, service, shared_angela

pytestmark = pytest.mark.django_db

NO_WORDS = {
    "white space": " \t\n\u00a0",
    "zero-width": "\u200b\u200c\u200d\u2060",
    "soft hyphen": "\u00ad",
    "byte order": "\ufeff",
    "direction": "\u200e\u200f\u202e",
    "control": "\x07",
    "filler of Hangul": "\u115f\u1160\u3164\uffa0",
    "empty Braille cell": "\u2800",
    "variant of nothing": "\ufe0f\U000e0100\u034f",
}
BLANK = "".join(NO_WORDS.values())
TODAY = timezone.localdate()


def by_planner():
    return {"by": planner(), "at": states.now()}


def draft():
    return states.reviewed(angela())


def a_goal(version):
    return version.plan.goals.in_plan()[0]


def send_blank_note():
    contact = sending.Contact(TODAY, "phone", BLANK)
    return sending.send(draft(), reason="Plain.", contact=contact, **by_planner())


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
    "credential": lambda: add_credential(
        angela(), name=BLANK, credential_type="other", earned_on=TODAY, **by_planner()
    ),
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
    "voided cost": lambda: void(CostLine.objects.latest("pk"), reason=BLANK, **by_planner()),
    "ignored record": lambda: ignore(feeding.waiting(angela()), reason=BLANK, **by_planner()),
}


@pytest.mark.parametrize("text", NO_WORDS.values(), ids=NO_WORDS)
def test_what_shows_nothing_says_nothing(text):
    assert is_blank(text)
    assert is_blank(f" {text} ")
    assert not is_blank(f"{text}A{text}")
    assert Sample({"words": text}).errors == {"words": ["Enter the words."]}


IN_WORDS = {
    "a name with a joiner": "\u0639\u0644\u06cc\u200c\u0631\u0636\u0627",
    "a sign of joined signs": "\U0001f469\u200d\U0001f692",
    "words from right to left": "\u200f\u05e9\u05dc\u05d5\u05dd\u200f",
    "a word that may be divided": "Berufs\u00adberatung",
}


@pytest.mark.parametrize("text", IN_WORDS.values(), ids=IN_WORDS)
def test_what_is_hidden_inside_words_stays_as_it_was_typed(text):
    form = Sample({"words": text})
    assert form.is_valid()
    note = add_case_note(angela(), subject=form.cleaned_data["words"], text=text, **states.contact(), **by_planner())
    note.refresh_from_db()
    assert (note.subject, note.text) == (text, text)


class Sample(PageForm):
    words = TextField(label="Words")


def test_every_form_reads_texts_by_the_same_rule():
    plain = [(form, name) for form in page_forms() for name in fields_of(form, forms.CharField)]
    assert plain == []


def fields_of(form, kind):
    return [name for name, field in form.base_fields.items() if type(field) is kind]


def test_a_page_says_at_the_field_that_nothing_is_to_be_seen(client):
    client.force_login(planner())
    path = reverse("customers:case-notes", args=[angela().pk])
    said = {"subject": "\u3164", "text": "\u200b", "contact_on": TODAY.isoformat(), "contact_method": "phone"}
    before = everything()
    answer = client.post(path, said)
    assert answer.status_code == 422
    assert answer.context["form"].errors == {"subject": ["Enter the subject."], "text": ["Enter the note."]}
    assert changed(before, everything()).keys() <= {type(planner())}


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


def test_blanks_are_no_case_note_where_none_is_needed():
    row, notes = draft().plan.barriers.in_plan()[0], CaseNote.objects.count()
    remove_barrier(row, removal="other", **states.contact(note=BLANK), **by_planner())
    row.refresh_from_db()
    assert (row.removal, CaseNote.objects.count()) == ("other", notes)
