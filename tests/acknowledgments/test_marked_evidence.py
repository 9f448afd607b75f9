"""Evidence that is made within a week of an administrator's change of the sign-in carries a mark."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from acknowledgments.agreement.signing import acknowledge
from acknowledgments.models import Acknowledgment
from acknowledgments.paper.rows import evidence_facts
from tests import people, states
from tests.markup import Page
from tests.rows import refuses, write

pytestmark = pytest.mark.django_db

WEEK = timedelta(days=7)
MARK = "Sign-in changed by an administrator"


def evidence(changed_before):
    """Signed this long after an administrator changed the sign-in; None: it never was."""
    request, at = states.told(states.sent(states.written(states.enrolled()))), states.now()
    customer = request.seal.version.plan.customer
    if changed_before is not None:
        write(customer.user, sign_in_changed_at=at - changed_before)
    signs = {"typed_name": str(customer), "ip_address": None, "user_agent": "", "by": customer.user}
    return acknowledge(request, **signs, at=at), at


@pytest.mark.parametrize(
    ("changed_before", "is_marked"),
    [(None, False), (timedelta(minutes=5), True), (WEEK, True), (WEEK + timedelta(seconds=1), False)],
)
def test_a_change_within_a_week_before_marks_the_evidence(client, changed_before, is_marked):
    made, at = evidence(changed_before)
    made = Acknowledgment.objects.get(pk=made.pk)
    assert made.sign_in_changed_at == (at - changed_before if is_marked else None)
    assert (MARK in [fact["label"] for fact in evidence_facts(made)]) is is_marked
    customer = made.version.plan.customer
    client.force_login(people.planner())
    page = Page(client.get(reverse("plan:version", args=[customer.pk, made.version_id])))
    assert (MARK in page.words) is is_marked
    assert made.digest == made.seal.digest


def test_the_mark_stays():
    made, _at = evidence(timedelta(minutes=5))
    refuses("kept as they are", lambda: write(made, sign_in_changed_at=None))


def test_what_a_planner_records_on_paper_has_no_mark():
    customer = states.enrolled()
    write(customer.user, sign_in_changed_at=timezone.now())
    version = states.signed(states.written(customer))
    assert Acknowledgment.objects.get(version=version).sign_in_changed_at is None
