"""What a placement is paid: the minimum wage, the job's wage, the subsidy, the employer's part (ILL-132 to ILL-136)."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils.formats import date_format

from careerplan.base.dates import in_text
from careerplan.base.refusals import Refusal, StaleRow
from tests import placed, states
from tests.markup import Page, words_of
from tests.people import planner
from tests.rows import write
from tests.wages import program_minimum
from worksites.models import MinimumWage
from worksites.placements.paying import Pay, change_wage
from worksites.wages.minimum import Entered

pytestmark = pytest.mark.django_db


def pay(hourly="15.00", subsidized="0", minimum="15.00", source="The state's page", **about):
    entered = None if minimum is None else Entered(Decimal(minimum), source)
    return Pay(hourly=Decimal(hourly), subsidized=Decimal(subsidized), entered=entered, **about)


def refused(**about):
    with pytest.raises(Refusal) as found:
        placed.planned(pay=pay(**about))
    return found.value.code, found.value.field


@pytest.fixture
def a_sure_list():
    """Illinois' newest rate, as if it had been read on the state's page today."""
    rows = MinimumWage.objects.filter(jurisdiction__in=["IL", "US"], circumstance="Standard")
    for row in rows:
        write(row, verification="verified")
    return rows.filter(jurisdiction="IL").latest("effective_on")


@pytest.mark.policy("ILL-134", "AMB-I8")
def test_a_wage_below_the_minimum_is_refused():
    assert refused(hourly="14.99") == ("below-the-minimum", "hourly_wage")
    assert placed.planned(pay=pay(hourly="15.00")).wage.minimum_wage == Decimal("15.00")


@pytest.mark.policy("ILL-135", "AMB-I8")
def test_a_subsidy_above_the_minimum_asks_a_reason_and_goes_on():
    assert refused(hourly="18.00", subsidized="15.01") == ("subsidy-above-the-minimum", "subsidy_reason")
    why = "The grant pays the whole first month."
    wage = placed.planned(pay=pay(hourly="18.00", subsidized="15.01", reason=why)).wage
    assert (wage.subsidized_wage, wage.subsidy_reason) == (Decimal("15.01"), why)
    assert placed.planned(pay=pay(hourly="18.00", subsidized="15.00", reason=why)).wage.subsidy_reason == ""


@pytest.mark.policy("ILL-136")
@pytest.mark.parametrize(
    ("hourly", "subsidized", "rest"),
    [("15.00", "10.00", "5.00"), ("15.00", "15.00", "0.00"), ("17.35", "0", "17.35"), ("16.10", "15.00", "1.10")],
)
def test_the_unsubsidized_wage_is_the_rest(hourly, subsidized, rest):
    assert placed.planned(pay=pay(hourly=hourly, subsidized=subsidized)).wage.unsubsidized_wage == Decimal(rest)


def test_no_more_is_subsidized_than_is_paid():
    assert refused(hourly="15.00", subsidized="15.01", reason="A reason") == ("subsidy-can-not-be", "subsidized_wage")
    assert refused(hourly="15.00", subsidized="-0.01") == ("subsidy-can-not-be", "subsidized_wage")


@pytest.mark.policy("ILL-132")
def test_where_the_list_is_not_sure_the_planner_enters_the_rate_with_its_source():
    nowhere = placed.job(placed.worksite(city="Duluth", county="Saint Louis", state="MN"), hourly_wage=Decimal("16.00"))
    for entered, code, field in (
        (None, "minimum-not-sure", "minimum_wage"),
        (Entered(Decimal("11.41"), " "), "minimum-without-source", "minimum_source"),
        (Entered(Decimal("7.24"), "A poster"), "minimum-too-low", "minimum_wage"),
    ):
        with pytest.raises(Refusal) as found:
            placed.planned(at=nowhere, pay=Pay(entered=entered))
        assert (found.value.code, found.value.field) == (code, field)
    wage = placed.planned(at=nowhere, pay=Pay(entered=Entered(Decimal("11.41"), "DLI's page, read today"))).wage
    assert (wage.minimum_from, wage.minimum_source) == ("entered", "DLI's page, read today")
    assert "Duluth" in wage.minimum_place


@pytest.mark.policy("ILL-132")
def test_where_the_list_is_sure_it_holds_with_its_source(a_sure_list):
    wage = placed.planned(pay=pay(minimum=None)).wage
    assert (wage.minimum_wage, wage.minimum_since) == (a_sure_list.rate, a_sure_list.effective_on)
    assert wage.minimum_from == "list"
    assert wage.minimum_source


# --- another wage from a day on -------------------------------------------------------------------


@pytest.fixture
def going_on():
    return placed.started(states.today() - timedelta(days=30), placed.planned_in_the_past())


def change(row, about, from_on, *, newest=None, seen=None):
    newest = newest or row.wage
    newest.placement = row
    return change_wage(newest, about, from_on=from_on, seen=seen, by=row.customer.planner, at=states.now())


def test_another_wage_leaves_the_one_before(going_on):
    today = states.today()
    change(going_on, pay("17.00", "10.00"), today)
    row = placed.reread(going_on)
    assert (row.wage.hourly_wage, row.wages.count()) == (Decimal("17.00"), 2)
    assert row.wage_on(today - timedelta(days=1)).hourly_wage == Decimal("15.00")
    assert row.wage_on(today).hourly_wage == Decimal("17.00")


def test_a_wage_of_an_earlier_day_holds_until_the_next_one(going_on):
    today = states.today()
    change(going_on, pay("17.00", "10.00"), today)
    change(placed.reread(going_on), pay("16.00"), today - timedelta(days=3))
    row = placed.reread(going_on)
    paid = [row.wage_on(today - timedelta(days=days)).hourly_wage for days in (4, 3, 1, 0)]
    assert paid == [Decimal(amount) for amount in (15, 16, 16, 17)]
    with pytest.raises(Refusal) as found:
        change(row, pay("18.00"), row.starts_on - timedelta(days=1))
    assert (found.value.code, found.value.field) == ("wage-before-the-start", "from_on")


def test_a_planned_wage_is_not_of_a_day_before_the_start(client):
    start = states.today() + timedelta(days=10)
    row = placed.planned(starts_on=start)
    client.force_login(planner())
    path = reverse("placement-wage", args=[row.customer.pk, row.pk])
    form = Page(client.get(path)).form(path)
    answer = client.post(path, form | {"from_on": states.today().isoformat(), "hourly_wage": "18.00"})
    assert answer.status_code == 422
    assert f"The start is planned for {date_format(start)}. Enter that day or a later one." in Page(answer).words
    assert client.post(path, form | {"hourly_wage": "18.00"}).status_code == 302
    assert placed.reread(row).wage_on(start).hourly_wage == Decimal("18.00")


def test_without_a_start_the_first_wage_is_the_earliest():
    row = placed.planned()
    with pytest.raises(Refusal) as found:
        change(row, pay("18.00"), states.today() - timedelta(days=1))
    assert (found.value.code, found.value.field) == ("wage-before-the-first", "from_on")
    change(row, pay("18.00"), states.today())
    row = placed.started(states.today(), placed.reread(row))
    assert row.wage_on(states.today()).hourly_wage == Decimal("18.00")


def test_the_same_day_corrects_it(going_on):
    change(going_on, pay("16.00"), going_on.wage.from_on)
    row = placed.reread(going_on)
    assert (row.wage.hourly_wage, row.wages.count()) == (Decimal("16.00"), 1)


def test_a_colleagues_wage_is_not_overwritten(going_on):
    before = going_on.wage
    change(going_on, pay("17.00"), states.today())
    with pytest.raises(StaleRow):
        change(going_on, pay("18.00"), states.today(), newest=before, seen=before.row_version)


def test_the_first_wage_follows_the_start(a_sure_list):
    under = placed.long_ago(placed.service(), 90)
    row = placed.planned(under, pay=pay("15.00", minimum=None))
    row = placed.started(states.today() - timedelta(days=80), row)
    assert (row.wage.from_on, row.wage.minimum_wage) == (row.starts_on, a_sure_list.rate)


@pytest.mark.policy("ILL-132")
def test_a_start_on_another_day_is_held_against_what_was_ticked():
    under = placed.service()
    write(under.plan.customer, birth_date=states.today() - timedelta(days=17 * 365))
    about = Pay(Decimal("14.00"), Decimal("10.00"), circumstances=["few_hours"])
    row = placed.planned(placed.long_ago(under, 90), pay=about)
    row = placed.started(states.today() - timedelta(days=80), row)
    assert (row.wage.from_on, row.wage.minimum_wage) == (row.starts_on, Decimal("13.00"))


@pytest.mark.policy("ILL-135", "AMB-I8")
def test_a_start_on_a_day_of_a_lower_minimum_asks_why_more_is_subsidized():
    under = placed.long_ago(placed.service(), 90)
    program_minimum(under.program, "16.00", states.today() - timedelta(days=10))
    row = placed.planned(under, pay=pay("16.00", "16.00", minimum=None))
    with pytest.raises(Refusal) as found:
        placed.started(states.today() - timedelta(days=80), row)
    assert (found.value.code, found.value.field) == ("subsidy-above-the-minimum", "starts_on")
    assert placed.reread(row).status == "planned"
    assert placed.started(states.today() - timedelta(days=10), row).wage.subsidized_wage == Decimal("16.00")


@pytest.mark.policy("ILL-134")
def test_a_start_behind_a_rise_asks_for_a_higher_wage(a_sure_list):
    row = placed.planned(placed.long_ago(placed.service(), 90), pay=pay("15.00", minimum=None))
    newer = MinimumWage.objects.get(pk=a_sure_list.pk)
    newer.pk, newer.effective_on, newer.rate = None, states.today() - timedelta(days=3), Decimal("16.00")
    newer._state.adding = True
    placed.record(newer, by=planner(), at=states.now())
    write(row.wage, from_on=date(2026, 1, 2), minimum_since=a_sure_list.effective_on, minimum_wage=a_sure_list.rate)
    with pytest.raises(Refusal) as found:
        placed.started(row=placed.reread(row))
    assert (found.value.code, found.value.field) == ("below-the-minimum", "starts_on")


# --- the pages ------------------------------------------------------------------------------------


WARNING = "The subsidized wage is more than the minimum wage. The reason was kept."


@pytest.mark.policy("ILL-134", "ILL-135")
def test_the_page_says_what_can_not_be_at_its_field(client, going_on):
    client.force_login(planner())
    path = reverse("placement-wage", args=[going_on.customer.pk, going_on.pk])
    form = Page(client.get(path)).form(path)
    for given, sentence in (
        ({"hourly_wage": "14.00"}, "The minimum wage is $15.00"),
        ({"hourly_wage": "18", "subsidized_wage": "16"}, "Enter why it is more."),
        ({"hourly_wage": "15.001"}, "Write at most two digits after the period, for example 15.25."),
    ):
        answer = client.post(path, form | given)
        assert answer.status_code == 422
        assert sentence in Page(answer).words
    sent = form | {"hourly_wage": "18", "subsidized_wage": "16", "subsidy_reason": "The grant asks for it."}
    assert WARNING in Page(client.post(path, sent, follow=True)).words
    assert placed.reread(going_on).wage.subsidy_reason == "The grant asks for it."
    within = Page(client.get(path)).form(path) | {"subsidized_wage": "15"}
    assert WARNING not in Page(client.post(path, within, follow=True)).words


@pytest.mark.policy("ILL-135")
@pytest.mark.parametrize(("subsidized", "warned"), [("16", True), ("15", False)])
def test_a_subsidy_above_the_minimum_is_warned_of_as_the_customer_is_added(client, subsidized, warned):
    under, job = placed.service(), placed.job(hourly_wage=Decimal("18.00"))
    client.force_login(planner())
    path = reverse("plan:placement-add", args=[under.plan.customer_id, under.pk, job.pk])
    paid = {"subsidized_wage": subsidized, "subsidy_reason": "The grant asks for it."}
    found = {"minimum_wage": "15", "minimum_source": "Read on the state's page.", "position_type": "full_time"}
    page = Page(client.post(path, Page(client.get(path)).form(path) | paid | found, follow=True))
    assert page.facts()["Subsidized Wage or Training Wage Match"].startswith(f"${subsidized}.00")
    assert (WARNING in page.words) is warned


@pytest.mark.policy("ILL-132")
def test_the_page_shows_the_minimum_with_its_source_and_its_doubts(client):
    under, job = placed.service(), placed.job(placed.worksite(city="Duluth", county="", state="MN"))
    client.force_login(planner())
    words = Page(client.get(reverse("plan:placement-add", args=[under.plan.customer_id, under.pk, job.pk]))).words
    assert "Minimum Wage for Placement" in words
    assert "Find out which rate holds, and enter it with its source." in words


@pytest.mark.policy("ILL-132")
def test_the_pages_say_where_and_since_when_the_minimum_holds_and_where_that_is_written(client, a_sure_list):
    under, job = placed.service(), placed.job()
    source = " ".join(a_sure_list.notes.split())
    assert source
    client.force_login(planner())
    page = Page(client.get(reverse("plan:placement-add", args=[under.plan.customer_id, under.pk, job.pk])))
    (offered,) = page.root.xpath("//*[@id='_minimum']")
    assert f"$15.00 IL, in force from {in_text(a_sure_list.effective_on)}. {source}" in words_of(offered)
    row = placed.planned(under, job, pay=pay(minimum=None))
    facts = Page(client.get(reverse("placement", args=[under.plan.customer_id, row.pk]))).facts()
    found = f"in force from {a_sure_list.effective_on:%m/%d/%Y} · the list of minimum wages"
    assert facts["Minimum Wage for Placement"] == f"$15.00 IL, {found}. {source}"


@pytest.mark.policy("ILL-132", "ILL-133", "ILL-135", "ILL-136")
def test_every_wage_says_what_it_was_held_against(client, going_on):
    today = states.today()
    for number, days in ((1, 20), (2, 10), (3, -10)):
        about = pay(
            f"18.{number}0", f"16.0{number}", f"15.0{number}", f"Source {number}", reason=f"Reason {number}",
            circumstances=["few_hours"] if number == 2 else (),
        )  # fmt: skip
        change(placed.reread(going_on), about, today - timedelta(days=days))
    client.force_login(planner())
    page = Page(client.get(reverse("placement", args=[going_on.customer.pk, going_on.pk])))
    facts = {words_of(fact.find("dt")): words_of(fact.find("dd")) for fact in page.root.xpath("//dl/div")}
    few_hours = "What else decides the minimum wage: Under 18, and fewer than 650 hours of work in the calendar year"
    minimum, subsidized = facts["Minimum Wage for Placement"], facts["Subsidized Wage or Training Wage Match"]
    assert minimum == f"$15.02 Marlow, IL · entered by the career planner. Source 2 {few_hours}"
    assert subsidized == "$16.02 Why the subsidy is more than the minimum wage: Reason 2"
    assert (facts["Hourly Wage for Placement"], facts["Unsubsidized/Employers Wage Match"]) == ("$18.20", "$2.18")
    assert [(line["Hourly wage"], line["Subsidized"][:6], line["Unsubsidized"]) for line in page.table("Wages")] == [
        ("$18.30", "$16.03", "$2.27"), ("$18.20", "$16.02", "$2.18"), ("$18.10", "$16.01", "$2.09"),
        ("$15.00", "$10.00", "$5.00"),
    ]  # fmt: skip
    rows = [words_of(row) for row in page.root.xpath("//section[@aria-labelledby='wages-title']//tbody/tr")]
    assert [f"Source {number}" in row for number, row in zip((3, 2, 1), rows, strict=False)] == [True] * 3
    assert [f"Reason {number}" in row for number, row in zip((3, 2, 1), rows, strict=False)] == [True] * 3
    assert [few_hours in row for row in rows] == [False, True, False, False]
    assert "in force from 01/01/2025 · the list of minimum wages." in rows[-1]
