"""Drafts that policy does not let go on, written through the actions: what is missing closes both doors."""

import pytest
from django.urls import reverse

from acknowledgments.agreement.sending import Incomplete
from acknowledgments.models import Seal
from goals.actions import remove_career_goal
from goals.models import CareerGoal, Occupation
from services.actions import remove_service, save_service
from tests import states
from tests.markup import Page
from tests.naming import shown
from tests.plans_in_force import add_service, iep, iss, service, who_and_when

pytestmark = pytest.mark.django_db

SHORT = ("short_employment", "short_education")


def without(version, *roles):
    """The draft without the career goals of these roles."""
    for role in roles:
        goal = CareerGoal.objects.in_plan().select_related("plan").get(plan=version.plan, role=role)
        remove_career_goal(goal, reason="-", **who_and_when(version))
    return version


def exploring(version, *roles):
    """Career exploration is the goal, with goals of these roles alone beside it and services that it allows."""
    version = without(version, *({"long_term", *SHORT} - set(roles)))
    states.pen(version).career_goal("employment", explores=True)
    reason = {"exploration_reason": "She tries out lines of work."}
    for row in version.plan.services.select_related("service", "plan"):
        if row.service.in_exploration == "no":
            remove_service(row, removal="goal_changed", **who_and_when(version))
        elif row.service.in_exploration == "justify" or row.service.is_supportive:
            save_service(row, reason, **who_and_when(version))
    return version


def lacking(version):
    """The codes of what is missing; nothing where the version was sent."""
    try:
        states.sent(version, electronic=False)
    except Incomplete as refused:
        assert not Seal.objects.filter(version=version).exists()
        return [entry.code for entry in refused.missing]
    return []


@pytest.mark.policy("AMB-W18")
@pytest.mark.parametrize(
    ("roles", "codes"),
    [
        ((), []),
        (("short_employment",), ["ISS-SHORT-EMPLOYMENT"]),
        (("short_education",), ["ISS-SHORT-EDUCATION"]),
        (SHORT, ["ISS-SHORT-TERM"]),
        (("long_term",), ["ISS-LONG-TERM"]),
        (("long_term", *SHORT), ["ISS-GOAL", "ISS-SHORT-TERM", "ISS-LONG-TERM"]),
    ],
)
def test_an_iss_has_both_short_term_goals_and_a_long_term_goal(roles, codes):
    assert lacking(without(states.reviewed(iss()), *roles)) == codes


@pytest.mark.policy("AMB-W18")
@pytest.mark.parametrize(
    ("roles", "codes"),
    [
        ((), []),
        (("long_term",), []),
        (SHORT, []),
        (("short_employment",), ["ISS-SHORT-EDUCATION"]),
        (("short_education",), ["ISS-SHORT-EMPLOYMENT"]),
    ],
)
def test_during_exploration_the_long_term_goal_may_wait_and_short_term_goals_come_in_pairs(roles, codes):
    assert lacking(exploring(states.reviewed(iss()), *roles)) == codes


@pytest.mark.policy("AMB-I3")
@pytest.mark.parametrize("plan", [iep, iss])
def test_support_is_not_sent_without_its_dollar_value(client, plan):
    draft = states.reviewed(plan())
    row = add_service(draft, "SS-EXAM", dollar_value=None)
    client.force_login(draft.plan.customer.planner)
    page = Page(client.get(reverse("plan:agreement", args=[draft.plan.customer_id])))
    assert f"{shown(row.service)}: Enter the dollar value of this supportive service." in page.words
    assert page.words.count("First add what is missing.") >= 1
    assert lacking(draft) == ["DOLLAR-VALUE"]
    save_service(row, {"dollar_value": 40}, **who_and_when(draft))
    assert lacking(draft) == []


@pytest.mark.policy("AMB-I3")
@pytest.mark.parametrize(("plan", "code"), [(iep, "BC-COUN"), (iep, "TR-SKUP"), (iss, "YE-10")])
def test_the_dollar_value_of_anything_else_is_optional(plan, code):
    draft = states.reviewed(plan())
    add_service(draft, code, dollar_value=None)
    assert lacking(draft) == []


@pytest.mark.policy("ILL-115")
def test_an_apprenticeship_is_not_sent_without_its_occupation_and_its_rapids_id(client):
    draft = states.reviewed(iep())
    remove_service(service(draft, "AP-RAP"), removal="unavailable", **who_and_when(draft))
    row = add_service(draft, "AP-RAP", occupation=None, rapids_id="")
    client.force_login(draft.plan.customer.planner)
    page = Page(client.get(reverse("plan:agreement", args=[draft.plan.customer_id])))
    assert f"{shown(row.service)}: Enter the occupation (SOC) of this apprenticeship." in page.words
    assert f"{shown(row.service)}: Enter the RAPIDS ID of this apprenticeship." in page.words
    assert lacking(draft) == ["SOC-CODE", "RAPIDS-ID"]
    save_service(row, {"occupation": Occupation.objects.get(code="49-9044")}, **who_and_when(draft))
    assert lacking(draft) == ["RAPIDS-ID"]
    save_service(row, {"rapids_id": "IL008950001"}, **who_and_when(draft))
    assert lacking(draft) == []
