"""Budgets with what is left of them: who sees which, filters, and the files."""

import csv
import io
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from services.costs.actions import void
from services.costs.models import Budget
from services.costs.policy import first_day, last_day, program_year_of, years_to_spend_from
from tests import states
from tests.markup import Page
from tests.people import angela, lucia, north_planner, planner, statewide
from tests.services.costs.money import budget, entered, figures, free, leave, promised, settled

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(client):
    client.force_login(statewide())
    return client


def rows_of(answer):
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def test_a_budget_shows_planned_obligated_paid_and_left(client):
    leave("1000.00")
    entered("11.00")
    promised(entered("22.00"))
    settled(promised(entered("33.00")))
    planned, obligated, paid, left = figures(budget())
    assert left == Decimal("945.00")
    words = Page(client.get(reverse("budget", args=[budget().pk]))).words
    assert f"${planned:,.2f} ${obligated:,.2f} ${paid:,.2f} $945.00" in words


def test_a_budget_that_was_cut_says_by_how_much_it_is_over(client):
    leave("-12.50")
    assert "$12.50 over" in Page(client.get(reverse("budgets"))).words


def test_planners_see_the_budgets_of_their_regions(client):
    assert Budget.objects.visible_to(planner()).filter(pk=budget().pk).exists()
    assert not Budget.objects.visible_to(north_planner()).filter(pk=budget().pk).exists()
    assert not Budget.objects.visible_to(angela().user).exists()
    client.force_login(north_planner())
    assert client.get(reverse("budget", args=[budget().pk])).status_code == 404
    assert "River Valley" not in Page(client.get(reverse("budgets"))).words
    assert "River Valley" not in str(rows_of(client.get(reverse("budgets-csv"))))


def test_a_planner_reads_the_costs_of_own_customers_alone(client):
    promised(entered("44.44"))
    client.force_login(north_planner())
    assert rows_of(client.get(reverse("costs-csv"))) == []
    client.force_login(planner())
    assert "44.44" in {row["Amount"] for row in rows_of(client.get(reverse("costs-csv")))}


def test_the_filters_stay_in_the_address_and_hold_for_the_files(client):
    mine, other = budget(), budget("WIOA-DW", customer=lucia())
    asked = {"region": mine.region_id, "source": mine.funding_source_id, "year": mine.program_year}
    page = client.get(reverse("budgets"), asked)
    assert [row.pk for row in page.context["rows"]] == [mine.pk]
    told = rows_of(client.get(reverse("budgets-csv"), asked))
    assert [(row["Region"], row["Funding source"]) for row in told] == [("River Valley", "WIOA Title I Adult")]
    everything = {row.pk for row in client.get(reverse("budgets"), {"year": "all"}).context["rows"]}
    assert {mine.pk, other.pk} <= everything
    assert rows_of(client.get(reverse("costs-csv"), {"region": other.region_id})) == []


def test_another_year_than_the_present_one_is_asked_for(client):
    former = Budget(funding_source=budget().funding_source, region=budget().region, program_year=2001, amount=1)
    former.save()
    assert former.pk not in {row.pk for row in client.get(reverse("budgets")).context["rows"]}
    assert [row.pk for row in client.get(reverse("budgets"), {"year": "2001"}).context["rows"]] == [former.pk]


def test_a_cell_that_a_spreadsheet_would_run_is_text(client):
    line = entered("5.00", reference="=HYPERLINK(1)")
    void(line, reason="+1 too many", by=planner(), at=states.now())
    row = next(row for row in rows_of(client.get(reverse("costs-csv"))) if row["Amount"] == "5.00")
    assert (row["Voucher or reference number"], row["Why it was voided"]) == ("'=HYPERLINK(1)", "'+1 too many")


def test_the_file_of_costs_says_where_each_stands(client):
    settled(promised(entered("7.70", paid_from=free("PELL"))), reference="V-1")
    row = next(row for row in rows_of(client.get(reverse("costs-csv"))) if row["Amount"] == "7.70")
    assert (row["Stage"], row["Region"], row["Funding source"]) == ("Paid", "River Valley", "Federal Pell Grant")
    assert (row["Participant ID"], row["Program year"], row["Date paid"]) == (
        angela().state_id,
        "",
        f"{states.today():%m/%d/%Y}",
    )
    assert {row[name] for name in ("Entered by", "Obligated by", "Paid by")} == {str(planner())}


def test_amounts_in_files_have_their_cents(client):
    leave("20.00")
    asked = {"region": budget().region_id, "source": budget().funding_source_id}
    [row] = rows_of(client.get(reverse("budgets-csv"), asked))
    assert (row["Left"], row["Over the budget"]) == ("20.00", "0.00")


def test_the_sums_are_of_the_customers_that_one_sees(client):
    promised(entered("100.00"))
    client.force_login(north_planner())
    assert sums_by(client, "program") == {}
    client.force_login(planner())
    assert sums_by(client, "program") == {"WIOA Title I Adult": Decimal("3070.00")}
    assert sums_by(client, "source") == {"WIOA Title I Adult": Decimal("3070.00")}
    assert sums_by(client, "region") == {"River Valley": Decimal("3070.00")}
    assert len(sums_by(client, "service")) == 3
    assert sums_by(client, "nothing") == sums_by(client, "program")


def sums_by(client, code):
    rows = client.get(reverse("budgets"), {"by": code}).context["sums"]
    return {str(row.of): row.promised for row in rows}


def test_the_page_asks_the_same_however_many_budgets_there_are(client):
    few = asked(client)
    for year in range(2001, 2011):
        Budget(funding_source=budget().funding_source, region=budget().region, program_year=year, amount=1).save()
    assert asked(client) == few <= 12


def asked(client):
    client.get(reverse("budgets"), {"year": "all"})
    with CaptureQueriesContext(connection) as queries:
        client.get(reverse("budgets"), {"year": "all"})
    return len(queries)


def test_a_program_year_runs_from_july_to_june():
    assert program_year_of(first_day(2026)) == program_year_of(last_day(2026)) == 2026
    assert (first_day(2026).isoformat(), last_day(2026).isoformat()) == ("2026-07-01", "2027-06-30")
    assert years_to_spend_from(first_day(2026)) == (2026, 2025, 2027)
