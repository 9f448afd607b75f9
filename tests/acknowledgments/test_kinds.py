"""One object per kind of plan item: all that goes through a plan's items goes through every kind and every field."""

from dataclasses import fields, replace
from html import unescape
from pathlib import Path

import pytest
from django.apps import apps
from django.template.loader import render_to_string
from django.urls import reverse

from acknowledgments.agreement.drafts import delete_draft, recover_draft
from acknowledgments.agreement.goal_change import CHOICES, change_employment_goal
from acknowledgments.agreement.in_force import contents_of_active
from acknowledgments.agreement.working_copy import contents_of
from acknowledgments.approvals.change_employment_goal import ChangeEmploymentGoal
from acknowledgments.contents.changes import ADDED, EDITED, REMOVED, compare
from acknowledgments.contents.items import KINDS, PlanContents
from acknowledgments.contents.kinds import BY_NAME, table
from acknowledgments.forms.agreement import GoalChangeForm
from acknowledgments.paper.plain import in_plain_words
from acknowledgments.paper.rows import paper_context, sections_of
from acknowledgments.paper.words import change_rows, in_words, names_of
from careerplan.plans.items import PLAN
from careerplan.plans.models import RemovableModel
from careerplan.plans.rows import take_out
from goals.models import Occupation
from tests import states
from tests.people import angela, planner, statewide
from tests.rows import refuses, write

ROOT = Path(__file__).resolve().parents[2]
BOUND = [(kind, field) for kind in KINDS for field in kind.fields if field.bound]
# What a constraint wants to go with it.
TOGETHER = {
    ("career_goal", "explores"): {"occupation": None},
    ("goal", "times_off_track"): {"status": "off_track"},
}


# What tells a second one from the first, where two of the same can't be in a plan.
ANOTHER_ONE = {
    "career_goal": lambda: {"role": "short_education", "occupation": None, "explores": False, "words": "A diploma"},
    "barrier": lambda: {"category": another(first(BY_NAME["barrier"]), "category")},
}


def named(value):
    return getattr(value, "name", "")


def first(kind):
    rows = kind.rows.objects.in_plan().filter(plan__customer=angela()).select_related("plan", *kind.related)
    return rows.order_by("id")[0]


def another(row, name):
    """Another value for a column, drawn by its type."""
    column, value = row._meta.get_field(name), getattr(row, name)
    if column.is_relation:
        others = column.related_model._base_manager.exclude(pk=value.pk if value else None)
        if hasattr(column.related_model, "plan"):
            others = others.filter(plan=row.plan_id)
        return others.order_by("-pk")[0]
    if column.choices:
        return next(choice for choice, _label in column.choices if choice != value)
    if isinstance(value, bool):
        return not value
    return value + 1 if isinstance(value, int) else f"{value} Another"


def by_planner():
    return {"by": planner(), "at": states.now()}


def now_in(version):
    return contents_of(states.plan_of(angela()), version)


# --- the one list -----------------------------------------------------------------------------


def test_every_model_of_the_working_copy_has_its_kind():
    models = [model for model in apps.get_models() if issubclass(model, RemovableModel)]
    assert sorted(kind.rows.__name__ for kind in KINDS) == sorted(model.__name__ for model in models)


def test_contents_hold_each_kind_in_plan_order_and_the_plans_own_fields():
    names = [entry.name for entry in fields(PlanContents)]
    assert [name for name in names if name in {kind.plural for kind in KINDS}] == [kind.plural for kind in KINDS]
    assert {field.name for field in PLAN.fields} <= {*names}
    for kind in KINDS:
        assert {field.name for field in kind.fields} <= {entry.name for entry in fields(kind.item)}


def test_every_choice_of_what_is_carried_over_is_one_kinds_own():
    carried = [kind.carried for kind in KINDS if kind.carried]
    assert len(CHOICES) == len([how for how in carried if how.choice])
    assert set().union(*(how.asked for how in carried)) == set(CHOICES)
    assert set(CHOICES) <= {entry.name for entry in fields(ChangeEmploymentGoal)}
    assert [name for name in GoalChangeForm().fields if name != "understood"] == list(CHOICES)


def test_no_two_parts_share_a_name_or_an_address():
    assert len(BY_NAME) == len(KINDS) + 1
    assert len({kind.slug for kind in KINDS}) == len({kind.plural for kind in KINDS}) == len(KINDS)


def test_every_field_that_is_compared_has_words():
    for part in (*KINDS, PLAN):
        assert all(field.label for field in part.compared), part


def choices_of(part):
    """The fields of a part whose column is chosen from a list, with the list."""
    columns = {column.name: column for column in part.rows._meta.concrete_fields}
    pairs = [(field, columns.get(field.bound or field.name)) for field in part.compared]
    return [(field, column.flatchoices) for field, column in pairs if column is not None and column.choices]


@pytest.mark.parametrize("part", [*KINDS, PLAN], ids=named)
def test_what_is_chosen_from_a_list_is_told_in_the_words_of_the_list(part):
    for field, choices in choices_of(part):
        assert [field.told(value, None, {}) for value, _label in choices] == [str(label) for _value, label in choices]


def test_docs_list_the_fields_of_every_kind():
    assert table() in (ROOT / "docs" / "contents.md").read_text()


# --- where a plan is read ---------------------------------------------------------------------


def unsaid_in(html, contents):
    """The items of a plan that are not told there."""
    for kind in KINDS:
        assert contents.of(kind), "the demo plan has one of each kind"
    return [kind.title(item) for kind in KINDS for item in contents.of(kind) if kind.title(item) not in unescape(html)]


@pytest.mark.django_db
def test_the_paper_shows_the_items_of_every_kind_in_plan_order():
    contents = contents_of_active(states.plan_of(angela()).pk)
    context = paper_context(contents, seal=None, acknowledgment=None, printed_on=states.today())
    html = render_to_string("acknowledgments/paper.html", context | {"what_changed": None})
    assert unsaid_in(html, contents) == []
    places = [html.index(f'id="{(kind.printed or (kind.slug,))[0]}"') for kind in KINDS]
    assert places == sorted(places)


@pytest.mark.django_db
def test_what_the_customer_signs_shows_the_items_of_every_kind(client):
    request = states.told(states.sent(states.reviewed(angela())))
    client.force_login(angela().user)
    page = client.get(reverse("my:acknowledge", args=[request.key]))
    assert unsaid_in(page.text, in_plain_words(request.seal.contents)) == []


@pytest.mark.django_db
def test_the_pages_of_a_plan_in_force_show_the_items_of_every_kind(client):
    contents = contents_of_active(states.plan_of(angela()).pk)
    version = states.plan_of(angela()).versions.get(state="active")
    client.force_login(planner())
    assert unsaid_in(client.get(reverse("plan:version", args=[angela().pk, version.pk])).text, contents) == []
    client.force_login(angela().user)
    assert unsaid_in(client.get(reverse("my:dashboard")).text, in_plain_words(contents)) == []


@pytest.mark.django_db
@pytest.mark.parametrize("kind", KINDS, ids=named)
@pytest.mark.parametrize(("folder", "own"), [("contents", "shown"), ("paper", "printed")])
def test_a_kind_without_a_section_of_its_own_is_told_by_all_its_fields(kind, folder, own):
    """Nobody signs what no page shows: a new kind is read before it has a section."""
    contents = contents_of_active(states.plan_of(angela()).pk)
    plainly = replace(kind, **{own: ()})
    [section] = sections_of(contents, folder, lambda one: getattr(one, own), kinds=[plainly])
    html = unescape(render_to_string(section["template"], {"section": section}))
    names = names_of(contents)
    for item in contents.of(kind):
        assert kind.title(item) in html
        assert [field.label for field in kind.compared if in_words(field, item, names) not in html] == []


# --- bound fields -----------------------------------------------------------------------------


def drafted(kind, field):
    """A draft in which the field of a row is another: the version, how it stood before, the row, and what it was."""
    version, row = states.reviewed(angela()), first(kind)
    stood, before = now_in(version), getattr(row, row._meta.get_field(field.bound).attname)
    write(row, **{field.bound: another(row, field.bound)}, **TOGETHER.get((kind.name, field.name), {}))
    return version, stood, row, before


@pytest.mark.django_db
@pytest.mark.parametrize(("kind", "field"), [pair for pair in BOUND if not pair[1].fixed], ids=named)
def test_what_is_bound_is_told_goes_back_with_the_draft_and_forth_again(kind, field):
    version, stood, row, before = drafted(kind, field)
    draft = now_in(version)
    changes = compare(stood, draft)
    assert [*map(named, {change.what for change in changes})] == ([kind.name] if changes else [])
    if field.name == kind.identity:
        assert [change.kind for change in changes] == [ADDED, REMOVED]
    elif field.compared:
        [change] = changes
        assert (change.kind, change.id) == (EDITED, row.pk)
        assert field.name in change.field_names
        [told] = change_rows(changes, stood, draft)
        assert all(line["label"] and line["before"] != line["after"] for line in told["fields"])
    delete_draft(version, reason="Not agreed", **by_planner())
    assert compare(stood, now_in(version)) == []
    row.refresh_from_db()
    assert field.settled or getattr(row, row._meta.get_field(field.bound).attname) == before
    recover_draft(version, by=statewide(), at=states.now())
    assert compare(draft, now_in(version)) == []


@pytest.mark.django_db
@pytest.mark.parametrize(("kind", "field"), [pair for pair in BOUND if pair[1].fixed], ids=named)
def test_what_is_fixed_never_changes(kind, field):
    states.reviewed(angela())
    row = first(kind)
    values = {field.bound: another(row, field.bound)}
    refuses(f"{row._meta.db_table}_stays_what_it_is", lambda: write(row, **values))


@pytest.mark.django_db
@pytest.mark.parametrize("field", PLAN.fields, ids=named)
def test_what_the_plan_itself_says_goes_back_with_the_draft(field):
    version = states.reviewed(angela())
    plan = version.plan
    stood, before = now_in(version), getattr(plan, field.bound)
    write(plan, **{field.bound: another(plan, field.bound)})
    assert [(change.what, change.field_names) for change in compare(stood, now_in(version))] == (
        [(PLAN, {field.name})] if field.compared else []
    )
    delete_draft(version, reason="Not agreed", **by_planner())
    assert getattr(states.plan_of(angela()), field.bound) == before


# --- membership -------------------------------------------------------------------------------


def taken_out(kind):
    """A draft in which a row of the plan was removed, under which nothing stands."""
    version = states.reviewed(angela())
    if kind.name == "goal":
        states.pen(version).goal("Find a room", "SUPPORT_SERVICES")
    stood, row = now_in(version), last(kind)
    take_out(row.plan, row, reason="Not wanted", why="other" if kind.removals else "", **by_planner())
    return version, stood, row


def last(kind):
    rows = kind.rows.objects.in_plan().filter(plan__customer=angela()).select_related("plan", *kind.related)
    return rows.order_by("-id")[0]


@pytest.mark.django_db
@pytest.mark.parametrize("kind", KINDS, ids=named)
def test_what_was_removed_is_told_and_comes_back_with_the_draft(kind):
    version, stood, row = taken_out(kind)
    agreed = contents_of_active(version.plan_id)
    [change] = [change for change in compare(stood, now_in(version)) if change.what is kind]
    assert (change.kind, change.id) == (REMOVED, row.pk)
    delete_draft(version, reason="Not agreed", **by_planner())
    added_in_the_draft = {item.id for item in stood.of(kind)} - {item.id for item in agreed.of(kind)}
    assert {change.id for change in compare(stood, now_in(version))} == added_in_the_draft


@pytest.mark.django_db
@pytest.mark.parametrize("kind", KINDS, ids=named)
def test_undo_puts_back_whatever_was_removed(client, kind):
    version, stood, row = taken_out(kind)
    client.force_login(planner())
    answer = client.post(reverse("plan:undo", args=[angela().pk, kind.slug, row.pk]))
    assert answer["Location"] == reverse(f"plan:{kind.page}", args=[angela().pk])
    assert compare(stood, now_in(version)) == []
    row.refresh_from_db()
    assert (row.removed_at, row.removed_by, row.removed_reason, getattr(row, "removal", "")) == (None, None, "", "")


@pytest.mark.django_db
@pytest.mark.parametrize("kind", KINDS, ids=named)
def test_what_was_added_leaves_with_the_draft(kind):
    version, row = states.reviewed(angela()), first(kind)
    stood = now_in(version)
    values = {name: getattr(row, name) for name in kind.bound} | ANOTHER_ONE.get(kind.name, dict)()
    copy = kind.rows(plan=row.plan, **values)
    copy.save()
    [change] = compare(stood, now_in(version))
    assert (change.what, change.kind, change.id) == (kind, ADDED, copy.pk)
    delete_draft(version, reason="Not agreed", **by_planner())
    assert compare(stood, now_in(version)) == []
    copy.refresh_from_db()
    assert copy.removed_at


@pytest.mark.django_db
@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind.carried], ids=named)
def test_what_a_kind_carries_over_stands_in_the_plan_that_follows(kind):
    former = states.plan_of(angela())
    kept = [row for row in kind.rows.objects.in_plan().filter(plan=former) if not kind.carried.stays(row, False)]
    assert kept, "the demo plan has one of each kind to carry over"
    goal = Occupation.objects.get(code="47-2111")
    version = change_employment_goal(former, occupation=goal, **dict.fromkeys(CHOICES, True), **by_planner())
    contents = contents_of(version.plan, version)
    new = [item for item in contents.of(kind) if getattr(item, "role", "") != "employment"]
    sealed = {item.id: item for item in contents_of_active(former.pk).of(kind)}
    assert [kind.title(item) for item in new] == [kind.title(sealed[row.pk]) for row in in_plan_order(kind, kept)]
    assert not {item.id for item in new} & sealed.keys()


def in_plan_order(kind, rows):
    places = {row.pk: place for place, row in enumerate(kind.rows.objects.order_by(*kind.order))}
    return sorted(rows, key=lambda row: (kind.place(row), places[row.pk]))


@pytest.mark.django_db
def test_nothing_is_carried_over_that_no_kind_knows():
    with pytest.raises(TypeError, match="hopes"):
        change_employment_goal(states.plan_of(angela()), explores=True, hopes=True, **by_planner())
