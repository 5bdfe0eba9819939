"""Feeds by their machines: a server's store may have crawls of several, each with files of its own.

A container has another name whenever it is made anew, and its files may be those of the one before.
"""

import logging
import platform
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

from sqlalchemy import Connection, RowMapping, select, update

from newscrawl.core.endings import REASONS
from newscrawl.store.locks import is_held
from newscrawl.store.tables import CRAWLS, FEEDS
from newscrawl.store.tails import tail_of

SCHEME = "file://"
ELSEWHERE = (
    "%s: a crawl that was interrupted on %s wrote into a feed of this name, and this file is not "
    "as that left it; so nothing is cut from it, and it gets the posts only that are new now; the "
    "store has all of them (scrapy export)"
)
logger = logging.getLogger(__name__)
LAST = (
    select(FEEDS.c.crawl, FEEDS.c.uri, FEEDS.c.size, FEEDS.c.tail, CRAWLS.c.reason)
    .join(CRAWLS, CRAWLS.c.pk == FEEDS.c.crawl)
    .order_by(CRAWLS.c.pk.desc())
)


def name_of(connection: Connection, path: Path) -> str:
    """Return the name of a feed in a store: its path; on a server with its machine (RFC 8089)."""
    if connection.dialect.name == "sqlite":
        return str(path)
    return f"{SCHEME}{platform.node()}{_below(path)}"


def lock_of(name: str) -> str:
    """Return the name of the lock of who writes a feed."""
    return f"feed {name}"


def interrupted(connection: Connection, path: Path) -> RowMapping | None:
    """Return what an interrupted crawl committed of a feed, None if the last one ended well.

    One on another machine is meant if the file is as that left it; from then on it is this one's.
    """
    name = name_of(connection, path)
    if last := connection.execute(LAST.where(FEEDS.c.uri == name).limit(1)).mappings().first():
        return last if _is_interrupted(last) else None
    others = list(_elsewhere(connection, path))
    for last in filter(_is_interrupted, others):
        if last["size"] and tail_of(path, last["size"]) == last["tail"]:
            _adopt(connection, last, name)
            return last
    if others and _is_interrupted(others[0]) and (others[0]["size"] or tail_of(path, 1)):
        machine = urlsplit(others[0]["uri"]).netloc or "another machine"
        logger.warning(ELSEWHERE, path, machine)
    return None


def _is_interrupted(last: RowMapping) -> bool:
    return last["reason"] not in REASONS.values()


def _elsewhere(connection: Connection, path: Path) -> Iterator[RowMapping]:
    """Yield what the last crawl on each machine committed of its feed with a path, newest first.

    Feeds that are being written are left out. Stores once knew feeds by their path alone.
    """
    if connection.dialect.name == "sqlite":
        return
    below = _below(path)
    alike = FEEDS.c.uri.endswith(below, autoescape=True) | (FEEDS.c.uri == str(path))
    seen: set[str] = set()
    for last in connection.execute(LAST.where(alike)).mappings().all():
        uri = last["uri"]
        is_same = urlsplit(uri).path == below or uri == str(path)
        if is_same and uri not in seen and not is_held(connection, lock_of(uri)):
            yield last
        seen.add(uri)


def _adopt(connection: Connection, last: RowMapping, name: str) -> None:
    """Let a feed be known by this machine's name, and by another's no more."""
    mine = (FEEDS.c.crawl == last["crawl"]) & (FEEDS.c.uri == last["uri"])
    connection.execute(update(FEEDS).where(mine).values(uri=name))


def _below(path: Path) -> str:
    return path.as_uri().removeprefix(SCHEME)
