"""Quotations: those of the article, pull quotes that repeat it, and posts of social sites."""

import re

from newscrawl.core.normalize.characters import collapsed
from newscrawl.core.normalize.embeds import embed_of, is_wordpress_embed, quoted_address
from newscrawl.core.normalize.model import Block, Embed, Quote
from newscrawl.core.normalize.page import Page
from newscrawl.core.normalize.reader import Inner
from newscrawl.core.normalize.runs import tidy
from newscrawl.core.normalize.tree import Node, attribute, text_of

AROUND_CITE = frozenset({"p", "div", "footer", "span", "small", "em", "strong", "b", "i", "a"})
PULL_CLASS = re.compile(r"(?:^|\s)(?:wp-block-pullquote|pullquote|pull-quote)(?:\s|$)")


def quote(node: Node, page: Page, depth: int, inner: Inner) -> list[Block]:
    """Return a quotation with its source, or the embed that it stands for."""
    address = quoted_address(node)
    if address is not None:
        return _quoted_post(node, address, page)
    cite = _own_cite(node)
    source = collapsed(text_of(cite)).strip() if cite is not None else ""
    if cite is not None:
        cite.decompose()
    blocks = inner(node, page, depth)
    return [Quote(blocks, source, pulled=_is_pulled(node))] if blocks else []


def _own_cite(node: Node) -> Node | None:
    """Return the source of a quotation, not that of a quotation in it."""
    for cite in node.css("cite"):
        around = cite.parent
        while around is not None and around.tag in AROUND_CITE:
            around = around.parent
        if around is not None and around.mem_id == node.mem_id:
            return cite
    return None


def _is_pulled(node: Node) -> bool:
    around = node.parent
    names = attribute(node, "class") + " " + (attribute(around, "class") if around else "")
    return bool(PULL_CLASS.search(names))


def _quoted_post(node: Node, address: str, page: Page) -> list[Block]:
    """Return the embed that a quoted social post is; only a tweet shows its own words."""
    embed = embed_of(address, page.base_url)
    if not embed:
        return []
    if is_wordpress_embed(node):
        return [Embed("wordpress", embed[1], collapsed(text_of(node)).strip())]
    words = node.css_first("p")
    tweeted = words is not None and embed[0] == "twitter"
    quoted = tidy([collapsed(text_of(words))]) if tweeted and words else []
    return [Embed(*embed, quoted=quoted)]
