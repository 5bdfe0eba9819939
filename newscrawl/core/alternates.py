"""What a page is in other languages, as its head tells: ``<link rel="alternate" hreflang>``.

Plugins mark the addresses of a language by a directory (``/es/``), a host (``es.news.example``) or
a parameter (``?lang=es``): the language root is what of an address goes that far.
"""

from collections.abc import Iterable
from contextlib import suppress
from urllib.parse import parse_qs, urljoin, urlsplit, urlunsplit

from selectolax.lexbor import LexborHTMLParser

from newscrawl.core.identity import guid_key
from newscrawl.core.languages import tag_of
from newscrawl.core.roots import LANGUAGE_PARAMETER
from newscrawl.core.translations import once
from newscrawl.items.parts import Translation

ALTERNATE = 'link[rel~="alternate" i][hreflang][href]'
ANY_LANGUAGE = "x-default"
MOST = 500  # links of a head
DEEPEST = 2  # directories: a site may live below one


def alternates_in(tree: LexborHTMLParser, url: str) -> list[Translation]:
    """Return the address of a page in each language, its own among them."""
    found = []
    for node in tree.css(ALTERNATE)[:MOST]:
        lang, href = (node.attributes.get(name) or "" for name in ("hreflang", "href"))
        with suppress(ValueError):  # "Invalid IPv6 URL"
            told = Translation(lang=tag_of(lang), id=None, url=urljoin(url, href.strip()))
            found += [told] if lang.lower() != ANY_LANGUAGE else []
    return once(found)


def root_of(lang: str | None, url: str) -> str | None:
    """Return the language root that an address lies below, None if nothing marks its language.

    >>> root_of("pt-BR", "https://a.example/pt-br/2024/greve/"), root_of("en", "https://a.example/")
    ('https://a.example/pt-br/', None)
    >>> root_of("es", "https://es.a.example/huelga/"), root_of("es", "https://a.example/?lang=es")
    ('https://es.a.example/', 'https://a.example/?lang=es')
    """
    marks = _marks(lang or "")
    try:
        scheme, netloc, path, query, _ = urlsplit(url)
    except ValueError:  # "Invalid IPv6 URL"
        return None
    asked = _language_in(query)
    names = path.split("/")[1:]
    depth = next((n for n, name in enumerate(names[:DEEPEST], 1) if name.lower() in marks), 0)
    if asked in marks:
        return urlunsplit((scheme, netloc, "/", f"{LANGUAGE_PARAMETER}={asked}", ""))
    if depth or netloc.lower().partition(".")[0] in marks:
        return urlunsplit((scheme, netloc, "/".join(["", *names[:depth], ""]), "", ""))
    return None


def mark_of(root: str) -> str:
    """Return what marks a language root: its directory, its host's name or its parameter.

    >>> mark_of("https://a.example/pt-br/"), mark_of("https://es.a.example/")
    ('pt-br', 'es')
    >>> mark_of("https://a.example/?lang=fr")
    'fr'
    """
    parts = urlsplit(root)
    directory = parts.path.strip("/").rpartition("/")[2]
    return _language_in(parts.query) or directory or parts.netloc.partition(".")[0]


def is_below(root: str, url: str) -> bool:
    """Return whether an address lies below a language root.

    >>> is_below("https://a.example/es/", "https://www.a.example/es/huelga/")
    True
    >>> is_below("https://a.example/?lang=es", "https://a.example/strike/")
    False
    """
    marked, _, asked = guid_key(root).partition("?")
    path, _, query = guid_key(url).partition("?")
    return f"{path}/".startswith(f"{marked}/") and _language_in(asked) == _language_in(query)


def _marks(lang: str) -> set[str]:
    """Return what may mark the addresses of a language: its tag, or a part of that."""
    tag = lang.lower()
    return {tag, tag.replace("-", "_"), *tag.split("-")} - {""}


def _language_in(query: str) -> str:
    return parse_qs(query).get(LANGUAGE_PARAMETER, [""])[0]


def parted(
    alternates: Iterable[Translation], own_urls: Iterable[str]
) -> tuple[str | None, list[Translation]]:
    """Return the language of a page, by an address of its own, and what it is in the others."""
    own, others = None, []
    keys = set(map(guid_key, own_urls))
    for alternate in alternates:
        if guid_key(alternate["url"] or "") in keys:
            own = own or alternate["lang"]
        elif not _is_root(alternate):
            others.append(alternate)
    return own, others


def _is_root(alternate: Translation) -> bool:
    """Return whether an alternate is the home of a language, which some themes name on each page.

    >>> told = [("es", "https://a.example/es/"), ("en", "https://a.example/"), ("en", "https://a.example/?p=7")]
    >>> [_is_root({"lang": lang, "id": None, "url": url}) for lang, url in told]
    [True, True, False]
    """
    key = guid_key(alternate["url"] or "")
    root = root_of(alternate["lang"], alternate["url"] or "")
    return key == guid_key(root or "") or not {"/", "?"}.intersection(key)
