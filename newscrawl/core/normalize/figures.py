"""Figures: what is shown with its caption, in the block editor's form and the older ones."""

from newscrawl.core.normalize.characters import collapsed
from newscrawl.core.normalize.embeds import embed_of
from newscrawl.core.normalize.inlines import Reading
from newscrawl.core.normalize.lists import definitions, listing
from newscrawl.core.normalize.model import Block, Embed, Figure, Group, Player, Quote, Table
from newscrawl.core.normalize.page import Page
from newscrawl.core.normalize.paragraphs import words_of
from newscrawl.core.normalize.quotes import AROUND_NAME
from newscrawl.core.normalize.reader import Inner
from newscrawl.core.normalize.runs import Run, written
from newscrawl.core.normalize.tree import Node, attribute, children, text_of

EMBED = "data-embed"  # how our own HTML marks an embed


def figure(node: Node, page: Page, depth: int, inner: Inner) -> list[Block]:
    """Return the blocks of a figure under its caption."""
    if attribute(node, EMBED):
        return _written_embed(node, page)
    caption = _caption(node, page)
    blocks = inner(node, page, depth)
    return _captioned(blocks, caption) if caption else blocks


def division(node: Node, page: Page, depth: int, inner: Inner) -> list[Block]:
    """Return the blocks of a div; a classic caption (``img_caption_shortcode()``) is a figure."""
    return (figure if _is_called(node, "wp-caption") else inner_of)(node, page, depth, inner)


def definition_list(node: Node, page: Page, depth: int, inner: Inner) -> list[Block]:
    """Return a ``dl``; in a gallery before HTML 5 (``gallery_shortcode()``) each is a figure."""
    return (figure if _is_called(node, "gallery-item") else definitions)(node, page, depth, inner)


def item_list(node: Node, page: Page, depth: int, inner: Inner) -> list[Block]:
    """Return a list; that of a gallery before WordPress 5.9 only lays its figures out."""
    if not _is_called(node, "blocks-gallery-grid"):
        return listing(node, page, depth, inner)
    return [block for item in children(node) for block in inner(item, page, depth)]


def inner_of(node: Node, page: Page, depth: int, inner: Inner) -> list[Block]:
    """Return the blocks in an element that adds nothing to them."""
    return inner(node, page, depth)


def _is_called(node: Node, name: str) -> bool:
    return name in attribute(node, "class").split()


def _captioned(blocks: list[Block], caption: Run) -> list[Block]:
    """Return blocks under their caption: that of the one thing shown, or of all together."""
    shown = [block for block in blocks if isinstance(block, Figure | Table | Embed | Player)]
    if len(shown) == 1 and not shown[0].caption:
        shown[0].caption = caption
        return blocks
    if len(blocks) == 1 and isinstance(blocks[0], Quote) and not blocks[0].source:
        blocks[0].source = collapsed(written(caption)).strip(AROUND_NAME)
        return blocks
    return [Group(blocks, caption)] if blocks else []


def _caption(node: Node, page: Page) -> Run:
    """Return the caption of a figure, taken out of it."""
    for child in children(node):
        if child.tag == "figcaption" or "wp-caption-text" in attribute(child, "class"):
            caption = words_of(child, Reading(page, []))
            child.decompose()
            return caption
    return []


def _written_embed(node: Node, page: Page) -> list[Block]:
    """Return the embed that we wrote ourselves."""
    caption = _caption(node, page)
    link, words = node.css_first("figure > a"), node.css_first("blockquote > p")
    embed = embed_of(attribute(link, "href"), page.base_url) if link is not None else None
    if link is None or embed is None:
        return []
    quoted = words_of(words, Reading(page, [])) if words is not None else []
    told = collapsed(text_of(link)).strip()
    provider = attribute(node, EMBED) if attribute(node, EMBED) == "wordpress" else embed[0]
    return [Embed(provider, embed[1], "" if told == embed[1] else told, quoted, caption)]
