"""Days that can't be are refused, whichever way they come in: forms, imports and the administration write alike."""

from datetime import date

import pytest
from django.apps import apps
from django.db import models

from careerplan.base.history import TrackedModel, record
from careerplan.base.plausible import DayField, refuse_unlikely
from careerplan.base.refusals import Refusal
from customers.actions import add_case_note
from goals.models import ActionStep
from tests import states
from tests.people import angela, planner

TODAY = date(2027, 2, 28)


@pytest.mark.parametrize("happened", [True, False])
@pytest.mark.parametrize("day", [date(1900, 1, 1), date(1987, 3, 5), TODAY])
def test_a_day_of_our_time_can_be(day, happened):
    refuse_unlikely(day, TODAY, happened=happened, field="due_on")


@pytest.mark.parametrize("happened", [True, False])
@pytest.mark.parametrize("day", [date(202, 12, 20), date(1899, 12, 31)])
def test_a_day_before_our_time_is_a_slip(day, happened):
    with pytest.raises(Refusal) as refused:
        refuse_unlikely(day, TODAY, happened=happened, field="due_on")
    assert (refused.value.code, refused.value.field) == ("unlikely-day", "due_on")
    assert str(refused.value.sentence) == f"Check the year: it is {day.year} here. Enter a day from 1900 to 2047."


def test_what_has_happened_is_not_still_to_come():
    with pytest.raises(Refusal) as refused:
        refuse_unlikely(date(2027, 3, 1), TODAY, happened=True, field="done_on")
    assert (refused.value.code, refused.value.field) == ("day-to-come", "done_on")


def test_what_is_planned_may_be_up_to_20_years_ahead():
    refuse_unlikely(date(2047, 2, 28), TODAY, happened=False, field="due_on")
    with pytest.raises(Refusal) as refused:
        refuse_unlikely(date(2047, 3, 1), TODAY, happened=False, field="due_on")
    assert refused.value.code == "unlikely-day"


# --- every column -----------------------------------------------------------------------------

# Written by the system from days that were asked already, or from the day of the act.
OF_THE_SYSTEM = {
    "customers.Customer.programs_ended_on",
    "plans.PlanVersion.created_on",
    "plans.PlanVersion.approved_on",
    "plans.PlanVersion.next_review_on",
    "goals.ActionStep.authorised_on",
    "services.PlannedService.authorised_on",
    "services.Attendance.week",  # the Monday of its day
    "worksites.FollowUp.due_on",
    "worksites.Placement.low_since",
    "worksites.PlacementWage.minimum_since",
}
HAPPENED = {
    "worksites.FormerHold.inactive_on",
    "worksites.FormerHold.returned_on",
    "worksites.Placement.inactive_on",
    "customers.Customer.birth_date",
    "customers.Enrollment.exited_on",
    "customers.CaseNote.contact_on",
    "customers.Assessment.assessed_on",
    "goals.ActionStep.done_on",
    "services.PlannedService.actual_start_on",
    "services.PlannedService.ended_on",
    "services.EarnedCredential.earned_on",
    "services.CostLine.obligated_on",
    "services.CostLine.paid_on",
    "services.Attendance.day",
    "services.FeedRecord.actual_start_on",
    "services.FeedRecord.ended_on",
    "services.Provider.ended_on",
    "services.TrainingProgram.ended_on",
    "services.ApprovedCredential.ended_on",
    "plans.LegacyPlan.acknowledged_on",
    "worksites.MinimumWage.seen_on",
    "worksites.Employer.ended_on",
    "worksites.Worksite.ended_on",
    "worksites.Job.ended_on",
    "worksites.FollowUp.done_on",
}
PLANNED = {
    "goals.StepProposal.wished_on",
    "customers.Enrollment.begun_on",  # of next week, where the program begins then
    "goals.ActionStep.due_on",
    "services.PlannedService.planned_start_on",
    "services.PlannedService.planned_end_on",
    "services.Service.offered_from",
    "services.Service.offered_until",
    "services.SupportLimit.begins_on",
    "services.SupportLimit.ends_on",
    "services.CostLine.until_on",
    "services.FeedRecord.planned_start_on",
    "services.FeedRecord.planned_end_on",
    "plans.LegacyPlan.next_review_on",
    "worksites.MinimumWage.effective_on",
    "worksites.ProgramMinimum.from_on",
    "worksites.ProgramMinimum.until_on",
    "worksites.Worksite.agreement_from",
    "worksites.Worksite.agreement_until",
    "worksites.Job.starts_on",
    "worksites.Job.ends_on",
    "worksites.Placement.starts_on",
    "worksites.Placement.ends_on",
    "worksites.Placement.returned_on",
    "worksites.Placement.subsidy_starts_on",
    "worksites.Placement.subsidy_ends_on",
    "worksites.PlacementWage.from_on",
}


def days_of_rows():
    for model in apps.get_models():
        if issubclass(model, TrackedModel):
            for field in model._meta.concrete_fields:
                if isinstance(field, models.DateField) and not isinstance(field, models.DateTimeField):
                    yield f"{model._meta.label}.{field.name}", field


def test_each_day_that_people_enter_says_of_which_kind_it_is():
    kinds = dict(days_of_rows())
    entered = {name: field.happened for name, field in kinds.items() if isinstance(field, DayField)}
    assert entered == dict.fromkeys(HAPPENED, True) | dict.fromkeys(PLANNED, False)
    assert kinds.keys() - entered.keys() == OF_THE_SYSTEM


@pytest.mark.django_db
def test_a_row_with_a_day_that_cannot_be_is_not_written():
    step = ActionStep.objects.in_plan().filter(plan__customer=angela())[0]
    former = step.due_on
    step.due_on = date(202, 12, 20)
    with pytest.raises(Refusal) as refused:
        record(step, by=planner(), at=states.now())
    assert (refused.value.code, refused.value.field) == ("unlikely-day", "due_on")
    step.refresh_from_db()
    assert step.due_on == former


@pytest.mark.django_db
def test_a_day_that_was_there_before_keeps_nobody_from_changing_the_rest():
    """Rows of older releases may hold such days: only what is changed is asked about."""
    found = ActionStep.objects.in_plan().filter(plan__customer=angela())
    models.QuerySet(ActionStep).filter(pk=found[0].pk).update(due_on=date(202, 12, 20))
    step = found.get(due_on=date(202, 12, 20))
    step.who = "both" if step.who != "both" else "customer"
    assert record(step, by=planner(), at=states.now())


@pytest.mark.django_db
def test_a_contact_of_tomorrow_is_none():
    values = {"subject": "Talk", "text": "She came by.", "contact_method": "in_person"}
    with pytest.raises(Refusal) as refused:
        add_case_note(angela(), **values, contact_on=states.today().replace(year=2046), by=planner(), at=states.now())
    assert (refused.value.code, refused.value.field) == ("day-to-come", "contact_on")
