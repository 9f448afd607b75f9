"""An empty database gets the tables that the migrations end with, at once, in one transaction.

Django's way builds the models of all apps anew after each step of each migration, which takes minutes. Here each table
is made once, as the last migration leaves it; what the migrations do by functions (guards, collations) follows in their
order, each with the models of its time. Functions that change rows alone say so (`elidable`): there are no rows.
tests/ops/test_upgrade.py holds what comes about against what the migrations make one by one.
"""

from collections.abc import Iterator
from typing import Any

from django.contrib.postgres.operations import CreateExtension
from django.db import migrations, router
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.db.migrations.state import ProjectState
from django.utils.functional import SimpleLazyObject


def is_empty(connection: Any) -> bool:
    return not connection.introspection.table_names()


def make_tables(connection: Any) -> None:
    """Of an empty database. What fails leaves it empty."""
    loader = MigrationLoader(connection)
    steps, nothing = in_order(loader), ProjectState()
    with connection.schema_editor(atomic=True) as editor:
        for migration in steps:
            for operation in migration.operations:
                if isinstance(operation, CreateExtension):
                    operation.database_forwards(migration.app_label, editor, nothing, nothing)
        for model in loader.project_state().apps.get_models():
            if router.allow_migrate_model(connection.alias, model):
                editor.create_model(model)
        while editor.deferred_sql:  # keys and indexes, on which guards rest; the editor's own end comes after these
            editor.execute(editor.deferred_sql.pop(0), params=None)
        for operation, models in functions_of(steps):
            operation.code(models, editor)
        recorder = MigrationRecorder(connection)
        recorder.ensure_schema()
        for migration in steps:
            recorder.record_applied(migration.app_label, migration.name)


def in_order(loader: MigrationLoader) -> list[migrations.Migration]:
    graph = loader.graph
    keys = dict.fromkeys(key for leaf in sorted(graph.leaf_nodes()) for key in graph.forwards_plan(leaf))
    return [graph.nodes[key] for key in keys]


def functions_of(steps: list[migrations.Migration]) -> Iterator[tuple[migrations.RunPython, Any]]:
    """Each with the models of its time, which are built where it asks for them."""
    state = ProjectState()
    for migration in steps:
        for operation in migration.operations:
            if isinstance(operation, migrations.RunPython) and not operation.elidable:
                yield operation, SimpleLazyObject(lambda: state.apps)
                state.__dict__.pop("apps", None)
            operation.state_forwards(migration.app_label, state)
