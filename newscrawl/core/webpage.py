"""A post as its own page tells it: by schema.org, Open Graph, and the marks of WordPress.

Themes mark the content; where none does, trafilatura finds it. The shortlink
(``wp_get_shortlink()``) is the post's GUID as WordPress gives it (``?p=ID``).
"""

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from urllib.parse import urldefrag

from selectolax.lexbor import LexborHTMLParser, LexborNode

from newscrawl.core.alternates import alternates_in, parted
from newscrawl.core.documents import Document, UnreadableDocument
from newscrawl.core.fence import objection
from newscrawl.core.identity import below_host, guid_key, id_of, type_of
from newscrawl.core.markup import NO_ARTICLE, href_in, hrefs_in, html_of, tree_of
from newscrawl.core.metadata import Facts, facts_in, is_closed, listed
from newscrawl.core.normalize import plain_text
from newscrawl.core.obstacles import ASKS_FOR_A_LOGIN, NOT_FREE, asked_in
from newscrawl.core.passwords import FORM, MARK, form_of
from newscrawl.core.rss import EITHER, POST, UNTOLD, named
from newscrawl.core.shown import CONTENT, Shown, shown_in, type_in
from newscrawl.core.sitemaps import instant
from newscrawl.core.stand_ins import is_like, stand_in
from newscrawl.items import Post
from newscrawl.items.parts import Source

TOP = re.compile(r"<h1\b[^>]*>.*?</h1>", re.DOTALL)
PART = "a.post-page-numbers[href]"  # (``wp_link_pages()``)
IN_PARTS = "its page shows the first of its parts only"
CANONICAL = "link[rel=canonical][href]"


def is_protected(document: Document) -> bool:
    """Return whether a password form stands in place of a content (``get_the_password_form()``)."""
    if document.has_error or MARK.encode() not in document.body:
        return False
    return form_on(LexborHTMLParser(html_of(document))) is not None


def form_on(tree: LexborHTMLParser) -> LexborNode | None:
    """Return the password form that is the content of a page, None where it is none.

    Where nothing marks the content it is the only form of its kind.
    """
    marked = tree.css(CONTENT)
    if len(marked) == 1:
        return form_of(marked[0])
    forms = tree.css(FORM)
    return forms[0] if len(forms) == 1 else None


def post_of(document: Document, site: str, source: Source = "page") -> Post:
    """Return the post that a page is of; raise `UnreadableDocument` for a page without one."""
    tree = tree_of(document)
    if told := stand_in(document, tree, site):
        raise UnreadableDocument(document.url, told, document.status)
    html = html_of(document)
    facts, graph = facts_in(html, document.url)
    shown, content = shown_in(tree), _content(tree, html, document)
    shortlink = _shortlink(tree, [document.url, site])
    url = _permalink(tree, document, site)
    lang, translations = parted(alternates_in(tree, document.url), [url, document.url])
    return Post(
        **{**UNTOLD, "lang": lang, "type": type_in(tree) or type_of(shortlink) or POST},
        site=site,
        translations=translations,
        id=id_of(shortlink),
        guid=shortlink,
        url=url,
        title=_title(shown, facts, graph),
        published=_time(facts.get("datePublished"))
        or _time(graph.get("article:published_time"))
        or shown.published,
        modified=_time(facts.get("dateModified")) or _time(graph.get("article:modified_time")),
        authors=[named(name) for name in _authors(shown, facts)],
        terms={EITHER: [named(name) for name in shown.terms]},
        excerpt=None,
        content_html=content,
        content_refused=_refused(facts, content, source) or _in_parts(tree, url),
        source=source,
        source_url=document.url,
        fetched_at=document.fetched_at,
    )


def _content(tree: LexborHTMLParser, html: str, document: Document) -> str:
    """Return the HTML of a content: what the theme marks as such, else what looks like it."""
    found = content_in(tree, html)
    if not found:
        raise UnreadableDocument(document.url, NO_ARTICLE, document.status)
    return found


def _refused(facts: Facts, content: str, source: Source) -> str | None:
    """Return why a content may not be the whole article, None where nothing says so.

    Plain pages have forms to write to somebody, with a CAPTCHA, below their article.
    """
    if is_closed(facts):
        return NOT_FREE
    asked = asked_in(LexborHTMLParser(content))
    return asked if source == "rendered" or asked == ASKS_FOR_A_LOGIN else None


def _in_parts(tree: LexborHTMLParser, url: str) -> str | None:
    """Return that a page shows one part of its post, if it leads to the others."""
    parts = map(guid_key, hrefs_in(tree, PART, url))
    return IN_PARTS if any(part.startswith(guid_key(url)) for part in parts) else None


def content_in(tree: LexborHTMLParser, html: str) -> str | None:
    """Return the HTML of a content, None where there is none."""
    marked = tree.css(CONTENT)
    return marked[0].inner_html if len(marked) == 1 else found_in(html)


@lru_cache(maxsize=1)  # asked whether there is one, and then what it is
def found_in(html: str) -> str | None:
    """Return what looks like the content of a page whose theme does not mark it, but its title."""
    from trafilatura import extract  # noqa: PLC0415 - 0.2 s, for few of the closed sites only

    found = extract(
        html,
        output_format="html",
        include_comments=False,
        include_formatting=True,
        include_links=True,
        include_images=True,
    )
    return found and TOP.sub("", found, count=1)


def _title(shown: Shown, facts: Facts, graph: Mapping[str, str]) -> str | None:
    """Return the title that an article shows, before what plugins write for search engines."""
    headline = next((told for told in listed(facts.get("headline")) if isinstance(told, str)), None)
    told = (shown.title, headline and plain_text(headline), shown.heading)
    return next(filter(None, told), plain_text(graph.get("og:title") or "") or None)


def _authors(shown: Shown, facts: Facts) -> list[str]:
    told = (entry.get("name") if isinstance(entry, Mapping) else entry for entry in facts["author"])
    return [name for name in told if isinstance(name, str) and plain_text(name)] or shown.authors


def _time(value: object) -> str | None:
    return instant(value) if isinstance(value, str) else None


def _shortlink(tree: LexborHTMLParser, own_urls: Iterable[str]) -> str | None:
    """Return the shortlink of a page, if it is the site's own."""
    href = href_in(tree, "link[rel=shortlink]")
    own = href and objection(href, own_urls) is None and id_of(href)
    return href if own else None


def _permalink(tree: LexborHTMLParser, document: Document, site: str) -> str:
    """Return the address that a page says it has, if it is the site's own and may be this page's.

    Some themes say the same of each page.
    """
    url = document.url
    told = next(hrefs_in(tree, CANONICAL, url), "")
    is_own = below_host(told) and objection(told, [url, site]) is None
    is_page = is_like(url, told) or is_like(document.asked, told)
    is_here = is_own and is_page and guid_key(told) != guid_key(site)
    return urldefrag(told if is_here else url).url
