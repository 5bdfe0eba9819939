"""Feeds that go on where a killed crawl left them: cut back to what the store has, too."""

import logging
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import IO, Any

from scrapy.extensions.feedexport import FeedExporter, apply_uri_params
from sqlalchemy import Connection, RowMapping, delete, insert

from newscrawl.core.feeds import local_path
from newscrawl.store.database import StoreError
from newscrawl.store.locks import Locks
from newscrawl.store.machines import interrupted, lock_of, name_of
from newscrawl.store.tables import FEEDS
from newscrawl.store.tails import tail_of

CONTINUED = frozenset({"jsonl", "jsonlines", "csv", "spreadsheet"})  # have nothing at their end
WHOLE = (
    "%s: a crawl that was interrupted wrote some of its posts into it, and this one writes the "
    "rest only; the store has all of them (scrapy export)"
)
CHANGED = (
    "%s: it is not as an interrupted crawl left it, so nothing is cut from it, and it gets the "
    "posts only that are new now; the store has all of them (scrapy export)"
)
SEVERAL = (
    "%s: a crawl that was interrupted wrote some of its posts into files of such names, and this "
    "one writes the rest into others, and some twice; the store has each once (scrapy export)"
)
BEHIND = "its feed {path} cannot be ({reason}), and the store holds no more than the feeds have"
ANOTHER_EACH_TIME = re.compile(r"%\((time|batch_time|batch_id)\)")
logger = logging.getLogger(__name__)


def sizes_of(exporter: FeedExporter) -> Iterator[tuple[str, int]]:
    """Yield the path and the size of each local feed, all rows of it written out.

    What is compressed is as it was when the crawl began: it cannot be cut in its midst.
    """
    for slot in exporter.slots:
        path = path_of(slot.uri)
        if path and slot.file is not None and not slot.feed_options.get("postprocessing"):
            yield str(path), _written_out(slot.file, path)


def _written_out(feed: IO[bytes], path: Path) -> int:
    """Return the size of a feed, all rows of it written out; `StoreError` if its disk is full."""
    try:
        feed.flush()
        return feed.tell()
    except OSError as error:
        raise StoreError(BEHIND.format(path=path, reason=error.strerror)) from error


def keep_sizes(connection: Connection, crawl: int, sizes: Mapping[str, int]) -> None:
    """Write down how far each feed has come with what is written in the same transaction."""
    connection.execute(delete(FEEDS).where(FEEDS.c.crawl == crawl))
    if sizes:
        rows = [
            {"crawl": crawl, "uri": name_of(connection, path), "size": size}
            | {"tail": tail_of(path, size)}
            for path, size in zip(map(Path, sizes), sizes.values(), strict=True)
        ]
        connection.execute(insert(FEEDS), rows)


def go_on(connection: Connection, exporter: FeedExporter, locks: Locks) -> dict[str, int]:
    """Cut feeds of an interrupted crawl back to what it committed, to append to them.

    Return the path of each local feed with the size that it begins at. A feed that another crawl
    is writing is left alone: this one will not come to write.
    """
    begun = {}
    for uri, options in exporter.feeds.items():
        path = path_of(_named(exporter, uri))
        if path is None or not locks.take(lock_of(name_of(connection, path))):
            continue
        if last := interrupted(connection, path):
            _cut(path, last, options)
        appends = path.exists() and not options.get("overwrite", False)
        begun[str(path)] = path.stat().st_size if appends else 0
    return begun


def _named(exporter: FeedExporter, uri: str) -> str:
    """Return the name that a feed has in this crawl; one that is another each time is a pattern."""
    if ANOTHER_EACH_TIME.search(uri):
        return uri
    spider, make = exporter.crawler.spider, exporter.feeds[uri]["uri_params"]
    assert spider is not None  # noqa: S101 - it is open
    parameters = exporter._get_uri_params(spider, make)  # noqa: SLF001 - known to it alone
    return apply_uri_params(uri, parameters)


def _cut(path: Path, last: RowMapping, options: dict[str, Any]) -> None:
    size = int(last["size"])
    if ANOTHER_EACH_TIME.search(str(path)):
        logger.warning(SEVERAL, path)
    elif options["format"] not in CONTINUED:
        logger.warning(WHOLE, path)
    elif tail_of(path, size) != last["tail"]:
        logger.warning(CHANGED, path)
    elif path.exists():
        with path.open("r+b") as feed:
            feed.truncate(size)
        if options.get("postprocessing"):
            logger.warning(WHOLE, path)
            return
        options["overwrite"] = False
        logger.info("%s: an interrupted crawl is continued behind its %s bytes", path, size)


def path_of(uri: str) -> Path | None:
    """Return the path of a local feed, the same however it is told, None for any other."""
    path = local_path(uri)
    return Path(path).resolve() if path else None
