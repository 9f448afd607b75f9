"""What every page of a customer's record shares: the look-up through `visible_to`, the profile, the tabs."""

from typing import Any, cast

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.functional import cached_property

from careerplan.accounts.models import User
from customers.actions import not_an_editor
from customers.enums import EnrollmentStatus
from customers.models import Customer, Enrollment


class Profile:
    """The profile card of a customer, read in one query."""

    def __init__(self, customer: Customer):
        self.customer = customer

    @cached_property
    def enrollments(self) -> list[Enrollment]:
        return list(
            Enrollment.objects.filter(customer=self.customer)
            .select_related("program")
            .order_by("exited_on", "begun_on", "id")
        )

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
        rows = Customer.objects.filter(user=person).select_related("planner", "office__grantee")
        record = rows.first()
        if record is not None:
            recognise(person, record, "user")
        setattr(request, "own_record", record)  # noqa: B010  # the request's own class knows no such name
    found: Customer | None = getattr(request, "own_record")  # noqa: B009
    return found


def require_staff(request: HttpRequest) -> None:
    """Pages about many customers are for staff; for a customer they are not there."""
    if person_of(request).is_customer:
        raise Http404


def staff_customer(request: HttpRequest, pk: int) -> Customer:
    """The customer, or 404 where the person may not see one. Raises NotAllowed as `welcome`."""
    found = seen_by_staff(request, Customer.objects)
    customer: Customer = get_object_or_404(found.select_related("office__region"), pk=pk)
    welcome(request, customer)
    return customer


def seen_by_staff(request: HttpRequest, rows: Any) -> Any:
    """Of rows that know `visible_to`. A customer's own record opens under /my/."""
    person = person_of(request)
    return rows.none() if person.is_customer else rows.visible_to(person)


def welcome(request: HttpRequest, customer: Customer) -> None:
    """To the pages of a customer whom the person sees, as was just asked.

    Raises NotAllowed for a POST by somebody who reads the record and may not write it.
    """
    person = person_of(request)
    recognise(person, customer, "planner")
    if request.method == "POST" and not person.edits_plans:
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
        "may_edit": person_of(request).edits_plans,
    }
