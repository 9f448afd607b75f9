"""What the sections ask is data: questions are added and reworded, and answers keep the words of their time."""

from dataclasses import replace

import pytest

from careerplan.base import clock
from careerplan.base.refusals import NotAllowed, Refusal
from customers.enums import FieldKind
from customers.models import FieldDefinition, SectionAnswer
from customers.models.answers import ConfidentialAnswer
from customers.sections.defining import Wording, add_question, reword, wording_of
from customers.sections.filling import GivenAnswers, fill
from customers.sections.policy import Kind
from customers.sections.reading import answers_to
from tests import people, states
from tests.assessed import fill as answer
from tests.assessed import fill_confidential, look, section, wording
from tests.rows import refuses, write

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("people")]

LOCAL = Wording("short", "Shoe size for boots", "Talla de zapatos para las botas")
CHOICES = [
    {"code": "S", "english": "Small", "spanish": "Chica"},
    {"code": "L", "english": "Large", "spanish": "Grande"},
]


def add(given=LOCAL, *, code="SHOES", by=None):
    by = by or people.administrator()
    place = section("OTHER_CONSIDERATIONS")
    return add_question(place, code=code, position=5, wording=given, by=by, at=clock.now())


def say_anew(code, by=None, **changes):
    before = wording(code)
    given = replace(wording_of(before), **changes)
    return reword(before.field, given, by=by or people.administrator(), at=clock.now())


def test_every_kind_of_question_has_its_rule():
    assert set(FieldKind.values) == {kind.value for kind in Kind}


def test_every_question_of_the_product_is_worded_in_both_languages():
    definitions = list(FieldDefinition.objects.all())
    assert definitions
    for definition in definitions:
        assert definition.label_english
        assert definition.label_spanish
        assert bool(definition.help_english) == bool(definition.help_spanish)


def test_a_question_that_is_not_verified_says_why():
    assert FieldDefinition.objects.filter(is_verified=False, notes="").count() == 0
    assert FieldDefinition.objects.filter(is_verified=False).exists()


def test_an_administrator_adds_a_question_without_code():
    customer = states.enrolled()
    add(replace(LOCAL, kind="choice", choices=CHOICES))
    answer(customer, "OTHER_CONSIDERATIONS", by=people.planner(), SHOES="L")
    assert answers_to(customer.pk)["SHOES"].words == "Large"


@pytest.mark.parametrize("who", [people.planner, people.statewide, lambda: people.angela().user])
def test_nobody_else_changes_what_is_asked(who):
    for act in (lambda by: add(by=by), lambda by: say_anew("COUNTY", by=by, label_english="Parish")):
        with pytest.raises(NotAllowed):
            act(who())


def test_an_answer_keeps_the_words_under_which_it_was_given():
    customer = states.enrolled()
    answer(customer, "GOALS_AND_SITUATION", by=people.planner(), COUNTY="Peoria")
    assert say_anew("COUNTY", label_english="County or parish").number == 2
    assert answers_to(customer.pk)["COUNTY"].label == "County where you live"
    answer(customer, "GOALS_AND_SITUATION", by=people.planner(), COUNTY="Cook")
    assert answers_to(customer.pk)["COUNTY"].label == "County or parish"


def test_a_choice_that_is_gone_is_still_read_as_it_was():
    customer = states.enrolled()
    add(replace(LOCAL, kind="choice", choices=CHOICES))
    answer(customer, "OTHER_CONSIDERATIONS", by=people.planner(), SHOES="S")
    say_anew("SHOES", choices=CHOICES[1:])
    assert answers_to(customer.pk)["SHOES"].words == "Small"


def test_the_same_words_begin_nothing():
    assert say_anew("COUNTY").number == 1


@pytest.mark.parametrize(
    ("changes", "code"), [({"kind": "long"}, "another-kind"), ({"is_confidential": True}, "another-secrecy")]
)
def test_a_question_keeps_its_kind_and_who_reads_it(changes, code):
    with pytest.raises(Refusal) as refused:
        say_anew("COUNTY", **changes)
    assert refused.value.code == code


UNFIT = {
    "no Spanish": ({"label_spanish": " "}, "nothing-said"),
    "a choice without choices": ({"kind": "choice"}, "choices"),
    "choices where none are chosen": ({"choices": CHOICES}, "choices"),
    "a code twice": ({"kind": "choice", "choices": CHOICES[:1] * 2}, "code-twice"),
    "a choice without Spanish": ({"kind": "choice", "choices": [CHOICES[0] | {"spanish": ""}]}, "nothing-said"),
    "rows without columns": ({"kind": "rows"}, "columns"),
    "rows in rows": ({"kind": "rows", "columns": [CHOICES[0] | {"kind": "rows"}]}, "columns"),
    "a rating of two steps": ({"kind": "rating", "choices": CHOICES}, "choices"),
    "no such kind": ({"kind": "colour"}, "not-a-choice"),
}


@pytest.mark.parametrize("what", UNFIT)
def test_what_can_not_be_asked_is_refused(what):
    changes, code = UNFIT[what]
    with pytest.raises(Refusal) as refused:
        add(replace(LOCAL, **changes))
    assert refused.value.code == code


def test_a_code_is_one_questions():
    with pytest.raises(Refusal) as refused:
        add(code="COUNTY")
    assert refused.value.code == "code-taken"


def test_a_rating_brings_words_of_its_own_or_has_the_usual_ones():
    steps = add(replace(LOCAL, kind="rating")).choices
    assert [step["english"] for step in steps][::4] == ["Not yet", "Very well"]


def test_a_question_that_was_reworded_meanwhile_asks_again():
    customer = states.enrolled()
    shown = GivenAnswers({"COUNTY": "Peoria"}, {"COUNTY": 1})
    say_anew("COUNTY", label_english="County or parish")
    with pytest.raises(Refusal) as refused:
        fill(customer, section("GOALS_AND_SITUATION"), shown, by=people.planner(), at=clock.now())
    assert (refused.value.code, refused.value.field) == ("question-changed", "COUNTY")
    assert "County or parish" in str(refused.value.sentence)
    assert answers_to(customer.pk) == {}


def test_a_question_that_is_asked_no_longer_takes_no_answer_and_keeps_those_it_has():
    customer = states.enrolled()
    answer(customer, "GOALS_AND_SITUATION", by=people.planner(), COUNTY="Peoria")
    write(wording("COUNTY").field, is_active=False)
    shown = GivenAnswers({"COUNTY": "Cook"}, {"COUNTY": 1})
    with pytest.raises(Refusal) as refused:
        fill(customer, section("GOALS_AND_SITUATION"), shown, by=people.planner(), at=clock.now())
    assert refused.value.code == "question-gone"
    assert answers_to(customer.pk)["COUNTY"].value == "Peoria"


# --- what the database holds ------------------------------------------------------------------


def answered():
    customer = states.enrolled()
    answer(customer, "BARRIERS", by=people.planner(), LOW_INCOME=True)
    fill_confidential(customer, "BARRIERS", by=customer.user, HEALTH=True)
    return SectionAnswer.objects.get(record__customer=customer), ConfidentialAnswer.objects.get(
        record__customer=customer
    )


def another_wording(**values):
    newest = wording("COUNTY")
    fit = {name: getattr(newest, name) for name in Wording.__dataclass_fields__}
    FieldDefinition.objects.create(field=newest.field, number=2, begun_at=clock.now(), **fit | values)


def deleted(row):
    type(row)._base_manager.filter(pk=row.pk)._raw_delete("default")


def looked():
    customer = states.enrolled()
    look(customer, "BARRIERS", by=customer.user)
    return customer.looks.get()


REFUSED = {
    "customers_fielddefinition": lambda: write(wording("COUNTY"), label_english="Parish"),
    "customers_fielddefinition ": lambda: deleted(wording("COUNTY")),
    "customers_sectionfield": lambda: write(wording("COUNTY").field, code="PARISH"),
    "customers_sectionfield ": lambda: write(wording("COUNTY").field, section=section("BARRIERS")),
    "a_question_keeps_its_kind_and_who_reads_it": lambda: another_wording(is_confidential=True),
    "a_question_keeps_its_kind_and_who_reads_it ": lambda: another_wording(kind="long"),
    "a_section_stays_its_customers": lambda: write(answered()[0].record, customer=people.angela()),
    "an_answer_is_to_an_open_question_of_its_section": lambda: write(answered()[0], definition=wording("HEALTH")),
    "an_answer_is_to_an_open_question_of_its_section ": lambda: write(answered()[0], definition=wording("COUNTY")),
    "a_confidential_answer_is_to_a_confidential_question": lambda: write(
        answered()[1], definition=wording("LOW_INCOME")
    ),
    "customers_sectionanswer": lambda: deleted(answered()[0]),
    "customers_confidentialanswer": lambda: deleted(answered()[1]),
    "customers_confidentiallook": lambda: write(looked(), looked_by=people.planner()),
    "customers_confidentiallook ": lambda: deleted(looked()),
}


@pytest.mark.parametrize("name", REFUSED)
def test_the_database_refuses(name):
    refuses(name.strip(), REFUSED[name])
