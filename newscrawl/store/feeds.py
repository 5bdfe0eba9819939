"""Feeds that go on where a killed crawl left them: cut back to what the store has, too."""

import logging
from collections.abc import Iterator, Mapping
from hashlib import blake2b
from pathlib import Path
from typing import Any

from scrapy.extensions.feedexport import FeedExporter
from sqlalchemy import Connection, RowMapping, delete, insert, select

from newscrawl.core.endings import REASONS
from newscrawl.core.feeds import local_path
from newscrawl.store.locks import Locks
from newscrawl.store.tables import CRAWLS, FEEDS

CONTINUED = frozenset({"jsonl", "jsonlines", "csv", "spreadsheet"})  # have nothing at their end
WHOLE = (
    "%s: a crawl that was interrupted wrote some of its posts into it, and this one writes the "
    "rest only; the store has all of them (scrapy export)"
)
CHANGED = (
    "%s: it is not as an interrupted crawl left it, so nothing is cut from it, and it gets the "
    "posts only that are new now; the store has all of them (scrapy export)"
)
TAIL = 4096  # bytes
logger = logging.getLogger(__name__)


def sizes_of(exporter: FeedExporter) -> Iterator[tuple[str, int]]:
    """Yield the path and the size of each local feed, all rows of it written out."""
    for slot in exporter.slots:
        path = path_of(slot.uri)
        if path and slot.file is not None:
            slot.file.flush()
            yield str(path), slot.file.tell()


def keep_sizes(connection: Connection, crawl: int, sizes: Mapping[str, int]) -> None:
    """Write down how far each feed has come with what is written in the same transaction."""
    connection.execute(delete(FEEDS).where(FEEDS.c.crawl == crawl))
    if sizes:
        rows = [
            {"crawl": crawl, "uri": uri, "size": size, "tail": tail_of(Path(uri), size)}
            for uri, size in sizes.items()
        ]
        connection.execute(insert(FEEDS), rows)


def tail_of(path: Path, size: int) -> str | None:
    """Return a digest of the last bytes of a feed before a size, None if it is shorter."""
    if size == 0:
        return ""
    if not path.exists() or path.stat().st_size < size:
        return None
    with path.open("rb") as feed:
        feed.seek(max(0, size - TAIL))
        return blake2b(feed.read(min(size, TAIL)), digest_size=8).hexdigest()


def interrupted(connection: Connection, uri: str) -> RowMapping | None:
    """Return what the last crawl into a feed committed of it, None if it ended well."""
    query = (
        select(FEEDS.c.size, FEEDS.c.tail, CRAWLS.c.reason)
        .join(CRAWLS, CRAWLS.c.pk == FEEDS.c.crawl)
        .where(FEEDS.c.uri == uri)
        .order_by(CRAWLS.c.pk.desc())
        .limit(1)
    )
    last = connection.execute(query).mappings().first()
    return None if last is None or last["reason"] in REASONS.values() else last


def go_on(connection: Connection, exporter: FeedExporter, locks: Locks) -> dict[str, int]:
    """Cut feeds of an interrupted crawl back to what it committed, to append to them.

    Return the path of each local feed with the size that it begins at. A feed that another crawl
    is writing is left alone: this one will not come to write.
    """
    begun = {}
    for uri, options in exporter.feeds.items():
        path = path_of(uri)
        if path is None or not locks.take(f"feed {path}"):
            continue
        if last := interrupted(connection, str(path)):
            _cut(path, last, options)
        appends = path.exists() and not options.get("overwrite", False)
        begun[str(path)] = path.stat().st_size if appends else 0
    return begun


def _cut(path: Path, last: RowMapping, options: dict[str, Any]) -> None:
    size = int(last["size"])
    if options["format"] not in CONTINUED:
        logger.warning(WHOLE, path)
    elif tail_of(path, size) != last["tail"]:
        logger.warning(CHANGED, path)
    elif path.exists():
        with path.open("r+b") as feed:
            feed.truncate(size)
        options["overwrite"] = False
        logger.info("%s: an interrupted crawl is continued behind its %s bytes", path, size)


def path_of(uri: str) -> Path | None:
    """Return the absolute path of a local feed, None for any other and for a pattern."""
    path = local_path(uri)
    return Path(path).absolute() if path and "%(" not in uri else None
