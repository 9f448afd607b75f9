"""Who keeps the list of providers: it is the state's."""

from careerplan.accounts.enums import EVERY_REGION_ROLES
from careerplan.accounts.models import User


def may_keep_list(person: User) -> bool:
    """Statewide staff and administrators."""
    return bool(person.is_active and person.role in EVERY_REGION_ROLES)
