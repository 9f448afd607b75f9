"""A note stands with what asked for it, and what asked for it leads to the note; a note begins with the plan's changes
(WI 12.7.5, Services; 12.7.7; 12.7.8, note)."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils.formats import date_format

from acknowledgments.agreement.declining import decline, note_unable
from careerplan.plans.barriers import remove_barrier
from customers.actions import add_case_note
from customers.models import Assessment, CaseNote
from customers.notes.matters import Matter, beginning_about, beginning_of
from goals.models import ActionStep
from goals.steps import save_step
from services.actions import save_service
from services.models import PlannedService
from tests import people, states
from tests.markup import Page
from tests.plans_in_force import reviewed_without_customer
from tests.rows import date_back, refuses, write

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("people")]

DAY = timedelta(days=1)
WORDS = {"subject": "Call", "text": "Spoke of the GED.", "contact_method": "phone", "category": "service"}


@pytest.fixture
def active():
    """Version 1 of an IEP, in force."""
    return states.in_force()


def address(name, *args):
    return reverse(name, args=args)


def newest_note(customer):
    return CaseNote.objects.filter(customer=customer).latest("id")


def about(note):
    return (note.about_kind, note.about_key, note.category)


def leads_both_ways(client, note, path):
    customer = note.customer
    there = Page(client.get(address("customers:case-note", customer.pk, note.pk))).links().values()
    back = Page(client.get(path)).links()[note.subject]
    return path in there and back == address("customers:case-note", customer.pk, note.pk)


def version_page(version):
    return address("plan:version", version.plan.customer_id, version.pk)


# --- what policy asks a note for ----------------------------------------------------------------


@pytest.mark.policy("WIS-108")
def test_the_note_of_a_review_that_is_sent_stands_with_its_version(planner, active):
    draft = states.reviewed(active.plan.customer)
    states.sent(draft)
    note = newest_note(active.plan.customer)
    assert about(note) == ("version", draft.pk, "review")
    assert leads_both_ways(planner, note, version_page(draft))


@pytest.mark.policy("WIS-151", "WIS-153")
def test_the_note_of_a_review_without_the_customer_stands_with_its_version(planner, active):
    version = reviewed_without_customer(states.reviewed(active.plan.customer))
    note = version.acknowledgment.case_note
    assert about(note) == ("version", version.pk, "review")
    assert leads_both_ways(planner, note, version_page(version))


@pytest.mark.policy("WIS-096")
def test_the_note_of_a_version_not_completed_stands_with_it(planner, active):
    draft = states.reviewed(active.plan.customer)
    decline(draft, note="She does not want to.", **states.contact(), by=people.planner(), at=states.now())
    note = newest_note(active.plan.customer)
    assert about(note) == ("version", draft.pk, "review")
    assert leads_both_ways(planner, note, version_page(draft))


def test_the_note_of_an_agreement_that_could_not_be_had_stands_with_its_version(planner):
    customer = states.enrolled()
    seal = states.sent(states.written(customer))
    note_unable(
        seal.version, reason="moved", note="The letter came back.", **states.contact(), by=people.planner(),
        at=states.now(),
    )  # fmt: skip
    assert leads_both_ways(planner, newest_note(customer), version_page(seal.version))


@pytest.mark.policy("WIS-142")
def test_the_note_of_a_barrier_that_left_stands_with_the_version_that_drops_it(planner, active):
    customer = active.plan.customer
    draft = states.reviewed(customer)
    barrier = draft.plan.barriers.in_plan()[0]
    remove_barrier(
        barrier,
        removal="no_longer_impacting",
        note="She has a car now.",
        **states.contact(),
        by=people.planner(),
        at=states.now(),
    )
    assert about(newest_note(customer)) == ("version", draft.pk, "review")
    assert leads_both_ways(planner, newest_note(customer), version_page(draft))


# --- notes that a planner begins from what asks --------------------------------------------------


def not_started(active, days_ago):
    row = PlannedService.objects.in_plan().filter(plan=active.plan, status="planned")[0]
    day = states.today() - days_ago * DAY
    date_back(row, planned_start_on=day, planned_end_on=day + 30 * DAY)
    return PlannedService.objects.get(pk=row.pk)


@pytest.mark.policy("WIS-061", "WIS-062")
@pytest.mark.parametrize(
    ("days_ago", "said"),
    [(10, "Documented in time (within 10 days of the planned start)."), (11, "Documented 1 day late."),
     (13, "Documented 3 days late.")],
)  # fmt: skip
def test_why_a_service_was_never_provided_is_written_from_the_service_and_leads_back(planner, active, days_ago, said):
    customer, row = active.plan.customer, not_started(active, days_ago)
    values = {"status": "never_provided"}
    reasons = dict(PlannedService._meta.get_field("never_provided_reason").choices)
    values["never_provided_reason"] = next(code for code in reasons if code != "other")
    save_service(row, values, by=people.planner(), at=states.now())
    service = address("plan:service-edit", customer.pk, row.pk)
    link = Page(planner.get(service)).links()["Write a case note about this"]
    path = address("customers:case-notes", customer.pk)
    filled = Page(planner.get(link.partition("#")[0])).form(path)
    assert filled["subject"].startswith("Never provided: ")
    assert f"Why it was never provided: {reasons[values['never_provided_reason']]}" in filled["text"]
    assert filled["text"].strip().endswith(said)
    assert (filled["about"], filled["category"], filled["contact_method"]) == (f"service-{row.pk}", "service", "none")
    assert planner.post(path, filled).status_code == 302
    assert leads_both_ways(planner, newest_note(customer), service)


@pytest.mark.policy("WIS-050")
def test_an_assessment_from_elsewhere_is_written_about_from_its_page(planner):
    customer = people.david()
    row = Assessment.objects.filter(customer=customer)[0]
    page = address("customers:assessment-edit", customer.pk, row.pk)
    link = Page(planner.get(page)).links()["Write a case note about this"]
    path = address("customers:case-notes", customer.pk)
    filled = Page(planner.get(link.partition("#")[0])).form(path)
    assert filled["text"].strip().startswith(f"Result: {row.result}\n")
    assert planner.post(path, filled).status_code == 302
    assert about(newest_note(customer)) == ("assessment", row.pk, "assessment")
    assert leads_both_ways(planner, newest_note(customer), page)


def test_a_note_is_about_nothing_of_another_customer(planner, active):
    path = address("customers:case-notes", people.david().pk)
    entry = WORDS | {"contact_on": f"{states.today():%m/%d/%Y}", "about": f"version-{active.pk}"}
    before = CaseNote.objects.count()
    answer = planner.post(path, entry)
    assert answer.status_code == 422
    assert "What this note was about is not in this record." in Page(answer).words
    assert CaseNote.objects.count() == before
    assert beginning_about(people.david().pk, Matter("version", active.pk), on=states.today()) is None


def copied(customer, **values):
    """A note in the table itself, past the actions."""
    note = CaseNote.objects.first()
    columns = {field.attname: getattr(note, field.attname) for field in CaseNote._meta.concrete_fields}
    CaseNote(**columns | {"id": None, "customer_id": customer.pk} | values).save()


@pytest.mark.parametrize("kind", ["version", "service", "assessment"])
def test_the_database_holds_that_both_are_of_one_customer(active, kind):
    david = people.david()
    plan = david.plans.get()
    keys = {
        "version": plan.versions.all()[0].pk,
        "service": PlannedService.objects.filter(plan=plan)[0].pk,
        "assessment": Assessment.objects.filter(customer=david)[0].pk,
    }
    matter = {"about_kind": kind, "about_key": keys[kind]}
    copied(david, **matter)
    refuses("a_case_note_is_about_what_is_its_customers", lambda: copied(active.plan.customer, **matter))


def test_a_note_names_both_or_nothing(active):
    for values in ({"about_kind": "version"}, {"about_key": active.pk}):
        refuses("a_case_note_names_what_it_is_about", lambda values=values: copied(active.plan.customer, **values))


@pytest.mark.parametrize("text", ["", "service", "service-", "service-x", "none-1", "service-0", "-1"])
def test_an_address_that_names_nothing_begins_an_empty_note(planner, active, text):
    path = address("customers:case-notes", active.plan.customer_id)
    assert Page(planner.get(path, {"about": text})).form(path)["text"].strip() == ""


# --- what changed in the plan --------------------------------------------------------------------


def filled_in(client, customer):
    path = address("customers:case-notes", customer.pk)
    link = Page(client.get(path)).links()["Fill in: The plan's changes and dates"]
    return Page(client.get(link.partition("#")[0])).form(path)


@pytest.mark.policy("WIS-108")
def test_a_note_begins_with_the_actual_dates_of_services_and_steps_and_the_next_review(planner, active):
    customer, at = active.plan.customer, states.now()
    service = PlannedService.objects.in_plan().filter(plan=active.plan, status="planned")[0]
    save_service(service, {"status": "started", "actual_start_on": states.today()}, by=people.planner(), at=at)
    step = ActionStep.objects.in_plan().filter(plan=active.plan)[0]
    save_step(active.plan, step, {"done_on": states.today()}, by=people.planner(), at=at)
    filled = filled_in(planner, customer)
    lines = filled["text"].strip().splitlines()
    today = date_format(states.today())
    assert lines[0] == "Changed since Version 1:"
    [told] = [line for line in lines if line.startswith("- Changed: ") and service.service.plain_name in line]
    assert f"start date: - → {today}" in told
    assert f"planned start: {date_format(service.planned_start_on)}" in told
    [done] = [line for line in lines if step.text in line]
    assert f"done: - → {today}" in done
    active.refresh_from_db()
    assert lines[-1] == f"Next review by {date_format(active.next_review_on)}."
    assert (filled["about"], filled["category"]) == (f"version-{active.pk}", "review")


@pytest.mark.policy("WIS-108")
def test_a_note_begins_with_what_the_draft_adds_and_drops_with_dates_and_reasons(planner, active):
    customer = active.plan.customer
    draft = states.reviewed(customer)
    write_ = states.pen(draft)
    goal = draft.plan.goals.in_plan()[0]
    row = write_.service("BC-COUN", goal, planned_start_on=states.today() + 5 * DAY)
    barrier = draft.plan.barriers.in_plan()[0]
    remove_barrier(
        barrier,
        removal="no_longer_impacting",
        note="She has a car now.",
        **states.contact(),
        by=people.planner(),
        at=states.now(),
    )
    filled = filled_in(planner, customer)
    lines = filled["text"].strip().splitlines()
    [added] = [line for line in lines if line.startswith("- Added: ") and row.service.plain_name in line]
    assert f"planned start: {date_format(states.today() + 5 * DAY)}" in added
    [gone] = [line for line in lines if line.startswith("- Removed: ")]
    assert "Why it left the plan: " in gone
    assert lines[-1] == f"Next review by {date_format(states.today() + 90 * DAY)}."
    assert filled["about"] == f"version-{draft.pk}"
    assert planner.get(address("plan:agreement", customer.pk)).context["note"].splitlines() == lines  # at the review


def test_without_a_version_in_force_nothing_is_offered(planner):
    customer = states.enrolled()
    states.written(customer)
    path = address("customers:case-notes", customer.pk)
    assert "Fill in: The plan's changes and dates" not in Page(planner.get(path)).links()
    assert beginning_of("changes", customer, on=states.today()) is None
    assert Page(planner.get(path, {"fill": "changes"})).form(path)["text"].strip() == ""


def test_what_a_note_says_of_a_version_stays_after_it_moved_on(active):
    note = add_case_note(
        active.plan.customer, **WORDS, contact_on=states.today(), about=Matter("version", active.pk),
        by=people.planner(), at=states.now(),
    )  # fmt: skip
    refuses("a_case_note_stays_about_what_asked_for_it", lambda: write(note, about_key=active.pk + 1))
