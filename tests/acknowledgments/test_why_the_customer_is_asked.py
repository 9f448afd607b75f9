"""Where no rule speaks of a change the customer is asked all the same, and the planner reads why, in words."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.urls import reverse

from acknowledgments.agreement.reviews import AcknowledgmentNeeded
from acknowledgments.rules import completeness, policy, silence
from services.actions import save_service
from tests import states
from tests.markup import Page
from tests.plans_in_force import (
    add_service,
    agreement_page,
    iep,
    iss,
    other_goal,
    reviewed_without_customer,
    service,
    shared,
)

pytestmark = pytest.mark.django_db


def moves(version):
    row = service(version, "TR-OST")
    save_service(row, {"goal": other_goal(version)}, by=version.plan.customer.planner, at=states.now())


def adds(code):
    return lambda version: add_service(version, code, program=None)


CASES = {
    "moved": (iep, moves, silence.MOVED),
    "element": (iep, adds("YE-10"), silence.ELEMENT_IN_IEP),
    "career": (iss, adds("BC-JREQ"), silence.CAREER_IN_ISS),
}


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_the_customer_is_asked_and_the_planner_reads_why(client, case):
    customer, change, sentence = case
    version = states.reviewed(customer())
    change(version)
    with pytest.raises(AcknowledgmentNeeded) as refused:
        reviewed_without_customer(version)
    assert sentence in refused.value.sentence
    page = agreement_page(client, version)
    assert sentence in page.words
    assert "No source speaks" not in page.words


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_so_does_who_opens_the_sealed_version(client, case):
    customer, change, sentence = case
    version = states.reviewed(customer())
    change(version)
    states.sent(version, electronic=False)
    client.force_login(version.plan.customer.planner)
    path = reverse("plan:version", args=[version.plan.customer_id, version.pk])
    assert sentence in Page(client.get(path)).words


def test_of_a_plan_of_both_kinds_too(client):
    version = states.reviewed(shared())
    moves(version)
    assert silence.MOVED in agreement_page(client, version).words


@pytest.mark.parametrize(
    ("what", "plan_type", "rule_set", "sentence"),
    [
        ("barrier", "IEP", "both", silence.BOTH_STATES),
        ("goal", "IEP", "both", silence.BOTH_STATES),
        ("barrier", "both", "wisconsin", silence.BOTH_LISTS),
        ("career_goal", "IEP", "wisconsin", silence.GOALS),
        ("barrier", "IEP", "wisconsin", policy.UNSPOKEN.sentence),
    ],
)
def test_every_other_silence_says_whose_it_is(what, plan_type, rule_set, sentence):
    assert silence.why_asked(what, "edited", {"statement"}, "", plan_type=plan_type, rule_set=rule_set) == sentence


# --- no codes ---------------------------------------------------------------------------------

CODE = re.compile(r"\b(AMB-[WIX]|WIS-\d|ILL-\d)")


def test_no_rule_is_cited_by_a_code_that_no_reader_knows():
    rows = (*policy.RULES, policy.INITIAL, policy.NO_CHANGES, policy.MOVED_HERE, policy.UNSPOKEN, *completeness.RULES)
    assert not [row.code for row in rows if CODE.search(row.citation) or CODE.search(row.sentence)]


def test_no_words_of_the_product_name_one():
    texts = [*Path(settings.BASE_DIR, "templates").rglob("*.*"), *Path(settings.LOCALE_PATHS[0]).rglob("*.po")]
    said = {file.name: CODE.findall(without_comments(file.read_text())) for file in texts if file.suffix != ".png"}
    assert not {name: found for name, found in said.items() if found}


def without_comments(text):
    return re.sub(r"\{% comment %\}.*?\{% endcomment %\}|^#.*$", "", text, flags=re.DOTALL | re.MULTILINE)
