"""Types of assessments with their scales, as an administrator keeps them."""

from decimal import Decimal

import pytest

from customers.models import AssessmentArea, AssessmentLevel, AssessmentType
from tests import people, states
from tests.accounts.test_admin import address, fields_of, newest
from tests.customers.test_scores import FIRST, area, page_of, took
from tests.markup import Page

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("people")]


@pytest.fixture
def administrator(client):
    client.force_login(people.administrator())
    return client


def forms_of(prefix, *rows):
    """Inline rows as the browser sends them, none of which was there."""
    sent = {f"{prefix}-TOTAL_FORMS": len(rows), f"{prefix}-INITIAL_FORMS": 0}
    return sent | {f"{prefix}-{n}-{name}": value for n, row in enumerate(rows) for name, value in row.items()}


def added(client, **scale):
    row = {"name": "Reading", "lowest": "100", "highest": "200", "step": "0.5", "position": "1"} | scale
    sent = {"code": "LOCAL", "name": "Local reading test", "position": "9", "days_valid": "90"}
    return client.post(address(AssessmentType, "add"), sent | forms_of("areas", row))


def test_a_type_is_added_with_its_scale_and_is_offered(administrator):
    assert added(administrator).status_code == 302
    kind = AssessmentType.objects.get(code="LOCAL")
    assert (kind.is_listed, kind.days_valid) == (False, 90)
    scale = kind.areas.get()
    assert (scale.lowest, scale.highest, scale.step) == (100, 200, Decimal("0.5"))
    assert newest(scale).history_user == people.administrator()
    customer = states.enrolled()
    administrator.force_login(people.planner())
    assert (
        "Local reading test: Reading (100 to 200)" in page_of(administrator, customer, "customers:assessment-add").words
    )
    fits = {"assessment_type": kind, "area": scale}
    assert took(customer, "150.5", FIRST, **fits).result == "150.5"


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"highest": "100"}, "Enter a highest score that is above the lowest."),
        ({"step": "0"}, "Enter a step of more than 0."),
        ({"lowest": "low"}, "Enter one number, for example 12.5, with a period before the decimals."),
    ],
    ids=["no way up", "no step", "no number"],
)
def test_a_scale_that_is_none_is_refused_in_words(administrator, wrong, said):
    page = added(administrator, **wrong)
    assert page.status_code == 200
    assert said in Page(page).words
    assert not AssessmentType.objects.filter(code="LOCAL").exists()


def changed(client, row, **values):
    page = client.get(address(AssessmentArea, "change", row.pk))
    return client.post(address(AssessmentArea, "change", row.pk), fields_of(page) | values)


def test_a_scale_is_not_narrowed_over_scores_that_were_entered(administrator):
    took(states.enrolled(), 512, FIRST)
    page = changed(administrator, area(), lowest="600")
    assert page.status_code == 200
    assert "was entered already. Leave it on the scale, or add another area." in Page(page).words
    assert area().lowest == 300
    assert changed(administrator, area(), lowest="200").status_code == 302
    assert area().lowest == 200
    assert newest(area()).history_user == people.administrator()


def test_a_level_is_added_to_a_scale_and_taken_away_with_its_history(administrator):
    scale = area("Applied Math", "WORKKEYS")
    number = scale.levels.count()
    more = {"levels-TOTAL_FORMS": number + 1, f"levels-{number}-from_score": "7", f"levels-{number}-name": "Highest"}
    assert changed(administrator, scale, **more).status_code == 302
    level = AssessmentLevel.objects.get(name="Highest")
    assert level.from_score == 7
    assert changed(administrator, scale, **{f"levels-{number}-DELETE": "on"}).status_code == 302
    assert newest(level).history_type == "-"
    assert not AssessmentLevel.objects.filter(name="Highest").exists()
