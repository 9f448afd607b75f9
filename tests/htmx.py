"""What htmx makes of a page: the answer to a request swapped into it, as the page's own attributes say."""

import copy
from typing import Any

from lxml import html


def tree(response: Any) -> Any:
    return html.fromstring(response.content.decode())


def swapped(page: Any, answer: Any, asking: Any) -> Any:
    """The page after the answer to the element that asks (`asking`, with its hx-* attributes) was swapped in."""
    page, asking = copy.deepcopy(page), dict(asking.attrib)
    fragment = html.fragment_fromstring(answer.content.decode(), create_parent="div")
    for element in fragment.xpath(".//*[@hx-swap-oob='true']"):
        del element.attrib["hx-swap-oob"]
        element.getparent().remove(element)
        replace(one(page, element.get("id")), element)
    target, select = asking.get("hx-target", ""), asking.get("hx-select", "")
    found = one(fragment, select.removeprefix("#")) if select else None
    if asking.get("hx-swap") == "outerHTML":
        roots = [found] if found is not None else list(fragment)
        assert len(roots) == 1, "a fragment has one root"
        assert roots[0].get("id") == target.removeprefix("#"), "whose id is that of what it takes the place of"
        replace(one(page, target.removeprefix("#")), roots[0])
    return page


def one(root: Any, name: str) -> Any:
    [found] = root.xpath("//*[@id=$name]" if root.tag == "html" else ".//*[@id=$name]", name=name)
    return found


def replace(old: Any, new: Any) -> None:
    new.tail = old.tail
    old.getparent().replace(old, new)


def settled(page: Any, typed: dict[str, str] | None = None) -> str:
    """The page's main part (or a fragment) as text, with what a person has typed into it, and without tokens."""
    main = copy.deepcopy(next(iter(page.xpath(".//main")), page))
    for name, value in (typed or {}).items():
        for field in main.xpath(".//input[@name=$name] | .//select[@name=$name]", name=name):
            if field.tag == "input":
                field.set("value", value)
            for option in field.xpath("./option"):
                option.attrib.pop("selected", None)
                if option.get("value") == value:
                    option.set("selected", "")
    for token in main.xpath(".//input[@name='csrfmiddlewaretoken' or @name='form_key' or @name='typed_by']"):
        token.getparent().remove(token)
    return " ".join(html.tostring(main, encoding="unicode", method="html", with_tail=False).split()).replace(
        "> <", "><"
    )
