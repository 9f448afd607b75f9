"""The administrator's pages: open for the administrator alone, and every change there leaves its history."""

from datetime import UTC, datetime

import pytest
from django.contrib import admin
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from careerplan.accounts.models import Office, SignInLetter, StaffScope, User
from careerplan.accounts.telling import send_reset_link
from careerplan.demo.cast import ANGELA, DAVID
from careerplan.messaging.models import Notification
from careerplan.plans.models import BarrierCategory
from customers.models import ConfidentialLook, Customer, Enrollment, Program
from services.feed.models import FeedRun
from services.models import Service
from tests import people, states
from tests.administered import fill_lists
from tests.assessed import look
from tests.markup import Page

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("people")]

MODELS = sorted(admin.site._registry, key=lambda model: model._meta.label)
READ_ONLY = (ConfidentialLook, FeedRun, Notification, SignInLetter)
NAMES = [model._meta.label for model in MODELS]


@pytest.fixture
def administrator(client):
    person = User.objects.get(username="admin")
    client.force_login(person)
    return person


def address(model, page, *args):
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}", args=args)


def fields_of(response):
    """What the browser would send back of the shown form and its inline forms."""
    forms = [response.context["adminform"].form]
    for formset in response.context["inline_admin_formsets"]:
        forms += [formset.formset.management_form, *formset.formset.forms]
    data = {}
    for form in forms:
        for bound in form:
            value = bound.value()
            if isinstance(value, bool):
                data |= {bound.html_name: "on"} if value else {}
            elif value is not None:
                data[bound.html_name] = value
    return data


def newest(row):
    return type(row).history.filter(id=row.pk).latest("history_id")


def test_what_the_administrator_keeps():
    assert NAMES == [
        "accounts.Grantee",
        "accounts.Office",
        "accounts.Region",
        "accounts.SignInLetter",
        "accounts.User",
        "customers.AssessmentArea",
        "customers.AssessmentSection",
        "customers.AssessmentType",
        "customers.ConfidentialLook",
        "customers.Customer",
        "customers.LocalInterval",
        "customers.Program",
        "customers.SectionField",
        "goals.CareerCluster",
        "goals.GoalCategory",
        "goals.GoalIdea",
        "goals.Occupation",
        "goals.OccupationTitle",
        "messaging.Notification",
        "plans.BarrierCategory",
        "services.ApprovedCredential",
        "services.Budget",
        "services.BudgetRule",
        "services.FeedCode",
        "services.FeedRun",
        "services.FeedSource",
        "services.FundingSource",
        "services.Provider",
        "services.Service",
        "services.ServiceAnswer",
        "services.ServiceCategory",
        "services.ServiceCrosswalk",
        "services.SupportLimit",
        "services.SupportType",
        "services.TrainingProgram",
        "worksites.MinimumWage",
        "worksites.ProgramMinimum",
    ]


def statuses(client, addresses):
    """What every page of each model answers."""
    return {model._meta.label: [client.get(page).status_code for page in pages] for model, pages in addresses.items()}


def test_every_list_opens_and_searches(client, administrator):
    lists = {model: address(model, "changelist") for model in MODELS}
    found = statuses(client, {model: [page, f"{page}?q=an"] for model, page in lists.items()})
    assert found == {name: [200, 200] for name in NAMES}


def test_a_row_of_every_list_opens_with_its_history_and_cannot_be_deleted(client, administrator):
    give_up_one_notification()
    fill_lists()
    look(people.angela(), "DISABILITY_BENEFITS", by=people.angela().user)
    found, deleted = {}, {}
    for model in MODELS:
        key = model._default_manager.order_by("pk").first().pk
        pages = [address(model, "change", key), address(model, "history", key), address(model, "add")]
        found |= statuses(client, {model: pages})
        deleted[model._meta.label] = client.post(address(model, "delete", key), {"post": "yes"}).status_code
    assert found == {model._meta.label: [200, 200, 403 if model in READ_ONLY else 200] for model in MODELS}
    assert deleted == dict.fromkeys(NAMES, 403)


@pytest.mark.parametrize("username", ["planner", "statewide", ANGELA])
def test_nobody_else_enters(client, username):
    client.force_login(User.objects.get(username=username))
    pages = [page for model in MODELS for page in (address(model, "changelist"), address(model, "change", 1))]
    pages += [reverse("admin:index")]
    assert [page for page in pages if client.get(page, follow=True).status_code != 403] == []


def test_a_stranger_is_sent_to_the_one_sign_in(client):
    response = client.get(reverse("admin:login"))
    assert response.status_code == 302
    assert response.url.startswith(reverse("account_login"))


@pytest.mark.parametrize(
    ("model", "key", "change"),
    [
        (Office, {"name": "Pine Lake Career Center"}, {"phone": "847-555-0199"}),
        (Program, {"code": "T1-ADULT"}, {"review_interval_days": 60}),
        (BarrierCategory, {"code": "TRAN"}, {"name": "The way to work"}),
        (Service, {"code": "SS-TRAN"}, {"description": "Bus pass or fuel card."}),
        (User, {"username": "planner.north"}, {"phone": "847-555-0198"}),
    ],
)
def test_a_change_leaves_one_history_row_with_the_user(client, administrator, model, key, change):
    row = model.objects.get(**key)
    count = model.history.filter(id=row.pk).count()
    page = client.get(address(model, "change", row.pk))
    response = client.post(address(model, "change", row.pk), fields_of(page) | change)
    assert response.status_code == 302, response.context["errors"]
    assert model.history.filter(id=row.pk).count() == count + 1
    entry = newest(row)
    assert (entry.history_type, entry.history_user) == ("~", administrator)
    assert [str(change_["to"]) for change_ in entry.changes] == [str(value) for value in change.values()]
    assert model.objects.get(pk=row.pk).row_version == row.row_version + 1


def test_saving_unchanged_leaves_no_history(client, administrator):
    program = Program.objects.get(code="JTED")
    page = client.get(address(Program, "change", program.pk))
    assert client.post(address(Program, "change", program.pk), fields_of(page)).status_code == 302
    assert Program.history.filter(id=program.pk).count() == 1


def test_a_planner_is_added_with_a_scope(client, administrator):
    office = Office.objects.get(name="Fairview Career Center")
    person = {"username": "new.planner", "email": "new.planner@careerplan.test", "role": "planner"}
    person |= {"first_name": "Noor", "last_name": "Haddad"}
    assert client.post(address(User, "add"), person | empty_scopes()).status_code == 302
    planner = User.objects.get(username="new.planner")
    assert newest(planner).history_user == administrator
    page = client.get(address(User, "change", planner.pk))
    scope = {"scopes-TOTAL_FORMS": "1", "scopes-0-office": office.pk, "scopes-0-user": planner.pk}
    assert client.post(address(User, "change", planner.pk), fields_of(page) | scope).status_code == 302
    assert newest(planner.scopes.get()).history_user == administrator


def empty_scopes():
    return {"scopes-TOTAL_FORMS": "0", "scopes-INITIAL_FORMS": "0"}


def test_the_end_of_a_scope_keeps_its_history(client, administrator):
    planner = User.objects.get(username="planner.rivers")
    scope = planner.scopes.get()
    page = client.get(address(User, "change", planner.pk))
    data = fields_of(page) | {"scopes-0-DELETE": "on"}
    assert client.post(address(User, "change", planner.pk), data).status_code == 302
    assert not StaffScope.objects.filter(pk=scope.pk).exists()
    assert (newest(scope).history_type, newest(scope).history_user) == ("-", administrator)


def test_no_password_hash_is_shown_in_the_history_of_a_person(client, administrator):
    page = client.get(address(User, "history", User.objects.get(username="planner").pk))
    assert b"argon2" not in page.content


def test_the_history_is_read_only(client, administrator):
    program = Program.objects.get(code="T1-DW")
    entry = newest(program)
    path = address(Program, "simple_history", program.pk, entry.history_id)
    assert client.get(path).status_code == 200
    assert client.post(path, {"name": "Another"}).status_code == 403


def test_a_customer_keeps_the_keys_that_search_reads(client, administrator):
    customer = Customer.objects.get(user__username=DAVID)
    page = client.get(address(Customer, "change", customer.pk))
    response = client.post(address(Customer, "change", customer.pk), fields_of(page) | {"last_name": "Krüger"})
    assert response.status_code == 302, response.context["errors"]
    customer.refresh_from_db()
    assert (customer.name_key, customer.username_key) == ("kruger david", "davidkruse")
    assert newest(customer).history_user == administrator


def test_a_customer_is_enrolled_in_place(client, administrator):
    customer = Customer.objects.get(user__username=DAVID)
    page = client.get(address(Customer, "change", customer.pk))
    enrollment = {"program": Program.objects.get(code="CYEP").pk, "status": "enrolled", "begun_on": "2026-01-05"}
    data = fields_of(page) | {"enrollments-TOTAL_FORMS": "2", "enrollments-1-customer": customer.pk}
    data |= {f"enrollments-1-{name}": value for name, value in enrollment.items()}
    response = client.post(address(Customer, "change", customer.pk), data)
    assert response.status_code == 302, response.context["errors"]
    assert newest(Enrollment.objects.get(customer=customer, program__code="CYEP")).history_user == administrator


def test_nobody_is_put_into_a_program_twice_at_one_time_there_either(client, administrator):
    customer = states.enrolled()
    there = customer.enrollments.get()
    page = client.get(address(Customer, "change", customer.pk))
    again = {
        "program": there.program_id,
        "status": "exited",
        "begun_on": there.begun_on,
        "exited_on": timezone.localdate(),
    }
    data = fields_of(page) | {"enrollments-TOTAL_FORMS": "2", "enrollments-1-customer": customer.pk}
    data |= {f"enrollments-1-{name}": value for name, value in again.items()}
    response = client.post(address(Customer, "change", customer.pk), data)
    assert "has been in this program again since" in str(response.context["errors"])
    assert customer.enrollments.get() == there


@pytest.mark.policy("WIS-087")
def test_a_customer_exits_though_the_document_of_an_agreement_is_not_on_file(client, administrator):
    customer = states.enrolled()
    states.signed(states.written(customer))
    page = client.get(address(Customer, "change", customer.pk))
    today = timezone.localdate()
    exit_ = {"enrollments-0-status": "exited", "enrollments-0-exited_on": today.isoformat()}
    response = client.post(address(Customer, "change", customer.pk), fields_of(page) | exit_)
    assert response.status_code == 302, response.context["errors"]
    assert Enrollment.objects.get(customer=customer).exited_on == today
    client.force_login(customer.planner)
    shown = Page(client.get(reverse("plan:agreement", args=[customer.pk]))).facts()["Document"]
    assert shown.startswith(f"due by {date_format(today)}")


def test_a_new_username_is_found_by_search(client, administrator):
    david = User.objects.get(username=DAVID)
    page = client.get(address(User, "change", david.pk))
    data = fields_of(page) | {"username": "d.kruse"}
    assert client.post(address(User, "change", david.pk), data).status_code == 302
    assert Customer.objects.get(user=david).username_key == "d.kruse"


def test_only_a_planner_is_taken_as_a_customers_planner(client, administrator):
    page = client.get(address(Customer, "add"))
    response = client.post(address(Customer, "add"), fields_of(page) | {"planner": administrator.pk})
    assert "planner" in response.context["adminform"].form.errors


def test_a_customers_planner_and_office_change_by_handing_over_alone(client, administrator):
    customer = Customer.objects.get(user__username=DAVID)
    page = client.get(address(Customer, "change", customer.pk))
    assert reverse("customer-hand-over", args=[customer.pk]) in page.content.decode()
    other = User.objects.get(username="planner.youth")
    data = fields_of(page) | {"planner": other.pk, "enrollments-0-planner": other.pk}
    assert client.post(address(Customer, "change", customer.pk), data).status_code == 302
    changed = Customer.objects.get(pk=customer.pk)
    assert (changed.planner, changed.office) == (customer.planner, customer.office)
    assert {row.planner for row in changed.enrollments.all()} == {row.planner for row in customer.enrollments.all()}


def give_up_one_notification():
    notification = Notification.objects.order_by("pk").first()
    notification.sent_at, notification.attempts, notification.last_error = None, 8, "SMTPServerDisconnected: gone"
    notification.given_up_at = datetime(2026, 1, 5, tzinfo=UTC)
    notification.save()
    send_reset_link(people.planner(), by=None, at=datetime(2026, 1, 1, tzinfo=UTC))
    SignInLetter.objects.update(given_up_at=datetime(2026, 1, 5, tzinfo=UTC))
    return notification


def test_an_email_that_was_given_up_is_tried_again(client, administrator):
    notification = give_up_one_notification()
    action = {"action": "try_again", "_selected_action": [notification.pk]}
    page = client.post(address(Notification, "changelist"), action, follow=True)
    assert b"1 e-mail will be tried again." in page.content
    notification.refresh_from_db()
    assert (notification.given_up_at, notification.attempts, notification.last_error) == (None, 0, "")
