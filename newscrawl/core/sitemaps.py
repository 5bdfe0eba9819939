"""Sitemaps: where the posts of a site are, and when each was last modified.

Sources: https://www.sitemaps.org/protocol.html; ``WP_Sitemaps_Posts::get_url_list()`` and
``WP_Sitemaps_Index`` (wp-includes/sitemaps/: by id, 2,000 addresses each, ``lastmod`` is
`post_modified_gmt`, since 6.5); Yoast's ``WPSEO_Post_Type_Sitemap_Provider`` (1,000 each,
``lastmod`` is the later of modified and published).
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from urllib.parse import parse_qs, unquote, urljoin, urlsplit

from newscrawl.core.documents import Document, UnreadableDocument
from newscrawl.core.fence import web_address
from newscrawl.core.identity import guid_key, id_of
from newscrawl.core.sitemap_xml import INDEX, URLSET, body_of, entries_of, listed_in
from newscrawl.core.times import EARLIEST, LATEST, rfc3339

CORE_INDEX = "wp-sitemap.xml"
MOST_URLS = 50_000  # of one sitemap: the protocol's own bound
UNDATED = "a sitemap that does not tell when each post was modified"
OF_A_TYPE = (  # core's, Yoast's and those named like it, core's with plain permalinks
    r"/wp-sitemap-posts-{0}-\d+\.xml$|/{0}-sitemap\d*\.xml(?:\.gz)?$|[?&]sitemap-subtype={0}(?:&|$)"
)


@dataclass(frozen=True, slots=True)
class Contents:
    """What a sitemap lists: addresses of others where it `is_index`, of pages where it is none.

    `modified` is when each was modified, where that is told. `is_news`: those of two days alone
    (https://developers.google.com/search/docs/crawling-indexing/sitemaps/news-sitemap).
    """

    is_index: bool
    addresses: list[str]
    is_news: bool = False
    modified: Mapping[str, str] = field(default_factory=dict)


def key_of(url: str) -> str:
    """Return what is the same of an address in a sitemap and in a list, however it is escaped.

    >>> key_of("https://www.a.example/%d0%b0/") == key_of("http://a.example/%D0%B0")
    True
    """
    return unquote(guid_key(url))


def keys_of(url: str) -> set[str]:
    """Return the keys of a post's address, also without what a feed adds to count its readers."""
    bare, id_ = url.partition("?")[0], id_of(url)
    return {key_of(url), key_of(f"{bare}?p={id_}" if id_ else bare)}


def sitemaps_in(document: Document, type_: str) -> dict[str, str]:
    """Return when each sitemap of a post type was modified, as an index tells, by its address.

    It is ``""`` where the index does not tell: core's does not, Yoast's does.
    """
    named = re.compile(OF_A_TYPE.format(re.escape(type_)))
    listed = list(entries_of(document, INDEX, "sitemap"))
    times = {entry.get("loc", ""): instant(entry.get("lastmod", "")) or "" for entry in listed}
    found = {web_address(url, document.url): t for url, t in times.items() if named.search(url)}
    if not any(found):
        raise UnreadableDocument(document.url, f"no sitemaps of {type_!r}", document.status)
    return {url: time for url, time in found.items() if url}


def entries_in(document: Document) -> tuple[bool, dict[str, str]]:
    """Return whether a sitemap is an index, and the `lastmod` of each address, as it is told.

    Raise `UnreadableDocument` for what is neither.
    """
    is_index, entries = listed_in(document)
    return is_index, {entry.get("loc", ""): entry.get("lastmod", "") for entry in entries}


def modified_in(document: Document) -> dict[str, str]:
    """Return when each address of a sitemap was modified, by its key.

    Raise `UnreadableDocument` where one does not tell it to the second.
    """
    entries = list(entries_of(document, URLSET, "url"))
    if len(entries) > MOST_URLS:
        raise UnreadableDocument(document.url, f"more than {MOST_URLS:,} addresses")
    told = {key_of(entry.get("loc", "")): instant(entry.get("lastmod", "")) for entry in entries}
    dated = {key: time for key, time in told.items() if time}
    if len(dated) < len(told):
        raise UnreadableDocument(document.url, UNDATED, document.status)
    return dated


def contents_in(document: Document) -> Contents:
    """Return what a sitemap lists, be it XML or a text of an address a line.

    Raise `UnreadableDocument` for what is neither.
    """
    body = body_of(document)
    if body.startswith(b"http"):
        listed = body.decode("utf-8", "replace").split()
        return Contents(is_index=False, addresses=list(filter(web_address, listed)))
    is_index, entries = listed_in(document)
    times = {
        url: instant(entry.get("lastmod", ""))
        for entry in entries
        if (url := web_address(entry.get("loc", ""), document.url))
    }
    is_news = bool(entries) and all("news" in entry for entry in entries)
    return Contents(is_index, list(times), is_news, {url: t for url, t in times.items() if t})


def instant(lastmod: str) -> str | None:
    """Return a time of a sitemap (W3C's profile of ISO 8601) in UTC; None for a date alone.

    >>> instant("2024-05-16T09:53:48+02:00"), instant("2024-05-16"), instant("")
    ('2024-05-16T07:53:48Z', None, None)
    """
    try:
        time = datetime.fromisoformat(lastmod)
    except ValueError:
        return None
    return rfc3339(time) if time.tzinfo and EARLIEST <= time.year <= LATEST else None


def sitemap_of_core(index: str, type_: str, number: int) -> str:
    """Return the address of one of core's sitemaps, beside its index: what it lists is known.

    >>> sitemap_of_core("https://a.example/en/wp-sitemap.xml", "post", 2)
    'https://a.example/en/wp-sitemap-posts-post-2.xml'
    """
    return urljoin(index, f"wp-sitemap-posts-{type_}-{number}.xml")


def names_of(keys: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Yield the parameter and the value by which the post at each address may be asked for.

    >>> list(names_of(["a.example/2024/05/one-story", "a.example?p=7", "a.example/two.html"]))
    [('slug', 'one-story'), ('include', '7'), ('slug', 'two')]
    """
    for key in keys:
        parts = urlsplit(f"//{key}")
        last = parts.path.rpartition("/")[2].partition(".")[0]
        id_ = parse_qs(parts.query).get("p", [last])[0]
        if id_:
            yield "include" if id_.isdecimal() else "slug", id_
