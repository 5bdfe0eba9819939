"""What a page is in other languages, as its head tells: ``<link rel="alternate" hreflang>``."""

from collections.abc import Iterable
from contextlib import suppress
from urllib.parse import urljoin

from selectolax.lexbor import LexborHTMLParser

from newscrawl.core.identity import guid_key
from newscrawl.core.languages import tag_of
from newscrawl.core.translations import once
from newscrawl.items.parts import Translation

ALTERNATE = 'link[rel~="alternate" i][hreflang][href]'
ANY_LANGUAGE = "x-default"


def alternates_in(tree: LexborHTMLParser, url: str) -> list[Translation]:
    """Return the address of a page in each language, its own among them."""
    found = []
    for node in tree.css(ALTERNATE):
        lang, href = (node.attributes.get(name) or "" for name in ("hreflang", "href"))
        with suppress(ValueError):  # "Invalid IPv6 URL"
            told = Translation(lang=tag_of(lang), id=None, url=urljoin(url, href.strip()))
            found += [told] if lang.lower() != ANY_LANGUAGE else []
    return once(found)


def parted(
    alternates: Iterable[Translation], own_urls: Iterable[str]
) -> tuple[str | None, list[Translation]]:
    """Return the language of a page, by an address of its own, and what it is in the others."""
    own, others = None, []
    keys = set(map(guid_key, own_urls))
    for alternate in alternates:
        if guid_key(alternate["url"] or "") in keys:
            own = own or alternate["lang"]
        else:
            others.append(alternate)
    return own, others
