"""An installation that has not begun: reference data without programs, and nobody."""

from typing import Any

from django.db import connection

from careerplan.plans.models import BarrierCategory
from customers.models import (
    AssessmentArea,
    AssessmentLevel,
    AssessmentSection,
    AssessmentType,
    FieldDefinition,
    SectionField,
)
from goals.fit.models import OwnItem
from goals.ideas.models import GoalIdea
from goals.models import CareerCluster, GoalCategory, Occupation, OccupationTitle
from services.classes.support.models import SupportType
from services.costs.models import FundingSource
from services.models import Service, ServiceAnswer, ServiceCategory
from worksites.models import MinimumWage

# To load them takes a second.
LISTS = (
    AssessmentArea,
    AssessmentLevel,
    AssessmentSection,
    AssessmentType,
    BarrierCategory,
    CareerCluster,
    FieldDefinition,
    FundingSource,
    GoalCategory,
    GoalIdea,
    MinimumWage,
    Occupation,
    OccupationTitle,
    OwnItem,
    SectionField,
    Service,
    ServiceAnswer,
    ServiceCategory,
    SupportType,
)
OF_DJANGO = {"django_migrations", "django_content_type", "auth_permission"}


def empty_everything() -> None:
    """Past the guards; what a test does so is taken back when it has ended (tests/databases.py)."""
    kept = {table for model in LISTS for table in tables_of(model)} | OF_DJANGO
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        for table in set(connection.introspection.table_names(cursor)) - kept:
            cursor.execute(f'DELETE FROM "{table}"')
        cursor.execute("SET session_replication_role = origin")


def tables_of(model: Any) -> list[str]:
    """Of its rows and, where it has one, of its history."""
    history = [model.history.model] if hasattr(model, "history") else []
    return [each._meta.db_table for each in (model, *history)]
