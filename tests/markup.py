"""Reads a page as a person does: its words, tables by caption, forms by where they go, links."""

from typing import Any

from django.http import HttpResponse
from lxml import html


class Page:
    def __init__(self, response: HttpResponse):
        self.root = html.fromstring(response.content.decode())
        for line_break in self.root.iter("br"):
            line_break.tail = f" {line_break.tail or ''}"

    @property
    def words(self) -> str:
        return words_of(self.root)

    def has_id(self, name: str) -> bool:
        return bool(self.root.xpath("//*[@id=$name]", name=name))

    def table(self, caption: str) -> list[dict[str, str]]:
        """The rows of the table with this caption, each cell under its column's heading."""
        found = [table for table in self.root.iter("table") if words_of(table.find("caption")) == caption]
        assert found, f"The page has no table {caption!r}."
        headings = [words_of(cell) for cell in found[0].xpath("./thead/tr/th")]
        return [
            dict(zip(headings, map(words_of, row.xpath("./td | ./th")), strict=True))
            for row in found[0].xpath("./tbody/tr")
        ]

    @property
    def rows(self) -> list[list[str]]:
        """The words in the cells of its tables, line by line."""
        return [[words_of(cell) for cell in line.xpath("./td | ./th")] for line in self.root.xpath("//tbody/tr")]

    def links(self) -> dict[str, str]:
        """Address by words."""
        return {words_of(link): link.get("href") for link in self.root.iter("a")}

    def form(self, action: str = "", button: str = "") -> dict[str, Any]:
        """What the browser sends when the form is sent as it stands; found by its address, or by a button's words."""
        for form in self.root.iter("form"):
            buttons = [words_of(found) for found in form.iter("button")]
            if (form.get("action") or "") == action and (not button or button in buttons):
                return values_of(form)
        raise AssertionError(f"The page has no form {action!r} with the button {button!r}.")

    def facts(self) -> dict[str, str]:
        """The terms of the page and what they say."""
        terms = {words_of(row.find("dt")): words_of(row.find("dd")) for row in self.root.xpath("//dl/div")}
        lines = self.root.xpath("//ul[contains(@class, 'lines')]/li[strong]")
        return terms | {words_of(row.find("strong")): words_of(row.find("span")) for row in lines}


def words_of(element: Any) -> str:
    return " ".join(element.text_content().split()) if element is not None else ""


def values_of(form: Any) -> dict[str, Any]:
    """By name; a list where a name is sent more than once."""
    values: dict[str, list[str]] = {}
    for name, value in form.form_values():
        values.setdefault(name, []).append(value)
    for name in ("csrfmiddlewaretoken", "typed_by", "typed_in"):  # not of the form, but of who sees it
        values.pop(name, None)
    for choice in form.xpath(".//input[@type='radio'][@checked][@value='']"):  # lxml sends `on` for it
        values[choice.get("name")] = [""]
    for area in form.iter("textarea"):  # a browser drops the line break after the tag
        values[area.get("name")] = [value.removeprefix("\n") for value in values[area.get("name")]]
    return {name: found if len(found) > 1 else found[0] for name, found in values.items()}
