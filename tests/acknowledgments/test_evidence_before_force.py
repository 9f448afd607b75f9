"""No version is in force without its evidence, and no evidence is of anything but the valid seal of its version."""

from datetime import timedelta

import pytest
from django.utils import timezone

from acknowledgments.models import Acknowledgment, Seal
from careerplan.plans.models import PlanVersion
from tests import states
from tests.people import angela, david, lucia, tyrell
from tests.rows import copy, refuses, write

pytestmark = pytest.mark.django_db

IN_FORCE = "a_version_in_force_has_its_evidence"
VOIDED = "a_seal_with_evidence_is_not_voided"
VALID = "evidence_is_of_the_valid_seal_of_its_version"


def approval():
    day = timezone.localdate()
    return {"approved_on": day, "approved_at": states.now(), "next_review_on": day + timedelta(days=90)}


def evidence():
    return Acknowledgment.objects.get(version__plan__customer=angela())


def awaiting():
    """Of Angela's plan, sent on paper, so that her evidence fits but for what a test changes."""
    seal = states.sent(states.reviewed(angela()), electronic=False)
    return {"version": seal.version, "seal": seal, "digest": seal.digest, "request": None, "method": "paper"}


def agree(**values):
    copy(evidence(), agreed_on=timezone.localdate(), **awaiting() | values)


def test_a_version_is_not_put_in_force_by_hand():
    refuses(IN_FORCE, lambda: write(states.newest(tyrell()), state="active", **approval()))
    refuses(IN_FORCE, lambda: write(states.newest(lucia()), state="active", **approval()))
    refuses(
        IN_FORCE, lambda: write(states.newest(tyrell()), state="superseded", superseded_at=states.now(), **approval())
    )


def test_a_version_is_not_made_in_force():
    refuses(IN_FORCE, lambda: copy(states.newest(david()), number=9, state="active", **approval()))


def test_a_seal_with_evidence_stays_valid():
    refuses(VOIDED, lambda: write(evidence().seal, voided_at=states.now()))


def test_evidence_of_the_seal_of_its_version_is_taken_and_puts_it_in_force():
    agree()
    version = states.newest(angela())
    write(PlanVersion.objects.active().get(plan=version.plan), state="superseded", superseded_at=states.now())
    write(version, state="active", **approval())


def test_evidence_of_a_voided_seal_is_refused():
    def voided():
        write(Seal.objects.valid().get(version=states.newest(tyrell())), voided_at=states.now())
        seal = Seal.objects.get(version=states.newest(tyrell()))
        copy(evidence(), version=seal.version, seal=seal, digest=seal.digest, request=seal.request)

    refuses(VALID, voided)


def test_evidence_of_another_versions_seal_is_refused():
    refuses(VALID, lambda: agree(version=states.newest(lucia())))


def test_evidence_of_other_contents_is_refused():
    refuses(VALID, lambda: agree(digest="0" * 64))
