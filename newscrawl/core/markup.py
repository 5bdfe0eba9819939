"""A page as text and as a tree, and the links of a kind on it."""

import re
from collections.abc import Iterator
from contextlib import suppress
from urllib.parse import urljoin

from selectolax.lexbor import LexborHTMLParser, LexborNode
from w3lib.encoding import html_to_unicode

from newscrawl.core.documents import Document, UnreadableDocument

NO_PAGE = "no page but {type}"
OTHERS = re.compile(r"^(?:image|audio|video|font)/|json|pdf|zip|csv|officedoc", re.IGNORECASE)
NO_ARTICLE = "no article on its page"


def is_page(document: Document) -> bool:
    """Return whether a document may be HTML, for all that is said of it (browsers look, too)."""
    return OTHERS.search(document.headers.get("content-type", "")) is None


def html_of(document: Document) -> str:
    """Return a page as text, in the encoding that it declares."""
    told = document.headers.get("content-type", "")
    if not is_page(document):
        raise UnreadableDocument(document.url, NO_PAGE.format(type=told), document.status)
    if not document.body.strip():
        raise UnreadableDocument(document.url, NO_ARTICLE, document.status)
    return html_to_unicode(told or None, document.body)[1]


def tree_of(document: Document) -> LexborHTMLParser:
    """Return the tree of a page; raise `Refused` for an error."""
    document.raise_for_status()
    return LexborHTMLParser(html_of(document))


def hrefs_in(tree: LexborHTMLParser | LexborNode, selector: str, base: str) -> Iterator[str]:
    """Yield the addresses of links of a kind, absolute, those of http and https."""
    for node in tree.css(selector):
        with suppress(ValueError):  # "Invalid IPv6 URL"
            url = urljoin(base, node.attributes.get("href") or "")
            if url.startswith(("http://", "https://")):
                yield url


def href_in(tree: LexborHTMLParser, selector: str) -> str | None:
    """Return the address of the first link of a kind, None where a page has none."""
    node = tree.css_first(selector)
    return node.attributes.get("href") if node else None
