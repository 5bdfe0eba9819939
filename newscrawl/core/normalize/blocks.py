"""From elements to blocks: one walk over the tree, by one reader an element."""

import re
from collections.abc import Callable, Mapping

from newscrawl.core.normalize.characters import cleaned, collapsed
from newscrawl.core.normalize.embeds import embed_of, quoted_address
from newscrawl.core.normalize.inlines import DEEPEST, Reading, inline_of, run_of
from newscrawl.core.normalize.model import (
    Block,
    Code,
    Details,
    Embed,
    Figure,
    Heading,
    Listing,
    Paragraph,
    Quote,
    Rule,
    Run,
    Table,
)
from newscrawl.core.normalize.noise import is_noise
from newscrawl.core.normalize.paragraphs import paragraphs_of
from newscrawl.core.normalize.runs import tidy
from newscrawl.core.normalize.tables import table_of
from newscrawl.core.normalize.tree import Node, attribute, children, text_of

CONTAINERS = frozenset(
    {"p", "div", "section", "article", "main", "header", "footer", "aside", "nav", "address"}
    | {"center", "figure", "blockquote", "pre", "table", "ul", "ol", "dl", "li", "dt", "dd", "hr"}
    | {"h1", "h2", "h3", "h4", "h5", "h6", "details", "summary", "noscript", "fieldset", "hgroup"}
    | {"thead", "tbody", "tfoot", "tr", "td", "th", "caption", "picture"}
)
LANGUAGE_CLASS = re.compile(r"\b(?:lang(?:uage)?|brush:\s*)-?([\w+#-]+)")


def blocks_of(node: Node, base_url: str, depth: int = 0) -> list[Block]:
    """Return the blocks below an element; bare text between blocks is a paragraph."""
    out: list[Block] = []
    run: Run = []
    reading = Reading(base_url, [])
    for child in children(node):
        if child.tag not in CONTAINERS and not _holds_blocks(child):
            run += inline_of(child, reading, depth)
            continue
        out += paragraphs_of(run, reading, node)
        run, reading = [], Reading(base_url, [])
        if not is_noise(child):
            out += _block(child, base_url, depth + 1)
    return out + paragraphs_of(run, reading, node)


def _block(node: Node, base_url: str, depth: int) -> list[Block]:
    if depth > DEEPEST:
        text = collapsed(text_of(node)).strip()
        return [Paragraph([text])] if text else []
    return READERS.get(node.tag or "", blocks_of)(node, base_url, depth)


def _holds_blocks(node: Node) -> bool:
    """Return whether an inline element wraps blocks, as ``<a><h3>`` does."""
    return node.tag in {"a", "span", "strong", "em", "b", "i", "font", "label"} and any(
        child.tag in CONTAINERS for child in children(node)
    )


def _heading(node: Node, base_url: str, _depth: int) -> list[Block]:
    reading = Reading(base_url, [])
    run = tidy(run_of(node, reading))
    level = int((node.tag or "h2")[1])
    return [*([Heading(level, run)] if run else []), *reading.aside]


def _listing(node: Node, base_url: str, depth: int) -> list[Block]:
    items = [
        blocks_of(child, base_url, depth)
        for child in children(node)
        if child.tag in {"li", "dt", "dd", "ul", "ol"} and not is_noise(child)
    ]
    start = attribute(node, "start")
    first = int(start) if start.isdecimal() and len(start) < 6 else 1
    kept = [item for item in items if item]
    return [Listing("ol" if node.tag == "ol" else "ul", kept, first)] if kept else []


def _quote(node: Node, base_url: str, depth: int) -> list[Block]:
    address = quoted_address(node)
    if address is not None:
        return _quoted_post(node, address, base_url)
    cite = node.css_first("cite")
    source = collapsed(text_of(cite)).strip() if cite is not None else ""
    if cite is not None:
        cite.decompose()
    blocks = blocks_of(node, base_url, depth)
    return [Quote(blocks, source)] if blocks else []


def _quoted_post(node: Node, address: str, base_url: str) -> list[Block]:
    """Return the embed that a quoted social post is; only a tweet shows its own words."""
    embed = embed_of(address, base_url)
    if not embed:
        return []
    words = node.css_first("p")
    tweeted = words is not None and embed[0] == "twitter"
    return [Embed(*embed, tidy([collapsed(text_of(words))]) if tweeted and words else [])]


def _code(node: Node, _base_url: str, _depth: int) -> list[Block]:
    inner = node.css_first("code")
    names = attribute(node, "class") + " " + (attribute(inner, "class") if inner else "")
    language = LANGUAGE_CLASS.search(names)
    text = cleaned(text_of(node)).strip("\n")
    return [Code(text, language[1] if language else "")] if text.strip() else []


def _figure(node: Node, base_url: str, depth: int) -> list[Block]:
    """Return the blocks of a figure; its caption goes to the last image or table in it."""
    if attribute(node, "data-embed"):
        return _written_embed(node, base_url)
    caption = _caption(node, base_url)
    blocks = blocks_of(node, base_url, depth)
    captioned = (b for b in reversed(blocks) if isinstance(b, Figure | Table) and not b.caption)
    if caption and (block := next(captioned, None)):
        block.caption = caption
    return blocks


def _caption(node: Node, base_url: str) -> Run:
    """Return the caption of a figure, taken out of it."""
    for child in children(node):
        if child.tag == "figcaption" or "wp-caption-text" in attribute(child, "class"):
            caption = tidy(run_of(child, Reading(base_url, [])))
            child.decompose()
            return caption
    return []


def _division(node: Node, base_url: str, depth: int) -> list[Block]:
    """Return the blocks of a div; a classic caption (``img_caption_shortcode()``) is a figure."""
    classic = "wp-caption" in attribute(node, "class").split()
    return (_figure if classic else blocks_of)(node, base_url, depth)


def _written_embed(node: Node, base_url: str) -> list[Block]:
    """Return the embed that we wrote ourselves."""
    link, words = node.css_first("figure > a"), node.css_first("blockquote > p")
    embed = embed_of(attribute(link, "href"), base_url) if link is not None else None
    quoted = tidy(run_of(words, Reading(base_url, []))) if words is not None else []
    return [Embed(*embed, quoted)] if embed else []


def _table(node: Node, base_url: str, depth: int) -> list[Block]:
    table = table_of(node, base_url)
    return [table] if table else blocks_of(node, base_url, depth)


def _details(node: Node, base_url: str, depth: int) -> list[Block]:
    summary: Run = []
    for child in children(node):
        if child.tag == "summary":
            summary = tidy(run_of(child, Reading(base_url, [])))
            child.decompose()
            break
    return [Details(summary, blocks_of(node, base_url, depth))]


def _rule(_node: Node, _base_url: str, _depth: int) -> list[Block]:
    return [Rule()]


READERS: Mapping[str, Callable[[Node, str, int], list[Block]]] = {
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), _heading),
    **dict.fromkeys(("ul", "ol", "dl"), _listing),
    "blockquote": _quote,
    "div": _division,
    "pre": _code,
    "figure": _figure,
    "table": _table,
    "details": _details,
    "hr": _rule,
}
