"""From any address of a site to its API root: what the site advertises, then what it may be.

Order: the ``Link`` header, ``<link rel="https://api.w.org/">``, WordPress.com's for sites on its
own hosts, then ``/wp-json/``, ``/?rest_route=/`` and ``/index.php/wp-json/`` below each prefix of
the address: a language root (``/en/``) or a subdirectory (``/blog/``).
"""

import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit, urlunsplit

from w3lib.html import get_base_url, replace_entities

from newscrawl.core.documents import Document
from newscrawl.core.hosted import is_hosted, proxied
from newscrawl.core.roots import ROUTE_PARAMETER, ApiRoot

API_RELATION = "https://api.w.org/"
GUESSES = ("wp-json/", f"?{ROUTE_PARAMETER}=/", "index.php/wp-json/")
MOST_PREFIXES = 2
LOOKED_AT = 1_000_000  # bytes of a page; its head is at the top
DATE_OR_FILE = re.compile(r"^\d+$|\.")
LINK_HEADER = re.compile(r"<([^>]*)>\s*;[^,]*?\brel=\"?https://api\.w\.org/\"?")
LINK_ELEMENT = re.compile(r"<link\b[^<>]{1,2000}>", re.IGNORECASE)
IS_API = re.compile(r"\brel=[\"']https://api\.w\.org/[\"']", re.IGNORECASE)
HREF = re.compile(r"\bhref=[\"']([^\"']+)[\"']", re.IGNORECASE)
IS_FEED = re.compile(r"\btype=[\"']application/rss\+xml[\"']", re.IGNORECASE)
OF_COMMENTS = "comments"
FEEDS = ("feed/", "?feed=rss2")
LANGUAGE = re.compile(r"<html\b[^<>]{0,2000}?\blang=[\"']([A-Za-z0-9-]+)[\"']", re.IGNORECASE)
LANGUAGE_ROOT = re.compile(r"^/([a-z]{2,3}(?:-[A-Za-z]{2,4})?)/(?:index\.php/)?$")


@dataclass(frozen=True, slots=True)
class Candidate:
    """An address that may be the API root, and how it was found."""

    url: str
    found_by: str


def candidates(document: Document) -> Iterator[Candidate]:
    """Yield the addresses that may be the API root of the site that a document belongs to.

    What a site advertises on another host is looked for on the answering host first: WordPress
    writes its configured home, whatever host was asked (``get_rest_url()``).
    """
    seen: set[str] = set()
    for candidate in _candidates(document):
        if candidate.url not in seen:
            seen.add(candidate.url)
            yield candidate


def feeds(document: Document) -> Iterator[str]:
    """Yield the addresses that may be the feed of a site's posts: advertised, then guessed.

    The first that a page names is the site's (``feed_links()``); those of comments are left out.
    """
    seen: set[str] = set()
    for url in _feeds(document):
        if url not in seen:
            seen.add(url)
            yield url


def language_of(document: Document) -> str | None:
    """Return the language that an HTML document declares (``<html lang>``), BCP 47."""
    declared = LANGUAGE.search(head_of(document))
    return declared[1] if declared else None


def language_root(root: str) -> str | None:
    """Return the language of an API root below a language prefix or with `lang`, else None.

    >>> language_root("https://a.example/en/wp-json/"), language_root("https://a.example/wp-json/")
    ('en', None)
    >>> language_root("https://a.example/wp-json/?lang=es")
    'es'
    """
    prefix = LANGUAGE_ROOT.match(urlsplit(root).path.removesuffix("wp-json/"))
    return prefix[1] if prefix else ApiRoot.of(root).lang or None


def _feeds(document: Document) -> Iterator[str]:
    for base, href in _linked(document, IS_FEED):
        with suppress(ValueError):  # "Invalid IPv6 URL"
            here = _on_host_of(document.url, urljoin(base, href))
            if OF_COMMENTS not in here:
                yield here
                break
    for prefix in _prefixes(document.url):
        yield from (prefix + guess for guess in FEEDS)


def _candidates(document: Document) -> Iterator[Candidate]:
    for base, href, found_by in _advertised(document):
        try:
            absolute = urljoin(base, href)
            here = _on_host_of(document.url, absolute)
        except ValueError:  # "Invalid IPv6 URL"
            continue
        if not is_hosted(absolute):
            yield Candidate(here, found_by)
        yield Candidate(absolute, found_by)
    if proxy := proxied(urlsplit(document.url).netloc):
        yield Candidate(proxy, "guess WordPress.com")
    for prefix in _prefixes(document.url):
        for guess in GUESSES:
            yield Candidate(prefix + guess, f"guess {guess}")


def _advertised(document: Document) -> Iterator[tuple[str, str, str]]:
    """Yield (base, href, how it was found) of each address that a page gives for its API."""
    for href in LINK_HEADER.findall(document.headers.get("link", "")):
        yield document.url, href, "Link header"
    for base, href in _linked(document, IS_API):
        yield base, href, "link element"


def _linked(document: Document, kind: re.Pattern[str]) -> Iterator[tuple[str, str]]:
    """Yield (base, href) of each link element of a kind."""
    text = head_of(document)
    for element in filter(kind.search, LINK_ELEMENT.findall(text)):
        for href in HREF.findall(element):
            yield get_base_url(text, document.url), replace_entities(href)


def _prefixes(url: str) -> Iterator[str]:
    """Yield the address of each directory that the API may live below, the longest first."""
    parts = urlsplit(url)
    names = [name for name in parts.path.split("/") if name and not DATE_OR_FILE.search(name)]
    if "wp-json" in names:
        names = names[: names.index("wp-json")]
    for count in range(min(len(names), MOST_PREFIXES), -1, -1):
        path = "/".join(["", *names[:count], ""])
        yield urlunsplit((parts.scheme, parts.netloc, path, "", ""))


def _on_host_of(asked: str, advertised: str) -> str:
    scheme, netloc, *_ = urlsplit(asked)
    return urlunsplit((scheme, netloc, *urlsplit(advertised)[2:]))


def head_of(document: Document) -> str:
    """Return the beginning of a page as text, its head in it."""
    return document.body[:LOOKED_AT].decode("utf-8", "replace")
