"""Support and barrier reduction: the kind, the amount and how often it is given, and how it was paid (ILL-113)."""

from decimal import Decimal

import pytest
from django.utils import timezone

from acknowledgments.agreement.working_copy import contents_of
from careerplan.base.refusals import Refusal
from careerplan.plans.models import Barrier
from services.actions import save_service
from services.classes.support.form import types_for
from services.classes.support.models import Support, SupportType
from services.models import PlannedService
from tests import states
from tests.markup import Page
from tests.people import angela, planner, tyrell
from tests.rows import changed, everything, write
from tests.services.costs.money import entered, free, paid, promised, settled
from tests.services.service_form import path_of, send, training

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate()


@pytest.fixture
def client(client):
    client.force_login(planner())
    return client


def bus_pass():
    """Angela's: planned, $60 each month, 4 times."""
    rows = PlannedService.objects.select_related("plan__customer", "service", "support__support_type")
    return rows.get(plan__customer=angela(), service__code="SS-TRAN")


def kind(code):
    return SupportType.objects.get(code=code)


def form_of(client, row):
    return Page(client.get(path_of(row))).form(path_of(row))


@pytest.mark.policy("ILL-113")
def test_the_kind_and_what_it_costs_are_entered_with_the_service(client):
    typed = {
        "support_type": kind("GAS-CARD").pk,
        "dollar_value": "45.50",
        "frequency": "week",
        "times": "6",
    }
    assert "The step/service was saved." in Page(send(client, bus_pass(), **typed)).words
    row = bus_pass()
    assert row.dollar_value == Decimal("273.00")
    said = {"frequency": "week", "times": 6}
    assert {name: getattr(row.support, name) for name in said} == said
    assert row.support.support_type == kind("GAS-CARD")
    assert form_of(client, row).items() >= {"dollar_value": "45.50", "frequency": "week", "times": "6"}.items()


def test_another_class_is_not_asked(client):
    assert not {"support_type", "frequency", "times"} & form_of(client, training()).keys()


def test_what_is_given_once_needs_no_number_of_times(client):
    send(client, bus_pass(), dollar_value="80", frequency="", times="")
    row = bus_pass()
    assert (row.dollar_value, row.support.frequency, row.support.times) == (Decimal(80), "", None)


def test_a_whole_that_cant_be_parted_to_the_cent_stays_a_whole(client):
    save_service(bus_pass(), {"dollar_value": Decimal("100.01")}, by=planner(), at=states.now())
    form = form_of(client, bus_pass())
    assert (form["dollar_value"], form["frequency"], form.get("times", "")) == ("100.01", "", "")
    send(client, bus_pass())
    assert bus_pass().dollar_value == Decimal("100.01")


REFUSED = {
    "no kind of support": ({"support_type": ""}, "support_type", "Choose the kind of support."),
    "no number of times": ({"times": ""}, "times", "Enter how many times, 1 or more."),
    "no time at all": ({"times": "0"}, "times", "Enter how many times, 1 or more."),
    "more times than a year has days": ({"times": "367"}, "times", "Enter 366 or less."),
    "more money than the column holds, all times together": (
        {"dollar_value": "50,000,000", "times": "2"},
        "dollar_value",
        "Enter 99,999,999.99 or less.",
    ),
    "times without how often": (
        {"frequency": ""},
        "frequency",
        "Choose how often, or leave the number of times empty.",
    ),
}


@pytest.mark.parametrize(("typed", "field", "sentence"), REFUSED.values(), ids=REFUSED)
def test_what_does_not_go_together_is_said_at_its_field(client, typed, field, sentence):
    before = everything()
    answer = send(client, bus_pass(), **typed)
    assert answer.status_code == 422
    assert answer.context["form"].errors == {field: [sentence]}
    assert changed(before, everything()) == {}


@pytest.mark.policy("AMB-I3", "ILL-142")
def test_the_amount_is_required_as_support_is_entered(client):
    answer = send(client, bus_pass(), dollar_value="")
    assert answer.context["form"].errors == {"dollar_value": ["Enter the amount. Where nothing is paid, enter 0."]}
    send(client, bus_pass(), dollar_value="0")
    assert bus_pass().dollar_value == 0


@pytest.mark.policy("AMB-I3", "ILL-119")
def test_the_amount_is_optional_in_any_other_service(client):
    assert send(client, training(), dollar_value="").status_code == 200
    assert training().dollar_value is None


@pytest.mark.policy("AMB-W27")
def test_support_is_not_paid_before_an_active_version_lists_it(client):
    version = states.draft()
    write_plan = states.pen(version)
    row = write_plan.service("SS-TRAN", version.plan.goals.get(), planned_start_on=TODAY, dollar_value=60)
    money = {"paid_from": free(), "by": version.plan.customer.planner}
    line = promised(entered("20.00", service=row, **money), by=money["by"])
    for act in (lambda: paid("40.00", service=row, **money), lambda: settled(line, by=money["by"])):
        with pytest.raises(Refusal) as refused:
            act()
        assert (refused.value.code, refused.value.field) == ("not-authorised", "paid_on")
    states.signed(version)
    paid("40.00", service=row, **money)
    settled(line, by=money["by"])
    assert [line.paid_on for line in row.costs.all()] == [TODAY, TODAY]


@pytest.mark.policy("AMB-W27")
def test_where_support_waits_for_no_plan_it_may_be_paid_at_once(settings):
    settings.GATE_SUPPORTIVE_SERVICES = False
    version = states.draft()
    row = states.pen(version).service("SS-TRAN", version.plan.goals.get(), planned_start_on=TODAY, dollar_value=60)
    settings.ACKNOWLEDGMENT_RULES = "illinois"
    assert paid("60.00", service=row, paid_from=free(), by=version.plan.customer.planner).paid_on == TODAY


@pytest.mark.policy("AMB-I4")
def test_support_names_its_barrier_or_a_note_says_why_it_is_needed(client):
    answer = send(client, bus_pass(), barriers=[], notes=" ")
    wanted = "Choose the barrier that this support answers, or say in the notes why it is needed."
    assert answer.context["form"].errors == {"barriers": [wanted]}
    assert send(client, bus_pass(), barriers=[], notes="The late class ends after the last bus.").status_code == 200


@pytest.mark.policy("AMB-I4")
def test_any_service_may_name_barriers_and_only_support_has_to(client):
    barrier = Barrier.objects.filter(plan__customer=angela()).order_by("id")[0]
    send(client, training(), barriers=[barrier.pk])
    assert list(training().barriers.all()) == [barrier]
    assert send(client, training(), barriers=[], notes="").status_code == 200
    assert not training().barriers.exists()


def offered(client, row):
    page = Page(client.get(path_of(row)))
    return set(page.root.xpath("//select[@name='support_type']/option[@value!='']/text()"))


def test_an_entry_offers_its_own_kinds_and_those_of_all(client):
    names = offered(client, bus_pass())
    assert {"Bus pass", "Car repair", "Other help (Other support)"} <= names
    assert "Child care" not in names


def test_an_entry_without_kinds_of_its_own_offers_all():
    """Support of youth is one entry of the catalog."""
    lessons = PlannedService.objects.select_related("service").get(plan__customer=tyrell(), service__code="YE-07")
    assert set(types_for(lessons)) == set(SupportType.objects.all())


def test_a_kind_that_is_no_longer_offered_stays_where_it_was_chosen(client):
    write(kind("BUS-PASS"), is_active=False)
    assert "Bus pass" in offered(client, bus_pass())
    send(client, bus_pass(), support_type=kind("CAR-FIX").pk)
    assert "Bus pass" not in offered(client, bus_pass())


def test_the_kind_is_asked_before_the_start(client):
    write(bus_pass().support, support_type=None)
    assert "Choose the kind of support." in Page(client.get(path_of(bus_pass()))).words


def test_what_is_promised_is_sealed_and_how_it_was_paid_is_not():
    paid("20.00", service=bus_pass(), paid_to="Marlow Transit", reference="V-1044")
    contents = contents_of(bus_pass().plan, states.newest(angela()))
    sealed = next(item for item in contents.services if item.id == bus_pass().pk)
    assert (sealed.support_code, sealed.support, sealed.frequency, sealed.times) == (
        "BUS-PASS",
        "Bus pass",
        "month",
        "4",
    )
    assert not {"Marlow Transit", "V-1044"} & {str(value) for value in vars(sealed).values()}


def test_it_stands_beside_a_supportive_service_alone():
    assert {row.planned.service.form_kind for row in Support.objects.all()} == {"support"}
