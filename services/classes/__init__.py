"""What only one class of services has: a detail row beside the planned service, and a form part of its own.

The line of the plan (`PlannedService`) stays narrow. A class that has more to say is a folder here: `models.py` (its
detail row) and `form.py` (its part of the form); `parts.py` binds them to the form kinds of the catalog. What the
contents seal of it stands in `services/items.py`. What classes share whose provider may be one of the list is
`provided` (with `provided_part`, its fields). What a class says several times stands in rows below its detail row
(`in_rows`). Modules in order: `details`, `provided`, each class, `parts`, `actions`.
"""
