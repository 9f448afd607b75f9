"""The forms of a placement: named as the document names it, what is typed is kept, and a day that the status needs is
asked for (ILL-138 to ILL-153)."""

import pytest
from django.urls import reverse

from tests import placed
from tests.markup import Page, words_of
from tests.people import planner
from tests.states import days_ago
from worksites.enums import TerminationReason

pytestmark = pytest.mark.django_db

HELD = {"inactive_on": days_ago(20), "returned_on": days_ago(15)}
ENDED = {"ends_on": days_ago(5), "termination_reason": "quit"}


@pytest.fixture
def begun():
    return placed.moved(placed.planned_in_the_past(), "start", starts_on=days_ago(30))


def path_of(name, row, *more):
    return reverse(name, args=[row.customer.pk, row.pk, *more])


def sent(client, row, **typed):
    client.force_login(planner())
    path = path_of("placement-edit", row)
    return client.post(path, Page(client.get(path)).form(path) | typed)


def labels(page):
    """By the name of the field."""
    fields = page.root.xpath("//main//label[@for]")
    return {label.get("for").removeprefix("id_"): words_of(label).removesuffix(" (optional)") for label in fields}


@pytest.mark.policy("ILL-127", "ILL-138", "ILL-140", "ILL-151", "ILL-152", "ILL-153")
def test_all_that_is_typed_is_kept(client, begun):
    row = placed.moved(placed.moved(begun, "hold", **HELD), "terminate", **ENDED)
    assert (row.position_type, row.wioa_funded) == ("full_time", True)
    days = {
        "starts_on": days_ago(29), "subsidy_starts_on": days_ago(28), "inactive_on": days_ago(21),
        "returned_on": days_ago(16), "subsidy_ends_on": days_ago(7), "ends_on": days_ago(6),
    }  # fmt: skip
    said = {"position_type": "part_time", "notes": "Mornings alone."}
    typed = said | {name: day.isoformat() for name, day in days.items()}
    client.force_login(planner())
    path = path_of("placement-edit", row)
    form = Page(client.get(path)).form(path)
    del form["wioa_funded"]
    assert client.post(path, form | typed).status_code == 302
    row = placed.reread(row)
    kept = days | said | {"wioa_funded": False}
    assert {name: getattr(row, name) for name in kept} == kept
    facts = Page(client.get(path_of("placement", row))).facts()
    assert (facts["Position Type"], facts["WIOA funded"]) == ("Part-Time", "No")


NEEDED = [
    pytest.param([], "starts_on", "Enter the start date.", marks=pytest.mark.policy("ILL-140"), id="started"),
    pytest.param(
        [("hold", {"inactive_on": days_ago(20)})], "inactive_on", "Enter the inactive date.",
        marks=pytest.mark.policy("ILL-151"), id="on hold",
    ),
    pytest.param(
        [("hold", HELD), ("return", {"returned_on": days_ago(15)})], "returned_on", "Enter the return date.",
        marks=pytest.mark.policy("ILL-152"), id="back from a hold",
    ),
    pytest.param(
        [("terminate", ENDED)], "ends_on", "Enter the end date.", marks=pytest.mark.policy("ILL-140"), id="terminated"
    ),
]  # fmt: skip


@pytest.mark.parametrize(("moves", "name", "sentence"), NEEDED)
def test_a_day_that_its_status_needs_is_not_taken_away(client, begun, moves, name, sentence):
    row = begun
    for code, values in moves:
        row = placed.moved(row, code, **values)
    answer = sent(client, row, **{name: ""})
    assert answer.status_code == 422
    assert answer.context["form"].errors == {name: [sentence]}


@pytest.mark.policy("ILL-152")
def test_who_returns_on_the_day_of_the_hold_has_missed_none(client, begun):
    row = placed.moved(begun, "hold", inactive_on=days_ago(20))
    row = placed.moved(row, "return", returned_on=days_ago(20))
    assert (row.status, row.inactive_on, row.returned_on) == ("started", days_ago(20), days_ago(20))
    same_day = {"inactive_on": days_ago(15).isoformat(), "returned_on": days_ago(15).isoformat()}
    assert sent(client, row, **same_day).status_code == 302
    assert placed.reread(row).days_in_subsidized(days_ago(0)) == 30


# --- as the document names it ---------------------------------------------------------------------

DAYS = {
    "starts_on": "Start Date", "ends_on": "End Date", "subsidy_starts_on": "Subsidized Start Date",
    "subsidy_ends_on": "Subsidized End Date",
}  # fmt: skip
HOLD = {"inactive_on": "Inactive Date", "returned_on": "Return Date"}
WAGES = {
    "hourly_wage": "Hourly Wage for Placement",
    "subsidized_wage": "Subsidized Wage or Training Wage Match",
}


@pytest.mark.policy("ILL-140", "ILL-149", "ILL-151", "ILL-152", "ILL-153")
def test_the_forms_name_their_fields_as_the_document_does(client, begun):
    client.force_login(planner())
    row = placed.moved(begun, "hold", **HELD)
    other = placed.job()
    adding = reverse("plan:placement-add", args=[row.customer.pk, row.planned_id, other.pk])
    assert labels(Page(client.get(adding))).items() >= (DAYS | WAGES).items()
    assert labels(Page(client.get(path_of("placement-wage", row)))).items() >= WAGES.items()
    assert labels(Page(client.get(path_of("placement-edit", row)))).items() >= (DAYS | HOLD).items()
    row = placed.moved(row, "return", returned_on=HELD["returned_on"])
    assert labels(Page(client.get(path_of("placement-move", row, "hold")))).items() >= HOLD.items()


# --- what becomes of it ---------------------------------------------------------------------------


@pytest.mark.policy("ILL-152")
def test_the_return_date_that_was_known_is_offered_on_the_way_back(client, begun):
    row = placed.moved(begun, "hold", **HELD)
    client.force_login(planner())
    path = path_of("placement-move", row, "return")
    form = Page(client.get(path)).form(path)
    assert form["returned_on"] == f"{HELD['returned_on']:%m/%d/%Y}"
    assert client.post(path, form).status_code == 302
    assert placed.reread(row).returned_on == HELD["returned_on"]


@pytest.mark.policy("AMB-I5")
def test_every_reason_is_offered_and_completed_is_one_of_them(client, begun):
    client.force_login(planner())
    path = path_of("placement-move", begun, "terminate")
    page = Page(client.get(path))
    offered = page.root.xpath("//input[@type='radio'][@name='termination_reason']/following-sibling::label")
    assert [words_of(label) for label in offered] == TerminationReason.labels
    assert client.post(path, page.form(path) | {"termination_reason": "completed"}).status_code == 302
    page = Page(client.get(path_of("placement", begun)))
    assert page.facts()["Status"] == "Terminated Completed as planned"
