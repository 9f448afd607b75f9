"""What every template may use."""

from django.conf import settings


def product(request):
    return {
        "agency_name": settings.AGENCY_NAME,
        "trial_mode": settings.TRIAL or settings.DEBUG,
        "session_seconds": settings.SESSION_COOKIE_AGE,
    }
