"""CareerPlan: employment plans that planners and customers write and acknowledge together."""

from careerplan.celery import app as celery_app

__all__ = ["celery_app"]
