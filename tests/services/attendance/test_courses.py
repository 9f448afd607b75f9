"""Which services are one class: those of a training program, else those of one entry of the catalog at one provider."""

from decimal import Decimal

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from services.actions import change_funding, save_service
from services.attendance.actions import Said, record_attendance
from services.attendance.courses import UNDER_WAY, Course, attending, courses_of
from services.attendance.models import Attendance
from services.providers.models import Provider
from tests import states
from tests.attending import DAY, PROVIDER, attended_by, class_path, in_the_program, last_week
from tests.markup import Page
from tests.people import angela, north_planner, planner, statewide
from tests.rows import date_back
from tests.services.service_form import training

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate()


@pytest.fixture
def client(client):
    client.force_login(planner())
    return client


def named(course):
    return next(row for row in courses_of(planner()) if str(row) == course)


def members(course):
    return {row.plan.customer_id for row in attending(course, planner())}


def at_the_college(customer):
    """A course at the college of the list, which is no program there."""
    row = attended_by(customer, provider="")
    college = Provider.objects.get(code="LCC")
    return save_service(row, {"listed_provider": college}, by=planner(), at=states.now())


@pytest.mark.policy("ILL-114")
def test_a_training_program_is_one_class_whichever_service_pays_for_it():
    people = [states.enrolled() for _number in range(2)]
    for customer, code in zip(people, ("TR-OST", "TR-SKUP"), strict=True):
        in_the_program(customer, code)
    course = named("Basic Nursing Assistant, Lakeside Community College")
    assert members(course) == {angela().pk, *(customer.pk for customer in people)}
    assert courses_of(planner())[course] == 3


def test_without_a_program_a_class_is_of_a_service_at_a_provider():
    with_program, listed, in_words, at_grantee = (states.enrolled() for _number in range(4))
    in_the_program(with_program)
    at_the_college(listed)
    attended_by(in_words)
    attended_by(at_grantee, provider="")
    service = training().service.plain_name
    assert members(named(f"{service}, Lakeside Community College")) == {listed.pk}
    assert members(named(f"{service}, {PROVIDER}")) == {in_words.pk}
    assert members(named(f"{service}, at the grantee")) == {at_grantee.pk}


def test_every_service_is_in_one_class_which_its_address_names():
    rows = [in_the_program(states.enrolled()), at_the_college(states.enrolled()), attended_by(states.enrolled())]
    courses = courses_of(planner())
    found = {course: attending(course, planner()).filter(status__in=UNDER_WAY) for course in courses}
    assert {course: len(services) for course, services in found.items()} == courses
    assert len({course.code for course in courses}) == len(courses)
    for row in rows:
        assert [course for course, services in found.items() if row in services] == [Course.of(row)]


def test_a_class_that_has_just_ended_still_gets_its_last_hours(client):
    row = attended_by(states.enrolled())
    code, ended = Course.of(row).code, {"status": "complete", "ended_on": last_week() + 4 * DAY}
    save_service(row, ended, by=planner(), at=states.now())
    link = Page(client.get(reverse("plan:attendance", args=[row.plan.customer_id, row.pk]))).links()
    assert str(row.plan.customer) in Page(client.get(link["Attendance of the whole class"])).words
    assert code not in Page(client.get(reverse("attendance-class"))).root.xpath(
        "//select[@name='course']/option/@value"
    )
    with transaction.atomic():
        date_back(row, ended_on=TODAY - 32 * DAY)
    assert "no longer in this list" in Page(client.get(class_path(course=code))).words


def test_the_class_of_another_region_is_not_told():
    in_the_program(states.enrolled())
    assert not [course for course in courses_of(north_planner()) if course.program]


def test_a_service_leads_to_the_class_of_its_program(client):
    row = in_the_program(states.enrolled())
    link = Page(client.get(reverse("plan:attendance", args=[row.plan.customer_id, row.pk]))).links()
    page = Page(client.get(link["Attendance of the whole class"]))
    assert "Basic Nursing Assistant, Lakeside Community College" in page.root.xpath("string(//main//h2)")
    assert str(row.plan.customer) in page.words
    assert str(angela()) in page.words


def test_the_page_of_a_class_asks_the_same_of_many_customers(client):
    rows = [in_the_program(states.enrolled()), attended_by(states.enrolled()), at_the_college(states.enrolled())]
    path = class_path(course=Course.of(rows[0]).code)
    few = asked(client, path)
    for _number in range(3):
        in_the_program(states.enrolled())
    assert asked(client, path) == few <= 12
    client.force_login(statewide())
    assert asked(client, f"{path}&office={rows[0].plan.customer.office_id}") <= 12


def asked(client, path):
    client.get(path)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(path).status_code == 200
    return len(queries)


def funded_anew(row, day):
    row = change_funding(row, program=row.program, contract="C-2", changes_on=day, by=planner(), at=states.now())
    row.refresh_from_db()
    return row


def test_a_customer_whose_funding_changed_is_told_apart_by_the_start(client):
    former = in_the_program(states.enrolled())
    changed_on = last_week() + 2 * DAY
    funded_anew(former, changed_on)
    path = class_path(course=Course.of(former).code)
    labels = [label.text_content() for label in Page(client.get(path)).root.xpath("//tbody//label")]
    name = former.plan.customer
    assert f"Hours of {name}, since {former.actual_start_on:%m/%d/%Y}" in labels
    assert f"Hours of {name}, since {changed_on:%m/%d/%Y}" in labels


def test_of_two_services_a_pasted_line_means_the_one_that_has_the_day(client):
    former = in_the_program(states.enrolled())
    latter = funded_anew(former, last_week() + 2 * DAY)
    path = class_path(course=Course.of(former).code, name="attendance-paste")
    person = former.plan.customer.state_id
    text = "\n".join(f"{person};{last_week() + number * DAY:%m/%d/%Y};{hours}" for number, hours in ((0, 5), (3, 6)))
    form = Page(client.post(path, {"text": text, "span": "day"})).root.xpath("//form[.//button[@name='save']]")[0]
    client.post(path, dict(form.form_values()) | {"save": "yes"})
    assert {(row.planned_id, row.hours) for row in Attendance.objects.all()} == {
        (former.pk, Decimal(5)),
        (latter.pk, Decimal(6)),
    }


def test_the_week_so_far_stands_beside_a_day(client):
    row = in_the_program(states.enrolled())
    path = class_path(course=Course.of(row).code, weekday="0")
    sent = Page(client.get(path)).form(path) | {f"hours_{row.pk}_day_{last_week().isoformat()}": "6.5"}
    client.post(path, sent)
    tuesday = Page(client.get(class_path(course=Course.of(row).code, weekday="1")))
    mine = tuesday.root.xpath("//tbody/tr[contains(., $name)]", name=str(row.plan.customer))[0]
    assert [" ".join(cell.text_content().split()) for cell in mine.xpath("./td")][-2:] == ["6.5", "24"]


def pasted(client, former, text, span="day"):
    path = class_path(course=Course.of(former).code, name="attendance-paste")
    return Page(client.post(path, {"text": f"{former.plan.customer.state_id};{text}", "span": span}))


def record_pasted(client, former, page):
    path = class_path(course=Course.of(former).code, name="attendance-paste")
    form = page.root.xpath("//form[.//button[@name='save']]")[0]
    client.post(path, dict(form.form_values()) | {"save": "yes"})


def test_on_the_day_of_the_change_a_pasted_line_means_the_service_that_goes_on(client):
    former, changed_on = in_the_program(states.enrolled()), last_week() + 2 * DAY
    latter = funded_anew(former, changed_on)
    page = pasted(client, former, f"{changed_on:%m/%d/%Y};5")
    assert "Double" not in page.root.xpath("string(//tbody)")
    record_pasted(client, former, page)
    assert [(row.planned_id, row.hours) for row in Attendance.objects.all()] == [(latter.pk, Decimal(5))]


def test_hours_of_that_day_that_stand_in_the_former_service_are_corrected_there(client):
    former, changed_on = in_the_program(states.enrolled()), last_week() + 2 * DAY
    record_attendance(Said(former.pk, "day", changed_on, Decimal(3)), by=planner(), at=states.now())
    funded_anew(former, changed_on)
    page = pasted(client, former, f"{changed_on:%m/%d/%Y};5")
    assert "3 before" in page.words
    record_pasted(client, former, page)
    assert [(row.planned_id, row.hours) for row in Attendance.objects.all()] == [(former.pk, Decimal(5))]


def test_of_the_week_of_the_change_it_is_asked_which_service_is_meant(client):
    former, changed_on = in_the_program(states.enrolled()), last_week() + 2 * DAY
    funded_anew(former, changed_on)
    page = pasted(client, former, f"{changed_on:%m/%d/%Y};20", "week")
    assert "Two services of this customer fit. Record it on the page of the service." in page.words
