"""Lists: items, definitions, and the notes at the foot of a body."""

from collections.abc import Iterator
from itertools import groupby

from newscrawl.core.normalize.asides import Reading
from newscrawl.core.normalize.inlines import inline_of
from newscrawl.core.normalize.model import Block, Definition, Definitions, Listing, Notes
from newscrawl.core.normalize.noise import is_noise
from newscrawl.core.normalize.page import NOTE, Page
from newscrawl.core.normalize.paragraphs import paragraphs_of
from newscrawl.core.normalize.reader import Inner
from newscrawl.core.normalize.tree import TEXT, Node, attribute, children, is_blank
from newscrawl.core.normalize.urls import absolute_url, is_in_page

LOOSE = frozenset(
    {TEXT, "a", "b", "strong", "em", "i", "u", "s", "span", "img", "br", "code", "font"}
)
AROUND_NOTES = frozenset({"ol", "div", "section", "article", "main", "aside", "footer"})
NOTE_LISTS = "ol.wp-block-footnotes > li[id], .footnotes li[id], ol > li[data-fn]"


def has_notes(html: str) -> bool:
    """Return whether a body may have footnotes: to look for them costs a tenth of its reading."""
    return "footnotes" in html or NOTE in html


def note_numbers(body: Node) -> dict[str, int]:
    """Return the number of each footnote of a body by its id.

    They are those of WordPress's own block (6.3), of Markdown as Jetpack renders it
    (``class="footnotes"``) and of our own HTML.
    """
    ids = (_note_id(item) for item in body.css(NOTE_LISTS) if _is_read_as_list(item))
    return {id_: number for number, id_ in enumerate(dict.fromkeys(ids), 1)}


def listing(node: Node, page: Page, depth: int, inner: Inner) -> list[Block]:
    """Return a list, or the notes if it holds them."""
    items = [child for child in children(node) if not is_blank(child)]
    if page.notes and any(_note_id(item) in page.notes for item in items):
        return _notes(items, page, depth, inner)
    start = attribute(node, "start")
    first = int(start) if start.isdecimal() and len(start) < 6 else 1
    read = _items(items, page, depth, inner)
    kept = [blocks for blocks in read if blocks]
    return [Listing("ol" if node.tag == "ol" else "ul", kept, first)] if kept else []


def _items(nodes: list[Node], page: Page, depth: int, inner: Inner) -> Iterator[list[Block]]:
    """Yield what each item holds; what stands between items is one of its own."""
    for is_loose, group in groupby(nodes, key=lambda node: node.tag in LOOSE):
        if is_loose:
            reading = Reading(page, [])
            run = [part for node in group for part in inline_of(node, reading, depth)]
            yield paragraphs_of(run, reading)
        else:
            yield from (inner(node, page, depth) for node in group if not is_noise(node))


def definitions(node: Node, page: Page, depth: int, inner: Inner) -> list[Block]:
    """Return the terms of a ``dl`` and what they mean, in order."""
    found = [
        Definition("dt" if child.tag == "dt" else "dd", _meaning(child, page, depth, inner))
        for child in _definitions_in(node)
        if not is_noise(child)
    ]
    kept = [definition for definition in found if definition.blocks]
    return [Definitions(kept)] if kept else []


def _definitions_in(node: Node) -> Iterator[Node]:
    """Yield the terms and meanings of a list, those in its ``div`` groups and what is between."""
    for child in children(node):
        parts = list(children(child)) if child.tag == "div" else []
        if any(part.tag in {"dt", "dd"} for part in parts):
            yield from (part for part in parts if not is_blank(part))
        elif not is_blank(child):
            yield child


def _meaning(node: Node, page: Page, depth: int, inner: Inner) -> list[Block]:
    """Return what a term or a meaning holds; loose words between them are a meaning, too."""
    if node.tag != TEXT:
        return inner(node, page, depth)
    reading = Reading(page, [])
    return paragraphs_of(inline_of(node, reading, depth), reading)


def _is_read_as_list(item: Node) -> bool:
    """Return whether the list that an item stands in is read as one: in a cell it is words."""
    around = item.parent
    while around is not None and around.tag != "body":
        if around.tag not in AROUND_NOTES or is_noise(around):
            return False
        around = around.parent
    return True


def _notes(items: list[Node], page: Page, depth: int, inner: Inner) -> list[Block]:
    notes = []
    for item in items:
        for link in item.css('a[href*="#"]'):
            href = absolute_url(attribute(link, "href"), page.base_url) or ""
            place = href.rpartition("#")[2]
            if is_in_page(href, page.base_url) and place not in page.notes:
                link.decompose()  # the arrow that leads back into the text
        number = page.notes.get(_note_id(item))
        blocks = inner(item, page, depth)
        if number and blocks:
            notes.append((number, blocks))
    return [Notes(notes)] if notes else []


def _note_id(item: Node) -> str:
    return attribute(item, NOTE) or attribute(item, "id")
