"""How PostgreSQL would answer a query, where a table is as long as a state's: it never reads one from end to end."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db import connection, transaction
from django.db.models import QuerySet


@dataclass
class Plan:
    """`indexes`: (name, kind of scan); `unbounded`: of those the names of indexes that are read from end to end,
    since nothing is asked of their first column; `whole`: (table, filter) of tables that are."""

    indexes: list[tuple[str, str]] = field(default_factory=list)
    whole: list[tuple[str, str]] = field(default_factory=list)
    unbounded: list[str] = field(default_factory=list)
    sorts: list[str] = field(default_factory=list)
    text: str = ""


def plan_of(rows: QuerySet | str, *, dear_scans: bool = True) -> Plan:
    """`dear_scans`: where a table is short, PostgreSQL would read it whole, and sort it; so both count as dear, and
    where they are chosen all the same, there is no other way."""
    sql = rows if isinstance(rows, str) else as_sent(rows)
    with transaction.atomic(), connection.cursor() as cursor:
        # Where the keys of a test lie close together, it would walk an index from its beginning and soon be at the end.
        cursor.execute("SET LOCAL enable_mergejoin = off")
        if dear_scans:
            cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_sort = off")
        cursor.execute(f"EXPLAIN (FORMAT JSON) {sql}")
        found = cursor.fetchone()[0]
        cursor.execute("SET LOCAL enable_seqscan = on; SET LOCAL enable_sort = on; SET LOCAL enable_mergejoin = on")
    [whole] = json.loads(found) if isinstance(found, str) else found
    plan = Plan(text=json.dumps(whole, indent=1))
    for node in nodes(whole["Plan"]):
        if node["Node Type"] == "Seq Scan":
            plan.whole.append((node["Relation Name"], node.get("Filter", "")))
        if "Index Name" in node and first_column(node["Index Name"]) not in node.get("Index Cond", ""):
            plan.unbounded.append(node["Index Name"])
        if "Index Name" in node:
            plan.indexes.append((node["Index Name"], node["Node Type"]))
        if "Sort" in node["Node Type"]:
            plan.sorts.append(node["Node Type"])
    return plan


def first_column(index: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_get_indexdef(to_regclass(%s), 1, true)", [f'"{index}"'])
        return str(cursor.fetchone()[0])


def as_sent(rows: QuerySet) -> str:
    """The query with its values."""
    sql, values = rows.query.sql_with_params()
    return str(connection.ops.compose_sql(sql, values)) if values else sql


def nodes(node: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield node
    for child in node.get("Plans", []):
        yield from nodes(child)
