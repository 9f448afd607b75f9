"""Job fit reviews in tests: who leaves career exploration, and the answers."""

from pathlib import Path
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command

from acknowledgments.agreement.goal_change import change_employment_goal
from careerplan.plans.models import PlanVersion
from goals.enums import CareerGoalRole
from goals.fit import actions
from goals.fit.models import JobFitAnswer, JobFitReview
from goals.models import Occupation
from tests import states
from tests.onet import write_release
from tests.real_files import pdf_file
from tests.real_onet import real_release
from tests.stock import stocked

CNA, TRUCKS, BARBERS = "31-1131", "53-3032", "39-5011"


def occupation(code: str = CNA) -> Occupation:
    return Occupation.objects.get(code=code)


@stocked
def exploring(*programs: str) -> PlanVersion:
    """A plan in force whose goal is career exploration."""
    customer = states.enrolled(*programs)
    version = states.started(customer)
    write = states.pen(version)
    write.career_goal(CareerGoalRole.EMPLOYMENT, explores=True)
    write.barrier("TRAN", "No car.")
    goal = write.goal("Choose an occupation", "CAREER_PLAN")
    write.initial_assessment(goal)
    write.note(no_supportive_services=True)
    write.step("Read about five occupations", goal, in_days=14)
    return states.signed(version)


def left_exploration(code: str = CNA, *programs: str) -> PlanVersion:
    """The draft of the plan that follows: ready to be sent but for the job fit review."""
    version = exploring(*programs)
    by = version.plan.customer.planner
    draft = change_employment_goal(version.plan, occupation=occupation(code), by=by, at=states.now())
    write = states.pen(draft)
    write.barrier("TRAN", "No car.")
    goal = write.goal("Pass the course", "EDUCATION_TRAINING")
    write.service("TR-OST", goal, planned_start_on=write.in_days(10))
    write.step("Hand in the health form", goal, in_days=5)
    return draft


def onet_imported(folder: Any, **changed: Any) -> None:
    call_command("import_onet", write_release(folder / "29.3", **changed), verbosity=0)


def usual_release(folder: Path) -> Path:
    """A real one, or where none lies on the machine one that is made up."""
    return real_release() or write_release(folder / "29.3")


def begun(version: PlanVersion, code: str = CNA) -> JobFitReview:
    by = version.plan.customer.planner
    return actions.begin(version.plan, occupation(code), by=by, at=states.now())


def answers_of(review: JobFitReview) -> list[JobFitAnswer]:
    return list(JobFitAnswer.objects.filter(review=review).with_items().in_order())


def say(review: JobFitReview, comforts: dict[int, int], *, by: Any = None) -> actions.Rated:
    """As a page that was opened now says it: `comforts` by the key of the answer."""
    shown = {answer.pk: answer for answer in answers_of(review)}
    said = {
        key: actions.GivenComfort(comfort, shown[key].comfort, shown[key].row_version)
        for key, comfort in comforts.items()
    }
    return actions.rate(review, said, by=by or review.plan.customer.user, at=states.now())


def say_all(review: JobFitReview, comfort: int = 4, *, by: Any = None) -> JobFitReview:
    say(review, {answer.pk: comfort for answer in answers_of(review)}, by=by)
    return JobFitReview.objects.select_related("plan__customer__user", "occupation").get(pk=review.pk)


def done(version: PlanVersion, comfort: int = 4) -> JobFitReview:
    return say_all(begun(version), comfort)


def document(name: str = "result.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, pdf_file(), "application/pdf")
