"""How often a code may be typed: wrong ones of one address, as wrong passwords are counted (`accounts/tries.py`).

There are twenty-four million codes, of which few work at a time; and a code alone shows nobody's plan.
"""

from datetime import datetime, timedelta

from django.http import HttpRequest
from django.utils.translation import gettext as _

from careerplan.accounts.tries import TOO_MANY, Budget, Counted, counted, network_of
from careerplan.base.refusals import Refusal

# Many people share the address of an office.
WRONG_CODES = (Budget(20, timedelta(minutes=15)), Budget(100, timedelta(days=1)))


def count_code(request: HttpRequest, *, at: datetime) -> Counted:
    """Before the code is looked at; taken back where it was right. Raises Refusal."""
    tried = counted({("desk-code", "address", network_of(request)): WRONG_CODES}, at=at)
    if tried.is_over:
        raise Refusal(TOO_MANY, _("Too many wrong codes were typed here. Try again in a quarter of an hour."))
    return tried
