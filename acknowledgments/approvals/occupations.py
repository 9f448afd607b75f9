"""The career goal that a question names: an occupation by its code, or career exploration."""

from django.utils.translation import gettext as _

from goals.models import Occupation


def occupation_of(code: str) -> Occupation | None:
    return Occupation.objects.filter(code=code).first() if code else None


def goal_in_words(explores: bool, code: str) -> str:
    """ "" where neither is named."""
    return _("Career exploration") if explores else str(occupation_of(code) or "")
