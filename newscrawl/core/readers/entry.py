"""The way in: from any address of the site to the index of its API."""

from collections.abc import Iterable, Iterator

import orjson
from selectolax.lexbor import LexborHTMLParser

from newscrawl.core.alternates import alternates_in
from newscrawl.core.discovery import (
    Candidate,
    head_of,
    language_of,
    language_root,
)
from newscrawl.core.documents import (
    FORBIDDEN_BY_ROBOTS,
    Document,
    UnreadableDocument,
)
from newscrawl.core.fence import objection
from newscrawl.core.hosted import root_of
from newscrawl.core.indexes import NAMESPACE, is_index, namespaces
from newscrawl.core.links import Link
from newscrawl.core.readers.candidates import ask_any, ask_next, index_link
from newscrawl.core.readers.catalog import catalog_links
from newscrawl.core.readers.feeds import feed_links, feeds_of
from newscrawl.core.readers.refusals import closing, is_told_once
from newscrawl.core.readers.sisters import (
    abandon,
    is_elders,
    note_alternates,
    recall_languages,
)
from newscrawl.core.site import Site
from newscrawl.core.times import zone_of
from newscrawl.core.values import mapping, string

ENTRY = "entry"
COAUTHORS_NAMESPACE = "coauthors/v1"
NO_HOST = "Check the address, or try again later"
NO_HTTPS = "; if the site has no https, write http:// before it"
ASK = "Ask the site's owner; -s ROBOTSTXT_OBEY=False is for sites that are yours"
CLOSED = frozenset({401, 403})
DOWN = frozenset({502, 503, 521, 522, 523})
GUESSED = "guess"
REFUSED = "{url}, which the site advertises as its API, answers {reason}"
API_CLOSED = "the site shows its API to nobody who is not logged in"
NO_API = (
    "no WordPress REST API found: neither advertised by this page nor at /wp-json/, "
    "/?rest_route=/ or /index.php/wp-json/; check the address, or the site has closed its API"
)


def entry_link(site: Site) -> Link:
    """Return the link that a crawl of a site begins with: to its index where that is remembered."""
    entrance = site.memory.entrance(site.url) if site.memory else None
    if entrance is None:
        return Link(ENTRY, site.url)
    site.lang = entrance.lang
    if not entrance.root:
        site.entrance = entrance
        return Link(ENTRY, site.url)
    return index_link(Candidate(entrance.root, entrance.found_by), None)


def read_entry(site: Site, document: Document, _link: Link) -> Iterator[Link]:
    """Yield the first candidate for the API root; an index itself is taken as it is."""
    if document.status in DOWN:
        raise UnreadableDocument(document.url, f"HTTP {document.status}", document.status)
    site.lang = language_of(document)
    site.feeds = feeds_of(site, document)
    note_alternates(site, alternates_in(LexborHTMLParser(head_of(document)), document.url))
    if _is_index(document):
        asked = root_of(document.url)
        return ask_next(iter([Candidate(asked.index, "the address itself")]))
    return ask_any(site, document)


def fail_entry(site: Site, link: Link, error: UnreadableDocument) -> Iterator[Link]:
    """Yield the candidates that need no page to be read, if the host answers at all."""
    if error.status is None or error.status in DOWN:
        site.ledger.refuse(error.url, error.status, f"{error.reason.rstrip('.')}. {_advice(error)}")
        return iter(())
    unread = Document(link.href, 200, b"")
    site.feeds = feeds_of(site, unread)
    return ask_any(site, unread)


def read_index(site: Site, document: Document, link: Link) -> Iterator[Link]:
    """Take over what the index says of the site and ask for its types and taxonomies.

    Only an index that has ``wp/v2`` among its namespaces is an API root.
    """
    index = document.mapping()
    if not is_index(index):
        raise UnreadableDocument(document.url, f"no index of {NAMESPACE}", document.status)
    named = (str(index.get("home") or ""), str(index.get("url") or ""))
    if not _is_of(site, document.url, named):
        raise UnreadableDocument(document.url, f"the API of {named[0]}", document.status)
    root = root_of(document.url)
    place = root.index.partition("://")[2].removeprefix("www.")
    if site.elder and is_elders(site.elder, root, named[0]):
        raise UnreadableDocument(document.url, f"the API of {site.elder.home}", document.status)
    if place in site.roots:
        site.is_another = True
        return
    site.roots.add(place)
    site.index, site.read_at = dict(index), document.fetched_at
    site.found_by = link.purpose[0].found_by
    site.root = root.known_by(*named)
    site.home = _home_of(site, string(index.get("home")) or string(index.get("url")))
    site.zone = zone_of(str(index.get("timezone_string", "")), str(index.get("gmt_offset", "")))
    site.language_root = language_root(site.root.index)
    if site.memory:
        site.known = site.memory.recall(site.home, place)
        site.furniture = site.known.furniture
        if link.purpose[1] is None:  # its page is not read
            recall_languages(site, site.known.languages)
    site.ledger.site = site.home
    site.people.tells_coauthors = COAUTHORS_NAMESPACE in namespaces(index)
    yield from catalog_links(site)


def fail_index(site: Site, link: Link, error: UnreadableDocument) -> Iterator[Link]:
    """Yield the next candidate, or go down to the feed when none is left.

    What robots.txt forbids at one address is not read at another, nor what WordPress refuses.
    """
    first, rest = link.purpose
    if rest is None:  # it is not where it was
        yield Link(ENTRY, site.url)
        return
    advertised = not first.found_by.startswith(GUESSED)
    if advertised and is_told_once(error, link):
        yield link.again()
        return
    site.access[first.url] = {"open": False, "reason": error.reason}
    if closed := _closed_everywhere(error):
        site.shuns_guests = True
        site.ledger.refuse(error.url, error.status, closed)
        yield from feed_links(site)
        return
    if advertised and closing(error):
        site.advertised = REFUSED.format(url=first.url, reason=error.reason)
    following = list(ask_next(rest))
    if not following and site.elder:
        abandon(site)
    elif not following:
        site.ledger.refuse(site.url, error.status, site.advertised or NO_API)
        following = list(feed_links(site))
    yield from following


def _closed_everywhere(error: UnreadableDocument) -> str | None:
    """Return why an API is closed at each of its addresses, None if it may be open at another."""
    if error.reason == FORBIDDEN_BY_ROBOTS:
        return f"{error.reason}. {_advice(error)}"
    if error.status in CLOSED and error.reason != f"HTTP {error.status}":
        return f"{error.reason}: {API_CLOSED}"
    return None


def _advice(error: UnreadableDocument) -> str:
    if error.reason == FORBIDDEN_BY_ROBOTS:
        return ASK
    return NO_HOST + (NO_HTTPS if error.url.startswith("https:") else "") + "."


def _is_of(site: Site, address: str, named: Iterable[str]) -> bool:
    """Return whether an index is the site's: on its host, or by what it says of itself."""
    return any(objection(url, [site.url]) is None for url in (address, *named))


def _home_of(site: Site, told: str | None) -> str:
    """Return the home of a site; a sister whose API tells the elder's has its language root."""
    home = (told or site.url).rstrip("/")
    return site.url.rstrip("/") if site.elder and home == site.elder.home else home


def _is_index(document: Document) -> bool:
    try:
        return is_index(mapping(orjson.loads(document.body)))
    except orjson.JSONDecodeError:
        return False
