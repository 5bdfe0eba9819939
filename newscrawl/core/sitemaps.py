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

from lxml import etree  # type: ignore[import-untyped]

from newscrawl.core.documents import Damaged, Document, Refused, UnreadableDocument
from newscrawl.core.fence import web_address
from newscrawl.core.identity import guid_key
from newscrawl.core.salvage import UnsalvageableError, unwrapped
from newscrawl.core.times import EARLIEST, LATEST, rfc3339

INDEX, URLSET = "sitemapindex", "urlset"
CORE_INDEX = "wp-sitemap.xml"
LARGEST = 50 * 1024 * 1024  # bytes, and
MOST_URLS = 50_000  # of one sitemap: the protocol's own bounds
UNDATED = "a sitemap that does not tell when each post was modified"
DECLARES = "a sitemap with a document type, which none has"
MOST_LAYERS = 2  # of compression: a packed file that the server packs again
BEGINNING = re.compile(rb"<(?:urlset|sitemapindex)\b")
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


def sitemaps_in(document: Document, type_: str) -> dict[str, str]:
    """Return when each sitemap of a post type was modified, as an index tells, by its address.

    It is ``""`` where the index does not tell: core's does not, Yoast's does.
    """
    named = re.compile(OF_A_TYPE.format(re.escape(type_)))
    listed = list(_entries(document, INDEX, "sitemap"))
    times = {entry.get("loc", ""): instant(entry.get("lastmod", "")) or "" for entry in listed}
    found = {web_address(url, document.url): t for url, t in times.items() if named.search(url)}
    if not any(found):
        raise UnreadableDocument(document.url, f"no sitemaps of {type_!r}", document.status)
    return {url: time for url, time in found.items() if url}


def entries_in(document: Document) -> tuple[bool, dict[str, str]]:
    """Return whether a sitemap is an index, and the `lastmod` of each address, as it is told.

    Raise `UnreadableDocument` for what is neither.
    """
    is_index, entries = _listed(document)
    return is_index, {entry.get("loc", ""): entry.get("lastmod", "") for entry in entries}


def modified_in(document: Document) -> dict[str, str]:
    """Return when each address of a sitemap was modified, by its key.

    Raise `UnreadableDocument` where one does not tell it to the second.
    """
    entries = list(_entries(document, URLSET, "url"))
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
    body = _body(document)
    if body.startswith(b"http"):
        listed = body.decode("utf-8", "replace").split()
        return Contents(is_index=False, addresses=list(filter(web_address, listed)))
    is_index, entries = _listed(document)
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


def _listed(document: Document) -> tuple[bool, list[Mapping[str, str]]]:
    """Return whether a sitemap is an index, and what each of its entries says."""
    is_index = etree.QName(_tree(document)).localname == INDEX
    root, name = (INDEX, "sitemap") if is_index else (URLSET, "url")
    return is_index, list(_entries(document, root, name))


def _entries(document: Document, root: str, name: str) -> Iterator[Mapping[str, str]]:
    """Yield what each entry of a sitemap says, by the name of its elements."""
    tree = _tree(document)
    if etree.QName(tree).localname != root:
        raise UnreadableDocument(document.url, f"no {root}", document.status)
    for entry in tree.iterchildren(f"{{*}}{name}"):
        yield {etree.QName(part).localname: (part.text or "").strip() for part in entry}


def _tree(document: Document) -> etree._Element:
    """Return the root of an XML document; nothing is fetched for it, and nothing expanded."""
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    body = _body(document)
    try:
        tree = etree.fromstring(body[max(0, body.find(b"<?xml")) :], parser)
    except etree.XMLSyntaxError as error:
        broken = Damaged if BEGINNING.search(body) else UnreadableDocument
        raise broken(document.url, f"no sitemap: {error.msg}", document.status) from error
    if tree.getroottree().docinfo.doctype:
        raise UnreadableDocument(document.url, DECLARES, document.status)
    return tree


def _body(document: Document) -> bytes:
    """Return the bytes of a sitemap, unpacked (``.xml.gz``)."""
    if document.status >= 400:
        raise Refused(document.url, f"HTTP {document.status}", document.status)
    body = document.body
    try:
        for _ in range(MOST_LAYERS):
            body = unwrapped(body, [], LARGEST)
    except UnsalvageableError as error:
        raise UnreadableDocument(document.url, str(error), document.status) from error
    if len(body) > LARGEST:
        raise UnreadableDocument(document.url, f"more than {LARGEST:,} bytes", document.status)
    return body
