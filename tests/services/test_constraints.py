"""What the database refuses of planned services and the catalog, whatever code writes it."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import models
from django.utils import timezone

from services.actions import save_service
from services.attendance.models import Attendance
from services.attendance.policy import monday_of
from services.classes.apprenticeship.models import Apprenticeship, WageStep
from services.classes.support.models import Support, SupportType
from services.feed.deciding import link
from services.feed.enums import Way
from services.feed.mapping import map_code
from services.feed.models import FeedCode, FeedRecord, FeedSource, FeedToken
from services.feed.taking import Report, note_run
from services.feed.tokens import make_token
from services.limits.models import SupportLimit
from services.models import PlannedService, Service, ServiceAnswer
from tests import states
from tests.people import administrator, angela, jennifer, planner
from tests.providers import certified, earned, nursing
from tests.rows import constraints_of, copy, refuses, write
from tests.services import feeding
from tests.services.costs import constraints as costs
from tests.services.crosswalk import crosswalk_row

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate()
DAY = timedelta(days=1)
YESTERDAY = TODAY - DAY
# Monday of the last whole week.
LAST_WEEK = monday_of(TODAY) - 7 * DAY
REMOVED = {"removal": "other"}


def planned():
    return PlannedService.objects.get(plan__customer=angela(), service__code="SS-CHLD")


def started():
    return PlannedService.objects.get(plan__customer=angela(), service__code="TR-OST")


def assessed():
    """Done before any version was active, which an assessment may."""
    return PlannedService.objects.get(plan__customer=angela(), service__code="BC-INIT")


def apprenticeship():
    """Of Angela's course, as if the catalog called it one."""
    write(started().service, form_kind="apprenticeship")
    save_service(started(), {"sponsor": "Lakeshore Millwrights"}, by=planner(), at=states.now())
    return Apprenticeship.objects.get(planned=started())


def wage_step(**values):
    said = {"counted_in": "hours", "after": 0, "wage": Decimal("18.00")} | values
    known = Apprenticeship.objects.filter(planned=started()).first() or apprenticeship()
    models.QuerySet(WageStep).bulk_create([WageStep(apprenticeship=known, **said)])


def support():
    """Of Angela's bus pass: each month, 4 times."""
    return Support.objects.get(planned__plan__customer=angela(), planned__service__code="SS-TRAN")


def limit():
    """River Valley's, of transportation: $600 a program year."""
    return SupportLimit.objects.get()


def credential():
    return earned(angela())


def training():
    """Of Angela's course."""
    return started().training


def answer(need, given):
    """One of the product's own, to a need of this kind with an answer of that kind."""
    return ServiceAnswer.objects.exclude(**{need: None}).exclude(**{given: None}).order_by("id")[0]


def again(need, given):
    copy(answer(need, given))


def source(**values):
    return feeding.source(f"source-{FeedSource.objects.count()}", **values)


def waiting():
    return feeding.waiting(angela(), service=planned().service.code)


def in_the_plan():
    row = waiting()
    return link(row, planned(), by=planner(), at=states.now())


def second_of_its_source():
    row = in_the_plan()
    feeding.filed(row.source, feeding.said(angela(), "A-2", service=row.service.code))
    decided = {"state": "linked", "decided_at": states.now(), "decided_by": planner()}
    write(FeedRecord.objects.get(external_id="A-2"), planned=row.planned, **decided)


def code_of_a_source():
    row = FeedCode(source=source(), code="7421/A", service=planned().service)
    map_code(row, by=administrator(), at=states.now())
    return row


def token():
    make_token(source(), by=administrator(), at=states.now())
    return FeedToken.objects.get()


def run():
    at = states.now()
    return note_run(source(), Report(), way=Way.API, begun_at=at, by=None, at=at)


DECIDED = {"state": "ignored", "reason": "No"}


def attended(span="day", hours=Decimal(4), **values):
    """A row of Angela's course, straight into its table; of the last whole week."""
    day = values.pop("day", LAST_WEEK)
    values = {"week": monday_of(day), "recorded_by": planner(), "recorded_at": states.now(), **values}
    rows = [Attendance(planned=started(), span=span, day=day, hours=hours, **values)]
    return models.QuerySet(Attendance).bulk_create(rows)[0]


CASES = {
    "a_limit_is_of_a_service_or_of_a_kind_of_support": [
        lambda: write(limit(), support_type=SupportType.objects.get(code="BUS-PASS"))
    ],
    "a_limit_is_not_negative": [lambda: write(limit(), amount=Decimal("-0.01"))],
    "a_limit_has_a_known_period": [lambda: write(limit(), period="a_month")],
    "a_limit_warns_or_stops": [lambda: write(limit(), beyond="ask")],
    "a_limit_ends_after_it_begins": [lambda: write(limit(), ends_on=limit().begins_on - DAY)],
    "a_limit_stands_once": [lambda: copy(limit()), lambda: (write(limit(), region=None), copy(limit()))],
    "support_that_is_given_again_says_how_many_times": [
        lambda: write(support(), times=None),
        lambda: write(support(), times=0),
        lambda: write(support(), times=367),
        lambda: write(support(), frequency=""),
        lambda: write(support(), frequency="never"),
    ],
    "a_training_program_comes_with_its_provider": [lambda: write(training(), listed_provider=None)],
    "a_provider_has_its_id_and_its_name": [
        lambda: write(nursing().provider, code=""),
        lambda: write(nursing().provider, name=""),
    ],
    "a_program_stands_once_under_its_provider": [lambda: copy(nursing())],
    "a_program_has_its_id_and_its_name": [lambda: write(nursing(), code=""), lambda: write(nursing(), name="")],
    "a_cip_code_has_its_form": [
        lambda: write(nursing(), cip_code="513902"),
        lambda: write(nursing(), cip_code="51.390"),
    ],
    "what_a_program_costs_is_not_negative": [lambda: write(nursing(), cost=Decimal("-0.01"))],
    "weeks_of_a_program_can_be": [lambda: write(nursing(), weeks=0), lambda: write(nursing(), weeks=261)],
    "hours_of_a_program_can_be": [lambda: write(nursing(), hours=0), lambda: write(nursing(), hours=10_001)],
    "a_credential_is_approved_once_for_a_program": [lambda: copy(certified())],
    "an_approved_credential_has_a_name": [lambda: write(certified(), name="")],
    "an_approved_credential_has_a_known_type": [
        lambda: write(certified(), credential_type="medal"),
        lambda: write(certified(), credential_type=""),
    ],
    "a_credential_has_a_known_type": [lambda: write(credential(), credential_type="medal")],
    "an_approved_credential_was_earned_in_a_service": [
        lambda: write(credential(), service=None),
        lambda: write(credential(), credential_type=""),
    ],
    "a_source_that_is_asked_by_http_has_an_address": [
        lambda: write(source(), asking="http"),
        lambda: write(source(), address="https://iws.example/"),
    ],
    "a_source_is_asked_in_a_known_way": [lambda: write(source(), asking="fax")],
    "a_revoked_token_says_when_and_by_whom": [
        lambda: write(token(), revoked_at=states.now()),
        lambda: write(token(), revoked_by=planner()),
    ],
    "a_source_says_one_thing_once": [lambda: copy(waiting())],
    "a_service_has_one_record_of_a_source": [second_of_its_source],
    "a_record_has_its_external_id": [lambda: copy(waiting(), external_id="")],
    "a_record_says_which_service_it_is_of": [lambda: write(waiting(), service=None, service_code="")],
    "a_record_in_the_plan_is_of_the_catalog": [lambda: write(in_the_plan(), service=None)],
    "a_code_of_a_source_means_one_service": [lambda: copy(code_of_a_source())],
    "a_code_of_a_source_is_said": [lambda: copy(code_of_a_source(), code="")],
    "a_record_in_the_plan_names_its_service": [
        lambda: write(in_the_plan(), planned=None),
        lambda: write(waiting(), planned=planned()),
    ],
    "a_decision_on_a_record_says_when_and_by_whom": [
        lambda: write(waiting(), **DECIDED),
        lambda: write(waiting(), **DECIDED, decided_at=states.now()),
        lambda: write(waiting(), **DECIDED, decided_by=planner()),
        lambda: write(waiting(), decided_at=states.now(), decided_by=planner()),
    ],
    "an_ignored_record_says_why": [
        lambda: write(waiting(), state="ignored", decided_at=states.now(), decided_by=planner()),
        lambda: write(waiting(), reason="No"),
    ],
    "a_record_has_a_known_decision": [
        lambda: write(waiting(), state="lost", decided_at=states.now(), decided_by=planner())
    ],
    "a_record_has_a_known_status": [lambda: write(waiting(), status="lost")],
    "a_run_ends_after_it_begins": [lambda: write(run(), ended_at=states.now() - DAY)],
    "a_run_came_in_a_known_way": [lambda: write(run(), way="fax")],
    "attendance_is_of_a_day_or_a_week": [lambda: attended("year"), lambda: attended("")],
    "a_week_of_attendance_begins_on_monday": [lambda: attended(day=LAST_WEEK + DAY, week=LAST_WEEK + DAY)],
    "attendance_stands_in_its_week": [
        lambda: attended(day=LAST_WEEK, week=LAST_WEEK + 7 * DAY),
        lambda: attended(day=LAST_WEEK, week=LAST_WEEK - 7 * DAY),
        lambda: attended("week", day=LAST_WEEK + DAY, week=LAST_WEEK),
    ],
    "hours_attended_can_be": [
        lambda: attended(hours=Decimal("-0.25")),
        lambda: attended(hours=Decimal("24.25")),
        lambda: attended("week", hours=Decimal("-0.25")),
        lambda: attended("week", hours=Decimal("168.25")),
    ],
    "hours_attended_are_in_quarters": [
        lambda: attended(hours=Decimal("7.3")),
        lambda: attended("week", hours=Decimal("0.01")),
    ],
    "an_absence_stands_with_its_hours": [lambda: attended(hours=None, absence="Sick")],
    "a_day_or_week_is_attended_once_in_a_service": [
        lambda: [attended(), attended()],
        lambda: [attended("week"), attended("week", hours=None)],
    ],
    "a_rapids_id_has_its_form": [
        lambda: write(apprenticeship(), rapids_id="IL12345"),
        lambda: write(apprenticeship(), rapids_id="IL008950001\n"),
    ],
    "hours_of_instruction_can_be": [
        lambda: write(apprenticeship(), instruction_hours=-1),
        lambda: write(apprenticeship(), instruction_hours=20001),
    ],
    "hours_on_the_job_can_be": [
        lambda: write(apprenticeship(), job_hours=-1),
        lambda: write(apprenticeship(), job_hours=20001),
    ],
    "a_wage_step_comes_after_hours_or_months_that_can_be": [
        lambda: wage_step(after=20001),
        lambda: wage_step(counted_in="months", after=121),
        lambda: wage_step(counted_in="days"),
    ],
    "the_wage_of_a_step_can_be": [lambda: wage_step(wage=0), lambda: wage_step(wage=-1)],
    "a_percent_stands_with_the_wage_of_its_step": [
        lambda: wage_step(percent=0),
        lambda: wage_step(percent=101),
        lambda: wage_step(wage=None, percent=60),
    ],
    "a_wage_step_stands_once_in_its_schedule": [lambda: [wage_step(), wage_step(wage=None)]],
    "an_offer_ends_after_it_begins": [
        lambda: write(Service.objects.get(code="TR-OST"), offered_from=TODAY, offered_until=YESTERDAY)
    ],
    "an_answer_is_to_a_barrier_or_a_goal": [
        lambda: copy(ServiceAnswer(service=Service.objects.get(code="TR-OST"))),
        lambda: write(answer("barrier", "service"), goal_category=answer("goal_category", "service").goal_category),
    ],
    "an_answer_is_a_service_or_a_category": [
        lambda: copy(ServiceAnswer(barrier=answer("barrier", "service").barrier)),
        lambda: write(answer("barrier", "service"), category=answer("barrier", "category").category),
    ],
    "a_barrier_has_a_service_once": [lambda: again("barrier", "service")],
    "a_barrier_has_a_category_once": [lambda: again("barrier", "category")],
    "a_kind_of_goal_has_a_service_once": [lambda: again("goal_category", "service")],
    "a_kind_of_goal_has_a_category_once": [lambda: again("goal_category", "category")],
    "a_service_has_one_code_in_a_system": [lambda: copy(crosswalk_row())],
    "a_system_is_called_by_its_short_name": [
        lambda: write(crosswalk_row(), system="iwds"),
        lambda: write(crosswalk_row(), system=""),
        lambda: write(crosswalk_row(), system="IWDS\n"),
    ],
    "a_service_has_a_known_class": [lambda: write(Service.objects.get(code="TR-OST"), service_class="holiday")],
    "services_plannedservice_removed_says_when_by_whom_why": [
        lambda: write(planned(), removed_at=states.now(), **REMOVED),
        lambda: write(planned(), removed_at=states.now(), removed_by=planner(), **REMOVED),
        lambda: write(planned(), removed_at=states.now(), removed_reason="Unavailable", **REMOVED),
        lambda: write(planned(), removed_by=planner()),
        lambda: write(planned(), removed_reason="Unavailable"),
    ],
    "a_complete_or_terminated_service_has_its_end": [
        lambda: write(started(), status="complete"),
        lambda: write(started(), status="terminated"),
        lambda: write(started(), ended_on=started().actual_start_on),
        lambda: write(started(), ended_on=started().actual_start_on, status="on_hold"),
    ],
    "a_begun_service_has_its_start": [
        lambda: write(planned(), status="started"),
        lambda: write(planned(), status="on_hold"),
        lambda: write(planned(), status="complete", ended_on=TODAY),
        lambda: write(planned(), status="terminated", ended_on=TODAY),
        lambda: write(started(), actual_start_on=None),
    ],
    "a_service_ends_after_it_starts": [
        lambda: write(started(), status="complete", actual_start_on=TODAY, ended_on=YESTERDAY),
    ],
    "a_planned_end_is_not_before_the_planned_start": [
        lambda: write(planned(), planned_start_on=TODAY, planned_end_on=YESTERDAY),
    ],
    "weekly_hours_are_of_a_week": [
        lambda: write(planned(), weekly_hours=Decimal("-0.01")),
        lambda: write(planned(), weekly_hours=Decimal("168.01")),
    ],
    "a_dollar_value_is_not_negative": [lambda: write(planned(), dollar_value=Decimal("-0.01"))],
    "a_service_never_provided_says_why": [
        lambda: write(planned(), status="never_provided"),
        lambda: write(planned(), never_provided_reason="no_show"),
    ],
    "a_removed_service_has_its_kind_of_removal": [
        lambda: write(planned(), removed_at=states.now(), removed_by=planner(), removed_reason="Unavailable"),
        lambda: write(planned(), removal="unavailable"),
    ],
    "an_authorised_service_names_its_version": [
        lambda: write(planned(), authorised_in=None),
        lambda: write(planned(), authorised_on=None),
    ],
    "a_service_starts_once_a_version_that_lists_it_is_active": [
        lambda: write(planned(), actual_start_on=planned().authorised_on - DAY),
        lambda: write(started(), actual_start_on=started().authorised_on - DAY),
        lambda: write(started(), authorised_in=None, authorised_on=None),
        lambda: write(assessed(), gate_exemption=""),
    ],
    "a_service_that_goes_on_says_why": [
        lambda: write(planned(), continues=started()),
        lambda: write(planned(), continuation="funding"),
    ],
    "a_service_goes_on_once": [
        lambda: [copy(row, continues=row, continuation="funding") for row in [started()] * 2],
    ],
    "a_service_has_a_known_status": [lambda: write(planned(), status="lost"), lambda: write(planned(), status="")],
    **costs.CASES,
}  # fmt: skip


GUARDS = {
    "services_feedrecord": [
        lambda: write(waiting(), external_id="A-9"),
        lambda: write(waiting(), customer=jennifer()),
        lambda: waiting().delete(),
    ],
    "services_feedtoken": [lambda: write(token(), digest="x"), lambda: token().delete()],
    "services_feedsource": [lambda: source().delete()],
    "services_feedcode": [lambda: write(code_of_a_source(), code="X"), lambda: code_of_a_source().delete()],
    "a_record_of_a_feed_is_in_the_plan_of_its_customer": [
        lambda: write(
            feeding.waiting(jennifer(), service=planned().service.code),
            planned=planned(),
            state="linked",
            decided_at=states.now(),
            decided_by=planner(),
        )
    ],
}


@pytest.mark.parametrize(
    ("name", "number"), [(name, number) for name, writings in GUARDS.items() for number in range(len(writings))]
)
def test_the_guards_of_the_feed_refuse(name, number):
    refuses(name, GUARDS[name][number])


def test_every_constraint_has_a_case():
    assert CASES.keys() == constraints_of("services")


@pytest.mark.parametrize(
    ("name", "number"), [(name, number) for name, writings in CASES.items() for number in range(len(writings))]
)
def test_the_database_refuses(name, number):
    refuses(name, CASES[name][number])
