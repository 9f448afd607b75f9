"""Who manages the people who work here.

Administrators of the installation manage everybody. A local administrator manages the planners of some regions: invites
them, gives them offices there and switches them off; never people who reach beyond these regions, who may more than a
planner, or who are local administrators themselves, and never oneself.
"""

from collections.abc import Collection
from dataclasses import dataclass, field

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from careerplan.accounts.enums import Role
from careerplan.accounts.models import LocalAdministration, Office, Region, StaffScope, User
from careerplan.base.refusals import NotAllowed, Refusal

OWN_RIGHTS = gettext_lazy("You can't change your own role or access. Ask an administrator.")
SCOPE_MISSING = gettext_lazy("Choose an office or a whole region: without one a planner sees no customer.")


@dataclass(frozen=True)
class Access:
    """What a person who works here may see and manage: keys of whole regions, of offices, and of regions whose staff
    the person manages."""

    role: str
    regions: frozenset[int] = field(default_factory=frozenset)
    offices: frozenset[int] = field(default_factory=frozenset)
    administers: frozenset[int] = field(default_factory=frozenset)


def access_of(person: User) -> Access:
    scopes = list(person.scopes.all())
    return Access(
        role=person.role,
        regions=frozenset(scope.region_id for scope in scopes if scope.region_id),
        offices=frozenset(scope.office_id for scope in scopes if scope.office_id),
        administers=frozenset(row.region_id for row in person.administrations.all()),
    )


def is_administrator(by: User) -> bool:
    return by.is_active and by.role == Role.ADMINISTRATOR


def manages_people(by: User) -> bool:
    return is_administrator(by) or (by.is_active and not by.is_customer and by.is_local_administrator)


def regions_managed(by: User) -> QuerySet[Region]:
    """Of whose staff the person manages."""
    if is_administrator(by):
        return Region.objects.all()
    if not manages_people(by):
        return Region.objects.none()
    return Region.objects.filter(administrations__user=by)


def offices_managed(by: User) -> QuerySet[Office]:
    return Office.objects.filter(region__in=regions_managed(by))


def staff_visible_to(by: User) -> QuerySet[User]:
    """Whom the list of staff shows: everybody at work, or those of one's regions, whatever else they may."""
    people: QuerySet[User] = User.objects.at_work()
    if is_administrator(by):
        return people
    if not manages_people(by):
        return people.none()
    regions = regions_managed(by).values("pk")
    scopes = StaffScope.objects.filter(Q(region__in=regions) | Q(office__region__in=regions), user=OuterRef("pk"))
    managers = LocalAdministration.objects.filter(region__in=regions, user=OuterRef("pk"))
    return people.filter(Exists(scopes) | Exists(managers))


def may_manage(by: User, person: User, *, regions: Collection[int] | None = None) -> bool:
    """`regions`: the keys of `regions_managed(by)`, for who asks of many people."""
    if is_administrator(by):
        return not person.is_customer
    if not manages_people(by) or person.pk == by.pk or person.role != Role.PLANNER or person.is_local_administrator:
        return False
    own = set(regions_managed(by).values_list("pk", flat=True) if regions is None else regions)
    where = {region_of(scope) for scope in person.scopes.all()}
    return bool(where) and where <= own


def region_of(scope: StaffScope) -> int | None:
    return scope.office.region_id if scope.office else scope.region_id


def may_switch_off(by: User, person: User) -> bool:
    """Administrators switch customers' sign-ins off as well."""
    return is_administrator(by) or may_manage(by, person)


def may_change_email(by: User, person: User) -> bool:
    """Another address is another's way in: where somebody signs in already, it takes an administrator."""
    return is_administrator(by) or (may_manage(by, person) and not was_here(person))


def was_here(person: User) -> bool:
    return person.last_login is not None or bool(person.has_usable_password())


def require_manager(by: User) -> None:
    if not manages_people(by):
        raise NotAllowed("manages-nobody", _("Only administrators and local administrators manage the staff."))


def require_administrator(by: User) -> None:
    if not is_administrator(by):
        raise NotAllowed("not-an-administrator", _("Only an administrator can do this."))


def require_may_manage(by: User, person: User) -> None:
    require_manager(by)
    if may_manage(by, person):
        return
    if person.pk == by.pk:
        raise NotAllowed("own-rights", str(OWN_RIGHTS))
    raise NotAllowed(
        "not-of-ones-regions",
        _(
            "You manage the career planners of your own regions. This person works elsewhere as well, or has other"
            " rights. Ask an administrator."
        ),
    )


def require_may_give(by: User, access: Access, *, person: User | None = None) -> None:
    """`person`: who has some of it already; None for who is invited.

    Raises:
        NotAllowed: more than the person who gives it may give.
        Refusal: a planner who would see nobody, or what belongs to planners alone.
    """
    if person is not None and person.pk == by.pk and access != access_of(person):
        raise NotAllowed("own-rights", str(OWN_RIGHTS))
    refuse_unfit_access(access)
    if is_administrator(by):
        return
    require_manager(by)
    if access.role != Role.PLANNER or access.administers:
        raise NotAllowed("rights-of-administrators", _("Only an administrator gives other rights than a planner's."))
    own = set(regions_managed(by).values_list("pk", flat=True))
    asked = access.regions | set(Office.objects.filter(pk__in=access.offices).values_list("region_id", flat=True))
    if not asked <= own:
        raise NotAllowed("not-of-ones-regions", _("You can give offices and regions that you manage, and no others."))


def refuse_unfit_access(access: Access) -> None:
    """Raises Refusal where a planner would see nobody, or a customer would be staff."""
    if access.role == Role.CUSTOMER:
        raise Refusal("customers-are-no-staff", _("Customers are added with their record."), field="role")
    if access.role == Role.PLANNER and not (access.regions or access.offices):
        raise Refusal("scope-missing", str(SCOPE_MISSING), field="offices")
