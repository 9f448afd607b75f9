"""Words as they are searched in texts: small letters, and those with a mark as their plain letter (`base/names.py`).

The database and Python read them by one table; a letter that reads as two of them stays as it is.
"""

import unicodedata
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Func, TextField, Value
from django.db.models.lookups import Contains
from django.db.models.sql.compiler import SQLCompiler

from careerplan.base.names import plain

# Letters of Latin script beyond ASCII, and marks that stand by themselves after their letter.
LETTERS = [*range(0x00C0, 0x0250), *range(0x1E00, 0x1F00)]
MARKS = range(0x0300, 0x0370)


def plain_letter(letter: str) -> str:
    """ "" where it reads as no letter, or as several."""
    small = unicodedata.normalize("NFKD", letter.casefold())
    found = "".join(plain(sign) for sign in small)
    return found if len(found) == 1 and found.isalpha() else ""


PLAIN = {chr(code): found for code in LETTERS if (found := plain_letter(chr(code)))}
TABLE = str.maketrans(PLAIN | {chr(code): "" for code in MARKS})
# As PostgreSQL's translate() takes it: what has no partner goes.
FROM = "".join([*PLAIN, *map(chr, MARKS)])
TO = "".join(PLAIN.values())


def folded(text: str) -> str:
    return text.translate(TABLE).lower()


class Folded(Func):
    """The same of a column."""

    template = "LOWER(TRANSLATE(%(expressions)s))"
    output_field = TextField()

    def __init__(self, column: Any):
        super().__init__(column, Value(FROM), Value(TO))

    def as_sqlite(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **more: Any) -> Any:
        """A function of `base/sqlite`."""
        alone = Func(self.get_source_expressions()[0], function="careerplan_folded", output_field=TextField())
        return alone.as_sql(compiler, connection, **more)


def says(column: str, word: str) -> Contains:
    """A condition: the column's text has this word, or it is a part of one there."""
    return Contains(Folded(column), folded(word))
