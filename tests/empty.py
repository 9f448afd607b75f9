"""An installation that has not begun: reference data without programs, and nobody."""

from django.db import connection

from careerplan.plans.models import BarrierCategory
from customers.models import AssessmentType
from goals.models import CareerCluster, GoalCategory, Occupation, OccupationTitle
from services.costs.models import FundingSource
from services.models import Service, ServiceCategory
from worksites.models import MinimumWage

LISTS = (
    AssessmentType,
    BarrierCategory,
    CareerCluster,
    FundingSource,
    GoalCategory,
    MinimumWage,
    Occupation,
    OccupationTitle,
    Service,
    ServiceCategory,
)
OF_DJANGO = {"django_migrations", "django_content_type", "auth_permission"}


def empty_everything() -> None:
    """Past the guards; what a test does so is taken back when it has ended (tests/databases.py)."""
    kept = {row._meta.db_table for model in LISTS for row in (model, model.history.model)} | OF_DJANGO
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        for table in set(connection.introspection.table_names(cursor)) - kept:
            cursor.execute(f'DELETE FROM "{table}"')
        cursor.execute("SET session_replication_role = origin")
