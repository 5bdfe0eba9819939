"""One reader an element: from a block element and what is in it to blocks of the model."""

import re
from collections.abc import Mapping

from newscrawl.core.normalize.asides import Reading, lead
from newscrawl.core.normalize.characters import cleaned
from newscrawl.core.normalize.figures import definition_list, division, figure, item_list
from newscrawl.core.normalize.inlines import linked_by, run_of
from newscrawl.core.normalize.model import (
    Block,
    Code,
    Details,
    Figure,
    Heading,
    Paragraph,
    Rule,
    blocks_within,
)
from newscrawl.core.normalize.page import Page
from newscrawl.core.normalize.paragraphs import paragraphs_of, words_of
from newscrawl.core.normalize.players import player_of
from newscrawl.core.normalize.quotes import quote
from newscrawl.core.normalize.reader import Inner, Reader
from newscrawl.core.normalize.runs import Run
from newscrawl.core.normalize.tables import table_of
from newscrawl.core.normalize.tree import Node, attribute, children, has_class, text_of

UNSHOWN_CODE = ["script", "style", "button", "template", "textarea", "select"]
LANGUAGE_CLASS = re.compile(r"\b(?:lang(?:uage)?[-:]|brush:\s*)([\w+#-]+)")


def _heading(node: Node, page: Page, _depth: int, _inner: Inner) -> list[Block]:
    reading = Reading(page, [])
    run = words_of(node, reading)
    level = int((node.tag or "h2")[1])
    return [*([Heading(level, run)] if run else []), *reading.aside]


def _code(node: Node, page: Page, _depth: int, _inner: Inner) -> list[Block]:
    inner = node.css_first("code")
    if inner is None and (
        has_class(node, "wp-block-verse") or node.css_first("a[href], img[src]") is not None
    ):
        return _lines(node, page)
    node.strip_tags(UNSHOWN_CODE, recursive=True)
    for line_break in node.css("br"):
        line_break.replace_with("\n")
    for line in node.css("div, p, li, tr"):
        if line.next is not None and not text_of(line.next).startswith("\n"):
            line.insert_after("\n")
    names = attribute(node, "class") + " " + (attribute(inner, "class") if inner else "")
    language = LANGUAGE_CLASS.search(names)
    text = cleaned(text_of(node)).strip("\n")
    return [Code(text, language[1] if language else "")] if text.strip() else []


def _lines(node: Node, page: Page) -> list[Block]:
    """Return the lines of a verse, its links and its marks among them, as a paragraph."""
    reading = Reading(page, [], in_verse=True)
    return paragraphs_of(run_of(node, reading), reading)


def _table(node: Node, page: Page, depth: int, inner: Inner) -> list[Block]:
    return table_of(node, page) or inner(node, page, depth)


def _details(node: Node, page: Page, depth: int, inner: Inner) -> list[Block]:
    summary: Run = []
    reading = Reading(page, [])
    for child in children(node):
        if child.tag == "summary":
            summary = words_of(child, reading)
            child.decompose()
            break
    return [Details(summary, [*reading.aside, *inner(node, page, depth)])]


def _player(node: Node, page: Page, _depth: int, _inner: Inner) -> list[Block]:
    player = player_of(node, page.base_url)
    return [player] if player else []


def _card(node: Node, page: Page, depth: int, inner: Inner) -> list[Block]:
    """Return the blocks that a link wraps whole; the first that has words carries it.

    Without words its images lead where it leads, or are what it leads to.
    """
    blocks = inner(node, page, depth)
    worded = next((block for block in blocks if isinstance(block, Heading | Paragraph)), None)
    if worded:
        worded.run = linked_by(node.attributes, worded.run, page)
        return blocks
    for block in blocks_within(blocks):
        if isinstance(block, Figure) and not block.link:
            lead(block, attribute(node, "href"), page.base_url)
    return blocks


def _rule(_node: Node, _page: Page, _depth: int, _inner: Inner) -> list[Block]:
    return [Rule()]


READERS: Mapping[str, Reader] = {
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), _heading),
    **dict.fromkeys(("ul", "ol"), item_list),
    **dict.fromkeys(("video", "audio"), _player),
    "a": _card,
    "dl": definition_list,
    "blockquote": quote,
    "div": division,
    "pre": _code,
    "figure": figure,
    "table": _table,
    "details": _details,
    "hr": _rule,
}
