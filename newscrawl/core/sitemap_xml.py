"""Sitemaps as XML, plain or packed, by the plugins that write them and as some break it."""

import re
from collections.abc import Iterator, Mapping

from lxml import etree  # type: ignore[import-untyped]

from newscrawl.core.documents import Damaged, Document, UnreadableDocument
from newscrawl.core.salvage import UnsalvageableError, unwrapped

INDEX, URLSET = "sitemapindex", "urlset"
LARGEST = 50 * 1024 * 1024  # bytes
DECLARES = "a sitemap with a document type, which none has"
MOST_LAYERS = 2  # of compression: a packed file that the server packs again
BEGINNING = re.compile(rb"<(?:urlset|sitemapindex)\b")
ENDING = re.compile(rb"</(?:\w+:)?(?:urlset|sitemapindex)\s*>")
UNWRITTEN = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]")  # no characters of XML
BARE = re.compile(rb"&(?!#?\w{1,32};)")  # an ampersand that is not written as one
UNDECLARED = etree.ErrorTypes.NS_ERR_UNDEFINED_NAMESPACE
SAFE = {
    "resolve_entities": False,
    "no_network": True,
    "huge_tree": False,
    "remove_comments": True,
    "remove_pis": True,
}


def listed_in(document: Document) -> tuple[bool, list[Mapping[str, str]]]:
    """Return whether a sitemap is an index, and what each of its entries says."""
    is_index = _name(_tree(document)) == INDEX
    root, name = (INDEX, "sitemap") if is_index else (URLSET, "url")
    return is_index, list(entries_of(document, root, name))


def entries_of(document: Document, root: str, name: str) -> Iterator[Mapping[str, str]]:
    """Yield what each entry of a sitemap says, by the name of its elements."""
    tree = _tree(document)
    if _name(tree) != root:
        raise UnreadableDocument(document.url, f"no {root}", document.status)
    for entry in tree.iterchildren(f"{{*}}{name}"):
        yield {_name(part): (part.text or "").strip() for part in entry}


def _name(part: etree._Element) -> str:
    """Return the name of an element, without its namespace."""
    return str(part.tag).rpartition("}")[2]


def _tree(document: Document) -> etree._Element:
    """Return the root of an XML document; nothing is fetched for it, and nothing expanded."""
    body = body_of(document)
    try:
        tree = _parsed(body[max(0, body.find(b"<?xml")) :])
    except etree.XMLSyntaxError as error:
        broken = Damaged if BEGINNING.search(body) else UnreadableDocument
        raise broken(document.url, f"no sitemap: {error.msg}", document.status) from error
    if tree.getroottree().docinfo.doctype:
        raise UnreadableDocument(document.url, DECLARES, document.status)
    return tree


def _parsed(body: bytes) -> etree._Element:
    """Return the root of a body.

    Bare ampersands, control characters, prefixes of no namespace and what stands behind it do not
    matter.
    """
    try:
        return etree.fromstring(body, etree.XMLParser(**SAFE))
    except etree.XMLSyntaxError:
        written = UNWRITTEN.sub(b"", _first(body))
        mended = written if b"<![CDATA[" in body else BARE.sub(b"&amp;", written)
        parser = etree.XMLParser(**SAFE, recover=True)
        tree = etree.fromstring(mended, parser)
        if tree is None or any(entry.type != UNDECLARED for entry in parser.error_log):
            raise
    return tree


def _first(body: bytes) -> bytes:
    """Return a body as far as its document goes, all of one that holds another behind it."""
    ending = ENDING.search(body)
    is_last = ending and not BEGINNING.search(body, ending.end())
    return body[: ending.end()] if ending and is_last else body


def body_of(document: Document) -> bytes:
    """Return the bytes of a sitemap, unpacked (``.xml.gz``)."""
    document.raise_for_status()
    body = document.body
    try:
        for _ in range(MOST_LAYERS):
            body = unwrapped(body, [], LARGEST)
    except UnsalvageableError as error:
        raise UnreadableDocument(document.url, str(error), document.status) from error
    if len(body) > LARGEST:
        raise UnreadableDocument(document.url, f"more than {LARGEST:,} bytes", document.status)
    return body
