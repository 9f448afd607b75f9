"""What every page of a customer's record shares: the look-up through `visible_to`, the profile, the tabs."""

from typing import Any, cast

from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from django.utils.functional import cached_property

from careerplan.accounts.models import User
from careerplan.base.prepared import PreparedRows
from customers.actions import not_an_editor, refuse_merged
from customers.enums import EnrollmentStatus
from customers.merging import may_merge
from customers.models import Customer, Enrollment
from customers.models.people import sees


def enrollments_of(customer: int) -> QuerySet[Enrollment]:
    rows: QuerySet[Enrollment] = (
        Enrollment.objects.filter(customer=customer).with_programs().order_by("exited_on", "begun_on", "id")
    )
    return rows


def customers_of(person: int) -> QuerySet[Customer]:
    return Customer.objects.filter(user=person).select_related("planner", "office__grantee")


def customers_named(pk: int) -> QuerySet[Customer]:
    return Customer.objects.filter(pk=pk).select_related("office__region", "merged_into", "merged_by")


ENROLLMENTS, OWN, NAMED = PreparedRows(enrollments_of), PreparedRows(customers_of), PreparedRows(customers_named)


class Profile:
    """The profile card of a customer, read in one query."""

    def __init__(self, customer: Customer):
        self.customer = customer

    @cached_property
    def enrollments(self) -> list[Enrollment]:
        return ENROLLMENTS.read(self.customer.pk)

    @cached_property
    def open_enrollments(self) -> list[Enrollment]:
        return [enrollment for enrollment in self.enrollments if enrollment.status != EnrollmentStatus.EXITED]

    @property
    def enrollment_status(self) -> str:
        """The status of the first open enrollment, else of the last."""
        found = self.open_enrollments or self.enrollments[-1:]
        return found[0].get_status_display() if found else ""


def person_of(request: HttpRequest) -> User:
    """Who asks: every page but the sign-in is for people who are signed in."""
    return cast(User, request.user)


def own_record(request: HttpRequest) -> Customer | None:
    """The record of the customer who is signed in, with office and planner, read once a request; None for others."""
    person: Any = getattr(request, "user", None)
    if person is None or not person.is_authenticated or not person.is_customer:
        return None
    if not hasattr(request, "own_record"):
        record = next(iter(OWN.read(person.pk)), None)
        if record is not None:
            recognise(person, record, "user")
        setattr(request, "own_record", record)  # noqa: B010  # the request's own class knows no such name
    found: Customer | None = getattr(request, "own_record")  # noqa: B009
    return found


def own_customer(request: HttpRequest) -> Customer:
    """The same; 404 where there is none, as for staff."""
    customer = own_record(request)
    if customer is None:
        raise Http404
    return customer


def require_staff(request: HttpRequest) -> None:
    """Pages about many customers are for staff; for a customer they are not there."""
    if person_of(request).is_customer:
        raise Http404


def staff_customer(request: HttpRequest, pk: int) -> Customer:
    """The customer, or 404 where the person may not see one. Raises NotAllowed as `welcome`."""
    customer = next(iter(NAMED.read(pk)), None)
    if customer is None:
        raise Http404
    welcome(request, customer)
    return customer


def welcome(request: HttpRequest, customer: Customer) -> None:
    """To the pages of a customer, who was just read; a customer's own record opens under /my/.

    Raises:
        Http404: the person doesn't see the customer.
        NotAllowed: a POST by somebody who reads the record and may not write it, or about one that was merged.
    """
    person = person_of(request)
    if person.is_customer or not sees(person, customer):
        raise Http404
    recognise(person, customer, "planner")
    if request.method == "POST":
        refuse_merged(customer)
        if not person.edits_plans:
            raise not_an_editor()


def recognise(person: User, row: Any, *names: str) -> None:
    """Who asks is at hand, and is not read again where a row names the same person."""
    for name in names:
        if getattr(row, f"{name}_id") == person.pk:
            setattr(row, name, person)


def context_for(
    request: HttpRequest, customer: Customer, tab: str, *, profile: Profile | None = None
) -> dict[str, Any]:
    """The context that the page frame reads; `profile` where it is at hand."""
    return {
        "customer": customer,
        "profile": profile or Profile(customer),
        "tab": tab,
        "nav_section": "customers",
        "may_edit": person_of(request).edits_plans and not customer.merged_into_id,
        "may_merge": may_merge(person_of(request)) and not customer.merged_into_id,
        "may_separate": may_merge(person_of(request)) and customer.merged_into_id,
    }
