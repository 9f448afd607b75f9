"""Who keeps employers, worksites and jobs: the planners of their region, and who sees every region."""

from django.utils.translation import gettext as _

from careerplan.accounts.models import Region, User
from careerplan.base.refusals import NotAllowed
from worksites.places.models import regions_of


def may_keep_places(person: User) -> bool:
    """In one region or another. Administrators keep the product, not what planners bring."""
    return bool(person.is_active and person.edits_plans)


def require_keeper_of_places(region: Region, by: User) -> None:
    """Raises NotAllowed."""
    if not regions_of(by).filter(pk=region.pk).exists():
        sentence = _("Only career planners of the region and statewide staff keep its employers, worksites and jobs.")
        raise NotAllowed("may-not-keep-places", sentence)
