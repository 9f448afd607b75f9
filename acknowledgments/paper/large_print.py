"""The paper in large print (18 pt): its tables of many columns are told line by line.

Six columns of such letters don't fit beside each other. Each row becomes a block with its cells below one another, each
behind the words of its column.
"""

from xml.etree.ElementTree import Element, SubElement

LARGE_PRINT = "large-print"


def tell_line_by_line(page: Element) -> None:
    """Turn every `table.items` of a page into blocks, where the page is one in large print."""
    if page.get("class") != LARGE_PRINT:
        return
    for parent in list(page.iter()):
        for place, table in enumerate(parent):
            if table.tag == "table" and "items" in table.get("class", "").split():
                parent[place] = as_blocks(table)


def as_blocks(table: Element) -> Element:
    told = Element("div", {"class": "told"})
    told.tail = table.tail
    columns = ["".join(head.itertext()).strip() for head in table.iterfind("thead/tr/th")]
    for caption in table.iterfind("caption"):
        heading = SubElement(told, "h3")
        heading.text = caption.text
        heading.extend(list(caption))
    for row in table.iterfind("tbody/tr"):
        block = SubElement(told, "div", {"class": "told-row"})
        for column, cell in zip(columns, row, strict=False):
            if said(cell):
                block.append(as_line(column, cell))
    return told


def said(cell: Element) -> bool:
    return bool("".join(cell.itertext()).strip())


def as_line(column: str, cell: Element) -> Element:
    """A cell as it was written, behind its column; one that stands for the whole row needs none."""
    line = Element("div", {"class": "told-cell"})
    if not cell.get("colspan"):
        label = SubElement(line, "strong")
        label.text, label.tail = f"{column}:", " "
    has_paragraphs = cell.find("p") is not None
    written = SubElement(line, "div" if has_paragraphs else "span")
    written.attrib |= {name: value for name, value in cell.attrib.items() if name in {"lang", "dir"}}
    written.text = cell.text
    written.extend(list(cell))
    return line
