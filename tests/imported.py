"""Files of customers, brought and checked as the pages do it."""

import csv
import io

from careerplan.base import clock
from careerplan.imports import actions
from careerplan.imports.enums import Encoding
from careerplan.imports.kinds import kind_of
from careerplan.imports.models import Import, ImportRow
from careerplan.imports.rows import said_of
from careerplan.imports.working import work_on
from customers.importing import KEY
from tests.people import administrator, planner

LONG = 600


def as_file(rows):
    """`rows`: dictionaries by heading."""
    headings = list(dict.fromkeys(heading for row in rows for heading in row))
    written = io.StringIO()
    writer = csv.DictWriter(written, headings, restval="")
    writer.writeheader()
    writer.writerows(rows)
    return written.getvalue().encode()


def person(number=1, **cells):
    """A row of somebody who is not here yet."""
    known = {
        "Participant ID": f"200000{number}",
        "First name": "Rosa",
        "Last name": f"Lindqvist{'abcdefghij'[number]}",
        "Birth date": f"04/0{number}/1990",
        "E-mail": f"rosa{number}@example.org",
    }
    return known | cells


def like(customer, **cells):
    """A row of a customer who is here."""
    known = {
        "Participant ID": customer.state_id,
        "First name": customer.first_name,
        "Last name": customer.last_name,
        "Birth date": f"{customer.birth_date:%m/%d/%Y}",
        "E-mail": customer.email,
    }
    return known | cells


def brought(rows, *, by=None, options=None, name="people.csv"):
    """An import whose columns are mapped as guessed; nothing is checked yet."""
    by, at = by or planner(), clock.now()
    content = rows if isinstance(rows, bytes) else as_file(rows)
    bringing = actions.bring(kind_of(KEY), name, content, encoding=Encoding.UTF_8, by=by, at=at)
    chosen = {one: field.initial for one, field in bringing.about.options(by).items()} | (options or {})
    return actions.map_columns(bringing, bringing.columns, chosen, by=by, at=at)


def checked(rows, **options):
    bringing = brought(rows, **options)
    work_on(bringing.pk, seconds=LONG)
    bringing.refresh_from_db()
    return bringing


def catalog_brought(rows, *, by=None):
    """A file of services, checked; `rows` as for `as_file`, or what stands in the file."""
    by, at = by or administrator(), clock.now()
    content = rows if isinstance(rows, bytes) else as_file(rows)
    kind = kind_of("services")
    bringing = actions.bring(kind, "services.csv", content, encoding=Encoding.UTF_8, by=by, at=at)
    return mapped(bringing, by, at)


def mapped(bringing, by, at):
    bringing = actions.map_columns(bringing, bringing.columns, {}, by=by, at=at)
    work_on(bringing.pk, seconds=LONG)
    bringing.refresh_from_db()
    return bringing


def confirmed(bringing, by=None):
    """Confirmed, and gone on with until nothing is left to do."""
    actions.confirm(bringing, by=by or bringing.uploaded_by, at=clock.now())
    work_on(bringing.pk, seconds=LONG)
    bringing.refresh_from_db()
    return bringing


def as_shown(bringing):
    """What the button of the page sends that shows the import as it is now."""
    return {"changes": Import.objects.get(pk=bringing.pk).changes}


def rows_of(bringing):
    return list(ImportRow.objects.filter(bringing=bringing).order_by("number"))


def with_cells(row, **texts):
    """The cells of `row` with others for these fields: by their columns, as two cells may hold one text by chance."""
    cells = list(row.cells)
    for field, text in texts.items():
        cells[row.bringing.place_of(field)] = text
    return cells


def states(bringing):
    return [row.state for row in rows_of(bringing)]


def why(row):
    """(field, code) of each fault, with its sentence looked at in passing."""
    assert all(said_of(fault) for fault in row.faults)
    return [(fault["field"], fault["code"]) for fault in row.faults]


def changes(row):
    return {one["field"]: (one["before"], one["after"]) for one in row.differences}
