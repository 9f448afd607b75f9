"""Workbooks that count their days from 1904, as old Excel for Macintosh did: a day that is kept as a plain number would
be read four years too early."""

import io
import re

from django.utils.translation import gettext as _

from careerplan.base import archives
from careerplan.base.refusals import Refusal

WORKBOOK = "xl/workbook.xml"
SAYS_SO = re.compile(rb"""<(?:\w+:)?workbookPr\s[^<>]*?date1904\s*=\s*["'](?:1|true|on)["']""")
# It stands near the beginning; whatever the member unpacks to, no more is read.
LOOKED_AT = 64 * 1024


def refuse_days_of_1904(content: bytes) -> None:
    """What can't be opened here is refused where it is read."""
    try:
        with archives.opened(io.BytesIO(content)) as archive, archive.open(WORKBOOK) as file:
            beginning = file.read(LOOKED_AT)
    except Exception:  # whatever a hostile file does to the unpackers
        return
    if SAYS_SO.search(beginning):
        sentence = _(
            "This workbook counts its days from 1904, so days that are plain numbers can't be told. Format their cells "
            "as dates, save the sheet as CSV, and choose that."
        )
        raise Refusal("days-of-1904", sentence, field="file")
