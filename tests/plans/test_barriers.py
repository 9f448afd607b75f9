"""Barriers: once each, "none" alone, described, and removed with a reason."""

import pytest
from django.urls import reverse
from django.utils import timezone

from careerplan.base.refusals import Refusal
from careerplan.plans.barriers import remove_barrier, save_barrier
from careerplan.plans.models import Barrier, BarrierCategory
from customers.models import CaseNote
from tests import plans_in_force, states
from tests.markup import Page
from tests.naming import shown
from tests.people import angela, lucia, north_planner
from tests.plans_in_force import iep, iss
from tests.rows import changed, everything, write

pytestmark = pytest.mark.django_db

WORDS = {"description": "The bus takes an hour.", "how_addressed": "", "status": "open"}


def category(code):
    return BarrierCategory.objects.get(code=code)


def posted(code, **values):
    return {"category": category(code).pk, **WORDS, **values}


def barriers(customer):
    rows = Barrier.objects.in_plan().filter(plan__customer=customer).order_by("id")
    return list(rows.values_list("category__code", "description"))


def add(client, code, **values):
    client.force_login(north_planner())
    return client.post(reverse("plan:barrier-add", args=[lucia().pk]), posted(code, **values), follow=True)


def lucias(code):
    return Barrier.objects.get(plan__customer=lucia(), category__code=code)


@pytest.mark.policy("WIS-053")
def test_a_barrier_is_added_with_its_description(client):
    page = Page(
        add(client, "DLIC", description="No license.", how_addressed="Driving lessons", status="being_addressed")
    )
    assert "The barrier was saved." in page.words
    row = page.table("Potential barriers")[-1]
    assert row["Barrier"] == shown(BarrierCategory.objects.get(code="DLIC"))
    assert (row["Description"], row["How it will be addressed"]) == ("No license.", "Driving lessons")
    assert row["Status"] == "Being addressed"


def test_the_categories_are_offered_under_their_groups(client):
    client.force_login(north_planner())
    page = Page(client.get(reverse("plan:barrier-add", args=[lucia().pk])))
    groups = page.root.xpath("//select[@name='category']/optgroup")
    assert len(groups) > 1
    offered = [option.get("value") for group in groups for option in group.iter("option")]
    assert sorted(map(int, offered)) == sorted(BarrierCategory.objects.values_list("pk", flat=True))


def test_the_form_says_what_the_plan_is_not_sent_without(client):
    client.force_login(north_planner())
    page = Page(client.get(reverse("plan:barrier-add", args=[lucia().pk])))
    labels = [" ".join(label.text_content().split()) for label in page.root.iter("label")]
    assert "Description" in labels
    assert "How it will be addressed (optional)" in labels
    assert "The plan can't be sent without it." in page.words
    assert (
        'Only "Other" and "No potential barriers" are explained in the comments on barriers instead (12.7.5).'
        in page.words
    )


def test_a_barrier_stands_in_a_plan_once(client):
    answer = add(client, "TRAN")
    assert answer.status_code == 422
    assert answer.context["form"].errors["category"] == ["This barrier is already in the plan. Edit it instead."]
    assert len([code for code, _words in barriers(lucia()) if code == "TRAN"]) == 1


def test_a_removed_barrier_may_be_added_again(client):
    remove(client, lucias("TRAN"), removal="entered_in_error")
    assert add(client, "TRAN", description="Again").status_code == 200
    assert ("TRAN", "Again") in barriers(lucia())


@pytest.mark.policy("WIS-055")
@pytest.mark.parametrize(("standing", "added"), [("TRAN", "NONE"), ("NONE", "TRAN")])
def test_no_potential_barriers_stands_alone(client, standing, added):
    if standing == "NONE":
        write_all_out(lucia())
        add(client, "NONE")
    before = barriers(lucia())
    answer = add(client, added)
    assert answer.status_code == 422
    assert "can't be listed with another barrier" in answer.context["form"].errors["category"][0]
    assert barriers(lucia()) == before


def write_all_out(customer):
    for barrier in Barrier.objects.in_plan().filter(plan__customer=customer):
        columns = {"removed_at": states.now(), "removed_by": north_planner(), "removed_reason": "-", "removal": "other"}
        write(barrier, **columns)


@pytest.mark.policy("WIS-054", "WIS-055")
def test_the_comment_says_what_the_list_does_not(client):
    client.force_login(north_planner())
    path = reverse("plan:barriers-comment", args=[lucia().pk])
    data = Page(client.get(path)).form(path) | {"barriers_comment": "There are no potential barriers."}
    page = Page(client.post(path, data, follow=True))
    assert "Comments: There are no potential barriers." in page.words
    assert states.plan_of(lucia()).barriers_comment == "There are no potential barriers."


def remove(client, barrier, **values):
    client.force_login(barrier.plan.customer.planner)
    data = {"note": "", "contact_on": timezone.localdate().isoformat(), "contact_method": "phone"} | values
    return client.post(reverse("plan:barrier-remove", args=[barrier.plan.customer_id, barrier.pk]), data, follow=True)


@pytest.mark.parametrize(
    "plan",
    [
        pytest.param(iep, marks=pytest.mark.policy("WIS-142", "AMB-W4")),
        pytest.param(iss, marks=pytest.mark.policy("WIS-173", "AMB-W4")),
    ],
)
@pytest.mark.parametrize("removal", ["resolved", "no_longer_impacting"])
def test_in_the_review_that_drops_a_barrier_a_case_note_says_why(client, plan, removal):
    """In the customer's record, where the planners read it."""
    draft = states.reviewed(plan())
    customer, row = draft.plan.customer, plans_in_force.barrier(draft)
    refused = remove(client, row, removal=removal)
    assert refused.status_code == 422
    assert "Write the case note" in refused.context["form"].errors["note"][0]
    assert plans_in_force.barrier(draft) == row
    with pytest.raises(Refusal) as by_the_action:
        remove_barrier(row, removal=removal, note="", **states.contact(), by=customer.planner, at=states.now())
    assert by_the_action.value.code == "case-note-missing"
    remove(client, row, removal=removal, note="She has a car of her own now.")
    row.refresh_from_db()
    assert row.removal == removal
    page = Page(client.get(reverse("customers:case-notes", args=[customer.pk])))
    assert "Barrier removed: Transportation" in page.words
    assert "She has a car of her own now." in page.words


@pytest.mark.policy("WIS-142", "AMB-W4")
@pytest.mark.parametrize("removal", ["resolved", "no_longer_impacting"])
def test_a_barrier_that_no_longer_matters_leaves_with_a_case_note(client, removal):
    refused = remove(client, lucias("TRAN"), removal=removal)
    assert refused.status_code == 422
    assert "Write the case note" in refused.context["form"].errors["note"][0]
    assert lucias("TRAN").removed_at is None
    page = Page(remove(client, lucias("TRAN"), removal=removal, note="She has a car of her own now."))
    assert "The barrier was removed from the plan." in page.words
    note = CaseNote.objects.get(customer=lucia())
    assert (note.subject, note.text) == ("Barrier removed: Transportation", "She has a car of her own now.")
    assert (lucias("TRAN").removal, lucias("TRAN").removed_by) == (removal, north_planner())


@pytest.mark.parametrize("removal", ["entered_in_error", "other"])
def test_for_another_reason_the_case_note_is_free(client, removal):
    remove(client, lucias("TRAN"), removal=removal)
    assert (lucias("TRAN").removal, lucias("TRAN").removed_reason) == (
        removal,
        {"entered_in_error": "It was entered in error", "other": "Other reason"}[removal],
    )
    assert not CaseNote.objects.filter(customer=lucia()).exists()


def test_without_a_reason_it_stays(client):
    answer = remove(client, lucias("TRAN"))
    assert answer.status_code == 422
    assert answer.context["form"].errors["removal"] == ["Choose why you are removing the barrier from the plan."]
    assert lucias("TRAN").removed_at is None


def test_a_removed_barrier_is_no_longer_edited_nor_removed(client):
    barrier = lucias("TRAN")
    remove(client, barrier, removal="other")
    assert remove(client, barrier, removal="other").status_code == 404
    with pytest.raises(Refusal) as refused:
        save_barrier(barrier.plan, barrier, {"how_addressed": "A ride"}, by=north_planner(), at=states.now())
    assert refused.value.code == "removed-meanwhile"


def test_a_category_that_is_no_longer_offered_stays_with_the_barriers_that_have_it(client):
    write(category("TRAN"), is_active=False)
    client.force_login(north_planner())
    barrier = lucias("TRAN")
    path = reverse("plan:barrier-edit", args=[lucia().pk, barrier.pk])
    data = Page(client.get(path)).form(path)
    assert data["category"] == str(category("TRAN").pk)
    assert client.post(path, data | {"how_addressed": "A bus pass"}).status_code == 302
    barrier.refresh_from_db()
    assert (barrier.category.code, barrier.how_addressed) == ("TRAN", "A bus pass")
    offered = Page(client.get(reverse("plan:barrier-add", args=[lucia().pk]))).root.xpath("//option/@value")
    assert str(category("TRAN").pk) not in offered


def test_another_plans_barrier_is_not_found(client):
    client.force_login(north_planner())
    angelas = Barrier.objects.filter(plan__customer=angela())[0]
    before = everything()
    for name in ("barrier-edit", "barrier-remove"):
        path = reverse(f"plan:{name}", args=[lucia().pk, angelas.pk])
        assert client.get(path).status_code == 404
        assert client.post(path, posted("TRAN", removal="other")).status_code == 404
    assert changed(before, everything()) == {}
