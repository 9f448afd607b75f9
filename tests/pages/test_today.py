"""Today: what is late, due this week, open and with others; and the reminder that one click sends."""

import re
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from acknowledgments.agreement.reminding import remind
from careerplan.base.refusals import NotAllowed, Refusal
from careerplan.base.templatetags.direction import bdi
from careerplan.messaging.enums import Notice
from careerplan.messaging.models import Message, Notification
from careerplan.pages.caseload import choosing
from careerplan.pages.today import views
from careerplan.pages.today.views import part_of_day
from careerplan.pages.today.work import work_of
from customers.deadlines import Topic, end_of_week
from customers.models import Customer, Enrollment
from services.models import PlannedService
from tests import people, states
from tests.pages.test_caseload import add_customers, passed_on
from tests.rows import date_back, write

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("people")]

TODAY = "/today/"


@pytest.fixture
def planner(client):
    client.force_login(people.planner())
    return client


def group(client, key, query=""):
    groups = client.get(TODAY + query).context["groups"]
    return [(str(item.customer), item.due.code) for one in groups if one.key == key for item in one.items]


def test_it_is_the_home_of_staff_and_no_page_of_a_customer(client):
    client.force_login(people.planner())
    assert client.get("/").url == TODAY
    client.force_login(people.angela().user)
    assert client.get("/").url == reverse("my:dashboard")
    assert client.get(TODAY).status_code == 404


def review(on):
    """A customer whose review is due on this day."""
    version = states.in_force()
    date_back(version, **passed_on(on))
    return version.plan.customer


def test_late_due_and_later_stand_where_they_belong():
    on = states.today()
    for days, where in ((-1, "overdue"), (0, "this_week"), (8, None)):
        customer = review(on + timedelta(days=days))
        work = work_of([customer.pk], on=on)
        found = [
            name for name in ("overdue", "this_week") for item in getattr(work, name) if item.due.code == "next-review"
        ]
        assert found == ([where] if where else [])


def test_what_is_due_on_sunday_is_of_this_week_and_on_monday_of_the_next():
    sunday = end_of_week(states.today())
    for day, number in ((sunday, 1), (sunday + timedelta(days=1), 0)):
        work = work_of([review(day).pk], on=states.today())
        assert len([item for item in work.this_week if item.due.code == "next-review"]) == number


def test_each_row_says_what_whose_rule_and_by_when_and_leads_to_where_it_is_done(planner):
    words = planner.get(TODAY).content.decode()
    for said in ("Planned service not started", "DWD 12.7.5", "8 days late", "Finish the first plan", "DWD 12.7.1"):
        assert said in words
    assert f'href="/customers/{people.keisha().pk}/plan/agreement/"' in words


def test_what_is_due_is_named_in_the_readers_language(planner):
    language = people.planner()
    write(language, language="es")
    service = PlannedService.objects.filter(planned_start_on__lt=states.today() - timedelta(days=30)).first().service
    assert service.plain_spanish != service.plain_english
    planner.cookies["django_language"] = "es"
    page = planner.get(f"{TODAY}?topic=services").content.decode()
    assert bdi(service.plain_spanish) in page
    assert bdi(service.plain_english) not in page


def test_kinds_narrow_the_page_and_are_counted(planner):
    context = planner.get(TODAY).context
    counted = dict(context["topics"])
    assert sum(counted.values()) == context["number"] == len(context["work"].items)
    work = planner.get(f"{TODAY}?topic=plans").context["work"]
    assert {item.due.deadline.topic for item in work.items} == {Topic.PLANS}
    assert len(work.items) == counted[Topic.PLANS]


def test_rows_are_grouped_by_customer_too(planner):
    page = planner.get(f"{TODAY}?by=customer")
    overdue = page.context["groups"][0]
    people_shown = [customer for customer, _items in overdue.by_customer()]
    assert len(people_shown) == len(set(people_shown))
    assert sum(len(items) for _customer, items in overdue.by_customer()) == len(overdue.items)


def test_each_customer_is_named_once_in_a_group(planner):
    page = planner.get(f"{TODAY}?by=customer")
    customer, items = max(page.context["groups"][0].by_customer(), key=lambda one: len(one[1]))
    assert len(items) > 1
    table = page.content.decode().split(f"Overdue: {bdi(customer)}</caption>")[1].split("</table>")[0]
    assert table.count(reverse("customers:overview", args=[customer.pk]) + '"') == 1
    assert table.count(f'<span class="visually-hidden">{bdi(customer)}</span></th>') == len(items) - 1


def test_a_day_without_work_says_so(client):
    date_back_all = Enrollment.objects.filter(planner=people.north_planner())
    for enrollment in date_back_all:
        date_back(enrollment, planner=None)
    for customer in Customer.objects.filter(planner=people.north_planner()):
        date_back(customer, planner=None)
    client.force_login(people.north_planner())
    assert "Nothing is due and nobody waits for you." in client.get(TODAY).content.decode()


@pytest.mark.parametrize(("hour", "words"), [(0, "morning"), (11, "morning"), (12, "afternoon"), (18, "evening")])
def test_the_greeting_follows_the_clock(hour, words):
    assert part_of_day(hour) == words


# --- of others ------------------------------------------------------------------------------------


def test_statewide_staff_see_the_day_of_a_planner_and_of_an_office(client):
    client.force_login(people.statewide())
    planner, office = people.planner(), people.david().office
    assert ("Duke Lasley", "plan-not-in-force") in group(client, "overdue", f"?planner={planner.pk}")
    assert ("Duke Lasley", "plan-not-in-force") in group(client, "overdue", f"?office={office.pk}")
    assert group(client, "overdue") == []


@pytest.mark.parametrize("chosen", ["planner", "office", "region"])
def test_the_page_says_whose_day_it_shows(client, chosen):
    office = people.planner().scopes.get().office
    place = {"planner": people.planner(), "office": office, "region": office.region}[chosen]
    client.force_login(people.statewide())
    page = client.get(TODAY, {chosen: place.pk}).content.decode()
    assert f"What is due for {bdi(place)}</p>" in page
    assert "What is due for" not in client.get(TODAY).content.decode()


def test_a_planner_sees_nothing_of_customers_out_of_scope_whoever_is_named(planner):
    north = people.north_planner()
    assert group(planner, "overdue", f"?planner={north.pk}") == []
    assert group(planner, "overdue", f"?office={people.lucia().office_id}") == []


def test_the_key_of_a_customer_tells_no_name(client):
    """Who manages a region's staff may name anybody in the address, and sees no customer of another region."""
    stranger, person = people.lucia().user, people.youth_planner()
    write(person, is_local_administrator=True)
    client.force_login(person)
    assert str(people.planner()) in client.get(TODAY, {"planner": people.planner().pk}).content.decode()
    assert str(stranger) not in client.get(TODAY, {"planner": stranger.pk}).content.decode()


# --- the reminder ---------------------------------------------------------------------------------


@pytest.fixture
def waiting():
    customer = states.enrolled()
    return states.told(states.sent(states.written(customer)))


def told_yesterday(request):
    day_before = request.notified_at - timedelta(days=1)
    date_back(request, notified_at=day_before, created_at=day_before)
    Notification.objects.filter(key=f"requested:{request.pk}").update(created_at=day_before)
    return request


@pytest.mark.policy("WIS-013", "ILL-034")
def test_one_click_reminds_the_customer_by_message_and_email(planner, waiting):
    told_yesterday(waiting)
    customer = waiting.seal.version.plan.customer
    before = Message.objects.filter(recipient=customer.user).count()
    assert planner.post(reverse("today-remind", args=[waiting.pk])).url == f"{TODAY}#others"
    rows = Message.objects.filter(recipient=customer.user, kind=Notice.ACKNOWLEDGMENT_REQUESTED)
    assert rows.count() == before + 1
    assert Notification.objects.filter(key__startswith=f"reminded:{waiting.pk}:").count() == 1


def test_the_reminder_leaves_the_page_as_it_was_chosen(planner, waiting):
    told_yesterday(waiting)
    page = planner.get(f"{TODAY}?topic=signatures&by=customer").content.decode()
    action = f"{reverse('today-remind', args=[waiting.pk])}?topic=signatures&amp;by=customer"
    assert f'action="{action}"' in page
    answer = planner.post(action.replace("&amp;", "&") + "&next=//elsewhere.example")
    assert answer.url == f"{TODAY}?topic=signatures&by=customer#others"


def test_who_was_told_today_is_not_offered_a_reminder(planner, waiting):
    offered = f'action="{reverse("today-remind", args=[waiting.pk])}'
    page = planner.get(TODAY).content.decode()  # sent a moment ago
    assert offered not in page
    assert "Told today" in page
    told_yesterday(waiting)
    assert offered in planner.get(TODAY).content.decode()
    planner.post(reverse("today-remind", args=[waiting.pk]))
    page = planner.get(TODAY).content.decode()
    assert offered not in page
    assert "Told today" in page


def test_nobody_is_reminded_twice_a_day(waiting):
    customer = waiting.seal.version.plan.customer
    with pytest.raises(Refusal) as refused:
        remind(waiting, by=customer.planner, at=states.now())
    assert refused.value.code == "reminded-today"
    told_yesterday(waiting)
    remind(waiting, by=customer.planner, at=states.now())
    with pytest.raises(Refusal) as refused:
        remind(waiting, by=customer.planner, at=states.now())
    assert refused.value.code == "reminded-today"
    assert Notification.objects.filter(key__startswith="reminded:").count() == 1


def test_nobody_else_reminds_and_nothing_that_was_answered(waiting):
    told_yesterday(waiting)
    with pytest.raises(NotAllowed):
        remind(waiting, by=people.north_planner(), at=states.now())
    states.acknowledged(waiting)
    with pytest.raises(Refusal) as refused:
        remind(waiting, by=people.planner(), at=states.now())
    assert refused.value.code == "waits-no-more"


# --- the header -----------------------------------------------------------------------------------


def test_the_header_says_what_is_overdue_asked_and_unread(planner):
    cache.clear()
    assert 'hx-get="/today/numbers/"' in planner.get("/help/").content.decode()
    overdue = len(planner.get(TODAY).context["work"].overdue)
    unread = Message.objects.filter(recipient=people.planner(), read_at=None).count()
    words = planner.get(reverse("today-numbers")).content.decode()
    assert f'id="number-today" hx-swap-oob="true" aria-hidden="true" class="n">{overdue}<' in words
    assert f'id="number-messages" hx-swap-oob="true" aria-hidden="true" class="n">{unread}<' in words
    assert 'id="number-requests" hx-swap-oob="true" aria-hidden="true"></span>' in words


def test_who_has_no_today_in_the_header_is_sent_no_number_for_it(client):
    """htmx looks for the place of each number, and complains on every page where there is none."""
    cache.clear()
    client.force_login(people.administrator())
    header, numbers = (client.get(path).content.decode() for path in ("/help/", reverse("today-numbers")))
    assert set(re.findall(r'id="(number-\w+)"', header)) == set(re.findall(r'id="(number-\w+)"', numbers))


# --- questions ------------------------------------------------------------------------------------


def test_two_hundred_customers_ask_as_much_as_five_and_at_most_fifteen(planner):
    planner.get(TODAY)
    few = asked(planner)
    add_customers(200)
    assert asked(planner) == few <= 15


def asked(client):
    with CaptureQueriesContext(connection) as queries:
        assert client.get(TODAY).status_code == 200
    return len(queries)


# --- a state with many offices and planners ---------------------------------------------------------


def test_where_offices_are_many_the_region_is_chosen_first_and_its_planners_with_the_office(client, monkeypatch):
    monkeypatch.setattr(choosing, "MOST_CHOICES", 1)
    monkeypatch.setattr(views, "MOST_CHOICES", 1)
    client.force_login(people.statewide())
    office, elsewhere = people.david().office, people.lucia().office
    for path in (TODAY, "/customers/"):
        offered = client.get(path).context["offered"]
        assert (offered.offices, elsewhere.region in offered.regions) == ([], True)
        offered = client.get(f"{path}?region={office.region_id}").context["offered"]
        assert office in offered.offices
        assert elsewhere not in offered.offices
        assert offered == client.get(f"{path}?region=&office={office.pk}").context["offered"]
    assert client.get(TODAY).context["planners"] == []
    planners = client.get(f"{TODAY}?office={office.pk}").context["planners"]
    assert {person.pk for person in planners} <= set(office.scopes.values_list("user", flat=True))
    assert len(planners) == 1
    assert client.get(f"{TODAY}?planner={people.planner().pk}").context["planners"] == [people.planner()]
