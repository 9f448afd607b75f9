"""Every model of worksites, for Django and for whoever is above."""

from worksites.evaluations.models import SupervisorAnswer, SupervisorLetter, SupervisorLink
from worksites.follow_ups.models import FollowUp
from worksites.payroll.models import PayrollEntry, PayrollUpload
from worksites.placements.models import FormerHold, Placement, PlacementWage, StatusEntry
from worksites.places.models import Employer, Job, Worksite, WorksiteAgreement
from worksites.wages.models import MinimumWage, ProgramMinimum

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
    "ProgramMinimum",
    "StatusEntry",
    "SupervisorAnswer",
    "SupervisorLetter",
    "SupervisorLink",
    "Worksite",
    "WorksiteAgreement",
]
