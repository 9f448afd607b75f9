"""What every template may use."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest


def product(request: HttpRequest) -> dict[str, Any]:
    return {
        "agency_name": settings.AGENCY_NAME,
        "trial_mode": settings.TRIAL or settings.DEBUG,
        "session_seconds": settings.SESSION_COOKIE_AGE,
    }
