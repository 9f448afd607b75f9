"""What the database refuses of planned services and the catalog, whatever code writes it."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from services.actions import save_service
from services.classes.apprenticeship.models import Apprenticeship
from services.models import PlannedService, Service
from tests import states
from tests.people import angela, planner
from tests.rows import constraints_of, copy, refuses, write
from tests.services.crosswalk import crosswalk_row

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate()
DAY = timedelta(days=1)
YESTERDAY = TODAY - DAY
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
    return Apprenticeship.objects.get()


CASES = {
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
}  # fmt: skip


def test_every_constraint_has_a_case():
    assert CASES.keys() == constraints_of("services")


@pytest.mark.parametrize(
    ("name", "number"), [(name, number) for name, writings in CASES.items() for number in range(len(writings))]
)
def test_the_database_refuses(name, number):
    refuses(name, CASES[name][number])
