"""The ledger at the end of a crawl: on the log, in the stats, in a file, and as exit status."""

import logging
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Self

import orjson
from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import CloseSpider, NotConfigured
from scrapy.extensions.feedexport import FeedExporter
from scrapy.http import Response

from newscrawl.core.accounts import owner_of, sites_of
from newscrawl.core.endings import (
    BAD_ARGUMENTS,
    COMPLETE,
    DIED,
    FEEDS_FAILED,
    INCOMPLETE,
    REASONS,
    STORE_FAILED,
)
from newscrawl.core.feeds import local_path
from newscrawl.core.ledger import Ledger
from newscrawl.core.site import Site
from newscrawl.core.times import rfc3339
from newscrawl.extensions.verdict import table

FAILED_FEEDS = ("feedexport/failed_count", FEEDS_FAILED, STORE_FAILED)
logger = logging.getLogger(__name__)


class LedgerExtension:
    """Keeps the account of each site of a spider and closes it when the crawl ends."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.reason = ""
        self.feeds_stored = False
        self.path: Path | None = None

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Return the extension, listening; only a spider of sites has a ledger."""
        if not hasattr(crawler.spidercls, "arguments"):
            raise NotConfigured
        extension = cls(crawler)
        connect = crawler.signals.connect
        connect(extension.spider_opened, signals.spider_opened)
        connect(extension.request_reached_downloader, signals.request_reached_downloader)
        connect(extension.response_downloaded, signals.response_downloaded)
        connect(extension.spider_idle, signals.spider_idle)
        connect(extension.spider_closed, signals.spider_closed)
        connect(extension.feed_exporter_closed, signals.feed_exporter_closed)
        return extension

    def spider_opened(self) -> None:
        """Open the account of each site."""
        self.path = self._path()
        for site in self.sites:
            site.ledger.started = _now()

    def request_reached_downloader(self, request: Request) -> None:
        """Count a request that leaves for a site; of robots.txt the host tells whose it is."""
        ledger = self._ledger_of(request)
        ledger.started = ledger.started or _now()
        ledger.requests += 1

    def response_downloaded(self, response: Response, request: Request) -> None:
        """Count the bytes of a body as they came over the wire."""
        self._ledger_of(request).bytes += len(response.body)

    def spider_idle(self) -> None:
        """End the crawl with the reason that its ledgers give."""
        status = self.status
        if status != COMPLETE:
            raise CloseSpider(REASONS[status])

    def spider_closed(self, reason: str) -> None:
        """Close the accounts, but not before the feeds are stored: they may fail."""
        self.reason = reason
        if self.feeds_stored or not self.crawler.get_extension(FeedExporter):
            self.close()

    def feed_exporter_closed(self) -> None:
        """Close the accounts if the spider has closed."""
        self.feeds_stored = True
        if self.reason:
            self.close()

    def close(self) -> None:
        """Close the accounts: on the log, in the file, in the stats, and as exit status."""
        for site in self.sites:
            site.ledger.finished = _now()
        status = self.status if self.reason in REASONS.values() else DIED
        status = self._feeds_failed() or status
        self._tell(status)
        if status != BAD_ARGUMENTS and not self._write():
            status = DIED
        for name, value in _flat("newscrawl/ledger", self.account()):
            self.crawler.stats.set_value(name, value)
        self.crawler.stats.set_value("newscrawl/exit_status", status)
        self.crawler.spider.exit_status = status  # type: ignore[union-attr] # for the command

    @property
    def sites(self) -> list[Site]:
        """Return the sites of the spider."""
        return [site for site in sites_of(self.crawler.spider) if not site.is_another]

    @property
    def status(self) -> int:
        """Return the exit status that the ledgers give."""
        if all(site.bad_argument for site in self.sites):
            return BAD_ARGUMENTS
        if all(site.ledger.complete for site in self.sites):
            return COMPLETE
        return DIED if all(site.ledger.empty for site in self.sites) else INCOMPLETE

    def account(self) -> dict[str, Any]:
        """Return the ledger of the site; of several, all of them under one verdict."""
        accounts = [site.ledger.account() for site in self.sites]
        if len(accounts) == 1:
            return accounts[0]
        return {"complete": all(row["complete"] for row in accounts), "sites": accounts}

    def _tell(self, status: int) -> None:
        for site in self.sites:
            whole = site.ledger.complete and status != DIED
            level = logging.INFO if whole else logging.ERROR
            if site.bad_argument:
                logger.error(site.bad_argument)
            if not (site.bad_argument and status == BAD_ARGUMENTS):
                logger.log(level, "\n".join(table(site.ledger)))

    def _feeds_failed(self) -> int:
        """Return the exit status of a crawl whose exports could not be stored, 0 if they were."""
        stats = self.crawler.stats.get_stats()
        return DIED if any(name.startswith(FAILED_FEEDS) for name in stats) else 0

    def _write(self) -> bool:
        """Write the ledger's file if there is to be one; return False if it cannot be written."""
        if not self.path:
            return True
        text = orjson.dumps(self.account(), option=orjson.OPT_INDENT_2)
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            self.path.write_bytes(text + b"\n")
        except OSError as error:
            logger.error("The ledger cannot be written to %s: %s", self.path, error.strerror)
            return False
        return True

    def _path(self) -> Path | None:
        """Return where the ledger goes: as set, beside the first feed, or nowhere."""
        told = self.crawler.settings["NEWSCRAWL_LEDGER"]
        if told:
            return Path(told)
        exporter = self.crawler.get_extension(FeedExporter)
        path = local_path(exporter.slots[0].uri) if exporter and exporter.slots else None
        return Path(f"{path}.ledger.json") if path else None

    def _ledger_of(self, request: Request) -> Ledger:
        site = request.cb_kwargs.get("site") or owner_of(self.sites, request.url)
        ledger: Ledger = (site or self.sites[0]).ledger
        return ledger


def _flat(prefix: str, value: Any) -> Iterator[tuple[str, Any]]:  # noqa: ANN401 - JSON is any value
    """Yield the (path, figure) of each number and truth; of a list its length."""
    if isinstance(value, Mapping):
        for name, part in value.items():
            yield from _flat(f"{prefix}/{name}", part)
    else:
        yield prefix, len(value) if isinstance(value, list) else value


def _now() -> str:
    return rfc3339(datetime.now(UTC))
