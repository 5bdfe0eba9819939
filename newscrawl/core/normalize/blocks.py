"""From elements to blocks: one walk over the tree, by one reader an element."""

from newscrawl.core.normalize.characters import collapsed
from newscrawl.core.normalize.directions import stated
from newscrawl.core.normalize.elements import READERS
from newscrawl.core.normalize.inlines import DEEPEST, Reading, inline_of
from newscrawl.core.normalize.model import Block, Figure, Paragraph
from newscrawl.core.normalize.noise import is_noise
from newscrawl.core.normalize.page import Page
from newscrawl.core.normalize.paragraphs import paragraphs_of, plain_paragraph
from newscrawl.core.normalize.runs import Run
from newscrawl.core.normalize.tree import Node, children, is_blank, only_text, seen_text_of

CONTAINERS = frozenset(
    {"p", "div", "section", "article", "main", "header", "footer", "aside", "nav", "address"}
    | {"center", "figure", "blockquote", "pre", "table", "ul", "ol", "dl", "li", "dt", "dd", "hr"}
    | {"h1", "h2", "h3", "h4", "h5", "h6", "details", "summary", "noscript", "fieldset", "hgroup"}
    | {"thead", "tbody", "tfoot", "tr", "td", "th", "caption", "video", "audio"}
)
WRAPPERS = frozenset({"a", "span", "strong", "em", "b", "i", "font", "label"})


def blocks_of(node: Node, page: Page, depth: int = 0) -> list[Block]:
    """Return the blocks below an element; bare text between blocks is a paragraph."""
    if node.tag == "p" and (paragraph := plain_paragraph(node)):
        return stated([paragraph], node, page)
    out: list[Block] = []
    run: Run = []
    reading = Reading(page, [])
    for child in children(node):
        tag = child.tag
        if tag not in CONTAINERS and not (tag in WRAPPERS and _holds_blocks(child)):
            if run or not is_blank(child):
                run += inline_of(child, reading, depth)
            continue
        if run or reading.aside:
            out += paragraphs_of(run, reading)
            run, reading = [], Reading(page, [])
        if not is_noise(child):
            out += without_twins(_block(child, page, depth + 1), out, child)
    return stated(out + paragraphs_of(run, reading), node, page)


def without_twins(blocks: list[Block], before: list[Block], node: Node) -> list[Block]:
    """Return the blocks of a ``noscript`` without the image that its lazy twin shows already."""
    if node.tag != "noscript":
        return blocks
    shown = {block.image.src for block in before[-2:] if isinstance(block, Figure)}
    return [b for b in blocks if not (isinstance(b, Figure) and b.image.src in shown)]


def _block(node: Node, page: Page, depth: int) -> list[Block]:
    if depth > DEEPEST:
        text = collapsed(seen_text_of(node, " ")).strip()  # its blocks are parted, at the least
        return [Paragraph([text])] if text else []
    reader = READERS.get(node.tag or "")
    if reader is None:
        return blocks_of(node, page, depth)
    return stated(reader(node, page, depth, blocks_of), node, page)


def _holds_blocks(node: Node) -> bool:
    """Return whether an inline element wraps blocks, as ``<a><h3>`` does."""
    return only_text(node) is None and any(child.tag in CONTAINERS for child in children(node))
