"""Contents that lack nothing, of each kind of plan, for tests that take one thing away."""

from dataclasses import replace

from acknowledgments.contents.items import About, PlanContents
from careerplan.plans.items import BarrierItem
from goals.items import ActionStepItem, CareerGoalItem, GoalItem
from services.items import ServiceItem

GOAL = GoalItem(1, "Pass the nursing assistant course", "Education/Training Plan", "short", "not_started")
# Each service answers the barrier.
TRANSPORT = BarrierItem(2, "TRAN", "Transportation", "No car.")
TRAINING = ServiceItem(3, "TR-OST", "Occupational Skills Training (ITA)", "training", goal_id=1,
                       is_training=True, in_exploration="no", planned_start_on="2027-01-11",
                       barrier_ids=(2,))  # fmt: skip
BUS_PASS = ServiceItem(4, "SS-TRAN", "Support - Transportation Assistance", "supportive", goal_id=1,
                       is_supportive=True, needs_dollar_value=True, dollar_value="40.00",
                       planned_start_on="2027-01-11", barrier_ids=(2,))  # fmt: skip
APPRENTICE = ServiceItem(10, "AP-RAP", "Registered Apprenticeship Program", "apprenticeship", goal_id=1,
                         is_training=True, planned_start_on="2027-01-11", barrier_ids=(2,),
                         needs_soc=True, needs_rapids=True, soc_code="49-9044", rapids_id="IL008950001")  # fmt: skip
COUNSELING = ServiceItem(5, "BC-COUN", "Career Counseling", "career", goal_id=1, planned_start_on="2027-01-11",
                         barrier_ids=(2,))  # fmt: skip
STEP = ActionStepItem(6, 1, "Hand in the health form")
NONE = BarrierItem(7, "NONE", "No potential barriers identified")
OTHER = BarrierItem(8, "OTHR", "Other (describe in comments)")

EMPLOYMENT = CareerGoalItem(11, "employment", occupation_code="31-1131", occupation="Nursing Assistants")
LONG_TERM = CareerGoalItem(12, "long_term", occupation_code="29-1171", occupation="Nurse Practitioners")
SHORT_EMPLOYMENT = CareerGoalItem(13, "short_employment", words="A paid summer job")
SHORT_EDUCATION = CareerGoalItem(14, "short_education", words="Earn the diploma")
EXPLORING = CareerGoalItem(15, "employment", explores=True)

IEP = PlanContents(
    "IEP", career_goals=(EMPLOYMENT,), goals=(GOAL,), barriers=(TRANSPORT,), services=(TRAINING,), action_steps=(STEP,)
)
ISS_GOALS = (EMPLOYMENT, SHORT_EMPLOYMENT, SHORT_EDUCATION, LONG_TERM)
ISS = replace(IEP, plan_type="ISS", career_goals=ISS_GOALS)
BOTH = replace(ISS, plan_type="both")
EXPLORING_IEP = replace(IEP, career_goals=(EXPLORING,), services=(COUNSELING, BUS_PASS))
EXPLORING_ISS = replace(EXPLORING_IEP, plan_type="ISS")
FEES = replace(BUS_PASS, id=9, code="SS-EXAM", name="Support - Application, Test and Certification Fees",
               in_exploration="justify")  # fmt: skip
PRE_APPRENTICE = replace(
    FEES,
    id=12,
    code="AP-PRE",
    name="Pre-Apprenticeship",
    in_exploration="approve",
    exploration_reason="To try a trade.",
)
# Answers an assessment, so that no warning says so too, and no barrier.
NEEDLESS = replace(BUS_PASS, barrier_ids=(), assessment="TABE 11-12")
# A first plan after both assessments.
ASSESSED = About(is_first=True, initial_assessed_on="2026-11-16", comprehensive_assessed_on="2026-11-18")
# What a summary says that answers the goals.
SUMMARIZED = About(assessment_summary="She reads well and works steadily.")
SHARED = About(programs=("WIOA Title I Adult", "WIOA Title I Youth"))
