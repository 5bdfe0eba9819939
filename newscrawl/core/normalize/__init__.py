"""From WordPress's HTML to safe HTML, text and Markdown: one parse, one walk, one block model."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from newscrawl.core.normalize import extracts
from newscrawl.core.normalize.asides import Reading
from newscrawl.core.normalize.blocks import blocks_of, without_twins
from newscrawl.core.normalize.characters import collapsed, spaced
from newscrawl.core.normalize.emit_html import html_of
from newscrawl.core.normalize.emit_markdown import markdown_of
from newscrawl.core.normalize.emit_text import text_of
from newscrawl.core.normalize.furniture import learn_furniture, without_furniture
from newscrawl.core.normalize.guards import LARGEST
from newscrawl.core.normalize.inlines import run_of
from newscrawl.core.normalize.lists import has_notes, note_numbers
from newscrawl.core.normalize.model import Quote, blocks_within
from newscrawl.core.normalize.order import ordered, without_origin, without_repeated
from newscrawl.core.normalize.page import Page
from newscrawl.core.normalize.runs import plain
from newscrawl.core.normalize.shortcodes import closed_shortcodes
from newscrawl.core.normalize.tree import Node, attribute, parse
from newscrawl.core.normalize.tree import text_of as node_text
from newscrawl.items import (
    BodyEmbed,
    BodyHeading,
    BodyImage,
    BodyLink,
    BodyQuote,
    BodyTable,
)

READ_ON = r"(?:continue reading|read more)"
CUT = re.compile(  # three points alone may be the author's
    rf"\s*(?:\[\s*(?:…|\.\.\.)\s*\]|…|\.\.\.(?=\s*\[?{READ_ON}))\s*(?:\[?{READ_ON}[\W_]*)?$",
    re.IGNORECASE,
)
BEHIND_LINK = " \n\u00a0→»›>]…"  # of a sentence the link would be a part
LINK_ON = re.compile(rf"^\W*{READ_ON}", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Normalized:
    """A body in every form in which it is exported."""

    html: str
    text: str
    markdown: str
    word_count: int
    headings: list[BodyHeading]
    links: list[BodyLink]
    images: list[BodyImage]
    embeds: list[BodyEmbed]
    tables: list[BodyTable]
    quotes: list[BodyQuote]
    shortcodes: Counter[str]
    furniture: list[str]
    refused: str | None = None


@dataclass(frozen=True, slots=True)
class Excerpt:
    """An excerpt as text, whether the site cut it off, and the shortcodes that were in it."""

    text: str
    cut: bool
    shortcodes: Counter[str]


NONE: frozenset[str] = frozenset()
TOO_LARGE = f"content of more than {LARGEST // 1_000_000} MB is not read"
REFUSED = Normalized("", "", "", 0, [], [], [], [], [], [], Counter(), [], refused=TOO_LARGE)


def normalize(html: str, base_url: str, furniture: frozenset[str] = NONE) -> Normalized:
    """Return a rendered body in every form; `base_url` is the address of its page.

    What is the site's `furniture` (`furniture_of`) stays in the HTML, and is in no other form.

    >>> normalize("<p>It&#8217;s <b>fine</b></p>", "https://a.example/").markdown
    'It’s **fine**'
    """
    body = parse(html)
    if body is None:
        return REFUSED
    page = _page_of(html, body, base_url)
    read = blocks_of(body, page)
    quotes = [block for block in blocks_within(read) if isinstance(block, Quote)]
    blocks = without_twins(ordered(without_origin(without_repeated(read), base_url)))
    every = list(blocks_within(blocks))
    article, left_out = without_furniture(blocks, furniture)
    text = text_of(article)
    return Normalized(
        html=html_of(blocks),
        text=text,
        markdown=markdown_of(article),
        word_count=extracts.word_count(text),
        headings=extracts.headings_of(every),
        links=extracts.links_of(every, base_url),
        images=extracts.images_of(every),
        embeds=extracts.embeds_of(every),
        tables=extracts.tables_of(every),
        quotes=extracts.quotes_of(quotes, [text_of(quote.blocks) for quote in quotes]),
        shortcodes=page.shortcodes,
        furniture=left_out,
    )


def furniture_of(htmls: Iterable[str], base_url: str) -> frozenset[str]:
    """Return the texts of the blocks that stand in most of a site's bodies."""
    bodies = ((html, body) for html in htmls if (body := parse(html)) is not None)
    return learn_furniture(blocks_of(body, _page_of(html, body, base_url)) for html, body in bodies)


def plain_text(html: str) -> str:
    """Return a title, a name or a caption as one line of text, entities decoded once.

    Brackets stay: WordPress renders no shortcode there, so the site's own readers see them.

    >>> plain_text("Q&#038;A: <em>what</em> &lt;b&gt; means")
    'Q&A: what <b> means'
    """
    if "<" not in html and "&" not in html:
        return spaced(collapsed(html)).strip()
    body = parse(html)
    return collapsed(plain(run_of(body, Reading(Page(""), [])))).strip() if body is not None else ""


def excerpt_text(html: str) -> Excerpt:
    """Return an excerpt; what a theme writes where it cuts (`` […]``) becomes ``…``.

    >>> excerpt_text("<p>Some words that go on [&hellip;]</p>")
    Excerpt(text='Some words that go on…', cut=True, shortcodes=Counter())
    """
    body = parse(html)
    if body is None:
        return Excerpt("", cut=False, shortcodes=Counter())
    linked = _take_link_on(body)
    page = Page("", closed=closed_shortcodes(html))
    text = collapsed(text_of(without_origin(blocks_of(body, page)))).strip()
    kept = CUT.sub("", text)
    cut = linked or kept != text
    return Excerpt(f"{kept}…" if cut else text, cut, page.shortcodes)


def _page_of(html: str, body: Node, base_url: str) -> Page:
    """Return what is known of a page before its body is read."""
    return Page(
        base_url,
        note_numbers(body) if has_notes(html) else {},
        closed=closed_shortcodes(html),
    )


def _take_link_on(body: Node) -> bool:
    """Take out the link to the rest of an article; return whether there was one."""
    for link in body.css("a")[-1:]:
        text = node_text(link)
        ends = node_text(body).rstrip(BEHIND_LINK).endswith(text.rstrip(BEHIND_LINK))
        if "more-link" in attribute(link, "class") or (ends and LINK_ON.match(text)):
            link.decompose()
            return True
    return False


__all__ = ["Excerpt", "Normalized", "excerpt_text", "furniture_of", "normalize", "plain_text"]
