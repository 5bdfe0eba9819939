"""Figures: images and tables with their captions, in the block editor's form and the older one."""

from newscrawl.core.normalize.characters import collapsed
from newscrawl.core.normalize.embeds import embed_of
from newscrawl.core.normalize.inlines import Reading, run_of
from newscrawl.core.normalize.model import Block, Embed, Figure, Table
from newscrawl.core.normalize.page import Page
from newscrawl.core.normalize.reader import Inner
from newscrawl.core.normalize.runs import Run, tidy
from newscrawl.core.normalize.tree import Node, attribute, children, text_of

EMBED = "data-embed"  # how our own HTML marks an embed


def figure(node: Node, page: Page, depth: int, inner: Inner) -> list[Block]:
    """Return the blocks of a figure; its caption goes to the last image or table in it."""
    if attribute(node, EMBED):
        return _written_embed(node, page)
    caption = _caption(node, page)
    blocks = inner(node, page, depth)
    captioned = (b for b in reversed(blocks) if isinstance(b, Figure | Table) and not b.caption)
    if caption and (block := next(captioned, None)):
        block.caption = caption
    return blocks


def division(node: Node, page: Page, depth: int, inner: Inner) -> list[Block]:
    """Return the blocks of a div; a classic caption (``img_caption_shortcode()``) is a figure."""
    if "wp-caption" in attribute(node, "class").split():
        return figure(node, page, depth, inner)
    return inner(node, page, depth)


def _caption(node: Node, page: Page) -> Run:
    """Return the caption of a figure, taken out of it."""
    for child in children(node):
        if child.tag == "figcaption" or "wp-caption-text" in attribute(child, "class"):
            caption = tidy(run_of(child, Reading(page, [])))
            child.decompose()
            return caption
    return []


def _written_embed(node: Node, page: Page) -> list[Block]:
    """Return the embed that we wrote ourselves."""
    link, words = node.css_first("figure > a"), node.css_first("blockquote > p")
    embed = embed_of(attribute(link, "href"), page.base_url) if link is not None else None
    if link is None or embed is None:
        return []
    quoted = tidy(run_of(words, Reading(page, []))) if words is not None else []
    told = collapsed(text_of(link)).strip()
    provider = attribute(node, EMBED) if attribute(node, EMBED) == "wordpress" else embed[0]
    return [Embed(provider, embed[1], "" if told == embed[1] else told, quoted)]
