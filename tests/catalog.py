"""The Spanish words as the product reads them."""

import gettext
import re
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings

CATALOG = Path(settings.LOCALE_PATHS[0]) / "es" / "LC_MESSAGES" / "django.po"
# %(name)s and %s of Python, %% of a template's percent sign, {name} of str.format, tags of HTML, ends of lines.
KEPT = re.compile(r"%\(\w+\)[sd]|%[sd]|%%|\{\w*\}|</?\w+[^>]*>|\n")


def words_of(file: Path) -> dict[Any, str]:
    """The messages of a compiled catalog; one with a plural stands once for each form, as (message, form)."""
    with file.open("rb") as opened:
        return gettext.GNUTranslations(opened)._catalog


@cache
def messages() -> dict[Any, str]:
    return words_of(CATALOG.with_suffix(".mo"))
