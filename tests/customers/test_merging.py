"""Two records of one person become one: what goes along, what stays as it was, and what must be settled first."""

from datetime import date, timedelta

import pytest
from django.core.management import call_command
from django.db import transaction
from django.urls import reverse

from acknowledgments.filing.copies import agreed_copies
from acknowledgments.models import Seal
from careerplan.accounts.models import SignInLetter
from careerplan.base import clock
from careerplan.base.refusals import NotAllowed, Refusal
from careerplan.messaging.models import Message
from careerplan.pages.caseload.choosing import caseload_of
from careerplan.plans.actions import register_legacy_plan, start_plan
from careerplan.reports.counts import counts_by_region
from customers.actions import add_case_note, save_customer
from customers.adding import add_customer
from customers.correcting import correct_record
from customers.doubles import doubles_of
from customers.enrolling import end_enrollment, enroll
from customers.enums import ContactMethod
from customers.handing_over import hand_over
from customers.import_matching import differing, is_somebody_else
from customers.merging import merge
from customers.models import CaseNote, Customer, Enrollment, Program
from customers.threads import threads_of, write_to_customer
from tests import people, states
from tests.moved_plans import VALUES
from tests.people import north_planner, planner, statewide, youth_planner
from tests.rows import every_constraint_now, everything, write

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("people")]
WHY = "Both cards were shown at the desk."


def merged(kept, other, *, by=statewide, **options):
    with every_constraint_now():
        merge(kept, other, reason=WHY, by=by(), at=clock.now(), **options)
    kept.refresh_from_db()
    other.refresh_from_db()
    return kept, other


def pair(**options):
    """Two records, the second without a program: it may go."""
    kept, other = states.enrolled(**options), states.enrolled(with_sign_in=False)
    ended(other)
    return kept, other


def ended(customer):
    for row in customer.enrollments.filter(exited_on=None):
        end_enrollment(row, exited_on=states.today(), by=planner(), at=clock.now())


def found(text):
    return [row for part in Customer.objects.not_merged().found_by(text) for row in part]


def test_the_record_that_goes_leads_to_the_one_that_stays_and_is_in_no_list():
    kept, other = pair()
    write(other, first_name="Honora", last_name="Altnam", state_id="WI-7")
    Customer.keep_derived([other])
    merged(kept, other)
    assert (other.merged_into, other.merged_by, other.merge_reason) == (kept, statewide(), WHY)
    assert found("Altnam") == found("WI-7") == found(kept.last_name) == [kept]
    assert other.pk not in caseload_of(planner().pk)
    assert not Customer.objects.daily_list().filter(pk=other.pk).exists()
    assert not Customer.objects.editable_by(statewide()).filter(pk=other.pk).exists()
    assert Customer.objects.visible_to(planner()).filter(pk=other.pk).exists()
    correct_record(kept, {"phone": "414 555 0100"}, by=planner(), at=clock.now())
    assert found("WI-7") == [kept]


def test_the_state_counts_the_person_once():
    def number():
        return sum(row.customers for row in counts_by_region(on=states.today()))

    before = number()
    kept, other = pair()
    assert number() == before + 2
    merged(kept, other)
    assert number() == before + 1


def test_nothing_that_was_sealed_changes_and_the_check_of_the_record_stays_green():
    kept = states.enrolled(with_sign_in=False)
    other = states.signed(states.draft()).plan.customer
    ended(kept)
    signer = other.user
    seals = {row.pk: (row.digest, row.version_id) for row in Seal.objects.all()}
    with pytest.raises(Refusal, match="open-plan"):
        merged(kept, other)
    merged(other, kept)
    assert {row.pk: (row.digest, row.version_id) for row in Seal.objects.all()} == seals
    other.refresh_from_db()
    assert other.user == signer
    call_command("verify")


def test_a_closed_plan_goes_with_its_record_and_its_customer_reads_it_in_the_one_that_stays(client):
    version = states.acknowledged(states.told(states.sent(states.draft())))
    other = version.plan.customer
    states.closed(other)
    ended(other)
    signer = other.user
    kept = states.enrolled(with_sign_in=False)
    seals = {row.pk: row.digest for row in Seal.objects.all()}
    merged(kept, other)
    assert {row.pk: row.digest for row in Seal.objects.all()} == seals
    call_command("verify")
    assert (kept.user, kept.email, other.user) == (signer, signer.email, None)
    assert [copy.version.pk for copy in agreed_copies(kept)] == [version.pk]
    client.force_login(signer)
    assert reverse("my:paper", args=[version.pk]) in client.get("/my/").content.decode()
    assert client.get(reverse("my:paper", args=[version.pk])).status_code == 200
    assert Customer.objects.visible_to(signer).count() == 2


@pytest.mark.parametrize("role", [planner, youth_planner, people.administrator])
def test_only_statewide_staff_merge(role):
    kept, other = pair()
    before = everything()
    with pytest.raises(NotAllowed):
        merged(kept, other, by=role)
    assert everything() == before


def both_open():
    versions = [states.started(states.enrolled()), states.started(states.enrolled())]
    return [version.plan.customer for version in versions]


def open_in_the_other():
    return states.enrolled(), states.started(states.enrolled()).plan.customer


def one_program_twice():
    return states.enrolled(), states.enrolled()


def one_program_at_the_same_time():
    kept, other = states.enrolled(), states.enrolled()
    ended(kept)
    return kept, other


def merged_before():
    kept, other = pair()
    merged(kept, other)
    return states.enrolled(), other


def into_a_merged_one():
    kept, other = merged_before()
    return other, kept


def with_a_former_one():
    kept, other = pair()
    merged(kept, other)
    ended(kept)
    return states.enrolled(), kept


def the_same():
    customer = states.enrolled()
    return customer, customer


def evidence_due():
    """Signed on paper, and the paper is not on file yet."""
    version = states.signed(states.draft())
    states.closed(version.plan.customer)
    ended(version.plan.customer)
    return states.enrolled(), version.plan.customer


def plan_in_an_older_system():
    """It would stand in the record for ever: its open program goes along, and it is due there no more."""
    kept, other = states.enrolled("T1-DW"), states.enrolled()
    register_legacy_plan(other, VALUES, by=planner(), at=clock.now())
    return kept, other


REFUSED = {
    "older-plan": plan_in_an_older_system,
    "open-plan": both_open,
    "open-plan ": open_in_the_other,
    "program-twice": one_program_twice,
    "program-twice ": one_program_at_the_same_time,
    "merged-already": merged_before,
    "merged-already ": into_a_merged_one,
    "has-former-records": with_a_former_one,
    "one-record": the_same,
    "still-due": evidence_due,
}


@pytest.mark.parametrize("code", REFUSED)
def test_what_must_be_settled_first_is_said_and_nothing_changes(code):
    kept, other = REFUSED[code]()
    before = everything()
    with pytest.raises(Refusal) as raised:
        merged(kept, other, sign_in=kept.user)
    assert raised.value.code == code.strip()
    assert other.state_id in raised.value.sentence or code == "one-record" or kept.state_id in raised.value.sentence
    assert everything() == before


def test_a_word_of_reason_is_asked():
    kept, other = pair()
    for reason in ("", " \n"):
        with pytest.raises(Refusal, match="reason-missing"):
            merge(kept, other, reason=reason, by=statewide(), at=clock.now())


def test_open_programs_go_along_with_their_history():
    kept, other = states.enrolled("T1-ADULT", with_sign_in=False), states.enrolled("T1-DW", with_sign_in=False)
    row = other.enrollments.get()
    merged(kept, other)
    row.refresh_from_db()
    assert (row.customer, row.begun_on) == (kept, date(2026, 1, 5))
    assert [entry.customer_id for entry in Enrollment.history.filter(id=row.pk).order_by("history_id")] == [
        other.pk,
        kept.pk,
    ]
    assert {program.program.code for program in kept.enrollments.filter(exited_on=None)} == {"T1-ADULT", "T1-DW"}


def test_the_one_of_nobody_goes_to_the_planner_of_the_other():
    kept, other = pair()
    write(kept, planner=None)
    merged(kept, other)
    assert (kept.planner, other.planner) == (planner(), None)


def test_a_program_whose_planner_does_not_see_the_one_that_stays_is_handed_over_first():
    kept, other = states.enrolled(with_sign_in=False), states.enrolled("T1-DW", with_sign_in=False)
    ended(kept)
    write(kept, office=people.lucia().office)
    before = everything()
    with pytest.raises(Refusal, match="program-left-behind"):
        merged(kept, other)
    assert everything() == before


def test_both_histories_say_it_and_the_last_contact_counts():
    kept, other = pair()
    contact = {"contact_on": states.today() - timedelta(days=2), "contact_method": ContactMethod.PHONE}
    add_case_note(other, subject="Called", text="Fine.", **contact, by=planner(), at=clock.now())
    merged(kept, other)
    here, there = (CaseNote.objects.filter(customer=row).latest("pk") for row in (kept, other))
    assert WHY in here.text
    assert WHY in there.text
    assert other.state_id in here.text
    assert kept.state_id in there.text
    assert (here.contact_on, here.contact_method) == (contact["contact_on"], contact["contact_method"])
    assert there.contact_method == ContactMethod.NONE
    assert Customer.history.filter(id=other.pk, history_change_reason="merged").exists()


def test_of_two_sign_ins_the_chosen_one_stays_with_all_that_was_written_and_both_addresses_are_told():
    kept, other = states.enrolled(), states.enrolled()
    ended(other)
    first, second = kept.user, other.user
    for customer in (kept, other):
        write_to_customer(customer, subject="Hello", body="Hello", by=planner(), at=clock.now())
    with pytest.raises(Refusal, match="sign-in-missing"):
        merged(kept, other)
    merged(kept, other, sign_in=second)
    first.refresh_from_db()
    second.refresh_from_db()
    assert (kept.user, kept.email, second.is_active) == (second, second.email, True)
    assert (other.user, other.email, first.is_active) == (first, first.email, False)
    assert threads_of(kept).count() == 2
    assert not Message.objects.filter(recipient=first).exists()
    letters = SignInLetter.objects.filter(kind="one-sign-in")
    assert {letter.address for letter in letters} == {first.email, second.email}
    assert {letter.recipient for letter in letters} == {second}
    assert not Customer.objects.visible_to(first).exists()
    assert set(Customer.objects.visible_to(second)) == {kept, other}


def test_who_looks_like_the_former_record_is_the_one_that_stays():
    kept, other = pair()
    write(other, first_name="Honora", last_name="Altnam", state_id="WI-7", birth_date=date(1990, 2, 3))
    Customer.keep_derived([other])
    merged(kept, other)
    for values in (
        {"state_id": "wi-7"},
        {"first_name": "Honora", "last_name": "Altnam", "birth_date": date(1990, 2, 3)},
        {"email": other.email},
    ):
        assert [double.customer for double in doubles_of(values, user=statewide())] == [kept]
    values = {"first_name": "A", "last_name": "B", "state_id": "WI-7", "office": kept.office}
    with pytest.raises(Refusal, match="participant-id-taken"):
        add_customer(values, by=statewide(), at=clock.now())


def test_a_row_of_a_file_that_names_the_former_record_is_the_one_that_stays_and_changes_neither_id_nor_email():
    kept, other = pair()
    write(other, first_name="Honora", last_name="Altnam", state_id="WI-7", birth_date=date(1990, 2, 3))
    write(kept, state_id="CP-00000007")
    Customer.keep_derived([other])
    merged(kept, other)
    [double] = doubles_of({"state_id": "WI-7"}, user=statewide())
    said = {"state_id": "WI-7", "email": other.email.upper(), "first_name": "Honora", "last_name": "Altnam"}
    assert not is_somebody_else(said | {"birth_date": date(1990, 2, 3)}, double.customer)
    assert not {"state_id", "email"} & differing(said, double.customer).keys()


def test_where_the_one_that_stays_moves_the_former_record_goes_along():
    kept, other = pair()
    merged(kept, other)
    hand_over(
        kept,
        former=planner(),
        successor=north_planner(),
        office=people.lucia().office,
        by=statewide(),
        at=clock.now(),
    )
    other.refresh_from_db()
    assert other.office == people.lucia().office
    assert Customer.objects.visible_to(north_planner()).filter(pk=other.pk).exists()
    assert not Customer.objects.visible_to(planner()).filter(pk=other.pk).exists()


def test_nobody_writes_in_the_former_record():
    kept, other = pair()
    merged(kept, other)
    program = {"program": Program.objects.get(code="T1-ADULT"), "begun_on": states.today()}
    note = {"subject": "x", "text": "x", "contact_on": states.today(), "contact_method": "phone"}
    now = {"by": statewide(), "at": clock.now()}
    for act in (
        lambda: add_case_note(other, **note, **now),
        lambda: enroll(other, program, **now),
        lambda: correct_record(other, {"phone": "1"}, **now),
        lambda: start_plan(other, **now),
        lambda: save_customer(other, by=people.administrator(), at=clock.now()),
    ):
        with pytest.raises(NotAllowed), transaction.atomic():
            act()
