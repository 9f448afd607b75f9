"""How often codes may be typed from one address, as at the desk; of one link it may be wrong five times."""

from datetime import datetime, timedelta

from django.http import HttpRequest
from django.utils.translation import gettext as _

from careerplan.accounts.tries import TOO_MANY, Budget, Counted, counted, network_of
from careerplan.base.refusals import Refusal

# Many people share the address of a workplace.
WRONG_CODES = (Budget(20, timedelta(minutes=15)), Budget(100, timedelta(days=1)))


def count_code(request: HttpRequest, *, at: datetime) -> Counted:
    """Before the code is looked at; taken back where it was right. Raises Refusal."""
    tried = counted({("supervisor-code", "address", network_of(request)): WRONG_CODES}, at=at)
    if tried.is_over:
        raise Refusal(TOO_MANY, _("Too many wrong codes were typed here. Try again in a quarter of an hour."))
    return tried
