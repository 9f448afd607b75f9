"""What every template may use."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from careerplan.base import drafts


def product(request: HttpRequest) -> dict[str, Any]:
    return {
        "agency_name": settings.AGENCY_NAME,
        "trial_mode": settings.TRIAL or settings.DEBUG,
        "typed_by": SimpleLazyObject(lambda: drafts.mark(request.user)),
        "session_seconds": settings.SESSION_COOKIE_AGE,
    }
