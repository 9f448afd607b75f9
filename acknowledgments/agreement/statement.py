"""The words that a customer agrees to, numbered: a change of words is a new number, and old evidence keeps its own."""

from django.utils.translation import gettext as _

STATEMENT_VERSION = "2026-1"


def statement() -> str:
    """The statement in the language in force."""
    return _(
        "I helped make this plan. I have read it, or someone read it to me, and I agree with it. I understand that "
        "new services begin only after my planner and I have both agreed to them. I agree to sign electronically: "
        "typing my name counts as my signature. I may ask for a paper form instead, and I can get a copy of this plan "
        "at any time."
    )
