"""The pages of payroll: uploads, one of them, the file to fill in, totals; and where what was paid is shown."""

import csv
import io
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from careerplan.imports.models import Import
from careerplan.imports.tables import table_of
from services.actions import change_funding
from services.models import PlannedService
from tests import placed, states
from tests.imported import as_file, as_shown
from tests.imported import states as states_of
from tests.markup import Page, words_of
from tests.payroll import BEGINS, ENDS, brought, certain, checked, day, entries, row, taken_over, working
from tests.people import administrator, north_planner, planner, statewide
from tests.rows import date_back
from worksites.payroll import views
from worksites.payroll.actions import withdraw
from worksites.payroll.models import PayrollUpload
from worksites.placements.paying import Pay, change_wage

pytestmark = pytest.mark.django_db
MOST_QUERIES = 12


@pytest.fixture
def staff(client):
    client.force_login(planner())
    return client


def shown(client, name, *keys, **asked):
    return Page(client.get(reverse(name, args=keys), asked))


# --- uploads --------------------------------------------------------------------------------------


def test_a_file_is_brought_mended_confirmed_and_withdrawn_on_its_pages(staff):
    content = as_file([row(working()), row(working(), Hours="many")])
    file = SimpleUploadedFile("payroll.csv", content)
    answer = staff.post(reverse("payroll-import:list"), {"file": file, "encoding": "utf-8"})
    bringing = Import.objects.get(kind="payroll")
    form = staff.get(answer.url).context["form"]
    posted = {name: form[name].value() for name in form.fields if form[name].value()}
    assert "To mend (1)" in staff.post(answer.url, posted, follow=True).content.decode()
    bad = bringing.rows.get(number=3)
    page = reverse("payroll-import:row", args=[bringing.pk, bad.pk])
    cells = {name: field.initial for name, field in staff.get(page).context["form"].fields.items()}
    hours = next(name for name, value in cells.items() if value == "many")
    assert staff.post(page, cells | {hours: "40"}).status_code == 302
    done = staff.post(reverse("payroll-import:confirm", args=[bringing.pk]), as_shown(bringing), follow=True)
    upload = PayrollUpload.objects.get()
    assert reverse("payroll-upload", args=[upload.pk]) in Page(done).links().values()
    total = shown(staff, "payroll-upload", upload.pk)
    assert "Gross wages $1,500.00" in words_of(total.root.xpath("//p[@class='totals']")[0])
    answer = staff.post(reverse("payroll-withdraw", args=[upload.pk]), {"reason": "Another month."})
    assert answer.status_code == 422
    said = {"reason": "Another month.", "sure": "on"}
    answer = staff.post(reverse("payroll-withdraw", args=[upload.pk]), said, follow=True)
    assert "its rows count no more" in answer.content.decode()
    assert entries().count() == 0
    assert staff.post(reverse("payroll-withdraw", args=[upload.pk]), said).status_code == 422


def test_a_planner_sees_own_uploads_and_statewide_staff_all(staff):
    taken_over([row(working())], name="mine.csv")
    taken_over([row(working())], name="theirs.csv", by=statewide())
    assert [line[0] for line in shown(staff, "payroll").rows] == ["mine.csv"]
    staff.force_login(statewide())
    assert [line[0] for line in shown(staff, "payroll").rows] == ["theirs.csv", "mine.csv"]


def test_a_row_of_anothers_upload_is_shown_at_its_service(staff):
    placement = working()
    taken_over([row(placement)], by=statewide())
    [entry] = entries()
    service = reverse("plan:service-edit", args=[placement.customer.pk, placement.planned_id])
    assert staff.get(reverse("payroll-entry", args=[entry.pk])).url == f"{service}#costs"
    assert staff.get(reverse("payroll-upload", args=[entry.upload_id])).status_code == 404
    staff.force_login(north_planner())
    assert staff.get(reverse("payroll-entry", args=[entry.pk])).status_code == 404


def test_a_row_leads_to_the_service_that_it_was_paid_for(staff):
    placement = working()
    taken_over([row(placement)], by=statewide())
    [entry] = entries()
    planned = PlannedService.objects.select_related("plan", "program").get(pk=placement.planned_id)
    other = {"program": None, "contract": "Contract 7", "changes_on": states.today()}
    change_funding(planned, **other, by=placement.customer.planner, at=states.now())
    service = reverse("plan:service-edit", args=[placement.customer.pk, planned.pk])
    assert staff.get(reverse("payroll-entry", args=[entry.pk])).url == f"{service}#costs"
    gone = {"removed_at": states.now(), "removed_by": planner(), "removed_reason": "Twice.", "removal": "other"}
    date_back(planned, **gone)
    page = reverse("placement", args=[placement.customer.pk, placement.pk])
    assert staff.get(reverse("payroll-entry", args=[entry.pk])).url == page


def test_an_administrator_reads_and_withdraws_nothing(client):
    upload = taken_over([row(working())])
    client.force_login(administrator())
    page = shown(client, "payroll-upload", upload.pk)
    assert reverse("payroll-withdraw", args=[upload.pk]) not in page.links().values()
    assert client.get(reverse("payroll-withdraw", args=[upload.pk])).status_code == 403


def test_a_period_for_all_rows_that_ends_before_it_begins_is_told_at_its_field(staff):
    bringing = brought([row(working())])
    path = reverse("payroll-import:columns", args=[bringing.pk])
    asked = Page(staff.get(path)).form(path) | {"begins_on": day(ENDS), "ends_on": day(BEGINS)}
    answer = staff.post(path, asked)
    assert answer.status_code == 422
    assert [*answer.context["form"].errors] == ["ends_on"]


# --- the file to fill in --------------------------------------------------------------------------


def sheet(client, **asked):
    """The lines of the file after its headings."""
    days = {"begins_on": day(BEGINS), "ends_on": day(ENDS), "kind": "csv"}
    answer = client.get(reverse("payroll-template"), days | asked)
    if not answer.headers.get("Content-Disposition"):
        return answer
    content = b"".join(answer) if answer.streaming else answer.content
    if asked.get("kind") == "xlsx":
        return [cells for _line, cells in table_of("a.xlsx", content).lines]
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))[1:]


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_the_file_has_the_people_who_are_under_way_with_all_but_the_hours(staff, kind):
    job = placed.job(openings=3)
    first, second = working(at=job), working(at=job)
    placed.planned(at=job)
    working()
    lines = sheet(staff, worksite=job.worksite_id, kind=kind)
    assert [line[0] for line in lines] == [str(first.pk), str(second.pk)]
    said = lines[0]
    assert said[1:4] == [first.customer.state_id, str(first.customer), job.worksite.name]
    assert said[6] == ""
    assert Decimal(said[7]) == 15


def filled(lines, placement):
    return [dict(zip(list(row(placement)), line, strict=True)) | {"Hours": "8"} for line in lines]


def test_a_rise_of_the_minimum_wage_parts_the_row_and_what_comes_back_is_in_order(staff):
    placement, rise = working(), BEGINS + timedelta(days=5)
    certain("15.00", date(2020, 1, 1))
    certain("14.50", BEGINS + timedelta(days=2))  # below the wage nothing is parted
    certain("15.75", rise)
    lines = sheet(staff, worksite=placement.job.worksite_id)
    assert [(line[4], line[5], line[7]) for line in lines] == [
        (day(BEGINS), day(rise - timedelta(days=1)), "15.00"), (day(rise), day(ENDS), "15.75"),
    ]  # fmt: skip
    assert states_of(checked(filled(lines, placement))) == ["good", "good"]


def test_other_funding_parts_the_row_and_what_comes_back_is_in_order(staff):
    placement, changes_on = working(), BEGINS + timedelta(days=5)
    planned = PlannedService.objects.select_related("plan", "program").get(pk=placement.planned_id)
    other = {"program": None, "contract": "Contract 7", "changes_on": changes_on}
    change_funding(planned, **other, by=placement.customer.planner, at=states.now())
    lines = sheet(staff, worksite=placement.job.worksite_id)
    assert [line[4] for line in lines] == [day(BEGINS), day(changes_on)]
    assert states_of(checked(filled(lines, placement))) == ["good", "good"]


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_what_comes_back_filled_in_is_in_order(staff, kind):
    """A placement whose wage and subsidy change within the period, too."""
    placement = working()
    rise = BEGINS + timedelta(days=4)
    pay = Pay(hourly=Decimal("16.00"), subsidized=Decimal("8.00"), entered=placed.FOUND)
    change_wage(placement.wage, pay, from_on=rise, by=planner(), at=states.now())
    placed.moved(placed.reread(placement), "hold", inactive_on=ENDS - timedelta(days=2))
    lines = sheet(staff, employer=placement.job.worksite.employer_id, kind=kind)
    assert len(lines) == 2
    headings = list(row(placement))
    content = as_file([dict(zip(headings, line[:6] + ["8"] + line[7:8], strict=True)) for line in lines])
    assert states_of(checked(content)) == ["good", "good"]


def test_the_file_has_nobody_whom_one_does_not_see(staff):
    placement = working()
    staff.force_login(north_planner())
    answer = sheet(staff, program=placement.planned.program_id)
    assert "No placement of this choice" in answer.content.decode()
    answer = sheet(staff, worksite=placement.job.worksite_id)
    assert "worksite" in answer.context["form"].errors


def test_a_group_of_which_nobody_works_in_the_period_has_no_file(staff):
    placement = placed.moved(working(), "hold", inactive_on=BEGINS)
    answer = sheet(staff, worksite=placement.job.worksite_id)
    assert "No placement of this choice is under way in this period." in answer.content.decode()


def test_a_file_has_no_more_rows_than_may_come_back(staff, monkeypatch):
    job = placed.job(openings=2)
    working(at=job), working(at=job)
    monkeypatch.setattr(views, "MOST_ROWS", 2)
    assert len(sheet(staff, worksite=job.worksite_id)) == 2
    monkeypatch.setattr(views, "MOST_ROWS", 1)
    assert "This file would have more than 1 rows." in sheet(staff, worksite=job.worksite_id).content.decode()


def test_a_name_that_is_a_formula_is_text_in_the_file(staff):
    job = placed.job(placed.worksite(name="=HYPERLINK(1)"))
    working(at=job)
    assert sheet(staff, worksite=job.worksite_id)[0][3] == "'=HYPERLINK(1)"
    assert sheet(staff, worksite=job.worksite_id, kind="xlsx")[0][3] == "=HYPERLINK(1)"


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        ({}, "worksite"),
        ({"worksite": "1", "begins_on": ""}, "begins_on"),
        ({"worksite": "1", "begins_on": day(ENDS), "ends_on": day(BEGINS)}, "ends_on"),
        ({"worksite": "1", "begins_on": day(ENDS - timedelta(days=31))}, "ends_on"),
    ],
)
def test_what_the_file_lacks_is_asked_for(staff, asked, field):
    answer = sheet(staff, **asked)
    assert field in answer.context["form"].errors


# --- totals ---------------------------------------------------------------------------------------


@pytest.fixture
def group():
    """Two placements in one job, one elsewhere; one upload, and one that was withdrawn."""
    job = placed.job(placed.worksite(placed.employer(name="Marsh Mills"), "Mill"), "Miller", openings=2)
    there = [working(at=job), working(at=job)]
    elsewhere = working(at=placed.job(placed.worksite(placed.employer(name="Ash"), "Yard"), "Gardener"))
    later = {"Period begins": day(ENDS + timedelta(days=1)), "Period ends": day(ENDS + timedelta(days=5))}
    taken_over([row(there[0]), row(there[1], Hours="10"), row(there[1], Hours="5", **later)])
    withdraw(taken_over([row(elsewhere)]), "Not theirs.", by=planner(), at=states.now())
    taken_over([row(elsewhere, Hours="2")])
    return there, elsewhere


def test_totals_by_each_way(staff, group):
    there, _elsewhere = group
    by = {way: shown(staff, "payroll-totals", by=way).rows for way in ("worksite", "employer", "program", "period")}
    assert by["worksite"] == [
        ["Mill Marsh Mills", "3", "75.00", "$1,125.00", "$750.00", "$375.00"],
        ["Yard Ash", "1", "2.00", "$30.00", "$20.00", "$10.00"],
    ]  # fmt: skip
    assert [line[0] for line in by["employer"]] == ["Ash", "Marsh Mills"]
    assert [line[2] for line in by["program"]] == ["77.00"]
    assert [line[2] for line in by["period"]] == ["5.00", "72.00"]
    placements = shown(staff, "payroll-totals", by="placement").rows
    assert sorted(line[2] for line in placements) == ["15.00", "2.00", "60.00"]
    assert any(line[0].startswith(there[0].customer.last_name) for line in placements)


def test_totals_of_some_pay_periods_and_of_those_whom_one_sees(staff, group):
    page = shown(staff, "payroll-totals", by="period", since=day(ENDS + timedelta(days=1)))
    assert [line[2] for line in page.rows] == ["5.00"]
    staff.force_login(north_planner())
    assert shown(staff, "payroll-totals").rows == []


def test_totals_as_a_file(staff, group):
    answer = staff.get(reverse("payroll-totals-csv"), {"by": "employer"})
    lines = list(csv.reader(io.StringIO(b"".join(answer).decode("utf-8-sig"))))
    assert lines[1:] == [
        ["Ash", "", "1", "2.00", "30.00", "20.00", "10.00"],
        ["Marsh Mills", "", "3", "75.00", "1125.00", "750.00", "375.00"],
    ]


# --- where it was paid ----------------------------------------------------------------------------


@pytest.mark.policy("ILL-144")
def test_the_service_shows_what_payroll_paid_among_its_costs(staff):
    placement = working()
    address = reverse("plan:service-edit", args=[placement.customer.pk, placement.planned_id])
    before = Page(staff.get(address)).root.xpath("//*[@id='paid-wages']")
    assert "No payroll was uploaded" in words_of(before[0])
    upload = taken_over([row(placement)])
    taken_over([row(working(), Hours="7")], name="of another service.csv")
    paid = Page(staff.get(address)).root.xpath("//section[@id='costs']//*[@id='paid-wages']")
    assert "Hours 60.00 Gross wages $900.00 Subsidized wages $600.00" in words_of(paid[0])
    assert not paid[0].xpath(".//input | .//button")
    withdraw(upload, "Not theirs.", by=planner(), at=states.now())
    assert "No payroll was uploaded" in words_of(Page(staff.get(address)).root.xpath("//*[@id='paid-wages']")[0])


@pytest.mark.policy("ILL-143")
def test_the_dollar_value_is_no_payroll_and_the_form_says_where_wages_go(staff):
    placement = working()
    page = Page(staff.get(reverse("plan:service-edit", args=[placement.customer.pk, placement.planned_id])))
    help_text = words_of(page.root.xpath("//*[@name='dollar_value']/ancestor::div[1]")[0])
    assert "Not payroll: wages come in through the payroll upload." in help_text
    assert reverse("payroll") in page.links().values()


def test_the_placement_shows_its_pay_periods(staff):
    placement = working()
    taken_over([row(placement)])
    page = Page(staff.get(reverse("placement", args=[placement.customer.pk, placement.pk])))
    block = words_of(page.root.xpath("//section[@id='payroll']")[0])
    assert f"Placement ID in files of payroll: {placement.pk}" in block
    assert "60.00 $15.00 $900.00 $600.00" in block


# --- questions to the database --------------------------------------------------------------------


@pytest.mark.parametrize(
    "name", ["payroll", "payroll-upload", "payroll-totals", "payroll-template", "payroll-withdraw"]
)
def test_a_page_asks_as_many_questions_for_many_rows_as_for_few(staff, name):
    upload = taken_over([row(working())])
    keys = [upload.pk] if name in {"payroll-upload", "payroll-withdraw"} else []
    few = number_of_queries(staff, name, keys)
    more = taken_over([row(working()) for _each in range(3)])
    keys = [more.pk] if keys else []
    assert number_of_queries(staff, name, keys) == few <= MOST_QUERIES


def number_of_queries(client, name, keys):
    address = reverse(name, args=keys)
    client.get(address)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len(queries)
