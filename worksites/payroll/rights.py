"""Who brings payroll, and withdraws it."""

from django.utils.translation import gettext_lazy as _

from careerplan.accounts.models import User

WHO_MAY = _("Only career planners and statewide staff bring payroll.")


def may_bring_payroll(person: User) -> bool:
    return bool(person.is_active and person.edits_plans)
