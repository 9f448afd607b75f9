"""Languages in the structure of the paper's PDF: `lang` of an element becomes /Lang of its tag.

WeasyPrint writes the language of the whole document alone; a screen reader would read an English sentence of a Spanish
paper with a Spanish voice (PDF/UA-1, 7.2). Its builder of tags calls itself by its name in its module, so that ours in
its place is asked for each element.
"""

from collections.abc import Iterator
from typing import Any

import pydyf
from weasyprint.pdf import tags

build = tags._build_box_tree


def with_language(box: Any, parent: Any, *rest: Any) -> Iterator[Any]:
    """The tags of a box, with the language that its element names for itself."""
    element = getattr(box, "element", None)
    language = None if element is None or element.tag == "html" else element.get("lang")
    for tag in build(box, parent, *rest):
        if language:
            tag["Lang"] = pydyf.String(language)
        yield tag


def write_languages() -> None:
    tags._build_box_tree = with_language
