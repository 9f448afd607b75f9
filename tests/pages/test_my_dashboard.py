"""The customer's first page: what waits, the plan in force, messages; and the trial's mail for the administrator."""

import pytest
from django.core.mail import EmailMessage
from django.core.mail.backends.filebased import EmailBackend
from django.urls import reverse
from django.utils.formats import date_format

from acknowledgments.agreement.talking import disagree
from careerplan.messaging.actions import send_message
from tests import people as cast
from tests import states
from tests.markup import Page

pytestmark = pytest.mark.django_db


def test_a_draft_is_hidden_from_its_customer(client, people):
    david = cast.david()
    client.force_login(david.user)
    words = client.get(reverse("my:dashboard")).content.decode()
    assert "Earn GED" not in words
    assert "You have no plan to read yet" in words


def test_a_sent_plan_waits_on_the_dashboard(client, people):
    tyrell = cast.tyrell()
    client.force_login(tyrell.user)
    page = client.get(reverse("my:dashboard"))
    waiting = page.context["waiting"]
    assert reverse("my:acknowledge", args=[waiting.key]) in page.content.decode()


def test_the_plan_in_force_is_read_in_plain_words(client, people):
    angela = cast.angela()
    client.force_login(angela.user)
    page = client.get(reverse("my:dashboard"))
    words = page.content.decode()
    assert page.context["active"].version.plan.customer == angela
    for goal in angela.plans.get().goals.in_plan():
        assert goal.statement in words


@pytest.mark.policy("ILL-010")
def test_customers_find_their_information_on_the_dashboard(client, people):
    """Their plan with its goals, services and steps, its copy on file and their messages; nobody else's."""
    angela = cast.angela()
    by = {"path": reverse("my:messages"), "by": cast.planner(), "at": states.now()}
    send_message(angela.user, subject="Hello", body="See you on Monday", **by)
    send_message(cast.david().user, subject="For David", body="Come at nine", **by)
    client.force_login(angela.user)
    assert client.get("/", follow=True).redirect_chain[-1][0] == reverse("my:dashboard")
    page = Page(client.get(reverse("my:dashboard")))
    version = states.newest(angela)
    plan = version.plan
    said = [goal.statement for goal in plan.goals.in_plan()]
    said += [row.service.plain_name for row in plan.services.in_plan().select_related("service")]
    said += [step.text for step in plan.action_steps.in_plan()]
    said += [barrier.category.plain_name for barrier in plan.barriers.in_plan().select_related("category")]
    said += ["Nursing Assistants", "Hello"]
    assert [words for words in said if words not in page.words] == []
    assert f"Version 1 has been your plan since {date_format(version.approved_on)}." in page.words
    assert "For David" not in page.words
    links = page.links()
    copy = client.get(links["My plan as a PDF"])
    assert copy["Content-Type"] == "application/pdf"
    assert copy.content.startswith(b"%PDF")
    assert "See you on Monday" in Page(client.get(links["All messages"])).words


@pytest.mark.policy("ILL-010")
def test_a_plan_waits_on_the_dashboard_once_its_form_is_filed(client, people):
    lucia = cast.lucia()
    client.force_login(lucia.user)

    def waiting():
        answer = client.get(reverse("my:dashboard"))
        request = answer.context["waiting"]
        links = [path for path in Page(answer).links().values() if path.startswith("/my/acknowledge/")]
        assert links == ([reverse("my:acknowledge", args=[request.key])] if request else [])
        return request

    seal = states.sent(states.newest(lucia))
    assert waiting() is None
    request = states.told(seal)
    assert waiting() == request
    states.acknowledged(request)
    assert waiting() is None
    assert client.get(reverse("my:dashboard")).context["active"] == seal


def test_a_draft_beside_the_plan_in_force_is_hidden(client, people):
    angela = cast.angela()
    states.pen(states.reviewed(angela)).goal("Start a business", "CAREER_PLAN")
    client.force_login(angela.user)
    assert "Start a business" not in client.get(reverse("my:dashboard")).content.decode()


def test_a_message_is_read_where_it_leads(client, people):
    tyrell = cast.tyrell()
    client.force_login(tyrell.user)
    page = Page(client.get(reverse("my:dashboard")))
    message = tyrell.user.messages_received.get()
    path = reverse("my:message-read", args=[message.pk])
    answer = client.post(path, page.form(path))
    assert answer.url == message.path
    message.refresh_from_db()
    assert message.read_at
    client.force_login(cast.david().user)
    assert client.post(path).status_code == 404


def test_staff_have_no_plan_of_their_own(client, people):
    client.force_login(cast.planner())
    assert client.get(reverse("my:dashboard")).status_code == 404


def test_the_trials_mail_is_for_the_administrator(client, people, settings, tmp_path):
    settings.TRIAL, settings.MAIL_DIR = True, tmp_path
    backend = EmailBackend(file_path=str(tmp_path))
    backend.send_messages([EmailMessage("Something waits", "Sign in: http://127.0.0.1:8000/my/", to=["a@b.test"])])
    client.force_login(cast.planner())
    assert client.get(reverse("trial:mail")).status_code in {403, 404}
    client.force_login(cast.administrator())
    words = client.get(reverse("trial:mail")).content.decode()
    assert "Something waits" in words
    assert "a@b.test" in words


def test_outside_the_trial_there_is_no_mail_page(client, people, settings):
    settings.TRIAL = settings.DEBUG = False
    client.force_login(cast.administrator())
    assert client.get(reverse("trial:mail")).status_code == 404


# --- what the customer did not want ---------------------------------------------------------------

NOTED = "that you do not want version 1 of your plan."


def dashboard(client, customer):
    client.force_login(customer.user)
    return Page(client.get(reverse("my:dashboard")))


def declined(customer):
    return states.not_completed(states.told(states.sent(states.newest(customer))).seal.version)


def test_a_customer_reads_that_the_planner_noted_the_no(client):
    version = declined(states.draft().plan.customer)
    page = dashboard(client, version.plan.customer)
    assert f"Your planner noted on {date_format(states.today())} {NOTED}" in page.words
    assert page.links()["write a message"] == reverse("my:messages")


def test_it_is_told_until_the_next_version_is_sent(client):
    customer = states.draft().plan.customer
    declined(customer)
    states.written(customer)
    assert NOTED in dashboard(client, customer).words
    states.told(states.sent(states.newest(customer)))
    assert NOTED not in dashboard(client, customer).words


def test_a_draft_that_never_reached_the_customer_is_not_told_of(client):
    version = states.not_completed(states.draft())
    assert "you do not want version" not in dashboard(client, version.plan.customer).words


def test_beside_a_plan_in_force_it_is_told_of_the_later_version(client):
    customer = states.in_force().plan.customer
    states.add_goal(states.reviewed(customer).plan.customer)
    declined(customer)
    words = dashboard(client, customer).words
    assert "that you do not want version 2 of your plan." in words
    assert "Version 1 has been your plan since" in words


def test_after_saying_no_the_customer_finds_the_way_to_write(client):
    customer = states.draft().plan.customer
    request = states.told(states.sent(states.newest(customer)))
    disagree(request, reason="Too far", by=customer.user, at=states.now())
    page = dashboard(client, customer)
    assert "You said that you do not agree" in page.words
    assert page.links()["write a message"] == reverse("my:messages")
