"""What every template may use."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from careerplan.accounts.contact import OfficeToCall, by_telephone
from careerplan.accounts.enums import Role
from careerplan.base import drafts
from careerplan.base.health.heartbeat import said_of_background
from careerplan.base.lost import page_in_sight
from customers.pages import own_record


def large_print(request: HttpRequest) -> bool:
    """Whether the pages are a customer's who reads large letters. One query for customers, none for others."""
    record = own_record(request)
    return record is not None and record.large_print


def product(request: HttpRequest) -> dict[str, Any]:
    return {
        "agency_name": settings.AGENCY_NAME,
        "large_print": SimpleLazyObject(lambda: large_print(request)),
        "trial_mode": settings.TRIAL or settings.DEBUG,
        "typed_by": SimpleLazyObject(lambda: drafts.mark(request.user)),
        "session_seconds": seconds_of(request),
        "page_in_sight": SimpleLazyObject(lambda: page_in_sight(request)),
        "office_to_call": SimpleLazyObject(lambda: office_for(request)),
        "background_stopped": SimpleLazyObject(lambda: background_stopped(request)),
    }


def seconds_of(request: HttpRequest) -> int:
    """After how long the session ends of who does nothing; sooner where a browser holds one plan."""
    held: Any = getattr(request, "held", None)
    age: int = settings.SESSION_COOKIE_AGE
    return min(age, held.seconds) if held is not None and held.is_locked else age


def office_for(request: HttpRequest) -> OfficeToCall | None:
    """The customer's own office. A request that failed early has no user yet."""
    record = own_record(request)
    return by_telephone(record.office) if record is not None else None


def background_stopped(request: HttpRequest) -> str:
    """What administrators are told on every page where nothing is done behind the pages; "" for everybody else."""
    person = getattr(request, "user", None)
    is_told = person is not None and person.is_authenticated and person.role == Role.ADMINISTRATOR
    return said_of_background() if is_told else ""
