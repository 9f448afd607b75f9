"""A region's limit of support: warned of or refused, with the figures, to the cent."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse

from careerplan.accounts.models import Region
from careerplan.base.history import record
from careerplan.base.refusals import Refusal
from careerplan.plans.rows import put_back
from services.actions import change_funding, remove_service, save_service
from services.items import SERVICE
from services.limits.left import left_of
from services.models import PlannedService
from tests import states
from tests.markup import Page
from tests.people import angela, david, lucia, north_planner, planner
from tests.rows import changed, everything, write
from tests.services.costs.money import entered, paid, promised, settled
from tests.services.limits.limited import (
    TODAY,
    another,
    bus_pass,
    entry,
    kind,
    limit,
    of_today,
    river_valley,
    without_costs,
)
from tests.services.service_form import path_of, send

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(client):
    client.force_login(planner())
    return client


@pytest.fixture
def second():
    """Beside Angela's bus pass of $240 another one, without an amount yet; $360 are left."""
    of_today(without_costs(bus_pass()))
    states.reviewed(angela())
    return another(angela())


def save(row, **values):
    return save_service(row, values, by=planner(), at=states.now())


def left(row):
    [found] = left_of(PlannedService.objects.select_related("plan__customer", "service").get(pk=row.pk))
    return found.stands


def test_the_last_dollar_is_taken_and_a_cent_more_is_refused_with_the_figures(second):
    save(second, dollar_value=Decimal("360.00"))
    assert left(second).left == 0
    with pytest.raises(Refusal) as refused:
        save(second, dollar_value=Decimal("360.01"))
    assert (refused.value.code, refused.value.field) == ("over-the-limit", "dollar_value")
    assert str(refused.value.sentence) == (
        "This is $0.01 over the limit: Help with bus fare, gas or car repair, $600.00 a program year. Other support "
        "takes $240.00 of it, so that at most $360.00 is left for this service. Lower the amount, or ask your "
        "administrator."
    )


def test_the_form_says_it_at_the_amount_and_keeps_what_was_typed(client, second):
    before = everything()
    typed = {"support_type": kind("GAS-CARD").pk, "dollar_value": "120.01", "frequency": "month", "times": "3"}
    answer = send(client, second, **typed, notes="The late class ends after the last bus.")
    assert answer.status_code == 422
    [sentence] = answer.context["form"].errors["dollar_value"]
    assert sentence.startswith("This is $0.03 over the limit:")
    page = Page(answer)
    assert page.form(path_of(second)).items() >= {"dollar_value": "120.01", "times": "3"}.items()
    assert "$0.03 over the limit." in page.words
    assert "It can't be saved so. Lower the amount." in page.words
    assert changed(before, everything()) == {}


def test_a_limit_that_warns_lets_it_pass_and_says_so(client, second):
    write(river_valley(), beyond="warn")
    notes = "The late class ends after the last bus."
    typed = {"support_type": kind("GAS-CARD").pk, "dollar_value": "360.01", "frequency": "", "notes": notes}
    page = Page(send(client, second, **typed))
    assert "This is $0.01 over the limit:" in page.words
    assert "It was saved all the same." in page.words
    second.refresh_from_db()
    assert second.dollar_value == Decimal("360.01")


def test_within_the_limit_nothing_is_said(client, second):
    notes = "The late class ends after the last bus."
    typed = {"support_type": kind("GAS-CARD").pk, "dollar_value": "360", "frequency": "", "notes": notes}
    assert "over the limit" not in Page(send(client, second, **typed)).words


# --- what counts --------------------------------------------------------------------------------


def test_what_was_never_provided_gives_its_amount_free(second):
    first = of_first(second)
    save(first, status="never_provided", never_provided_reason="not_wanted")
    save(second, dollar_value=Decimal(600))
    with pytest.raises(Refusal, match=r"\$240.00 over the limit"):
        save(first, status="planned", never_provided_reason="")


def test_what_left_the_plan_gives_its_amount_free_and_is_not_put_back_beyond_the_limit(second):
    removed = remove_service(of_first(second), removal="not_wanted", by=planner(), at=states.now())
    save(second, dollar_value=Decimal("360.01"))
    with pytest.raises(Refusal, match=r"\$0.01 over the limit"):
        put_back(SERVICE, removed, by=planner(), at=states.now())
    save(second, dollar_value=Decimal(360))
    put_back(SERVICE, removed, by=planner(), at=states.now())
    assert left(second).left == 0


def of_first(second):
    rows = PlannedService.objects.filter(plan=second.plan_id, service__code="SS-TRAN").exclude(pk=second.pk)
    return rows.select_related("plan").get()


def test_what_was_paid_counts_after_it_left_the_plan(second):
    first = of_first(second)
    paid("240.00", service=first)
    remove_service(first, removal="unavailable", by=planner(), at=states.now())
    with pytest.raises(Refusal):
        save(second, dollar_value=Decimal("360.01"))
    save(second, dollar_value=Decimal(360))
    assert (left(second).paid, left(second).planned) == (240, 360)


def test_a_payment_is_a_part_of_what_the_plan_says_and_counts_once(second):
    first = of_first(second)
    paid("100.00", service=first)
    assert (left(first).paid, left(first).planned, left(first).left) == (100, 140, 360)
    without_costs(first)
    assert (left(first).paid, left(first).planned, left(first).left) == (0, 240, 360)


def test_a_promise_beyond_the_plan_counts_to_the_cent(second):
    line = entered("600.01", service=of_first(second))
    with pytest.raises(Refusal) as refused:
        promised(line)
    assert (refused.value.code, refused.value.field) == ("over-the-limit", "amount")
    assert str(refused.value.sentence).startswith("This is $0.01 over the limit:")
    promised(line, amount=Decimal("600.00"))
    assert left(of_first(second)).left == 0


def test_a_payment_of_a_cent_more_than_was_promised_is_held_to_the_limit(second):
    line = promised(entered("600.00", service=of_first(second)))
    with pytest.raises(Refusal) as refused:
        settled(line, amount=Decimal("600.01"))
    assert (refused.value.code, refused.value.field) == ("over-the-limit", "amount")
    assert settled(line).stage == "paid"


def test_what_ended_came_to_what_was_spent_on_it(second):
    first = of_first(second)
    save(first, status="started", actual_start_on=TODAY)
    paid("100.00", service=first)
    save(first, status="complete", ended_on=TODAY)
    save(second, dollar_value=Decimal("500.00"))
    assert left(second).left == 0


def test_a_payment_counts_in_the_program_year_of_its_day(second):
    first = of_first(second)
    write(first, planned_start_on=TODAY + timedelta(days=366), planned_end_on=None)
    paid("240.00", service=first)
    with pytest.raises(Refusal, match=r"\$0.01 over the limit"):
        save(second, dollar_value=Decimal("360.01"))


def test_what_goes_on_is_worth_no_more_than_before_with_what_was_paid(second):
    first = of_first(second)
    save(first, status="started", actual_start_on=TODAY)
    paid("100.00", service=first)
    change_funding(first, program=first.program, contract="State 25-1", changes_on=TODAY, by=planner(), at=states.now())
    save(second, dollar_value=Decimal(360))
    assert (left(second).paid, left(second).planned) == (100, 500)


def test_what_goes_on_under_other_funding_counts_once(second):
    first = of_first(second)
    save(first, status="started", actual_start_on=TODAY)
    change_funding(first, program=first.program, contract="State 25-1", changes_on=TODAY, by=planner(), at=states.now())
    save(second, dollar_value=Decimal(360))
    assert left(second).planned == 600


def test_another_program_year_has_an_amount_of_its_own(second):
    save(second, dollar_value=Decimal(600), planned_start_on=TODAY + timedelta(days=366), planned_end_on=None)
    with pytest.raises(Refusal):
        save(second, planned_start_on=TODAY)


def test_a_limit_in_all_does_not_begin_again(second):
    limit(700, service=entry("SS-TRAN"), period="in_all")
    with pytest.raises(Refusal, match=r"\$700.00 in all"):
        save(second, dollar_value=Decimal(500), planned_start_on=TODAY + timedelta(days=366), planned_end_on=None)


def test_what_was_more_before_the_limit_was_lowered_may_be_lowered_step_by_step():
    row = of_today(without_costs(bus_pass()))
    write(river_valley(), amount=100)
    save(row, notes="A note.", dollar_value=Decimal(240))
    save(row, dollar_value=Decimal(200))
    with pytest.raises(Refusal):
        save(row, dollar_value=Decimal("200.01"))


# --- which limit holds --------------------------------------------------------------------------


def test_a_limit_of_another_region_does_not_hold(second):
    write(river_valley(), region=lucia().office.region)
    save(second, dollar_value=Decimal(5000))
    assert left_of(second) == []


def test_a_limit_of_all_regions_holds_beside_that_of_the_region(second):
    limit(300, service=entry("SS-TRAN"))
    with pytest.raises(Refusal, match=r"\$300.00 a program year"):
        save(second, dollar_value=Decimal("60.01"))


def test_a_limit_of_a_kind_holds_for_that_kind_alone(second):
    limit(50, support_type=kind("CAR-FIX"))
    save(second, support_type=kind("GAS-CARD"), dollar_value=Decimal(51))
    with pytest.raises(Refusal, match=r"Car repair, \$50.00"):
        save(second, support_type=kind("CAR-FIX"))


def test_a_limit_of_all_support_counts_every_supportive_service(second):
    limit(1500, service=None)
    with pytest.raises(Refusal, match=r"All support, \$1,500.00"):
        save(second, dollar_value=Decimal("10.01"))
    save(second, dollar_value=Decimal("10.00"))


def test_a_kind_counts_toward_its_entry_wherever_it_is_given(second):
    """Youth have one entry for all support."""
    other = another(angela(), "SS-OTHR", support_type=kind("BUS-PASS"))
    with pytest.raises(Refusal, match="Help with bus fare"):
        save(other, dollar_value=Decimal("360.01"))


def test_a_limit_holds_from_its_first_day_to_its_last(second):
    write(river_valley(), ends_on=TODAY - timedelta(days=1))
    save(second, dollar_value=Decimal(5000))
    write(river_valley(), ends_on=TODAY)
    with pytest.raises(Refusal):
        save(second, dollar_value=Decimal(5001))
    write(river_valley(), begins_on=TODAY + timedelta(days=1), ends_on=None)
    save(second, dollar_value=Decimal(5001))


def test_no_other_class_is_held_to_it(second):
    limit(0, service=None)
    row = PlannedService.objects.get(plan=second.plan_id, service__code="TR-OST", removed_at=None)
    save(row, dollar_value=Decimal(9000))


# --- beside the amount --------------------------------------------------------------------------


def test_the_page_says_what_is_left_with_a_bar_and_numbers(client):
    of_today(bus_pass())
    page = Page(client.get(path_of(bus_pass())))
    assert "$360.00 is left of the limit." in page.words
    assert "Help with bus fare, gas or car repair, $600.00 a program year." in page.words
    assert "$80.00 paid" in page.words
    assert "$160.00 planned" in page.words
    [bar] = page.root.xpath("//svg[@class='limit-bar']")
    widths = {part.get("class"): part.get("width") for part in bar}
    assert (widths["limit-paid"], widths["limit-planned"]) == ("34", "68")


def test_what_is_left_is_said_while_one_types_and_nothing_is_saved(client):
    row = of_today(bus_pass())
    [asking] = Page(client.get(path_of(row))).root.xpath("//*[@hx-post]")
    data = Page(client.get(path_of(row))).form(path_of(row)) | {"dollar_value": "200", "times": "2"}
    before = everything()
    answer = client.post(asking.get("hx-post"), data, headers={"HX-Request": "true"})
    assert "Together: $400.00 $200.00 is left of the limit." in Page(answer).words
    answer = client.post(asking.get("hx-post"), data | {"dollar_value": "300.01"}, headers={"HX-Request": "true"})
    assert "$0.02 over the limit." in Page(answer).words
    assert changed(before, everything()) == {}


@pytest.mark.parametrize("typed", [{"dollar_value": "a lot"}, {"times": "x"}, {"planned_start_on": "soon"}, {}])
def test_what_can_t_be_read_leaves_what_is_saved(client, typed):
    row = of_today(bus_pass())
    path = reverse("plan:service-limit", args=[row.plan.customer_id, row.pk])
    data = Page(client.get(path_of(row))).form(path_of(row)) | typed
    assert "is left of the limit." in Page(client.post(path, data)).words


def test_who_does_not_see_the_customer_is_told_nothing(client):
    path = reverse("plan:service-limit", args=[angela().pk, bus_pass().pk])
    client.force_login(north_planner())
    assert client.post(path, {}).status_code == 404


def test_ready_to_start_says_whether_the_amount_is_within_the_limit(client):
    row = of_today(bus_pass())
    assert "The amount is within the limit" in Page(client.get(path_of(row))).words
    write(river_valley(), amount=100)
    assert "It is over the limit: Help with bus fare" in Page(client.get(path_of(row))).words


def test_without_a_limit_there_is_no_box(client):
    write(river_valley(), region=lucia().office.region)
    page = Page(client.get(path_of(bus_pass())))
    assert "of the limit" not in page.words
    assert "The amount is within the limit" not in page.words


def test_the_customers_pages_show_nothing_of_it(client):
    row = of_today(bus_pass())
    paid("20.00", service=row, paid_to="Marlow Transit", reference="V-1044")
    client.force_login(angela().user)
    for name in ("my:dashboard", "my:steps"):
        words = Page(client.get(reverse(name))).words
        assert not [word for word in ("Marlow Transit", "V-1044", "of the limit", "a program year") if word in words]
    assert client.get(path_of(row)).status_code in {403, 404}


def test_a_customer_without_support_is_no_concern_of_it(client):
    assert not [row for row in PlannedService.objects.filter(plan__customer=david()) if left_of(row)]


def test_what_is_left_takes_as_many_queries_however_much_support_there_is(second, django_assert_num_queries):
    for _number in range(3):
        another(angela(), support_type=kind("BUS-PASS"), dollar_value=Decimal(1))
    rows = PlannedService.objects.select_related("plan__customer__office", "service", "support__support_type")
    row = rows.filter(plan=second.plan_id, service__code="SS-TRAN", dollar_value=240).get()
    left_of(row)  # what is worded once a process
    with django_assert_num_queries(1):
        left_of(row)


def test_a_limit_keeps_its_history():
    row = river_valley()
    row.amount = Decimal(700)
    record(row, by=planner(), at=states.now())
    assert [change["to"] for change in row.history.latest().changes] == ["700.00"]
    assert Region.objects.get(pk=row.region_id) == angela().office.region
