"""What customers answered about themselves, and their planner has not looked at yet (ILL-053)."""

from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce, Least, TruncDate
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from customers.deadlines import Deadline, Topic
from customers.models import ConfidentialAnswer, Customer, SectionAnswer


def answered_by_customers(_on: date) -> Any:
    """Customers of whose answers some wait, with `first_open` and `first_closed`: since when.

    What is confidential counts where the customer's planner may read it: others could never take it from the list.
    """
    waits = {"record__customer": OuterRef("pk"), "reviewed_at": None}
    said, told = SectionAnswer.objects.filter(**waits), ConfidentialAnswer.objects.filter(**waits)
    told = told.filter(record__customer__planner__reads_confidential=True)
    rows = Customer.objects.filter(Q(Exists(said)) | Q(Exists(told)))
    return rows.annotate(first_open=first_of(said), first_closed=first_of(told))


def first_of(rows: Any) -> Subquery:
    return Subquery(rows.order_by("said_at").values("said_at")[:1])


ANSWERS = Deadline(
    code="answers-to-review",
    topic=Topic.PLANS,
    citation="workNet, Review Assessment",
    what=_("Look at what the customer answered"),
    act=_("See the answers"),
    open_rows=answered_by_customers,
    customer="pk",
    # Of nothing Least says nothing on SQLite.
    since=TruncDate(Coalesce(Least("first_open", "first_closed"), "first_open", "first_closed")),
    # Not each time that something is answered: once, where it has stood for a week.
    reminds=(-7,),
    page=lambda customer, _key: reverse("plan:assessment", args=[customer]),
)
