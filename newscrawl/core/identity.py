"""By what a post is known wherever it is met: in REST, in a feed, on its page."""

import re
from functools import lru_cache
from hashlib import blake2b
from html import unescape
from urllib.parse import parse_qs, urlsplit

from newscrawl.core.fence import objection
from newscrawl.items import Comment, Post, Revision

DEFAULT_PORTS = {"http": ":80", "https": ":443"}
LONGEST = 600  # characters of a key: PostgreSQL indexes 2,704 bytes at the most
DIGEST = 16  # bytes
ID = re.compile(r"[1-9][0-9]{0,17}")  # a bigint
TYPE = re.compile(r"[a-z0-9_-]{1,20}")  # (``register_post_type()``)


@lru_cache(maxsize=4096)
def guid_key(guid: str) -> str:
    """Return the key of a GUID: what stays the same through https, www and escaping.

    Scheme, ``www.``, the host's case, a default port, ``&#038;`` and a trailing slash do not
    count. WordPress stores a GUID once, as the permalink of that day (``?p=ID``), HTML-escaped.

    >>> guid_key("http://www.News.example/?post_type=story&#038;p=7")
    'news.example?post_type=story&p=7'
    >>> guid_key("https://news.example/?post_type=story&p=7/")
    'news.example?post_type=story&p=7'
    >>> guid_key("urn:uuid:1234")
    'urn:uuid:1234'

    A key that would be longer than 600 characters is its beginning and a digest.
    """
    return _bounded(_key(guid))


def _bounded(key: str) -> str:
    if len(key) <= LONGEST:
        return key
    digest = blake2b(key.encode(), digest_size=DIGEST).hexdigest()
    return f"{key[: LONGEST - len(digest)]}{digest}"


def _key(guid: str) -> str:
    text = unescape(guid).strip()
    try:
        parts = urlsplit(text)
    except ValueError:
        return text
    if not parts.netloc:
        return text
    host = parts.netloc.lower().removesuffix(DEFAULT_PORTS.get(parts.scheme.lower(), "/"))
    path = parts.path.rstrip("/")
    query = f"?{parts.query.rstrip('/')}" if parts.query else ""
    return host.removeprefix("www.") + path + query


def below_host(url: str) -> str:
    """Return what stays of the key of a GUID or an address when a site moves to another host.

    >>> below_host("https://www.news.example/2024/one/"), below_host("http://old.example/?p=7")
    ('/2024/one', 'p=7')
    """
    host, slash, path = guid_key(url).partition("/")
    return slash + path if slash else host.partition("?")[2]


def id_of(shortlink: str | None) -> int | None:
    """Return the id that a shortlink tells (``?p=ID``, ``wp_get_shortlink()``), None for none.

    >>> id_of("https://a.example/?p=7"), id_of("https://a.example/one/"), id_of("http://[bad/?p=7")
    (7, None, None)
    """
    told = _parameter(shortlink or "", "p")
    return int(told) if ID.fullmatch(told) else None


def own_id(guid: str | None, site: str) -> int | None:
    """Return the id that a GUID tells if it is a shortlink of the site's own, not an import's."""
    return id_of(guid) if guid and objection(guid, [site]) is None else None


def type_of(guid: str | None) -> str | None:
    """Return the type of a post that its GUID tells, None for a plain one (``?p=ID``).

    >>> type_of("http://a.example/?post_type=story&#038;p=7"), type_of("http://a.example/?p=7")
    ('story', None)
    """
    told = _parameter(unescape(guid or ""), "post_type")
    return told if TYPE.fullmatch(told) else None


def _parameter(url: str, name: str) -> str:
    """Return what an address asks for by a name, "" where it does not or cannot be read."""
    try:
        query = urlsplit(url).query
    except ValueError:
        return ""
    return parse_qs(query).get(name, [""])[0]


def known_by(post: Post) -> str:
    """Return by what a store knows a post: its GUID, or where it was read if it has none."""
    return guid_key(post.guid) if post.guid else guid_key(post.source_url)


def named(post: Post | Comment | Revision) -> int | str:
    """Return what the ledger calls a post: its id, or its address where it was read without one."""
    told = None if isinstance(post, Comment | Revision) else post.url
    return post.id if post.id is not None else told or post.source_url
