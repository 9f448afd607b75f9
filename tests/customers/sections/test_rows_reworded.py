"""Answers in rows while what their columns ask changes, and forms that no page of ours makes."""

from urllib.parse import urlencode

import pytest

from careerplan.base.refusals import Refusal
from customers.models import ConfidentialAnswer, ConfidentialLook, SectionAnswer
from customers.sections.reading import answers_to
from tests import people
from tests.assessed import fill, fill_confidential, wording
from tests.customers.sections.section_forms import CLOSED, address, looked, opened, save, say_anew
from tests.rows import write

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("people")]

SECTION, QUESTION = "SKILLS_AND_INTERESTS", "LANGUAGES"
ENDLESS = "9" * 5000


def column(code, kind="short", **more):
    return {"code": code, "kind": kind, "required": False, "english": code.title(), "spanish": code.title(), **more}


def ask_in_columns(*columns):
    say_anew(QUESTION, columns=[*columns])


def filled(customer, **row):
    return fill(customer, SECTION, by=people.planner(), **{QUESTION: [row]})


def rows_of(customer):
    return answers_to(customer.pk)[QUESTION].value


# --- columns come and go ----------------------------------------------------------------------


def test_what_is_said_in_a_new_column_is_kept(customer, planner):
    filled(customer, language="Spanish", level=5)
    ask_in_columns(*wording(QUESTION).columns, column("where"))
    form = opened(planner, customer, SECTION)
    assert save(planner, customer, form, SECTION, **{"LANGUAGES-1-where": "At home"}).status_code == 302
    assert rows_of(customer) == [{"language": "Spanish", "level": 5, "where": "At home"}]


def test_a_new_column_that_says_nothing_leaves_the_answer_under_its_wording(customer, planner):
    filled(customer, language="Spanish", level=5)
    before = SectionAnswer.objects.get(record__customer=customer)
    ask_in_columns(*wording(QUESTION).columns, column("where"))
    save(planner, customer, opened(planner, customer, SECTION), SECTION, INTERESTS="Chess")
    after = SectionAnswer.objects.get(record__customer=customer, field__code=QUESTION)
    assert (after.value, after.definition_id) == (before.value, before.definition_id)


def test_a_column_that_is_asked_no_longer_stays_where_its_answer_stands(customer, planner):
    filled(customer, language="Spanish", level=5)
    ask_in_columns(wording(QUESTION).columns[0])
    save(planner, customer, opened(planner, customer, SECTION), SECTION, INTERESTS="Chess")
    assert rows_of(customer) == [{"language": "Spanish", "level": 5}]


def test_a_choice_of_a_column_that_is_offered_no_longer_stays_where_it_was_chosen(customer, planner):
    where = [{"code": code, "english": code, "spanish": code} for code in ("home", "school")]
    ask_in_columns(wording(QUESTION).columns[0], column("where", "choice", choices=where))
    filled(customer, language="Spanish", where="home")
    ask_in_columns(wording(QUESTION).columns[0], column("where", "choice", choices=where[1:]))
    form = opened(planner, customer, SECTION)
    assert form["LANGUAGES-1-where"] == "home"
    assert save(planner, customer, form, SECTION, INTERESTS="Chess").status_code == 302
    assert rows_of(customer) == [{"language": "Spanish", "where": "home"}]


def test_a_confidential_choice_that_is_offered_no_longer_stays_where_it_was_chosen(customer, planner):
    write(people.planner(), reads_confidential=True)
    fill_confidential(customer, CLOSED, by=customer.user, DISABILITY="1")
    say_anew("DISABILITY", choices=[choice for choice in wording("DISABILITY").choices if choice["code"] != "1"])
    _page, shown = looked(planner, customer)
    here = address("section-confidential-save", customer, CLOSED)
    typed = shown.form(here) | {"confidential-DISABILITY_KIND": "hearing"}
    assert planner.post(here, typed).status_code == 302
    assert {row.field.code: row.value for row in ConfidentialAnswer.objects.filter(record__customer=customer)} == {
        "DISABILITY": "1",
        "DISABILITY_KIND": "hearing",
    }


def test_a_column_keeps_its_kind_also_where_it_was_left_out_meanwhile(customer):
    first = wording(QUESTION).columns[0]
    ask_in_columns(first, column("where"))
    ask_in_columns(first)
    with pytest.raises(Refusal) as refused:
        ask_in_columns(first, column("where", "day"))
    assert (refused.value.code, refused.value.field) == ("another-kind", "columns")


def test_what_somebody_else_said_meanwhile_stands_beside_a_choice_of_before(customer, planner):
    write(people.planner(), reads_confidential=True)
    fill_confidential(customer, CLOSED, by=customer.user, DISABILITY="1")
    say_anew("DISABILITY", choices=[choice for choice in wording("DISABILITY").choices if choice["code"] != "1"])
    _page, shown = looked(planner, customer)
    fill_confidential(customer, CLOSED, by=customer.user, SNAP=True)
    looks = ConfidentialLook.objects.filter(customer=customer).count()
    here = address("section-confidential-save", customer, CLOSED)
    assert planner.post(here, shown.form(here) | {"confidential-SNAP": "no"}).status_code == 422
    assert ConfidentialLook.objects.filter(customer=customer).count() == looks + 1


# --- forms made by hand -----------------------------------------------------------------------


def sent(client, here, form):
    """As browsers send a form without files."""
    return client.post(here, urlencode(form), content_type="application/x-www-form-urlencoded")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("row_version", ENDLESS),
        ("wordings", f"{QUESTION}:{ENDLESS}"),
        (f"{QUESTION}-{ENDLESS}-language", "Maya"),
    ],
    ids=["version", "wording", "row"],
)
def test_an_endless_number_in_a_form_is_no_fault(customer, planner, name, value):
    form = opened(planner, customer, SECTION)
    assert sent(planner, address("section", customer, SECTION), form | {name: value}).status_code in {302, 422}


@pytest.mark.parametrize("name", ["section-review", "section-complete", "section-confidential-review"])
def test_an_endless_number_beside_a_button_is_no_fault(customer, planner, name):
    write(people.planner(), reads_confidential=True)
    fill(customer, SECTION, by=customer.user, INTERESTS="Chess")
    assert planner.post(address(name, customer, SECTION), {"seen": ENDLESS}).status_code == 302
