"""The feed of a site's posts, as WordPress writes it (wp-includes/feed-rss2.php, ``?paged=``).

It tells no ids, slugs or times of change, authors and terms by name only, and categories and tags
alike (``get_the_category_rss()``).
"""

import re
from calendar import timegm
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from html import unescape
from io import BytesIO
from typing import Any

import feedparser  # type: ignore[import-untyped]

from newscrawl.core.creators import creators_in
from newscrawl.core.documents import Document, UnreadableDocument
from newscrawl.core.encodings import in_utf8
from newscrawl.core.fence import uncounted, web_address
from newscrawl.core.identity import guid_key, type_of
from newscrawl.core.normalize import plain_text
from newscrawl.core.passwords import form_in
from newscrawl.core.times import EARLIEST, LATEST, rfc3339
from newscrawl.core.values import address
from newscrawl.items import Post
from newscrawl.items.parts import Name

POST = "post"
EITHER = "category|post_tag"  # a feed does not say which
NO_FEED = "no RSS feed"
OF_COMMENTS = "a feed of comments, not of posts"
COMMENT = "#comment-"  # in a GUID (``get_comment_guid()``)
CUT = "the feed holds an excerpt only"
CUT_OFF = ("[…]", "[...]", "…")  # how an excerpt ends (``excerpt_more``)
MEDIA = "search.yahoo.com/mrss"
NUMBERED = re.compile(rb"&#(?:x[0-9a-f]{1,999}|[0-9]{1,999});", re.IGNORECASE)
ZONED = re.compile(r"(?:[+-]\d\d:?\d\d|\b(?:UTC?|GMT|[ECMP][SD]T)|\dZ)\s*$", re.IGNORECASE)
Entry = Mapping[str, Any]
UNTOLD: Mapping[str, Any] = {  # of a post, by its feed and by its page
    "type": POST,
    "protected": False,
    **dict.fromkeys(("slug", "status", "lang", "parent", "sticky", "format", "revision_count")),
}


@dataclass(frozen=True, slots=True)
class Feed:
    """What one page of a feed says: the site's home and language, and its entries."""

    home: str
    lang: str | None
    entries: Sequence[Entry]


def feed_in(document: Document) -> Feed:
    """Return the feed that a document holds; raise `UnreadableDocument` for what is none."""
    document.raise_for_status()
    body = NUMBERED.sub(_character, in_utf8(document))
    told = feedparser.parse(
        BytesIO(body),
        response_headers={"content-type": "application/xml"},
        sanitize_html=False,
        resolve_relative_uris=False,
    )
    if not str(told.get("version", "")).startswith("rss") or (told.bozo and not told.entries):
        raise UnreadableDocument(document.url, NO_FEED, document.status)
    if any(COMMENT in str(entry.get("id")) for entry in told.entries):
        raise UnreadableDocument(document.url, OF_COMMENTS, document.status)
    home = (web_address(str(told.feed.get("link") or "")) or "").rstrip("/")
    for entry, creators in zip(told.entries, creators_in(body), strict=False):
        entry["creators"] = creators
    return Feed(home, told.feed.get("language"), told.entries)


def key_of(entry: Entry) -> str:
    """Return what an entry is known by: its GUID, else its address."""
    return guid_key(str(entry.get("id") or entry.get("link") or ""))


def link_of(entry: Entry) -> str | None:
    """Return the address of an entry's post, None where it has none."""
    return web_address(uncounted(address(entry.get("link")) or ""))


def is_protected(entry: Entry) -> bool:
    """Return whether a password form stands in place of a content (``get_the_password_form()``)."""
    return form_in(_content(entry)) is not None


def is_cut(entry: Entry) -> bool:
    """Return whether an entry holds an excerpt in place of a content, or as one.

    >>> is_cut({"summary": "A mayor [...]", "content": [{"value": "<p>A mayor [...]</p>"}]})
    True
    """
    if "content" not in entry:
        return True
    shown = plain_text(_content(entry))
    return shown.endswith(CUT_OFF) and shown == plain_text(str(entry.get("summary") or ""))


def post_of(entry: Entry, site: str, document: Document) -> Post:
    """Return the post of a feed's entry; what feeds do not tell is None."""
    guid, content = address(entry.get("id")), _content(entry)
    return Post(
        **{**UNTOLD, "type": type_of(guid) or POST},
        site=site,
        id=None,
        guid=guid,
        url=link_of(entry),
        title=plain_text(str(entry.get("title") or "")) or None,
        published=published(entry),
        modified=None,
        authors=[named(name) for name in entry.get("creators", []) if name.strip()],
        terms={EITHER: [named(term) for term in _terms(entry)]},
        excerpt=entry.get("summary") or None,
        content_html=content,
        content_refused=CUT if is_cut(entry) else None,
        source="feed",
        source_url=document.url,
        fetched_at=document.fetched_at,
    )


def _character(reference: re.Match[bytes]) -> bytes:
    """Return a reference to a character; one to what is none (``&#xD800;``) is to U+FFFD."""
    is_none = unescape(reference[0].decode()) == "\ufffd"
    return b"&#xFFFD;" if is_none else reference[0]


def _terms(entry: Entry) -> list[str | None]:
    """Return the terms of an entry; the categories of its media (``media:category``) are none."""
    tags = entry.get("tags", [])
    return [tag.get("term") for tag in tags if MEDIA not in str(tag.get("scheme"))]


def _content(entry: Entry) -> str:
    return "".join(str(part.get("value") or "") for part in entry.get("content", []))


def published(entry: Entry) -> str | None:
    """Return when an entry was published, None where that is not told or no year that can be.

    One without a zone, or in one of a name that RFC 822 does not have, is none.

    >>> told = {"published_parsed": (2024, 5, 16, 7, 53, 48, 3, 137, 0)}
    >>> published({"published": "Thu, 16 May 2024 07:53:48 +0000", **told})
    '2024-05-16T07:53:48Z'
    >>> published({"published": "Thu, 16 May 2024 07:53:48 CEST", **told}), published({})
    (None, None)
    """
    told, is_zoned = entry.get("published_parsed"), ZONED.search(str(entry.get("published")))
    if not told or not is_zoned or not EARLIEST <= told[0] <= LATEST:
        return None
    return rfc3339(datetime.fromtimestamp(timegm(told), UTC))


def named(name: str | None) -> Name:
    """Return an author or a term of which nothing but the name is told."""
    return Name(id=None, name=plain_text(name or "") or None, slug=None, url=None)
