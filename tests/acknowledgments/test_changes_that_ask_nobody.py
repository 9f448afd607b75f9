"""Changes for which 12.7.8 needs no acknowledgment, made in the draft of a plan in force: the planner records it."""

from datetime import timedelta

import pytest
from django.db import models
from django.utils import timezone

from acknowledgments.models import Acknowledgment, Seal
from acknowledgments.rules.policy import RULE_SET_VERSION
from careerplan.plans.barriers import save_barrier
from careerplan.plans.models import Barrier, BarrierCategory
from customers.models import CaseNote
from goals.steps import remove_step, save_step
from services.actions import save_service
from tests import states
from tests.plans_in_force import (
    CLOSED,
    OPEN,
    adds,
    agreement_page,
    asking,
    barrier,
    completed,
    decided_by,
    drop_barrier,
    drop_service,
    drops,
    drops_a_barrier,
    ended,
    iep,
    iss,
    service,
    step,
    who_and_when,
)

pytestmark = pytest.mark.django_db


def drops_a_step(draft):
    remove_step(step(draft), reason="Done otherwise", **who_and_when(draft))


def says_a_step_otherwise(draft):
    values = {
        "text": "Call the college again",
        "rewording": "clearer",
        "due_on": timezone.localdate() + timedelta(days=20),
    }
    save_step(draft.plan, step(draft), values, **who_and_when(draft))


def records_other_facts_of_a_service(draft):
    values = {
        "planned_end_on": timezone.localdate() + timedelta(days=90),
        "provider": "Lakeside Community College",
        "weekly_hours": 12,
        "notes": "Bring a pen.",
    }
    save_service(service(draft, "BC-JSST"), values, **who_and_when(draft))


def describes_a_barrier_anew(draft):
    values = {"description": "The car broke down.", "rewording": "clearer", "how_addressed": "A bus pass"}
    save_barrier(draft.plan, barrier(draft), values, **who_and_when(draft))


def nobody(statement, plan, change, name):
    return pytest.param(statement, plan, change, marks=pytest.mark.policy(statement), id=f"{plan.__name__}: {name}")


LISTED = [
    nobody("WIS-137", iep, adds("BC-LMI1"), "information, a career service without participation, is added"),
    nobody("WIS-137", iep, adds("WE-PERM"), "work experience without participation is added"),
    nobody("WIS-137", iep, adds("FU-ADW"), "follow-up is added"),
    nobody("WIS-137", iep, drops("BC-JREQ"), "a career service without participation is removed"),
    nobody("WIS-138", iep, drops("BC-INIT", "completed"), "a career service that was complete when it was agreed to"),
    nobody("WIS-139", iep, drops_a_barrier("no_longer_impacting"), "a barrier no longer affects the customer"),
    nobody("WIS-139", iep, drops_a_barrier("resolved"), "a barrier is resolved"),
    nobody("WIS-140", iep, drops_a_step, "a step is removed"),
    nobody("AMB-W4", iep, drops_a_barrier("resolved"), "a barrier is overcome"),
    nobody("AMB-W8", iep, records_other_facts_of_a_service, "dates, provider, hours and notes of a service"),
    nobody("AMB-W8", iep, describes_a_barrier_anew, "words of a barrier"),
    nobody("AMB-W8", iep, adds("PE-INTK"), "pre-enrollment is added"),
    nobody("AMB-W8", iep, drops("PE-ELIG"), "pre-enrollment is removed"),
    nobody("AMB-W8", iep, adds("PP-VR"), "a partner program's service is added"),
    nobody("AMB-W8", iep, drops("PP-SECE"), "a partner program's service is removed"),
    nobody("AMB-W9", iep, says_a_step_otherwise, "words and day of a step"),
    nobody("WIS-168", iss, adds("PE-INTK"), "pre-enrollment is added"),
    nobody("WIS-168", iss, drops("PE-OBJA"), "pre-enrollment is removed"),
    nobody("WIS-169", iss, drops("PP-YB", "completed"), "a partner's service that was complete when it was agreed to"),
    nobody("WIS-170", iss, drops_a_barrier("no_longer_impacting"), "a barrier no longer affects the customer"),
    nobody("WIS-170", iss, drops_a_barrier("resolved"), "a barrier is resolved"),
    nobody("WIS-171", iss, drops_a_step, "a step is removed"),
    nobody("AMB-W4", iss, drops_a_barrier("resolved"), "a barrier is overcome"),
    nobody("AMB-W9", iss, says_a_step_otherwise, "words and day of a step"),
    nobody("AMB-W28", iss, adds("RF-TRNG"), "a referral is added"),
    nobody("AMB-W28", iss, drops("RF-SUPP"), "a referral is removed"),
]


@pytest.mark.parametrize(("statement", "plan", "change"), LISTED)
def test_the_change_is_recorded_without_the_customer(client, statement, plan, change):
    draft = states.reviewed(plan())
    change(draft)
    page = agreement_page(client, draft)
    assert asking(draft) == []
    [row] = decided_by(draft)
    assert statement in row["statements"]
    assert row["citation"] in page.words
    assert OPEN in page.links()
    assert CLOSED not in page.words


@pytest.mark.parametrize(
    ("statement", "plan"),
    [
        pytest.param("WIS-141", iep, marks=pytest.mark.policy("WIS-141", "AMB-W12")),
        pytest.param("WIS-172", iss, marks=pytest.mark.policy("WIS-172", "AMB-W12")),
    ],
)
def test_a_plan_without_changes_is_reviewed_without_the_customer(client, statement, plan):
    draft = states.reviewed(plan())
    notes = CaseNote.objects.count()
    assert "The plan has no changes." in agreement_page(client, draft).words
    assert asking(draft) == []
    [row] = decided_by(draft)
    assert statement in row["statements"]
    note = CaseNote.objects.filter(customer=draft.plan.customer).latest("id")
    assert (CaseNote.objects.count(), note.text) == (notes + 1, "Reviewed by phone.")
    assert Acknowledgment.objects.get(version=draft).case_note == note


@pytest.mark.policy("AMB-W10")
@pytest.mark.parametrize("rule_set", ["wisconsin", "illinois", "both"])
def test_the_rule_set_and_its_version_are_kept_with_the_version(settings, rule_set):
    settings.ACKNOWLEDGMENT_RULES = rule_set
    draft = states.reviewed(iep())
    assert asking(draft) == []
    decision = Seal.objects.valid().get(version=draft).decision
    assert (decision["rules"], decision["rules_version"]) == (rule_set, RULE_SET_VERSION)
    assert decision["decided_on"] == timezone.localdate().isoformat()


@pytest.mark.policy("AMB-W3")
@pytest.mark.parametrize("asks", [True, False])
def test_the_removal_of_support_asks_as_the_local_area_chose(client, settings, asks):
    settings.SUPPORT_REMOVAL_ACK = asks
    draft = states.reviewed(iep())
    drop_service(draft, "SS-TRAN")
    assert (OPEN in agreement_page(client, draft).links()) is not asks
    assert bool(asking(draft)) is asks


# --- what counts as completed, and as overcome ------------------------------------------------


@pytest.mark.policy("WIS-138", "AMB-W5")
@pytest.mark.parametrize("in_review_before", [True, False])
def test_a_terminated_service_is_not_a_completed_one(in_review_before):
    """Whether or not the version in force says already that it was terminated."""
    customer = iep()
    draft = states.reviewed(customer)
    ended(service(draft, "BC-JSST"), "terminated")
    if in_review_before:
        assert asking(draft) == []
        draft = states.reviewed(customer)
    drop_service(draft, "BC-JSST")
    assert ["AMB-W5" in rule.statements for rule in asking(draft)] == [True]


@pytest.mark.policy("WIS-169", "AMB-W7")
def test_a_terminated_service_of_a_partner_is_not_a_completed_one():
    draft = states.reviewed(iss())
    ended(service(draft, "PP-SECE"), "terminated")
    assert asking(draft) == []
    draft = states.reviewed(draft.plan.customer)
    drop_service(draft, "PP-SECE")
    assert ["AMB-W7" in rule.statements for rule in asking(draft)] == [True]


@pytest.mark.policy("WIS-138")
def test_a_career_service_that_was_completed_in_an_earlier_review_leaves_without_the_customer():
    draft = states.reviewed(iep())
    completed(service(draft, "BC-JSST"))
    assert asking(draft) == []
    draft = states.reviewed(draft.plan.customer)
    drop_service(draft, "BC-JSST", "completed")
    assert asking(draft) == []
    assert [row["statements"] for row in decided_by(draft)] == [["WIS-138"]]


@pytest.mark.policy("WIS-139", "AMB-W4")
def test_the_reason_of_a_service_does_not_answer_for_the_barrier_of_the_same_number():
    draft = states.reviewed(iep())
    numbered_like(service(draft, "BC-JREQ"))
    states.signed(draft)
    draft = states.reviewed(draft.plan.customer)
    drop_barrier(draft, "resolved", "DIGI")
    drop_service(draft, "BC-JREQ", "not_wanted")
    assert asking(draft) == []


def numbered_like(row):
    """A barrier whose number is that of the service."""
    category = BarrierCategory.objects.get(code="DIGI")
    values = {"pk": row.pk, "plan": row.plan, "category": category, "description": "No computer at home."}
    models.QuerySet(Barrier).bulk_create([Barrier(**values)])
