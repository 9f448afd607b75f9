"""The wage of a registered apprenticeship rises by a schedule, which stands in rows of its own (29 CFR 29.5(b)(5))."""

import json
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from lxml.html import fromstring

from acknowledgments.agreement.working_copy import contents_of
from acknowledgments.contents.changes import compare
from acknowledgments.contents.sealed_text import canonical_json, read_contents
from acknowledgments.paper.plain import in_plain_words
from acknowledgments.paper.rows import paper_context, plan_rows
from careerplan.base.refusals import Refusal
from services.actions import change_funding, save_service
from services.classes.apprenticeship.items import WageStepItem
from services.classes.apprenticeship.models import WageStep
from services.classes.apprenticeship.policy import MOST_STEPS, Step
from services.classes.apprenticeship.words import as_item, told_steps
from services.models import PlannedService
from tests import states
from tests.markup import Page, words_of
from tests.people import north_planner
from tests.plans_in_force import iep, service
from tests.rows import changed, copy, everything
from tests.services.service_form import path_of, send
from worksites.models import MinimumWage

pytestmark = [pytest.mark.django_db, pytest.mark.policy("ILL-115")]

TODAY = timezone.localdate()


def step(after: int, wage: str, percent: str = "", counted_in: str = "hours") -> Step:
    return Step(counted_in, after, Decimal(wage), Decimal(percent) if percent else None)


RISING = (step(0, "18.00", "60"), step(1000, "19.50"), step(2000, "21.00", "70"))


@pytest.fixture
def row() -> PlannedService:
    """Planned, in a plan that is in force."""
    return again(service(states.newest(iep()), "AP-RAP"))


@pytest.fixture
def client(client, row):
    client.force_login(row.plan.customer.planner)
    return client


def again(row: PlannedService) -> PlannedService:
    return PlannedService.objects.select_related("plan__customer__planner", "service").get(pk=row.pk)


def saved(row: PlannedService, *steps: Step, **values) -> PlannedService:
    by = row.plan.customer.planner
    return save_service(again(row), values | {"wage_steps": steps}, by=by, at=states.now())


def standing(row: PlannedService) -> list[tuple]:
    steps = WageStep.objects.of_service(row)
    return [(one.counted_in, one.after, one.wage, one.percent) for one in steps]


def typed(*rows: tuple, **values) -> dict[str, str]:
    """As one types: after, wage, percent of each row."""
    for number, cells in enumerate(rows, start=1):
        for column, cell in zip(("after", "wage", "percent"), cells, strict=False):
            values[f"step-{number}-{column}"] = cell
    return values


def refused(client, row, *rows: tuple, **values) -> dict[str, list[str]]:
    """What the form says; nothing is written."""
    before = everything()
    answer = send(client, row, **typed(*rows, **values))
    assert answer.status_code == 422
    assert changed(before, everything()) == {}
    return {name: list(words) for name, words in answer.context["form"].errors.items()}


# --- entered in the form --------------------------------------------------------------------------


def test_the_schedule_is_typed_in_rows_of_the_form(client, row):
    answer = send(client, row, **typed(("0", "18", "60"), ("1,000", "$19.50"), ("2000", "21.00", "70")))
    assert "The step/service was saved." in Page(answer).words
    assert standing(row) == list(RISING)
    form = Page(client.get(path_of(row))).form(path_of(row))
    assert [form.get(f"step-2-{column}") for column in ("after", "wage", "percent")] == ["1,000", "19.50", None]
    shown = client.get(path_of(row)).context["form"].fields
    assert "step-5-wage" in shown
    assert "step-6-wage" not in shown


def test_it_may_be_counted_in_months(client, row):
    send(client, row, **typed(("0", "18"), ("6", "19")), counted_in="months")
    assert standing(row) == [("months", 0, Decimal("18.00"), None), ("months", 6, Decimal("19.00"), None)]
    assert Page(client.get(path_of(row))).form(path_of(row))["counted_in"] == "months"


def test_empty_rows_between_say_nothing(client, row):
    send(client, row, **typed(("", ""), ("0", "18"), (" ", ""), ("1000", "19")))
    assert [one[1] for one in standing(row)] == [0, 1000]


def test_a_form_without_rows_makes_none(client, row):
    send(client, row, sponsor="Lakeshore Millwrights")
    assert standing(row) == []


def test_a_page_that_did_not_show_the_schedule_leaves_it_as_it_is(client, row):
    """As one of the former release, which is still open while the new one starts."""
    saved(row, *RISING)
    data = Page(client.get(path_of(row))).form(path_of(row))
    former = {name: value for name, value in data.items() if not name.startswith(("step-", "counted_in"))}
    client.post(path_of(row), former | {"sponsor": "Lakeshore Millwrights"})
    assert (again(row).detail.sponsor, standing(row)) == ("Lakeshore Millwrights", list(RISING))


def test_a_row_that_is_emptied_leaves_the_schedule_and_its_row_stays(client, row):
    saved(row, *RISING)
    send(client, row, **typed(("0", "18", "60"), ("", "", ""), ("2000", "21", "70")))
    assert [one[1] for one in standing(row)] == [0, 2000]
    gone = WageStep.objects.get(apprenticeship__planned=row, after=1000)
    assert (gone.wage, [entry.wage for entry in gone.history.all()]) == (None, [None, Decimal("19.50")])


def test_a_step_that_comes_back_takes_its_row_up_again(row):
    saved(row, *RISING)
    saved(row)
    saved(row, *RISING)
    assert standing(row) == list(RISING)
    assert WageStep.objects.filter(apprenticeship__planned=row).count() == len(RISING)


@pytest.mark.parametrize(
    ("rows", "field", "sentence"),
    [
        ([("1000", "18"), ("0", "19")], "step-2-after", "Enter more than 1,000: the steps stand in their order."),
        ([("0", "18"), ("0", "19")], "step-2-after", "Enter more than 0: the steps stand in their order."),
        (
            [("0", "18"), ("1000", "18.00")],
            "step-2-wage",
            "Enter a wage above $18.00: each step pays more than the one before it.",
        ),
        (
            [("0", "18,50")],
            "step-1-wage",
            "Enter one wage in dollars, for example 18.50, with a period before the cents.",
        ),
        ([("0", "1,250.00")], "step-1-wage", "Enter 999.99 or less."),
        ([("0", "-5")], "step-1-wage", "Enter 0 or more."),
        ([("0", "0")], "step-1-wage", "Enter a wage above 0."),
        ([("0", "")], "step-1-wage", "Enter the wage."),
        ([("", "18")], "step-1-after", "Enter after how many: 0 from the start."),
        ([("", "", "60")], "step-1-wage", "Enter the wage."),
        ([("0.5", "18")], "step-1-after", "Write a whole number, for example 3."),
        ([("soon", "18")], "step-1-after", "Write a whole number, for example 3."),
        ([("20,001", "18")], "step-1-after", "Enter 20,000 or less."),
        ([("0", "18", "101")], "step-1-percent", "Enter 100 or less."),
        ([("0", "18", "0")], "step-1-percent", "Enter a percent above 0, or leave it empty."),
    ],
)
def test_a_schedule_that_can_not_be_is_refused_at_its_row(client, row, rows, field, sentence):
    assert sentence in refused(client, row, *rows)[field]


def test_months_end_with_the_tenth_year(client, row):
    errors = refused(client, row, ("0", "18"), ("121", "19"), counted_in="months")
    assert errors == {"step-2-after": ["Enter 120 or less."]}


def test_what_is_wrong_is_said_at_the_row_in_which_it_was_typed(client, row):
    errors = refused(client, row, ("0", "18"), ("", ""), ("1000", "17"))
    assert list(errors) == ["step-3-wage"]


def test_sixty_steps_are_too_many_and_stay_typed(client, row):
    rows = [(str(place * 100), str(18 + place)) for place in range(60)]
    data = Page(client.get(path_of(row))).form(path_of(row)) | typed(*rows)
    answer = client.post(path_of(row), data)
    assert answer.status_code == 422
    assert answer.context["form"].errors == {f"step-{MOST_STEPS + 1}-after": ["Enter at most 24 wage steps."]}
    assert Page(answer).form(path_of(row))["step-60-wage"] == "77"
    assert standing(row) == []


def test_as_many_as_may_be_are_saved(row):
    saved(row, *(step(place * 100, str(18 + place)) for place in range(MOST_STEPS)))
    assert len(standing(row)) == MOST_STEPS


def test_a_colleagues_schedule_is_shown_beside_what_was_typed(client, row):
    data = Page(client.get(path_of(row))).form(path_of(row))
    saved(row, *RISING[:2])
    answer = client.post(path_of(row), data | typed(("0", "17"), ("1000", "19")))
    assert answer.status_code == 422
    assert answer.context["form"].stale == [
        {
            "label": "Wage steps",
            "typed": "From the start: $17.00 an hour; After 1,000 hours on the job: $19.00 an hour",
            "stored": told_steps(map(as_item, RISING[:2])),
        }
    ]
    assert standing(row) == list(RISING[:2])


# --- the action -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("steps", "code"),
    [
        ([step(1000, "18"), step(0, "19")], "steps-out-of-order"),
        ([step(0, "18"), step(1000, "18")], "wage-not-higher"),
        ([step(0, "18"), step(6, "19", counted_in="months")], "counted-otherwise"),
        ([step(0, "0")], "no-wage"),
        ([step(0, "18", "0")], "no-percent"),
        ([step(121, "18", counted_in="months")], "step-too-late"),
        ([step(place, str(place + 1)) for place in range(MOST_STEPS + 1)], "too-many-steps"),
    ],
)
def test_the_action_refuses_a_schedule_that_can_not_be(row, steps, code):
    before = everything()
    with pytest.raises(Refusal) as found:
        saved(row, *steps)
    assert found.value.code == code
    assert changed(before, everything()) == {}


def test_the_log_tells_a_change_of_the_schedule_with_its_service(row):
    saved(row, step(0, "18"))
    saved(row, step(0, "18"), step(1000, "19.50", "65"))
    (told,) = again(row).history.latest().changes
    assert told["label"] == "wage steps"
    assert told["from"] == "From the start: $18.00 an hour"
    assert told["to"] == (
        "From the start: $18.00 an hour; After 1,000 hours on the job: $19.50 an hour, 65% of the journeyworker's wage"
    )


def test_the_same_schedule_again_is_no_change(row):
    saved(row, *RISING)
    before = everything()
    saved(row, *RISING)
    assert changed(before, everything()) == {}


def test_it_is_seen_where_its_service_is(row):
    saved(row, *RISING)
    steps = WageStep.objects.filter(apprenticeship__planned=row)
    assert steps.visible_to(row.plan.customer.planner).count() == len(RISING)
    assert not steps.visible_to(north_planner()).exists()


def test_it_goes_along_as_the_funding_changes(row):
    saved(row, *RISING, status="started", actual_start_on=TODAY)
    former = again(row)
    latter = change_funding(
        former,
        program=former.program,
        contract="State 25-1",
        changes_on=TODAY,
        by=former.plan.customer.planner,
        at=states.now(),
    )
    assert standing(latter) == list(RISING)


# --- sealed, and read -----------------------------------------------------------------------------


def sealed(row: PlannedService):
    contents = contents_of(row.plan, states.newest(row.plan.customer))
    return contents, next(item for item in contents.services if item.id == row.pk)


def test_it_is_sealed_with_the_service_and_read_back(row):
    saved(row, *RISING)
    contents, item = sealed(row)
    assert item.wage_steps == (
        WageStepItem("hours", 0, "18.00", "60.00"),
        WageStepItem("hours", 1000, "19.50"),
        WageStepItem("hours", 2000, "21.00", "70.00"),
    )
    assert read_contents(canonical_json(contents)) == contents


def test_a_text_of_a_former_release_has_none(row):
    text = json.loads(canonical_json(sealed(row)[0]))
    for item in text["services"]:
        del item["wage_steps"]
    assert {item.wage_steps for item in read_contents(json.dumps(text)).services} == {()}


def test_a_change_of_it_is_a_free_change_of_the_service(row):
    saved(row, *RISING)
    before, _item = sealed(row)
    saved(row, *RISING[:1])
    (change,) = compare(before, sealed(row)[0])
    assert change.field_names == {"wage_steps"}


def test_a_draft_that_is_deleted_leaves_it_as_it_was_recorded(row):
    draft = states.reviewed(row.plan.customer)
    saved(row, *RISING)
    states.deleted(draft)
    assert standing(row) == list(RISING)


def test_the_plan_tells_the_customer_each_wage(row):
    saved(row, *RISING, sponsor="Lakeshore Millwrights")
    told = next(one for one in plan_rows(in_plain_words(sealed(row)[0]))["services"] if one["wage_steps"])
    assert [(one["when"], one["pay"]) for one in told["wage_steps"]] == [
        ("From the start", "$18.00 an hour, 60% of the journeyworker's wage"),
        ("After 1,000 hours on the job", "$19.50 an hour"),
        ("After 2,000 hours on the job", "$21.00 an hour, 70% of the journeyworker's wage"),
    ]
    assert {"label": "Sponsor", "text": "", "name": "Lakeshore Millwrights"} in told["apprenticeship"]


def test_the_customer_reads_it_on_the_own_page(client, row):
    saved(row, *RISING)
    client.force_login(row.plan.customer.user)
    words = Page(client.get(reverse("my:dashboard"))).words
    assert "After 1,000 hours on the job: $19.50 an hour" in words


def test_it_is_printed_with_what_the_apprenticeship_says(row):
    saved(row, *RISING, sponsor="Lakeshore Millwrights", job_hours=Decimal(4000))
    contents = in_plain_words(sealed(row)[0])
    paper = paper_context(contents, seal=None, acknowledgment=None, printed_on=TODAY)
    table = fromstring(render_to_string("acknowledgments/paper/_apprenticeships.html", paper))
    ((_name, said, wages),) = [[words_of(cell) for cell in line] for line in table.iterfind("tbody/tr")]
    assert "Occupation: Millwrights (49-9044)Sponsor: Lakeshore Millwrights" in said
    assert said.endswith("Hours on the job: 4,000")
    assert wages.startswith("From the start: $18.00 an hour, 60% of the journeyworker's wage")


def test_it_is_said_in_spanish():
    with translation.override("es"):
        words = told_steps([WageStepItem("months", 1, "18.00"), WageStepItem("months", 6, "19.00", "65.00")])
    assert words == (
        "Después de 1 mes: $18.00 por hora; Después de 6 meses: $19.00 por hora, 65% del salario del oficial calificado"
    )


# --- the minimum wage -----------------------------------------------------------------------------


def test_a_wage_below_the_minimum_wage_is_saved_and_said(client, row):
    answer = send(client, row, **typed(("0", "14.99"), ("1000", "15.00")))
    words = "Below the minimum wage of $15.00 an hour (since 01/01/2025, for 18+): From the start: $14.99 an hour."
    assert f"{words} It was saved all the same." in Page(answer).words
    assert len(standing(row)) == 2
    page = Page(client.get(path_of(row)))
    assert page.root.get_element_by_id("low-wages").text_content().strip() == words


def test_a_wage_at_the_minimum_wage_is_not_said(client, row):
    answer = send(client, row, **typed(("0", "15.00")))
    assert "Below the minimum wage" not in Page(answer).words
    assert "Below the minimum wage" not in Page(client.get(path_of(row))).words


def test_where_no_minimum_wage_is_listed_nothing_is_said(client, row):
    MinimumWage.objects.all()._raw_delete(MinimumWage.objects.db)
    saved(row, step(0, "5.00"))
    assert "Below the minimum wage" not in Page(client.get(path_of(row))).words


def test_the_minimum_wage_of_the_first_day_counts(client, row, minimum_wage_next_year):
    saved(row, step(0, "15.50"), planned_start_on=TODAY + timedelta(days=10))
    assert "Below the minimum wage" not in Page(client.get(path_of(row))).words
    saved(row, step(0, "15.50"), planned_start_on=minimum_wage_next_year)
    assert "Below the minimum wage of $16.00 an hour" in Page(client.get(path_of(row))).words


@pytest.fixture
def minimum_wage_next_year():
    """The first day of a minimum wage of 16 dollars that is decided already."""
    day = TODAY + timedelta(days=90)
    known = MinimumWage.objects.get(jurisdiction="IL", circumstance="Standard", effective_on=date(2025, 1, 1))
    copy(known, rate=Decimal("16.00"), effective_on=day)
    return day
