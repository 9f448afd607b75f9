"""A state out of a small one: every row that grows with the state is copied, `INSERT ... SELECT`, with other keys.

The small state is called the seed. Its keys lie between 1,000,001 and 1,999,999 (`benchmarks/seeds.py`), so that each
has seven digits and begins with 1: copy k adds k times ten million to a key in a column, and writes k before a key in a
text, which is the same. Offices and planners are copied, so that what a planner sees has the same size in every state;
areas are copied up to `AREAS` times, for a state has no thousand of them. Names, participant IDs, phones and birth
dates of the copies are others, and so are what is made of them: search words, sealed contents, digests.
"""

from collections.abc import Callable, Iterable
from dataclasses import astuple
from typing import Any

from benchmarks.names import DOMAIN, MARK, MARK_BORN, MARK_PHONE, names
from benchmarks.tables import STEP, Column, Table, growing_tables

FIRST_KEY, LAST_KEY = 1_000_001, 1_999_999
KEY_IN_TEXT = r"\m1\d{6}\M"
# A sign that no text has: in the seed's texts it stands where a copy has its number.
COPY_HERE = "chr(1)"
AREAS = 8
NAMES = 19_997  # a prime, so that the copies of one customer go through all of them
TEXTS = ("text", "character varying", "jsonb")
LETTERS = "ACDEFGHJKMNPQRTU"  # sixteen of those of short codes

# What the copies have of their own. `c` is the copy (k), `t` the seed's row, `p` the person, `n` the person's name.
OF_A_USER = {
    "first_name": "coalesce(n.first_name, t.first_name)",
    "last_name": "coalesce(n.last_name, t.last_name)",
    "username": "coalesce(n.username || '.' || p.state_id, t.username || '.' || c.k)",
    "email": f"coalesce(n.username || '.' || p.state_id || '@{DOMAIN}', 'copy' || c.k || '.' || t.email)",
    "phone": "coalesce(p.phone, t.phone)",
}
OF_A_CUSTOMER = {
    "first_name": "n.first_name",
    "middle_name": "n.middle_name",
    "last_name": "n.last_name",
    "preferred_name": "''",
    "email": f"n.username || '.' || p.state_id || '@{DOMAIN}'",
    "email_key": f"n.username || '.' || p.state_id || '@{DOMAIN}'",
    "username_key": "CASE WHEN t.username_key = '' THEN '' ELSE n.username || '.' || p.state_id END",
    "name_key": "n.name_key",
    "state_id": "p.state_id",
    "phone": "p.phone",
    "birth_date": "p.birth_date",
}
OWN: dict[str, dict[str, str]] = {
    "accounts_user": OF_A_USER,
    "accounts_historicaluser": OF_A_USER,
    "customers_customer": OF_A_CUSTOMER,
    "customers_historicalcustomer": OF_A_CUSTOMER,
    "accounts_region": {"code": "t.code || '-' || c.k", "name": "t.name || ' ' || c.k"},
    "accounts_grantee": {"name": "t.name || ' ' || c.k"},
    "accounts_office": {"name": "t.name || ' ' || c.k"},
    "acknowledgments_seal": {
        "canonical": "s.canonical",
        "digest": "encode(sha256(convert_to(s.canonical, 'UTF8')), 'hex')",
        "short_code": f"left(t.short_code, 8) || translate(lpad(to_hex(c.k), 4, '0'), '0123456789abcdef', '{LETTERS}')",
        "chain_digest": "NULL",  # as of releases that knew no chain
    },
    "acknowledgments_acknowledgment": {
        "digest": "s.digest",
        "signer_name": "CASE WHEN t.signer_name = '' THEN '' ELSE n.full_name END",
        "typed_name": "CASE WHEN t.typed_name = '' THEN '' ELSE n.full_name END",
        "sealed_name": "CASE WHEN t.sealed_name = '' THEN '' ELSE n.listed_name END",
    },
}
PERSON = "LEFT JOIN seed.people p ON p.copy = c.k AND p.{key} LEFT JOIN seed.names n ON n.number = p.name"
PLAN_PERSON = PERSON.format(key="customer = (SELECT plan.customer_id FROM seed.plans_planversion version "
                                "JOIN seed.plans_employmentplan plan ON plan.id = version.plan_id "
                                "WHERE version.id = t.version_id)")  # fmt: skip
# What is sealed about a person: its name in the contents, the sign in its place, and what a copy has there.
SEALED_ABOUT = (
    ("customer_email", "chr(2)", f"n.username || '.' || p.state_id || '@{DOMAIN}'"),
    ("customer_name", "chr(3)", "n.listed_name"),
    ("participant_id", "chr(4)", "p.state_id"),
)


def sealed() -> str:
    """The contents of a copy."""
    text = f"replace(t.canonical, {COPY_HERE}, c.k::text)"
    for _name, sign, value in SEALED_ABOUT:
        text = f"replace({text}, {sign}, {value})"
    return text


JOINED = {
    "accounts_user": PERSON.format(key='"user" = t.id'),
    "accounts_historicaluser": PERSON.format(key='"user" = t.id'),
    "customers_customer": PERSON.format(key="customer = t.id"),
    "customers_historicalcustomer": PERSON.format(key="customer = t.id"),
    "acknowledgments_seal": f"{PLAN_PERSON} CROSS JOIN LATERAL (SELECT {sealed()} AS canonical OFFSET 0) s",
    "acknowledgments_acknowledgment": f"{PLAN_PERSON} JOIN public.acknowledgments_seal s "
    f"ON s.id = t.seal_id + c.k::bigint * {STEP}",
}
# Made of the customers' new names, and not of the seed's rows.
SEARCH_WORDS = "customers_searchword"
FILL_SEARCH_WORDS = f"""
INSERT INTO public.{SEARCH_WORDS} (customer_id, word, name_key)
SELECT p.customer + p.copy::bigint * {STEP},
    replace(replace(replace(replace(replace(word, '{MARK}', p.state_id), '{MARK_PHONE.replace("-", "")}',
    replace(p.phone, '-', '')), '{MARK_PHONE[4:].replace("-", "")}', right(replace(p.phone, '-', ''), 7)),
    '{MARK_BORN.isoformat()}', to_char(p.birth_date, 'YYYY-MM-DD')),
    '{MARK_BORN.strftime("%m%d%Y")}', to_char(p.birth_date, 'MMDDYYYY')), n.name_key
FROM seed.people p JOIN seed.names n ON n.number = p.name CROSS JOIN unnest(n.words) word WHERE p.copy > 0
"""
# What needs another table's copies, with their indexes.
LAST = ("acknowledgments_acknowledgment",)

Each = Callable[[list[Callable[[Any], None]]], None]


def multiply(cursor: Any, copies: int, each: Each | None = None) -> dict[str, Table]:
    """Makes `copies` states of the one that stands there (which counts); gives the tables that grew.

    `each` runs the loads of many tables, each with a cursor of its own; one after the other where it is not given.
    """
    tables = growing_tables(cursor)
    each = each or (lambda loads: [load(cursor) for load in loads])
    keep_seed(cursor, tables)
    know_people(cursor, copies)
    full = [table for table in tables.values() if has_rows(cursor, table)]
    loads = {table.name: load_of(cursor, table, tables, copies) for table in full}
    last = [loads.pop(name) for name in LAST if name in loads]
    each(list(loads.values()))
    each(last)
    set_sequences(cursor, tables)
    cursor.execute("DROP SCHEMA seed CASCADE")
    return tables


def keep_seed(cursor: Any, tables: dict[str, Table]) -> None:
    """The seed's rows beside the tables that grow, so that each copy reads no more than them."""
    cursor.execute("DROP SCHEMA IF EXISTS seed CASCADE")
    cursor.execute("CREATE SCHEMA seed")
    for name, table in tables.items():
        columns = ", ".join(marked(column) for column in table.columns)
        cursor.execute(f"CREATE TABLE seed.{name} AS SELECT {columns} FROM public.{name}")
        for column in table.columns:
            if column.kind == "jsonb" and not names_keys(cursor, table, column):  # nothing to write anew
                alter = f'ALTER COLUMN "{column.name}" TYPE jsonb USING "{column.name}"::jsonb'
                cursor.execute(f"ALTER TABLE seed.{name} {alter}")
    for name, sign, _value in SEALED_ABOUT:
        cursor.execute(
            "UPDATE seed.acknowledgments_seal SET canonical = regexp_replace(canonical, "
            f"'(\"{name}\":\")[^\"]*', '\\1' || {sign})"
        )
    cursor.execute("CREATE UNIQUE INDEX ON seed.plans_planversion (id)")
    cursor.execute("CREATE UNIQUE INDEX ON seed.plans_employmentplan (id)")


def marked(column: Column) -> str:
    """A text with a mark before each key that it names."""
    if column.kind not in TEXTS:
        return f'"{column.name}"'
    return f"regexp_replace(\"{column.name}\"::text, '({KEY_IN_TEXT})', {COPY_HERE} || '\\1', 'g') AS \"{column.name}\""


def know_people(cursor: Any, copies: int) -> None:
    """Who each copy of a customer is."""
    cursor.execute(
        "CREATE TABLE seed.names (number int PRIMARY KEY, first_name text, middle_name text, last_name text, "
        "username text, full_name text, listed_name text, name_key text, words text[])"
    )
    with cursor.copy("COPY seed.names FROM STDIN") as copy:
        for number, name in enumerate(names(NAMES)):
            copy.write_row((number, *astuple(name)))
    cursor.execute(
        'CREATE TABLE seed.people AS SELECT c.k AS copy, t.id AS customer, t.user_id AS "user", '
        f"((t.id * 7919 + c.k * 104729) % {NAMES})::int AS name, c.k || t.state_id AS state_id, "
        "left(coalesce(nullif(t.phone, ''), '217'), 3) || '-' || (200 + (t.id * 31 + c.k * 7) % 700) || '-' || "
        "lpad(((t.id * 17 + c.k * 1237) % 10000)::text, 4, '0') AS phone, "
        "coalesce(t.birth_date, DATE '1990-01-01') - (c.k % 300) AS birth_date "
        f"FROM generate_series(1, {copies - 1}) c(k) CROSS JOIN public.customers_customer t"
    )
    cursor.execute("CREATE UNIQUE INDEX ON seed.people (copy, customer)")
    cursor.execute('CREATE INDEX ON seed.people (copy, "user")')
    cursor.execute("ANALYZE seed.people")
    cursor.execute("ANALYZE seed.names")


def has_rows(cursor: Any, table: Table) -> bool:
    cursor.execute(f"SELECT EXISTS (SELECT 1 FROM seed.{table.name})")
    return cursor.fetchone()[0]


def load_of(cursor: Any, table: Table, tables: dict[str, Table], copies: int) -> Callable[[Any], None]:
    statement = FILL_SEARCH_WORDS if table.name == SEARCH_WORDS else copying(cursor, table, tables, copies)

    def load(cursor: Any) -> None:
        with_indexes_built_after(cursor, table.name, statement)

    load.__name__ = table.name
    return load


def copying(cursor: Any, table: Table, tables: dict[str, Table], copies: int) -> str:
    """The statement that fills one table. The copies stand one after the other, each as the seed stands."""
    values = {column.name: value_of(cursor, table, column, tables) for column in table.columns}
    changed = {name for name, value in values.items() if value != f't."{name}"'}
    for unique in table.unique:
        if not unique & changed:
            name = next(iter(sorted(unique)))
            values[name] = made_unique(next(column for column in table.columns if column.name == name), table)
            changed.add(name)
    columns = ", ".join(f'"{name}"' for name in values)
    last = min(copies, AREAS) - 1 if table.areas else copies - 1
    return (
        f"INSERT INTO public.{table.name} ({columns}) OVERRIDING SYSTEM VALUE SELECT {', '.join(values.values())} "
        f"FROM generate_series(1, {last}) c(k) "
        f"CROSS JOIN LATERAL (SELECT * FROM seed.{table.name} WHERE c.k > 0 OFFSET 0) t {JOINED.get(table.name, '')}"
    )


def value_of(cursor: Any, table: Table, column: Column, tables: dict[str, Table]) -> str:
    own = OWN.get(table.name, {})
    value = f't."{column.name}"'
    if column.name in own:
        return own[column.name]
    if column.name in table.keys:
        parent = table.keys[column.name]
        if parent is None or parent in tables:
            copy = f"(c.k % {AREAS})" if parent and tables[parent].areas else "c.k"
            return f"{value} + {copy}::bigint * {STEP}"
        return value
    if column.kind in TEXTS and names_keys(cursor, table, column):
        text = f"replace({value}, {COPY_HERE}, c.k::text)"
        return f"{text}::jsonb" if column.kind == "jsonb" else text
    return value


def names_keys(cursor: Any, table: Table, column: Column) -> bool:
    """Whether the text names keys, in whatever row of the seed."""
    cursor.execute(
        f'SELECT EXISTS (SELECT 1 FROM seed.{table.name} WHERE position({COPY_HERE} in "{column.name}"::text) > 0)'
    )
    return cursor.fetchone()[0]


def made_unique(column: Column, table: Table) -> str:
    if column.kind == "uuid":
        return f"md5(t.\"{column.name}\"::text || '-' || c.k)::uuid"
    if column.kind in TEXTS[:2]:
        return f"t.\"{column.name}\" || '-' || c.k"
    raise ValueError(f"{table.name}.{column.name} is unique: say in {__file__} what its copies have.")


def with_indexes_built_after(cursor: Any, table: str, statement: str) -> None:
    """Fills a table in the cursor's transaction: no trigger fires, and neither indexes nor the log are written."""
    cursor.execute("SET LOCAL session_replication_role = replica")
    write_anew(cursor, table)
    cursor.execute(f"UPDATE pg_index SET indisready = false WHERE indrelid = 'public.{table}'::regclass")
    cursor.execute(statement)
    cursor.execute(f"REINDEX TABLE public.{table}")  # ready again, all of them


def write_anew(cursor: Any, table: str) -> None:
    """Into a file of this transaction's own: what is added to it needs no log (`wal_level = minimal`)."""
    cursor.execute(
        "SELECT relname FROM pg_index JOIN pg_class ON pg_class.oid = indexrelid "
        "WHERE indrelid = %s::regclass AND indisprimary",
        [f"public.{table}"],
    )
    (index,) = cursor.fetchone()
    cursor.execute(f'CLUSTER public.{table} USING "{index}"')
    cursor.execute(f"ALTER TABLE public.{table} SET WITHOUT CLUSTER")


def set_sequences(cursor: Any, tables: Iterable[str]) -> None:
    """The next row's key comes after all others."""
    for table in tables:
        cursor.execute(
            "SELECT attname FROM pg_attribute WHERE attrelid = %s::regclass AND attidentity <> ''", [f"public.{table}"]
        )
        for (column,) in cursor.fetchall():
            cursor.execute(
                f"SELECT setval(pg_get_serial_sequence('public.{table}', '{column}'), "
                f'(SELECT greatest(max("{column}"), {FIRST_KEY}) FROM public.{table}))'
            )


def begin_keys(cursor: Any) -> None:
    """Before the seed is made: keys of seven digits that begin with 1, in every table that grows."""
    for name, table in growing_tables(cursor).items():
        kinds = {column.name: column.kind for column in table.columns}
        cursor.execute(
            "SELECT attname FROM pg_attribute WHERE attrelid = %s::regclass AND attidentity <> ''", [f"public.{name}"]
        )
        for (column,) in cursor.fetchall():
            if kinds[column] == "bigint":
                cursor.execute(f'ALTER TABLE public.{name} ALTER COLUMN "{column}" RESTART WITH {FIRST_KEY}')
