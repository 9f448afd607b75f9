"""Every model of worksites, for Django and for whoever is above."""

from worksites.follow_ups.models import FollowUp
from worksites.payroll.models import PayrollEntry, PayrollUpload
from worksites.placements.models import FormerHold, Placement, PlacementWage, StatusEntry
from worksites.places.models import Employer, Job, Worksite
from worksites.wages.models import MinimumWage

__all__ = [
    "Employer",
    "FollowUp",
    "FormerHold",
    "Job",
    "MinimumWage",
    "PayrollEntry",
    "PayrollUpload",
    "Placement",
    "PlacementWage",
    "StatusEntry",
    "Worksite",
]
