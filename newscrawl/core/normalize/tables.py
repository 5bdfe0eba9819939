"""Tables of data; a table that only lays a page out is none."""

from collections.abc import Iterator

from newscrawl.core.normalize.asides import Reading
from newscrawl.core.normalize.model import Block, Cell, Table
from newscrawl.core.normalize.noise import is_noise
from newscrawl.core.normalize.page import Page
from newscrawl.core.normalize.paragraphs import words_of
from newscrawl.core.normalize.tree import Node, attribute, children

CELLS = frozenset({"td", "th"})
SECTIONS = frozenset({"thead", "tbody", "tfoot"})
WIDEST = 1000  # the largest colspan and rowspan that HTML allows


def table_of(node: Node, page: Page) -> list[Block]:
    """Return the table and what is shown in its cells beside words: images, embeds.

    Nothing if it has a single cell or none, or no words: then its cells' blocks are meant.
    """
    reading = Reading(page, [])
    header, rows, caption = 0, [], []
    for section, row in _rows(node):
        shown = [child for child in children(row) if child.tag in CELLS and not is_noise(child)]
        cells = [_cell(child, reading) for child in shown]
        if cells:
            rows.append(cells)
            header += section == "thead"
    for child in children(node):
        if child.tag == "caption":
            caption = words_of(child, reading)
    if not header and rows and all(cell.header for cell in rows[0]):
        header = 1
    if sum(map(len, rows)) < 2 or not (caption or any(cell.run for row in rows for cell in row)):
        return []
    return [Table(rows, header, caption), *reading.aside]


def _rows(node: Node) -> Iterator[tuple[str, Node]]:
    for child in children(node):
        if child.tag == "tr" and not is_noise(child):
            yield "", child
        elif child.tag in SECTIONS and not is_noise(child):
            for row in children(child):
                if row.tag == "tr" and not is_noise(row):
                    yield child.tag or "", row


def _cell(node: Node, reading: Reading) -> Cell:
    return Cell(
        words_of(node, reading),
        node.tag == "th",
        _span(node, "colspan"),
        _span(node, "rowspan"),
    )


def _span(node: Node, name: str) -> int:
    value = attribute(node, name)
    return min(max(int(value), 1), WIDEST) if value.isdecimal() and len(value) < 6 else 1
