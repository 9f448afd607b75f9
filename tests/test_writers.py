"""Everything in the product that writes rows, and the guard that each place stands behind.

A second door is a door: a function that writes a plan's rows asks first who may, and whether the plan takes it. The
test reads the product's code, finds each place that writes, and compares it with the table.
"""

import ast
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

ROOMS = ("acknowledgments", "careerplan", "customers", "goals", "services", "worksites")

# What writes: functions of the product, and methods of rows, querysets, links and cursors.
WRITERS = {"record", "record_all", "record_quietly", "insert_quickly", "update_quickly"}
WRITING_METHODS = {
    "save", "create", "get_or_create", "update_or_create", "bulk_create", "bulk_update", "update", "delete",
    "set", "add", "remove", "clear", "execute", "executemany", "copy", "raw",
}  # fmt: skip

# What a place asks before it writes. Each locks the plan (or the row) first, asks who, then whether.
GUARDS = {
    "check": "this transition, by this person, from this state",
    "for_changing": "a draft is open, and a planner of the customer",
    "for_recording": "the plan is open, and a planner of the customer",
    "item_for_saving": "bound values in a draft, free ones in an open plan, and nothing was changed meanwhile",
    "require_editor": "a planner of the customer; there is no plan yet, or the rows are the customer's own",
    "require_actor": "a planner of the customer, the plan locked",
    "locked": "the request still waits",
    "lock_plan": "the plan locked, then what is written is looked at again",
    "select_for_update": "the row locked, then looked at again",
}


class Asks(str):
    """The function calls this guard itself."""


class Behind(frozenset):
    """The function has no guard of its own: these are all that call it, and each stands in the table or asks."""

    def __new__(cls, *callers: str):
        return super().__new__(cls, callers)


class NoPlan(str):
    """Nothing of a plan is written; why."""


CHANGE, RECORD, ITEM, EDITOR = (
    Asks("for_changing"),
    Asks("for_recording"),
    Asks("item_for_saving"),
    Asks("require_editor"),
)
CHECK, LOCK = Asks("check"), Asks("lock_plan")
LIST = NoPlan("a list that an administrator keeps")
DEMO = NoPlan("the demo people and made-up customers, who are new; trial and development only")
TRIGGERS = NoPlan("for migrations")
VALUES = NoPlan("a dictionary or a list, or a file")

PLACES: dict[str, Asks | Behind | NoPlan] = {
    # the ground: what writes any row, for those below
    "careerplan.base.history.record": NoPlan("writes for its callers, who are all in this table"),
    "careerplan.base.history.record_all": NoPlan("writes for its callers, who are all in this table"),
    "careerplan.base.history.record_quietly": NoPlan("writes for its callers, who are all in this table"),
    "careerplan.base.database.insert_quickly": NoPlan("writes for its callers, who are all in this table"),
    "careerplan.base.database.update_quickly": NoPlan("writes for its callers, who are all in this table"),
    "careerplan.base.history.History.create_historical_record": NoPlan("history rows"),
    "careerplan.base.admin.TrackedAdmin.save_model": LIST,
    "careerplan.base.admin.TrackedAdmin.save_formset": LIST,
    "careerplan.base.drafts.keep": NoPlan("what a person typed into a form"),
    "careerplan.base.drafts.drop": NoPlan("what a person typed into a form"),
    "careerplan.base.forms.RowForm.refuse": VALUES,
    "careerplan.base.forms.PageForm.leave_out": VALUES,
    "careerplan.base.keyset.address": VALUES,
    "careerplan.base.database.keep_rows": TRIGGERS,
    "careerplan.base.database.refuse_deletion": TRIGGERS,
    "careerplan.base.database.same_plan": TRIGGERS,
    "careerplan.base.database.same_plan_link": TRIGGERS,
    "careerplan.base.database.drop_same_plan": TRIGGERS,
    "careerplan.base.database.refuse": TRIGGERS,
    "careerplan.base.database.refuse_at_commit": TRIGGERS,
    "careerplan.base.database.allow": TRIGGERS,
    "careerplan.base.database.drop_trigger": TRIGGERS,
    "careerplan.base.database.plain_collation": TRIGGERS,
    "careerplan.base.sqlite.base.SchemaEditor._remake_table": TRIGGERS,
    # people and messages
    "careerplan.accounts.admin.PersonAdmin.save_model": NoPlan("a person"),
    "careerplan.accounts.forms.PasswordForm.save": NoPlan("a person"),
    "careerplan.accounts.models.UserManager.create_user": NoPlan("a person"),
    "careerplan.messaging.actions.notify": NoPlan("a message"),
    "careerplan.messaging.actions.mark_read": NoPlan("a message"),
    "careerplan.messaging.actions.deliver_next": NoPlan("a message"),
    "careerplan.messaging.actions.put_off": NoPlan("a message"),
    "careerplan.messaging.admin.NotificationAdmin.try_again": NoPlan("a message"),
    # customers
    "customers.actions.add_case_note": EDITOR,
    "customers.actions.save_assessment": EDITOR,
    "customers.actions.write_summary": EDITOR,
    "customers.actions.store": Behind("customers.actions.upload_file", "customers.actions.file_by_system"),
    "customers.views.reset_password": NoPlan("a person"),
    # plans
    "careerplan.plans.actions.start_plan": EDITOR,
    "careerplan.plans.actions.move_legacy_plan": Behind("careerplan.plans.actions.start_plan"),
    "careerplan.plans.actions.register_legacy_plan": EDITOR,
    "careerplan.plans.actions.begin_version": Behind(
        "careerplan.plans.actions.start_plan",
        "careerplan.plans.actions.open_review",
        "goals.actions.join_or_open_draft",
    ),
    "careerplan.plans.actions.follow_enrollments": Behind(
        "careerplan.plans.actions.begin_version",
        "acknowledgments.actions.send",
        "acknowledgments.reviews.review_without_customer",
    ),
    "careerplan.plans.barriers.save_barrier": ITEM,
    "careerplan.plans.actions.take_out": Behind(
        "careerplan.plans.barriers.remove_barrier",
        "goals.actions.remove_goal",
        "goals.actions.remove_career_goal",
        "goals.steps.remove_step",
        "services.actions.remove_service",
    ),
    "careerplan.plans.barriers.note_on_plan": CHANGE,
    "careerplan.plans.actions.end_plan": Behind(
        "careerplan.plans.actions.close_plan", "careerplan.plans.actions.mark_not_completed"
    ),
    "careerplan.plans.transitions.move": Behind(
        "careerplan.plans.actions.mark_not_completed",
        "acknowledgments.actions.send",
        "acknowledgments.actions.recall",
        "acknowledgments.actions.activate",
        "acknowledgments.restoring.delete_draft",
        "acknowledgments.restoring.recover_draft",
    ),
    # goals
    "goals.actions.save_goal": ITEM,
    "goals.actions.start_goal_of": Behind("services.actions.save_service"),
    "goals.actions.set_career_goal": ITEM,
    "goals.actions.bring_back": CHANGE,
    "goals.steps.save_step": ITEM,
    "goals.actions.save_career_path": EDITOR,
    # services
    "services.actions.add_service": ITEM,
    "services.actions.save_service": ITEM,
    "services.actions.link_barriers": Behind("services.actions.save_service"),
    "services.actions.change_funding": RECORD,
    "services.actions.add_credential": EDITOR,
    # acknowledgments
    "acknowledgments.actions.send": CHECK,
    "acknowledgments.actions.seal_contents": Behind(
        "acknowledgments.actions.send",
        "acknowledgments.reviews.review_without_customer",
        "acknowledgments.restoring.keep_contents",
    ),
    "acknowledgments.actions.order_form": Behind(
        "acknowledgments.actions.send",
        "acknowledgments.actions.acknowledge",
        "acknowledgments.agreements.record_agreement",
        "acknowledgments.reviews.review_without_customer",
    ),
    "acknowledgments.actions.recall": CHECK,
    "acknowledgments.actions.withdraw_request": Behind(
        "acknowledgments.actions.recall",
        "acknowledgments.agreements.record_agreement",
        "acknowledgments.restoring.decline",
    ),
    "acknowledgments.actions.note_opened": NoPlan("that the customer has seen the page, once"),
    "acknowledgments.actions.acknowledge": CHECK,
    "acknowledgments.actions.keep_evidence": Behind("acknowledgments.actions.acknowledge"),
    "acknowledgments.permissions.set_permission": Behind(
        "acknowledgments.permissions.authorise",
        "acknowledgments.permissions.take_permission_back",
        "acknowledgments.permissions.permit_steps_as_they_stand",
    ),
    "acknowledgments.agreements.record_agreement": CHECK,
    "acknowledgments.agreements.file_evidence": EDITOR,
    "acknowledgments.agreements.note_unable": Asks("require_actor"),
    "acknowledgments.reviews.keep_record": Behind("acknowledgments.reviews.review_without_customer"),
    "acknowledgments.filing.file_form": Behind("acknowledgments.filing.make_form"),
    "acknowledgments.filing.note_failure": Behind("acknowledgments.filing.make_form"),
    "acknowledgments.filing.tell_customer": LOCK,
    "acknowledgments.filing.try_again": EDITOR,
    "acknowledgments.changes.formers": VALUES,
    "acknowledgments.restoring.programs_of_added": VALUES,
    "acknowledgments.printing.with_header_scopes": VALUES,
    "acknowledgments.goal_change.CarryOver.keep": Behind(
        "acknowledgments.goal_change.CarryOver.career_goals",
        "acknowledgments.goal_change.CarryOver.barriers",
        "acknowledgments.goal_change.CarryOver.goals",
        "acknowledgments.goal_change.CarryOver.services",
        "acknowledgments.goal_change.CarryOver.steps",
    ),
    "acknowledgments.goal_change.CarryOver.services": Behind("acknowledgments.goal_change.change_employment_goal"),
    "acknowledgments.restoring.keep_contents": Behind(
        "acknowledgments.restoring.delete_draft", "acknowledgments.restoring.decline"
    ),
    "acknowledgments.restoring.restoring": Behind("acknowledgments.restoring.decline"),
    "acknowledgments.restoring.restore": Behind(
        "acknowledgments.restoring.restore_agreed", "acknowledgments.restoring.recover_draft"
    ),
    "acknowledgments.restoring.take_added_out": Behind("acknowledgments.restoring.restore"),
    "acknowledgments.restoring.bring_back": Behind("acknowledgments.restoring.restore"),
    "acknowledgments.restoring.follow_former": Behind("acknowledgments.restoring.restore"),
    "acknowledgments.staff_requests.ask": EDITOR,
    "acknowledgments.staff_requests.answer": Asks("locked"),
    "acknowledgments.staff_requests.end": Behind(
        "acknowledgments.staff_requests.answer", "acknowledgments.staff_requests.withdraw"
    ),
    # the top
    "careerplan.views.healthz": NoPlan("asks whether the database answers"),
    "careerplan.views.draft_drop": NoPlan("what a person typed into a form"),
    "careerplan.reference.add_missing": LIST,
    "careerplan.demo.build.found_or_made": DEMO,
    "careerplan.demo.build.build_person": DEMO,
    "careerplan.demo.build.build_customer": DEMO,
    "careerplan.demo.many.save": DEMO,
    "careerplan.demo.many.move_all": DEMO,
    "careerplan.demo.many.link_barriers": DEMO,
    "careerplan.demo.many.seal_all": DEMO,
    "careerplan.demo.many.ask_all": DEMO,
    "careerplan.demo.many.acknowledge_all": DEMO,
    "careerplan.demo.many.go_on": DEMO,
}  # fmt: skip

# Functions that write nothing themselves, or not without a guard, and call those above: what each asks.
CALLERS: dict[str, Asks | Behind | NoPlan] = {
    "customers.actions.upload_file": EDITOR,
    "customers.actions.file_by_system": Behind("acknowledgments.filing.file_form"),
    "careerplan.plans.actions.open_review": RECORD,
    "careerplan.plans.barriers.remove_barrier": CHANGE,
    "careerplan.plans.actions.close_plan": RECORD,
    "careerplan.plans.actions.mark_not_completed": CHECK,
    "goals.actions.join_or_open_draft": Behind("goals.actions.save_goal"),
    "goals.actions.remove_goal": CHANGE,
    "goals.actions.remove_career_goal": CHANGE,
    "goals.steps.remove_step": CHANGE,
    "services.actions.remove_service": CHANGE,
    "acknowledgments.actions.activate": Behind(
        "acknowledgments.actions.acknowledge",
        "acknowledgments.agreements.record_agreement",
        "acknowledgments.reviews.review_without_customer",
    ),
    "acknowledgments.permissions.authorise": Behind(
        "acknowledgments.actions.activate", "acknowledgments.agreements.note_unable"
    ),
    "acknowledgments.permissions.take_permission_back": Behind(
        "acknowledgments.actions.recall", "acknowledgments.restoring.decline"
    ),
    "acknowledgments.permissions.permit_steps_as_they_stand": Behind("acknowledgments.restoring.restore"),
    "acknowledgments.filing.make_form": Asks("select_for_update"),
    "acknowledgments.goal_change.change_employment_goal": RECORD,
    **{
        f"acknowledgments.goal_change.CarryOver.{kind}": Behind("acknowledgments.goal_change.change_employment_goal")
        for kind in ("career_goals", "barriers", "goals", "steps")
    },
    "acknowledgments.reviews.review_without_customer": CHECK,
    "acknowledgments.restoring.delete_draft": CHECK,
    "acknowledgments.restoring.recover_draft": CHECK,
    "acknowledgments.restoring.decline": CHECK,
    "acknowledgments.restoring.restore_agreed": Behind(
        "acknowledgments.restoring.delete_draft", "acknowledgments.restoring.decline"
    ),
    "acknowledgments.staff_requests.withdraw": Asks("locked"),
}
TABLE = PLACES | CALLERS


# --- reading the code -------------------------------------------------------------------------


class Module(ast.NodeVisitor):
    """Which function of the module calls what."""

    def __init__(self, name: str, source: str):
        self.name, self.imported, self.inside = name, {}, [name]
        self.calls: dict[str, set[str]] = defaultdict(set)
        self.visit(ast.parse(source))

    def visit_ImportFrom(self, node: ast.ImportFrom) -> None:
        self.imported |= {alias.asname or alias.name: f"{node.module}.{alias.name}" for alias in node.names}

    def visit_Import(self, node: ast.Import) -> None:
        self.imported |= {alias.asname: alias.name for alias in node.names if alias.asname}

    def visit_ClassDef(self, node: Any) -> None:
        self.inside.append(node.name)
        self.generic_visit(node)
        self.inside.pop()

    visit_FunctionDef = visit_AsyncFunctionDef = visit_ClassDef

    def visit_Call(self, node: ast.Call) -> None:
        place = ".".join(self.inside)
        if isinstance(node.func, ast.Name):
            self.calls[place].add(self.imported.get(node.func.id, f"{self.name}.{node.func.id}"))
        if isinstance(node.func, ast.Attribute):
            self.calls[place].add(f".{node.func.attr}")
            if isinstance(node.func.value, ast.Name) and node.func.value.id in self.imported:
                self.calls[place].add(f"{self.imported[node.func.value.id]}.{node.func.attr}")
        self.generic_visit(node)


def product() -> Iterator[tuple[str, str]]:
    """(module, source) of the product's files; migrations write once, before or after the product runs."""
    for room in ROOMS:
        for path in sorted((Path(settings.BASE_DIR) / room).rglob("*.py")):
            if "migrations" not in path.parts:
                name = ".".join(path.relative_to(settings.BASE_DIR).with_suffix("").parts)
                yield name.removesuffix(".__init__"), path.read_text()


def calls_of(modules: Iterator[tuple[str, str]]) -> dict[str, set[str]]:
    """Place (module and function) -> what it calls: the functions' full names, methods with a point before them."""
    return {place: calls for name, source in modules for place, calls in Module(name, source).calls.items()}


CALLS = calls_of(product())


def last(name: str) -> str:
    return name.rpartition(".")[2]


def writes(calls: set[str]) -> bool:
    return any(last(name) in (WRITING_METHODS if name.startswith(".") else WRITERS) for name in calls)


def callers_of(place: str, calls: dict[str, set[str]]) -> set[str]:
    """A function by its full name; a method by its name, within its module."""
    module_and_class, _, name = place.rpartition(".")
    if last(module_and_class)[0].isupper():
        module = module_and_class.rpartition(".")[0]
        return {other for other, names in calls.items() if other.startswith(f"{module}.") and f".{name}" in names}
    return {other for other, names in calls.items() if place in names}


def faults(calls: dict[str, set[str]], table: dict[str, Asks | Behind | NoPlan]) -> list[str]:
    """What differs between the code and the table, in sentences."""
    found = {place for place, names in calls.items() if writes(names)}
    told = [
        f"{place} writes rows and has no row in the table: let it ask a guard ({', '.join(GUARDS)}) before it writes, "
        "and add it to PLACES in tests/test_writers.py with that guard."
        for place in sorted(found - table.keys())
    ]
    told += [
        f"{place} writes no rows any more: take its row out of PLACES in tests/test_writers.py."
        for place in sorted(table.keys() - found - CALLERS.keys())
    ]
    for place, guard in table.items():
        if isinstance(guard, Asks) and guard not in {last(name) for name in calls.get(place, ())}:
            told.append(f"{place} is to ask {guard} and doesn't call it.")
        if isinstance(guard, Behind) and (callers := callers_of(place, calls)) != guard:
            told.append(f"{place} is called by {sorted(callers)}, and the table names {sorted(guard)}: who asks there?")
        if isinstance(guard, Behind):
            told += [f"{caller} calls {place} and stands in no row of the table." for caller in guard - table.keys()]
    return told


# --- facts ------------------------------------------------------------------------------------


def test_everything_that_writes_stands_behind_its_guard():
    assert faults(CALLS, TABLE) == []


def test_every_guard_is_one_that_we_know():
    assert {str(guard) for guard in TABLE.values() if isinstance(guard, Asks)} <= GUARDS.keys()


def test_who_stands_behind_others_comes_to_one_that_asks():
    """No circle: each chain of callers ends at a guard."""
    asked = {place for place, guard in TABLE.items() if not isinstance(guard, Behind)}
    for _step in TABLE:
        asked |= {place for place, guard in TABLE.items() if isinstance(guard, Behind) and guard <= asked}
    assert TABLE.keys() - asked == set()


NEW = {
    "a row that is saved": "def fix(goal):\n    goal.statement = 'x'\n    goal.save()\n",
    "a row that is recorded": "from careerplan.base.history import record\ndef fix(goal):\n    record(goal)\n",
    "a queryset that is updated": "def fix(plan):\n    QuerySet(Goal).filter(plan=plan).update(statement='x')\n",
    "a cursor": "def fix():\n    with connection.cursor() as cursor:\n        cursor.execute('DELETE FROM goal')\n",
    "a class": "class Fix:\n    def now(self):\n        Goal.objects.get_or_create(plan=1)\n",
    "a module": "Goal.objects.bulk_create([])\n",
}


@pytest.mark.parametrize("what", NEW)
def test_a_new_writer_is_found_and_told_what_to_do(what):
    calls = calls_of(iter([("goals.mending", NEW[what])]))
    [sentence] = faults(CALLS | calls, TABLE)
    assert sentence.startswith("goals.mending")
    assert "add it to PLACES" in sentence


def test_a_row_without_its_place_is_told():
    gone = {place: names for place, names in CALLS.items() if place != "goals.steps.save_step"}
    assert "goals.steps.save_step writes no rows any more: take its row out of PLACES in tests/test_writers.py." in (
        faults(gone, TABLE)
    )


def test_a_guard_that_is_no_longer_called_is_told():
    calls = CALLS | {
        "goals.steps.save_step": CALLS["goals.steps.save_step"] - {"careerplan.plans.actions.item_for_saving"}
    }
    assert faults(calls, TABLE) == ["goals.steps.save_step is to ask item_for_saving and doesn't call it."]


def test_another_caller_of_what_asks_nothing_is_told():
    source = "from careerplan.plans.actions import take_out\ndef fix(goal):\n    take_out(goal)\n"
    [sentence] = faults(CALLS | calls_of(iter([("goals.mending", source)])), TABLE)
    assert "goals.mending.fix" in sentence
