"""What a database consists of, in words that two databases can be compared by; the order of columns is left out."""

NAMESPACE = "n.nspname = current_schema()"
# What an extension brought along is not ours.
OURS = "NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.objid = {oid} AND d.deptype = 'e')"
QUESTIONS = {
    "column": f"""
        SELECT c.relname || '.' || a.attname, concat_ws(
            ' ', format_type(a.atttypid, a.atttypmod), co.collname, CASE WHEN a.attnotnull THEN 'NOT NULL' END,
            a.attidentity, pg_get_expr(e.adbin, e.adrelid))
        FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace
        LEFT JOIN pg_collation co ON co.oid = a.attcollation AND co.collname <> 'default'
        LEFT JOIN pg_attrdef e ON e.adrelid = a.attrelid AND e.adnum = a.attnum
        WHERE {NAMESPACE} AND c.relkind IN ('r', 'p', 'v', 'm') AND a.attnum > 0 AND NOT a.attisdropped""",
    "constraint": f"""
        SELECT o.conrelid::regclass || '.' || o.conname, pg_get_constraintdef(o.oid)
        FROM pg_constraint o JOIN pg_namespace n ON n.oid = o.connamespace WHERE {NAMESPACE}""",
    "index": f"""
        SELECT i.indexrelid::regclass::text, pg_get_indexdef(i.indexrelid)
        FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE {NAMESPACE}""",
    "guard": f"""
        SELECT t.tgrelid::regclass || '.' || t.tgname, pg_get_triggerdef(t.oid)
        FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE {NAMESPACE} AND NOT t.tgisinternal""",
    "function": f"""
        SELECT p.oid::regprocedure::text, pg_get_functiondef(p.oid)
        FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
        WHERE {NAMESPACE} AND {OURS.format(oid="p.oid")}""",
    "extension": "SELECT extname, '' FROM pg_extension",
    "migration": "SELECT app || '.' || name, '' FROM django_migrations",
}


def schema(cursor) -> set[tuple[str, str, str]]:
    """(what it is, its name, what it says) of everything that migrations make."""
    found = set()
    for what, question in QUESTIONS.items():
        cursor.execute(question)
        found |= {(what, name, says) for name, says in cursor.fetchall()}
    return found
