"""Recording a planned service: what goes together, and a sentence at its field for what does not."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from acknowledgments.agreement.working_copy import contents_of
from acknowledgments.paper.rows import service_row
from careerplan.plans.models import Barrier
from services.actions import save_service
from tests import states
from tests.markup import Page
from tests.naming import shown
from tests.people import angela, planner
from tests.rows import changed, everything, write
from tests.services.service_form import move, path_of, send, training

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate()
YESTERDAY = TODAY - timedelta(days=1)
DAYS = {"actual_start_on": YESTERDAY, "ended_on": TODAY}


@pytest.fixture
def client(client):
    client.force_login(planner())
    return client


@pytest.mark.policy("ILL-005", "ILL-110", "ILL-116", "ILL-118", "ILL-119")
def test_everything_that_is_recorded_is_kept(client):
    barrier = Barrier.objects.filter(plan__customer=angela()).order_by("id")[0]
    move(client, training(), "complete", ended_on=TODAY)
    values = DAYS | {
        "planned_start_on": YESTERDAY,
        "planned_end_on": TODAY + timedelta(days=30),
        "weekly_hours": "12.5",
        "provider": "Lakeside Evening School",
        "provider_contact": "600 College Way",
        "dollar_value": "1250.40",
        "notes": "Bring the form.",
        "barriers": [barrier.pk],
    }
    page = Page(send(client, training(), **values, training_program="", listed_provider=""))
    assert "The step/service was saved." in page.words
    row = training()
    stored = {name: getattr(row, name) for name in values if name != "barriers"}
    numbers = {"weekly_hours": Decimal("12.5"), "dollar_value": Decimal("1250.40")}
    assert stored == {name: value for name, value in values.items() if name != "barriers"} | numbers
    assert list(row.barriers.all()) == [barrier]
    form = Page(client.get(path_of(row))).form(path_of(row))
    same = {name: values[name] for name in ("provider", "provider_contact", "notes")}
    days = {name: f"{values[name]:%m/%d/%Y}" for name in values if name.endswith("_on")}
    numbers = {"weekly_hours": "12.5", "dollar_value": "1,250.40"}
    assert form.items() >= (same | days | numbers | {"barriers": str(barrier.pk)}).items()
    line = next(line for line in page.table(row.goal.statement) if "Lakeside" in line["Step/Service"])
    assert line["Step/Service"] == f"{shown(row.service)} {shown(row.service.category)} · {row.provider} · $1,250.40"
    dates = [f"{day:%m/%d/%Y}" for day in (YESTERDAY, TODAY + timedelta(days=30), YESTERDAY, TODAY)]
    assert [line["Planned"], line["Started"], line["Completed"]] == [" – ".join(dates[:2]), *dates[2:]]
    assert line["Status"].startswith("Complete ")


@pytest.mark.parametrize(
    "values",
    [
        {"planned_start_on": TODAY, "planned_end_on": TODAY},
        {"weekly_hours": "0"},
        {"weekly_hours": "168"},
        {"dollar_value": "0"},
    ],
)
def test_what_goes_together_is_taken(client, values):
    assert send(client, training(), **values).status_code == 200


@pytest.mark.parametrize(
    ("values", "field", "sentence"),
    [
        pytest.param(
            {"planned_start_on": TODAY, "planned_end_on": YESTERDAY},
            "planned_end_on",
            "The planned end can't be before the planned start. Correct one of the two dates.",
            id="planned end before the planned start",
        ),
        pytest.param(
            {"weekly_hours": "-1"},
            "weekly_hours",
            "Enter 0 or more.",
            id="negative hours",
        ),
        pytest.param(
            {"weekly_hours": "168.01"},
            "weekly_hours",
            "Enter 168 or less.",
            id="more hours than a week has",
        ),
        pytest.param(
            {"dollar_value": "-0.01"},
            "dollar_value",
            "Enter 0 or more.",
            id="negative money",
        ),
        pytest.param({"actual_start_on": ""}, "actual_start_on", "Enter the start date.", id="no start of what began"),
        pytest.param(
            {"provider": "", "provider_contact": "1 Main Street"},
            "provider",
            "Enter the provider's name.",
            id="a contact of no provider",
        ),
        pytest.param(
            {"provider": "Another college", "provider_contact": "", "training_program": "", "listed_provider": ""},
            "provider_contact",
            "Enter the provider's address and phone.",
            marks=pytest.mark.policy("ILL-118"),
            id="a provider without address and phone",
        ),
        pytest.param(
            {"planned_start_on": "2027-02-30"},
            "planned_start_on",
            "Enter a real day, month first, for example 03/31/2027.",
            id="no real date",
        ),
        pytest.param({"dollar_value": "123456789.00"}, "dollar_value", None, id="more money than the column holds"),
    ],
)
def test_what_does_not_go_together_is_said_at_its_field(client, values, field, sentence):
    before = everything()
    answer = send(client, training(), **values)
    assert answer.status_code == 422
    errors = answer.context["form"].errors
    assert list(errors) == [field]
    assert sentence is None or errors[field] == [sentence]
    page = Page(answer)
    assert page.links()[errors[field][0]] == f"#id_{field}"
    assert page.has_id(f"id_{field}_error")
    assert changed(before, everything()) == {}


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("weekly_hours", "10-12"),
        ("weekly_hours", "12,50"),
        ("dollar_value", "12,50"),
        ("dollar_value", "1.250,00"),
        ("planned_end_on", "02/31/2027"),
        ("planned_end_on", "31/03/2027"),
        ("planned_start_on", "12/20/0202"),
        ("planned_end_on", "03/31/2227"),
    ],
)
def test_what_could_not_be_read_stays_in_the_field_and_what_was_there_stays_in_the_plan(client, field, typed):
    stored = {"weekly_hours": "20", "dollar_value": "1250", "planned_end_on": TODAY + timedelta(days=90)}
    send(client, training(), **stored)
    before = everything()
    answer = send(client, training(), **{field: typed})
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    assert Page(answer).form(path_of(training()))[field] == typed
    assert changed(before, everything()) == {}


@pytest.mark.parametrize("typed", ["$1,250.40", "1250.4", "1 250.40"])
@pytest.mark.parametrize("language", ["en", "es"])
def test_money_is_read_however_it_is_written(client, typed, language):
    write(planner(), language=language)
    send(client, training(), dollar_value=typed)
    assert training().dollar_value == Decimal("1250.40")


# --- the provider -----------------------------------------------------------------------------


@pytest.mark.policy("ILL-117")
def test_the_grantee_is_the_provider_until_another_one_is_entered(client):
    grantee = angela().office.grantee.name
    row = states.pen(states.reviewed(angela())).service("BC-COUN")
    form = Page(client.get(path_of(row)))
    assert not form.form(path_of(row)).get("provider")
    assert f"Leave empty when {grantee} provides the service." in form.words
    version = states.newest(angela())
    goal = version.plan.goals.in_order()[0]
    save_service(row, {"goal": goal, "planned_start_on": TODAY}, by=planner(), at=states.now())
    assert provider_in_the_form(version, row) == grantee
    other = {"provider": "Lakeside Community College", "provider_contact": "600 College Way"}
    save_service(row, other, by=planner(), at=states.now())
    assert provider_in_the_form(version, row) == other["provider"]


def provider_in_the_form(version, row):
    contents = contents_of(version.plan, version)
    item = next(item for item in contents.services if item.id == row.pk)
    return service_row(item, contents)["provider"]
