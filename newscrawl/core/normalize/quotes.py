"""Quotations: those of the article, pull quotes that repeat it, and posts of social sites."""

import re
from collections.abc import Iterator

from newscrawl.core.normalize.asides import Reading
from newscrawl.core.normalize.characters import EDGES, collapsed
from newscrawl.core.normalize.embeds import embed_of, is_wordpress_embed, quoted_address
from newscrawl.core.normalize.inlines import DEEPEST, run_of
from newscrawl.core.normalize.model import Block, Embed, Paragraph, Quote
from newscrawl.core.normalize.page import Page
from newscrawl.core.normalize.paragraphs import words_of
from newscrawl.core.normalize.reader import Inner
from newscrawl.core.normalize.runs import Anchor, Break, Run
from newscrawl.core.normalize.tidy import tidy
from newscrawl.core.normalize.tree import Node, attribute, children, is_blank, text_of

AROUND_NAME = f"{EDGES}\n—–-"  # what a theme or an editor writes before a name
AROUND_CITE = frozenset(
    {"p", "div", "footer", "span", "small", "em", "strong", "b", "i", "a", "center", "header"}
    | {"section", "article", "aside", "main", "li"}
)
MOST_CITES = 20  # in a quotation; more are none
PULL_CLASS = re.compile(r"(?:^|\s)(?:wp-block-pullquote|pullquote|pull-quote)(?:\s|$)")


def quote(node: Node, page: Page, depth: int, inner: Inner) -> list[Block]:
    """Return a quotation with its source, or the embed that it stands for."""
    address = quoted_address(node)
    if address is not None:
        return _quoted_post(node, address, page)
    cite = _own_cite(node)
    source = name_of(words_of(cite, Reading(page, []))) if cite is not None else []
    if cite is not None:
        cite.decompose()
    blocks = inner(node, page, depth)
    if source and not blocks:
        return [Quote([Paragraph(source)])]
    return [Quote(blocks, source, pulled=_is_pulled(node))] if blocks else []


def name_of(run: Run) -> Run:
    """Return the name that a run gives as a source, without the dash before it."""
    bare: Run = [part for part in run if not isinstance(part, Break)]
    if bare and isinstance(bare[0], str):
        bare[0] = bare[0].lstrip(AROUND_NAME)
    return tidy(bare)


def _own_cite(node: Node) -> Node | None:
    """Return the source of a quotation, not that of a quotation in it."""
    for cite in list(_cites(node))[: -MOST_CITES - 1 : -1]:
        around = cite.parent
        if around is not None and around.tag == "p" and _ends_below(cite):
            around = around.parent
        while around is not None and around.tag in AROUND_CITE and _says_only(around, cite):
            around = around.parent
        if around is not None and around.mem_id == node.mem_id:
            return cite
    return None


def _cites(node: Node, depth: int = 0) -> Iterator[Node]:
    """Yield the ``cite`` elements that may be a quotation's own, in order."""
    for child in children(node):
        if child.tag == "cite":
            yield child
        elif child.tag in AROUND_CITE and depth < DEEPEST:
            yield from _cites(child, depth + 1)


def _ends_below(cite: Node) -> bool:
    """Return whether a source is the last line of its paragraph."""
    before, behind = cite.prev, cite.next
    while before is not None and is_blank(before):
        before = before.prev
    while behind is not None and is_blank(behind):
        behind = behind.next
    return before is not None and before.tag == "br" and behind is None


def _says_only(around: Node, cite: Node) -> bool:
    """Return whether an element has no words but a source: in a sentence it names a work."""
    return text_of(around).strip(AROUND_NAME) == text_of(cite).strip(AROUND_NAME)


def _words_of(node: Node, page: Page) -> Run:
    """Return the words of a tweet; the links in it are the tweet's, not the article's."""
    run: Run = []
    for part in run_of(node, Reading(page, [])):
        run += part.run if isinstance(part, Anchor) else [part]
    return run


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
    paragraphs = node.css("p") if embed[0] == "twitter" else []
    words: Run = []
    for paragraph in paragraphs:
        words += [*([Break()] if words else []), *_words_of(paragraph, page)]
    return [Embed(*embed, quoted=tidy(words))]
