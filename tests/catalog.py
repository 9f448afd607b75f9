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


LINE = {key: re.compile(rf'^{key} "(.*)"$', re.MULTILINE) for key in ("msgctxt", "msgid", "msgstr")}


def words_of(file: Path) -> dict[Any, str]:
    """The messages of a compiled catalog; one with a plural stands once for each form, as (message, form)."""
    with file.open("rb") as opened:
        return gettext.GNUTranslations(opened)._catalog


def in_po() -> list[dict[str, str]]:
    """The entries of the catalog: `context`, `message`, `words`, and `places`, the files that say it."""
    entries = []
    for block in CATALOG.read_text(encoding="utf-8").split("\n\n"):
        said = {key: found[1] for key in ("msgctxt", "msgid", "msgstr") if (found := LINE[key].search(block))}
        if said.get("msgid"):
            places = " ".join(line[3:] for line in block.splitlines() if line.startswith("#: "))
            entry = {"context": said.get("msgctxt", ""), "message": said["msgid"], "words": said.get("msgstr", "")}
            entries.append(entry | {"places": places})
    return entries


@cache
def messages() -> dict[Any, str]:
    return words_of(CATALOG.with_suffix(".mo"))
