"""What is missing from a plan as it stands: the demo plans, what the catalog allows, and the page that leads on."""

import pytest

from acknowledgments.agreement.working_copy import contents_of
from acknowledgments.paper.plain import in_plain_words
from acknowledgments.rules.completeness import RULES, missing_from
from acknowledgments.views.agreement import PLACES
from tests import states
from tests.acknowledgments.drafts_checked import agreement, lead_to_where_it_is_mended
from tests.lacking import lacking
from tests.markup import Page
from tests.people import angela, jennifer, lucia, planner, tyrell


@pytest.mark.django_db
@pytest.mark.parametrize("customer", [angela, tyrell, lucia])
def test_the_demo_plans_that_were_or_can_be_sent_are_complete(customer):
    assert lacking(states.newest(customer())) == []


@pytest.mark.django_db
@pytest.mark.parametrize(
    "code",
    [
        pytest.param("WE-EXP", marks=pytest.mark.policy("WIS-035")),
        pytest.param("SS-TRAN", marks=pytest.mark.policy("WIS-037")),
        pytest.param("SS-CHLD", marks=pytest.mark.policy("WIS-037")),
        pytest.param("BC-COUN", marks=pytest.mark.policy("WIS-034")),
    ],
)
def test_the_catalog_says_what_career_exploration_allows(code):
    version = states.newest(lucia())
    write = states.pen(version)
    need = {"barriers": list(version.plan.barriers.in_plan())}
    write.service(code, version.plan.goals.in_order()[0], planned_start_on=write.in_days(5), dollar_value=1, **need)
    assert lacking(version) == []


@pytest.mark.django_db
@pytest.mark.parametrize(
    "code",
    [
        pytest.param("TR-OJT1", marks=pytest.mark.policy("WIS-036")),
        pytest.param("TR-OJT2", marks=pytest.mark.policy("WIS-036")),
        pytest.param("YE-03D", marks=pytest.mark.policy("WIS-036")),
        pytest.param("TR-IWT", marks=pytest.mark.policy("WIS-036")),
        pytest.param("AP-RAP", marks=pytest.mark.policy("WIS-036")),
        pytest.param("TR-OST", marks=pytest.mark.policy("WIS-038")),
        pytest.param("YE-04", marks=pytest.mark.policy("WIS-038")),
    ],
)
def test_the_catalog_says_what_career_exploration_does_not_allow(code):
    version = states.draft("T1-ADULT", "T1-YOUTH")
    write = states.pen(version)
    planned = write.service(code, version.plan.goals.get(), planned_start_on=write.in_days(5))
    write.career_goal("employment", explores=True)
    found = {entry.item for entry in lacking(version) if "EXPLOR" in entry.code}
    assert str(planned) in found


# --- where it is mended -----------------------------------------------------------------------


def test_every_rule_names_a_place_that_is_known():
    assert {rule.place for rule in RULES} == PLACES.keys()


@pytest.mark.django_db
def test_the_agreement_page_lists_what_is_missing_with_links_to_the_places(client):
    client.force_login(planner())
    version = states.newest(jennifer())
    page = Page(client.get(agreement(version)))
    missing = missing_from(in_plain_words(contents_of(version.plan, version)))
    assert f"{len(missing)} things are missing before the plan can be sent" in page.words
    lead_to_where_it_is_mended(client, page, missing)
