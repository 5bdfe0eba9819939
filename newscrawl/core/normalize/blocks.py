"""From elements to blocks: one walk over the tree, by one reader an element."""

from newscrawl.core.normalize.asides import Reading
from newscrawl.core.normalize.characters import collapsed
from newscrawl.core.normalize.directions import stated
from newscrawl.core.normalize.elements import READERS
from newscrawl.core.normalize.inlines import DEEPEST, ELEMENTS, inline_of
from newscrawl.core.normalize.model import Block, Embed, Figure, Paragraph
from newscrawl.core.normalize.noise import is_noise
from newscrawl.core.normalize.page import Page
from newscrawl.core.normalize.paragraphs import paragraphs_of, plain_paragraph
from newscrawl.core.normalize.runs import Run
from newscrawl.core.normalize.tree import TEXT, Node, children, is_blank, only_text, seen_text_of

CONTAINERS = frozenset(
    {"p", "div", "section", "article", "main", "header", "footer", "aside", "nav", "address"}
    | {"center", "figure", "blockquote", "pre", "table", "ul", "ol", "dl", "li", "dt", "dd", "hr"}
    | {"h1", "h2", "h3", "h4", "h5", "h6", "details", "summary", "noscript", "fieldset", "hgroup"}
    | {"figcaption", "legend", "menu"}
    | {"thead", "tbody", "tfoot", "tr", "td", "th", "caption", "video", "audio"}
)
SHOWN = (Figure, Embed)
WRAPPERS = frozenset({"a", "span", "strong", "em", "b", "i", "font", "label", "ins"})
DEEP = 3  # elements in elements in which blocks are looked for


def blocks_of(node: Node, page: Page, depth: int = 0) -> list[Block]:
    """Return the blocks below an element; bare text between blocks is a paragraph."""
    if node.tag == "p" and (paragraph := plain_paragraph(node)):
        return stated([paragraph], node)
    out: list[Block] = []
    run: Run = []
    reading = Reading(page, [])
    for child in children(node):
        tag = child.tag
        if (
            tag == TEXT
            or (tag not in CONTAINERS and not _holds_blocks(child))
            or (run and tag == "noscript")
        ):
            if run or not is_blank(child):
                run += inline_of(child, reading, depth)
            continue
        if run or reading.aside:
            out += paragraphs_of(run, reading)
            run, reading = [], Reading(page, [])
        if not is_noise(child):
            out += _block(child, page, depth + 1)
    out += paragraphs_of(run, reading)
    return stated(without_twins(out) if len(out) > 1 else out, node)


def without_twins(blocks: list[Block]) -> list[Block]:
    """Return the blocks without the second of two equal neighbours, images or embeds.

    What is loaded late has a twin in a ``noscript``, before it or behind.
    """
    out: list[Block] = []
    for block in blocks:
        if isinstance(block, SHOWN) and out and _shown(out[-1]) == _shown(block):
            first = out[-1]
            first.caption = first.caption or block.caption  # type: ignore[union-attr] # as shown
        else:
            out.append(block)
    return out


def _shown(block: Block) -> str:
    """Return the address of an image or an embed, '' for other blocks."""
    if isinstance(block, Figure):
        return block.image.src
    return block.url if isinstance(block, Embed) else ""


def _block(node: Node, page: Page, depth: int) -> list[Block]:
    if depth > DEEPEST:
        text = collapsed(seen_text_of(node, " ")).strip()  # its blocks are parted, at the least
        return [Paragraph([text])] if text else []
    reader = READERS.get(node.tag or "")
    if reader is None:
        return blocks_of(node, page, depth)
    return stated(reader(node, page, depth, blocks_of), node)


def _holds_blocks(node: Node, depth: int = 0) -> bool:
    """Return whether an inline element wraps blocks, as ``<a><h3>`` and custom elements do."""
    tag = node.tag or ""
    wraps = (tag in WRAPPERS or ("-" in tag and tag not in ELEMENTS)) and depth < DEEP
    return (
        wraps
        and only_text(node) is None
        and any(
            child.tag in CONTAINERS or _holds_blocks(child, depth + 1) for child in children(node)
        )
    )
