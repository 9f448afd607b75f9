"""Contents as hypothesis draws them: every kind of item, ids as the database gives them, texts as people write them.

`contents()` is one plan; `pairs()` are two versions of one: items kept, edited, replaced, removed, added and moved.
"""

from dataclasses import fields, replace

from hypothesis import strategies as st

from acknowledgments.contents.items import About, AssessmentItem, PlanContents, Removal
from careerplan.plans.enums import BarrierRemoval, BarrierStatus
from careerplan.plans.items import BarrierItem
from goals.enums import CareerGoalRole, GoalStatus, StepWho, Term
from goals.items import ActionStepItem, CareerGoalItem, GoalItem
from services.classes.apprenticeship.enums import CountedIn
from services.classes.apprenticeship.items import WageStepItem
from services.enums import Exploration, ServiceClass, ServiceRemoval, ServiceStatus
from services.items import ServiceItem

AT_MOST = 3  # items of one kind

# Every table counts from one, so that the same id stands for a goal, a barrier and a service; some have grown large.
IDS = st.integers(1, 12) | st.sampled_from([2**31 - 1, 2**31, 2**63 - 1])
NO_DAY = st.just("")
DAYS = st.dates().map(lambda day: day.isoformat())
AMOUNTS = st.just("") | st.decimals(0, 999_999, places=2).map(str)
ODD_TEXTS = (
    "دورة التمريض",  # right to left
    "‏ABC 123 עברית‎",
    "\u202eback to front\u202c",
    "e\u0301 is not é",
    "👩🏽‍🦽 🇺🇸",
    "line\u2028paragraph\u2029next\x85",
    '"quoted" \\ </script> {"schema": 2}',
    "\ufeff\u200b\xa0\x7f",
    " \t\r\n ",
    "ﬁ ſ İ ı ß",
)
TEXTS = st.sampled_from(ODD_TEXTS) | st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
CODES = st.sampled_from(["TRAN", "CHLD", "HOUS", "OTHR", "NONE"])
SERVICE_REASONS = st.sampled_from(ServiceRemoval.values)
BARRIER_REASONS = st.sampled_from(BarrierRemoval.values)

CAREER_GOALS = st.builds(
    CareerGoalItem,
    id=IDS,
    role=st.sampled_from(CareerGoalRole.values),
    explores=st.booleans(),
    occupation_code=st.sampled_from(["", "29-1141.00", "31-1131.00"]),
    occupation=TEXTS,
    words=TEXTS,
)
GOALS = st.builds(
    GoalItem,
    id=IDS,
    statement=TEXTS,
    category=st.sampled_from(["Career Plan", "Education/Training Plan", "Support and barrier reduction"]),
    term=st.sampled_from(Term.values),
    status=st.just(GoalStatus.OFF_TRACK.value) | st.sampled_from(GoalStatus.values),  # it alone has a rule
    starts_on=NO_DAY | DAYS,
    ends_on=NO_DAY | DAYS,
)
BARRIERS = st.builds(
    BarrierItem,
    id=IDS,
    category_code=CODES,
    category=TEXTS,
    description=TEXTS,
    how_addressed=TEXTS,
    status=st.sampled_from(BarrierStatus.values),
    confidential=st.booleans(),
)
# As the catalog has them; ODD_SERVICES have what a catalog that was filled in by hand may say.
FLAGS = {
    ServiceClass.TRAINING: {"is_training": True},
    ServiceClass.APPRENTICESHIP: {"is_training": True},
    ServiceClass.SUPPORTIVE: {"is_supportive": True},
    ServiceClass.REFERRAL: {"is_referral": True},
}

WAGE_STEPS = st.builds(
    WageStepItem,
    counted_in=st.sampled_from(CountedIn.values),
    after=st.integers(0, 20_000),
    wage=st.decimals(1, 999, places=2).map(str),
    percent=st.sampled_from(["", "60.00"]),
)


def services_of(service_class, **flags):
    return st.builds(
        ServiceItem,
        id=IDS,
        code=st.sampled_from(["CAR-1", "CAR-2", "TRN-1", "SUP-1"]),
        name=TEXTS,
        service_class=st.just(service_class.value),
        category=TEXTS,
        goal_id=st.none() | IDS,
        program_code=st.sampled_from(["", "WIOA_ADULT", "WIOA_DW", "WIOA_YOUTH"]),
        is_gate_exempt=st.booleans(),
        causes_participation=st.booleans(),
        in_exploration=st.sampled_from(Exploration.values),
        needs_dollar_value=st.booleans(),
        needs_soc=st.booleans(),
        needs_rapids=st.booleans(),
        status=st.sampled_from(ServiceStatus.values),
        planned_start_on=NO_DAY | DAYS,
        planned_end_on=NO_DAY | DAYS,
        actual_start_on=NO_DAY | DAYS,
        ended_on=NO_DAY | DAYS,
        weekly_hours=AMOUNTS,
        provider=TEXTS,
        provider_contact=TEXTS,
        dollar_value=AMOUNTS,
        notes=TEXTS,
        barrier_ids=st.lists(IDS, max_size=3, unique=True).map(lambda ids: tuple(sorted(ids))),
        wage_steps=st.lists(WAGE_STEPS, max_size=2).map(tuple),
        **{name: st.just(value) for name, value in flags.items()},
    )


USUAL_SERVICES = st.sampled_from(ServiceClass).flatmap(lambda one: services_of(one, **FLAGS.get(one, {})))
ODD_SERVICES = st.builds(
    replace, USUAL_SERVICES, is_training=st.booleans(), is_supportive=st.booleans(), is_referral=st.booleans()
)
SERVICES = USUAL_SERVICES | ODD_SERVICES
ACTION_STEPS = st.builds(
    ActionStepItem,
    id=IDS,
    goal_id=IDS,
    text=TEXTS,
    who=st.sampled_from(StepWho.values),
    due_on=NO_DAY | DAYS,
    done_on=NO_DAY | DAYS,
)
REMOVALS = st.one_of(
    st.builds(Removal, st.just("service"), IDS, SERVICE_REASONS),
    st.builds(Removal, st.just("barrier"), IDS, BARRIER_REASONS),
    st.builds(Removal, st.sampled_from(["goal", "career_goal", "action_step"]), IDS, st.just("")),
)
HEADS = st.builds(
    About,
    customer_name=TEXTS,
    customer_address=TEXTS,
    language=st.sampled_from(["en", "es"]),
    programs=st.lists(TEXTS, max_size=2).map(tuple),
    version=st.integers(1, 40),
    created_on=DAYS,
    assessments=st.lists(
        st.builds(AssessmentItem, name=TEXTS, result=TEXTS, kind=TEXTS, assessed_on=DAYS), max_size=2
    ).map(tuple),
)
PLAN_TYPES = st.sampled_from(["IEP", "ISS", "both"])

# The list of contents -> (what it holds, what tells two of them apart).
LISTS = {
    "career_goals": (CAREER_GOALS, "role"),
    "goals": (GOALS, "id"),
    "barriers": (BARRIERS, "id"),
    "services": (SERVICES, "id"),
    "action_steps": (ACTION_STEPS, "id"),
}


def several(items, key):
    return st.lists(items, max_size=AT_MOST, unique_by=lambda item: getattr(item, key)).map(tuple)


def contents():
    return st.builds(
        PlanContents,
        plan_type=PLAN_TYPES,
        barriers_comment=TEXTS,
        no_services_reason=TEXTS,
        no_supportive_services=st.booleans(),
        removals=st.lists(REMOVALS, max_size=AT_MOST, unique_by=lambda removal: (removal.kind, removal.id)).map(tuple),
        about=HEADS,
        **{name: several(items, key) for name, (items, key) in LISTS.items()},
    )


@st.composite
def pairs(draw):
    """Two versions of one plan; now and then two plans that have nothing to do with each other."""
    before = draw(contents())
    after = draw(contents())
    if draw(st.integers(0, 9)) == 0:
        return before, after
    lists = {name: draw(changed(name, before, after)) for name in LISTS}
    kept = draw(st.sets(st.sampled_from(["plan_type", "barriers_comment", "no_services_reason", "about"])))
    after = replace(after, **lists, **{name: getattr(before, name) for name in kept})
    return before, replace(after, removals=draw(reasons(before, after)))


@st.composite
def changed(draw, name, before, fresh):
    """What became of a list: some items gone, some edited, some new, in any order."""
    strategy, key = LISTS[name]
    items = {}
    for item in getattr(before, name):
        fate = draw(st.sampled_from(["keep", "edit", "edit", "remove"]))
        if fate != "remove":
            items[getattr(item, key)] = draw(edited(item, draw(strategy), key)) if fate == "edit" else item
    for item in getattr(fresh, name):
        if draw(st.booleans()):
            items.setdefault(getattr(item, key), item)
    return tuple(draw(st.permutations(list(items.values()))))


@st.composite
def edited(draw, item, other, key):
    """The item with one field, or a few, of another: rules look for edits of one field alone."""
    names = [entry.name for entry in fields(item) if entry.name != key and differs(entry.name, item, other)]
    chosen = draw(st.sets(st.sampled_from(names), max_size=draw(st.sampled_from([1, 1, 4])))) if names else ()
    return replace(item, **{name: getattr(other, name) for name in sorted(chosen)})


def differs(name, one, other):
    return getattr(one, name) != getattr(other, name)


@st.composite
def reasons(draw, before, after):
    """Why barriers and services have left the plan; of some nobody said it."""
    gone = [("barrier", item.id, BARRIER_REASONS) for item in before.barriers if item not in after.barriers]
    gone += [("service", item.id, SERVICE_REASONS) for item in before.services if item not in after.services]
    said = [Removal(kind, number, draw(why)) for kind, number, why in gone if draw(st.integers(0, 4))]
    return tuple(said)
