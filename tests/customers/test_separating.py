"""Two records that were merged by mistake: the former one goes on again by itself, and nobody reads it in the other."""

from datetime import date

import pytest
from django.urls import reverse

from acknowledgments.filing.copies import agreed_copies
from careerplan.accounts.actions import save_person
from careerplan.base import clock
from careerplan.base.refusals import NotAllowed, Refusal
from careerplan.messaging.enums import Notice
from careerplan.messaging.models import Message
from customers.actions import add_case_note
from customers.doubles import doubles_of
from customers.enrolling import end_enrollment, enroll
from customers.inviting import invite
from customers.models import CaseNote, Customer, Program
from customers.separating import separate
from tests import people, states
from tests.customers.test_merging import ended, found, merged, pair
from tests.people import north_planner, planner, statewide
from tests.rows import date_back, every_constraint_now, everything, refuses, write

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("people")]
WHY = "They came to the desk together."


def separated(former, kept, *, by=statewide, **options):
    with every_constraint_now():
        separate(former, kept, reason=WHY, by=by(), at=clock.now(), **options)
    former.refresh_from_db()
    kept.refresh_from_db()


def by_mistake():
    """The record that goes has a signed plan, which is closed; both have a sign-in."""
    version = states.acknowledged(states.told(states.sent(states.draft())))
    other = version.plan.customer
    states.closed(other)
    ended(other)
    write(other, first_name="Honora", last_name="Altnam", state_id="WI-7", birth_date=date(1990, 2, 3))
    other.refresh_from_db()
    kept = states.enrolled()
    return (*merged(kept, other, sign_in=kept.user), version)


def test_the_former_record_goes_on_by_itself_and_its_papers_leave_the_other_one_at_once(client):
    kept, other, version = by_mistake()
    client.force_login(kept.user)
    paper = reverse("my:paper", args=[version.pk])
    assert client.get(paper).status_code == 200
    separated(other, kept, planner=planner())
    assert (other.merged_into, other.merged_at, other.merged_by, other.merge_reason) == (None, None, None, "")
    assert (other.planner, other.in_daily_list) == (planner(), True)
    assert agreed_copies(kept) == []
    assert client.get(paper).status_code == 404
    assert set(Customer.objects.visible_to(kept.user)) == {kept}
    assert found("WI-7") == found("Altnam") == [other]
    for values in ({"state_id": "WI-7"}, {"email": other.email}):
        assert [double.customer for double in doubles_of(values, user=statewide())] == [other]
    assert Customer.objects.editable_by(planner()).filter(pk=other.pk).exists()
    note = {"subject": "x", "text": "x", "contact_on": states.today(), "contact_method": "phone"}
    add_case_note(other, **note, by=planner(), at=clock.now())


def test_both_histories_say_it_and_the_planner_is_told():
    kept, other = states.enrolled(with_sign_in=False), states.enrolled("T1-DW", with_sign_in=False)
    merged(kept, other)
    separated(other, kept, planner=planner())
    for row in (kept, other):
        note = CaseNote.objects.filter(customer=row).latest("pk")
        assert WHY in note.text
        assert f"To be set right: {Program.objects.get(code='T1-DW').told}" in note.text
    assert Customer.history.filter(id=other.pk, history_change_reason="separated").exists()
    told = Message.objects.filter(recipient=planner(), kind=Notice.CUSTOMER_MOVED_HERE)
    assert told.filter(path=reverse("customers:overview", args=[other.pk])).exists()
    merged(kept, other)  # and once more, where it was no mistake


def test_who_left_long_ago_does_not_come_back_into_the_daily_list():
    kept, other = pair()
    date_back(other.enrollments.get(), begun_on=date(2019, 1, 1), exited_on=date(2020, 1, 1))
    merged(kept, other)
    separated(other, kept)
    assert (other.planner, other.in_daily_list) == (None, False)


def test_what_was_moved_is_set_right_with_the_products_own_pages():
    kept, other = states.enrolled(with_sign_in=False), states.enrolled("T1-DW")
    signer, row = other.user, other.enrollments.get()
    merged(kept, other)
    assert kept.user == signer
    separated(other, kept, planner=planner())
    program = {"program": Program.objects.get(code="T1-DW"), "status": "enrolled", "begun_on": row.begun_on}
    enroll(other, program, by=planner(), at=clock.now())
    row.refresh_from_db()
    end_enrollment(row, exited_on=states.today(), by=planner(), at=clock.now())
    signer.refresh_from_db()
    assert set(Customer.objects.visible_to(signer)) == {other}
    assert other.email == signer.email


@pytest.mark.parametrize("both", [True, False], ids=["both have one", "the former one alone has one"])
def test_a_sign_in_that_the_merge_moved_goes_back_at_once(both):
    kept, other = states.enrolled(with_sign_in=both), states.enrolled("T1-DW")
    write(kept, **({} if both else {"email": "own@example.test"}))
    signer, own = other.user, kept.user
    names, email = (other.first_name, other.last_name, other.email), kept.email
    merged(kept, other, sign_in=signer)
    assert set(Customer.objects.visible_to(signer)) == {kept, other}
    separated(other, kept, planner=planner())
    assert (other.user, kept.user, kept.email) == (signer, own, email)
    signer.refresh_from_db()
    assert (signer.first_name, signer.last_name, signer.email) == names
    assert other.email == signer.email
    assert set(Customer.objects.visible_to(signer)) == {other}
    if both:
        own.refresh_from_db()
        assert not own.is_active
        own.is_active = True
        save_person(own, by=people.administrator(), at=clock.now())
        assert set(Customer.objects.visible_to(own)) == {kept}
    assert found(signer.username) == [other]


def test_the_sign_in_that_was_switched_off_is_switched_on_again_for_its_record():
    kept, other = states.enrolled(), states.enrolled("T1-DW")
    merged(kept, other, sign_in=kept.user)
    separated(other, kept)
    off = other.user
    assert not off.is_active
    off.is_active = True
    save_person(off, by=people.administrator(), at=clock.now())
    assert set(Customer.objects.visible_to(off)) == {other}
    off.set_unusable_password()
    write(off, password=off.password)
    assert invite(other, by=statewide(), at=clock.now()) == off


@pytest.mark.parametrize("role", [planner, people.administrator])
def test_only_statewide_staff_separate(role, client):
    kept, other = pair()
    merged(kept, other)
    before = everything()
    with pytest.raises(NotAllowed):
        separated(other, kept, by=role)
    assert everything() == before
    client.force_login(role())
    assert client.get(address(kept, other)).status_code == 403
    assert client.post(address(kept, other), {"reason": WHY}).status_code == 403
    assert address(kept, other) not in client.get(reverse("customers:overview", args=[other.pk])).content.decode()


def test_what_can_not_be_is_refused():
    kept, other = pair()
    merged(kept, other)
    now = {"by": statewide(), "at": clock.now()}
    for code, values in {
        "reason-missing": {"reason": " "},
        "planner-does-not-see": {"reason": WHY, "planner": north_planner()},
    }.items():
        with pytest.raises(Refusal, match=code):
            separate(other, kept, **values, **now)
    separated(other, kept)
    with pytest.raises(Refusal, match="not-merged"):
        separate(other, kept, reason=WHY, **now)


def address(kept, other):
    return reverse("customers:separate", args=[kept.pk, other.pk])


def test_from_either_page_to_two_records_again(client):
    kept, other = states.enrolled(), states.enrolled("T1-DW")
    merged(kept, other, sign_in=other.user)
    client.force_login(statewide())
    for row in (kept, other):
        assert address(kept, other) in client.get(reverse("customers:overview", args=[row.pk])).content.decode()
    page = client.get(address(kept, other)).content.decode()
    assert Program.objects.get(code="T1-DW").plain_name in page
    assert f"{kept.user.username}</bdi> came from {other.state_id}" in page
    assert f"{other.user.username}</bdi> is that of {kept.state_id}" in page
    assert client.post(address(kept, other), {"reason": ""}).status_code == 422
    answer = client.post(address(kept, other), {"reason": WHY, "planner": planner().pk})
    assert answer.url == reverse("customers:overview", args=[other.pk])
    assert client.get(address(kept, other)).status_code == 404
    other.refresh_from_db()
    assert (other.merged_into, other.planner) == (None, planner())


def test_the_database_lets_all_four_go_at_once_and_nothing_else():
    kept, other = pair()
    merged(kept, other)
    for values in (
        {"merge_reason": "Another one."},
        {"merged_at": clock.now()},
        {"merged_by": planner()},
        {"merged_into": people.angela()},
    ):
        refuses("a_record_is_merged_once", lambda values=values: write(other, **values))
    half = {"merged_into": None, "merged_at": None, "merged_by": None}
    refuses("a_merged_record_says_when_by_whom_and_why", lambda: write(other, **half))
    write(other, **half, merge_reason="")
