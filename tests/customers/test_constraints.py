"""What the database refuses about customers, enrollments and uploads."""

from datetime import date, timedelta

import pytest
from django.db import models
from django.utils import timezone

from careerplan.accounts.models import Region
from careerplan.base import clock
from customers.models import (
    Assessment,
    AssessmentArea,
    AssessmentLevel,
    CalendarFeed,
    CaseNote,
    Enrollment,
    LocalInterval,
    Program,
    Reminder,
    SavedView,
    SearchWord,
    Upload,
)
from tests import assessed, people
from tests.assessed import wording
from tests.rows import constraints_of, copy, refuses, write

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("people")]


def enrollment():
    return Enrollment.objects.get(customer=people.angela())


def exit_before_the_beginning():
    write(enrollment(), status="exited", exited_on=enrollment().begun_on - timedelta(days=1))


def local_policy(**days):
    """The first program's, in the first region; of this row copies are made."""
    values = {"program": Program.objects.first(), "region": Region.objects.first()} | days
    models.QuerySet(LocalInterval).bulk_create([LocalInterval(**values)])
    return LocalInterval.objects.get(program=values["program"])


def view(**values):
    return SavedView.objects.create(**{"user": people.planner(), "name": "Mine", "query": "plan=draft"} | values)


def feed():
    return CalendarFeed.objects.create(user=people.planner(), digest="a" * 64, made_at=clock.now())


def merged(customer, *, into=None, **values):
    said = {"merged_at": clock.now(), "merged_by": people.statewide(), "merge_reason": "The same person."}
    fit = {"merged_into": into or people.jennifer(), "planner": None, "in_daily_list": False}
    write(customer, **fit | said | values)


def reminder():
    day = timezone.localdate()
    known = {"person": people.planner(), "code": "next-review", "row_key": 1, "day": day, "found_on": day}
    return Reminder.objects.create(**known, threshold=7)


def answered():
    row = assessed.fill(people.angela(), "BARRIERS", by=people.planner(), LOW_INCOME=True)
    return row.answers.get()


def confidential():
    row = assessed.fill_confidential(people.angela(), "BARRIERS", by=people.angela().user, HEALTH=True)
    return row.confidential_answers.get()


def scaled(**values):
    """An assessment on the scale of TABE's reading, 300 to 800."""
    area = AssessmentArea.objects.get(assessment_type__code="TABE-11-12", name="Reading")
    fit = {"assessment_type": area.assessment_type, "area": area, "score": 512}
    row = Assessment.objects.filter(customer=people.david()).order_by("assessed_on")[0]
    write(row, **fit | values)
    return row


def area(**values):
    write(AssessmentArea.objects.first(), **values)


BROKEN = {
    "a_score_stands_on_a_scale": lambda: scaled(area=None),
    "an_area_comes_with_its_type": lambda: scaled(assessment_type=None),
    "a_post_test_has_a_score": lambda: scaled(pre_test=Assessment.objects.last(), score=None),
    "an_area_stands_once_in_its_type": lambda: copy(AssessmentArea.objects.first()),
    "a_scale_goes_up": lambda: area(lowest=900, highest=300),
    "a_scale_has_steps": lambda: area(step=0),
    "a_level_begins_once_in_its_area": lambda: copy(AssessmentLevel.objects.first()),
    "a_case_note_names_what_it_is_about": lambda: copy(CaseNote.objects.first(), about_kind="version"),
    "a_customer_has_a_name": lambda: write(people.angela(), first_name="", last_name=""),
    "a_merged_record_says_when_by_whom_and_why": lambda: write(people.angela(), merge_reason="The same person."),
    "a_record_is_not_merged_into_itself": lambda: merged(people.angela(), into=people.angela()),
    "a_merged_record_is_in_nobodys_caseload": lambda: merged(people.angela(), planner=people.planner()),
    "a_word_of_a_customer_is_kept_once": lambda: copy(SearchWord.objects.first()),
    "a_wording_has_a_number_of_its_own": lambda: copy(wording("COUNTY")),
    "wordings_are_counted_from_one": lambda: copy(wording("COUNTY"), number=0),
    "a_question_is_of_a_known_kind": lambda: copy(wording("COUNTY"), number=2, kind="colour"),
    "a_customer_has_each_section_once": lambda: copy(answered().record),
    "a_complete_section_says_when_and_by_whom": lambda: write(answered().record, state="complete"),
    "a_question_is_answered_once": lambda: copy(answered()),
    "a_reviewed_answer_says_by_whom": lambda: write(answered(), reviewed_by=None),
    "a_confidential_question_is_answered_once": lambda: copy(confidential()),
    "a_reviewed_confidential_answer_says_by_whom": lambda: write(confidential(), reviewed_at=clock.now()),
    "a_program_reviews_after_a_day_or_more": lambda: write(Program.objects.first(), review_interval_days=0),
    "a_program_contacts_after_a_day_or_more": lambda: write(Program.objects.first(), contact_interval_days=0),
    "a_region_has_one_local_policy_a_program": lambda: copy(local_policy(review_interval_days=30)),
    "a_local_review_comes_after_a_day_or_more": lambda: local_policy(review_interval_days=0),
    "a_local_contact_comes_after_a_day_or_more": lambda: local_policy(contact_interval_days=0),
    "a_local_policy_says_something": local_policy,
    "a_calendar_address_is_one_persons": lambda: copy(feed(), user=people.youth_planner()),
    "a_calendar_address_that_ended_opens_nothing": lambda: write(feed(), ended_at=clock.now()),
    "nobody_is_reminded_twice": lambda: copy(reminder()),
    "a_saved_view_has_a_name_of_its_own": lambda: copy(view()),
    "a_saved_view_has_a_name_and_filters": lambda: view(query=""),
    "an_exited_enrollment_has_its_exit_date": lambda: write(enrollment(), status="exited"),
    "an_exit_is_not_before_the_beginning": exit_before_the_beginning,
    "one_open_enrollment_a_program": lambda: copy(enrollment()),
    "an_upload_says_who_filed_it": lambda: write(Upload.objects.first(), filed_by_system=False, uploaded_by=None),
}


def test_every_constraint_has_its_case():
    assert set(BROKEN) == constraints_of("customers")


@pytest.mark.parametrize("name", BROKEN)
def test_the_database_refuses(name):
    refuses(name, BROKEN[name])


def test_an_exit_date_alone_is_refused_too():
    row = enrollment()
    refuses("an_exited_enrollment_has_its_exit_date", lambda: write(row, exited_on=date(2030, 1, 1)))


def test_who_exited_may_enroll_again():
    row = enrollment()
    write(row, status="exited", exited_on=row.begun_on)
    copy(row, status="enrolled", exited_on=None)
    assert Enrollment.objects.filter(customer=people.angela()).count() == 2


def test_a_participant_id_is_used_once():
    refuses("customers_customer_state_id", lambda: copy(people.angela(), user_id=None))


def test_a_person_signs_in_for_one_record():
    refuses("customers_customer_user_id", lambda: copy(people.angela(), state_id="another"))


def test_a_customer_is_never_deleted():
    refuses("Cannot delete", lambda: people.angela().delete())
