"""Figures: what is shown with its caption, in the block editor's form and the older ones."""

import re

from newscrawl.core.normalize.asides import Reading
from newscrawl.core.normalize.characters import collapsed
from newscrawl.core.normalize.embeds import BARE_URL, embed_of
from newscrawl.core.normalize.lists import definitions, listing
from newscrawl.core.normalize.model import (
    Block,
    Embed,
    Figure,
    Group,
    Paragraph,
    Player,
    Quote,
    Table,
)
from newscrawl.core.normalize.page import Page
from newscrawl.core.normalize.paragraphs import words_of
from newscrawl.core.normalize.quotes import name_of, quote
from newscrawl.core.normalize.reader import Inner
from newscrawl.core.normalize.runs import Run, plain
from newscrawl.core.normalize.tree import Node, attribute, children, has_class, text_of

EMBED = "data-embed"  # how our own HTML marks an embed
CAPTIONING = frozenset({"wp-caption", "tiled-gallery-item"})
CAPTIONED = re.compile(r"wp-caption-text|tiled-gallery-caption")
SOCIAL = frozenset({"fb-post", "fb-video"})


def figure(node: Node, page: Page, depth: int, inner: Inner) -> list[Block]:
    """Return the blocks of a figure under its caption."""
    if attribute(node, EMBED) and (written := _written_embed(node, page)):
        return written
    aside = Reading(page, [])
    caption = _caption(node, aside)
    blocks = inner(node, page, depth)
    if has_class(node, "wp-block-embed"):
        blocks = [_embedded(block, page) for block in blocks]
    return [*(_captioned(blocks, caption) if caption else blocks), *aside.aside]


def division(node: Node, page: Page, depth: int, inner: Inner) -> list[Block]:
    """Return the blocks of a div.

    A classic caption (``img_caption_shortcode()``) and a tile of Jetpack's galleries are figures,
    Facebook's posts are embeds.
    """
    names = attribute(node, "class").split()
    if not CAPTIONING.isdisjoint(names):
        return figure(node, page, depth, inner)
    if not SOCIAL.isdisjoint(names):
        return quote(node, page, depth, inner)
    return inner(node, page, depth)


def definition_list(node: Node, page: Page, depth: int, inner: Inner) -> list[Block]:
    """Return a ``dl``; in a gallery before HTML 5 (``gallery_shortcode()``) each is a figure."""
    return (figure if has_class(node, "gallery-item") else definitions)(node, page, depth, inner)


def item_list(node: Node, page: Page, depth: int, inner: Inner) -> list[Block]:
    """Return a list; that of a gallery before WordPress 5.9 only lays its figures out."""
    if not has_class(node, "blocks-gallery-grid"):
        return listing(node, page, depth, inner)
    return [block for item in children(node) for block in inner(item, page, depth)]


def _embedded(block: Block, page: Page) -> Block:
    """Return the embed that a bare address in an embed block stands for, whoever provides it."""
    address = plain(block.run) if isinstance(block, Paragraph) else ""
    embed = embed_of(address, page.base_url) if BARE_URL.match(address) else None
    return Embed(*embed) if embed else block


def _captioned(blocks: list[Block], caption: Run) -> list[Block]:
    """Return blocks under their caption: that of the one thing shown, or of all together."""
    shown = [block for block in blocks if isinstance(block, Figure | Table | Embed | Player)]
    if len(shown) == 1 and not shown[0].caption:
        shown[0].caption = caption
        return blocks
    if len(blocks) == 1 and isinstance(blocks[0], Quote) and not blocks[0].source:
        blocks[0].source = name_of(caption)
        return blocks
    return [Group(blocks, caption)]


def _caption(node: Node, reading: Reading) -> Run:
    """Return the caption of a figure, taken out of it."""
    for child in children(node):
        if child.tag == "figcaption" or CAPTIONED.search(attribute(child, "class")):
            return _taken(child, reading)
    deeper = node.css_first("figcaption")
    around = deeper.parent if deeper is not None else None
    while around is not None and around.tag != "figure":
        around = around.parent
    own = deeper is not None and around is not None and around.mem_id == node.mem_id
    return _taken(deeper, reading) if own and deeper is not None else []


def _taken(caption: Node, reading: Reading) -> Run:
    words = words_of(caption, reading)
    caption.decompose()
    return words


def _written_embed(node: Node, page: Page) -> list[Block]:
    """Return the embed that we wrote ourselves, nothing where we did not."""
    link, words = node.css_first("figure > a"), node.css_first("blockquote > p")
    embed = embed_of(attribute(link, "href"), page.base_url) if link is not None else None
    if link is None or embed is None or link.css_first("img") is not None:
        return []
    caption = _caption(node, Reading(page, []))
    quoted = words_of(words, Reading(page, [])) if words is not None else []
    told = collapsed(text_of(link)).strip()
    provider = attribute(node, EMBED) if attribute(node, EMBED) == "wordpress" else embed[0]
    return [Embed(provider, embed[1], "" if told == embed[1] else told, quoted, caption)]
