"""How far a crawl has come: a bar on a terminal, a line now and then in a log."""

import logging
import sys
from time import monotonic
from typing import NoReturn, Self

from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured
from scrapy.utils.asyncio import AsyncioLoopingCall
from tqdm import tqdm

from newscrawl.core.accounts import sites_of

logger = logging.getLogger(__name__)


class ProgressExtension:
    """Tells posts done of those that the sites count, the rate, and the time left."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.on_terminal = sys.stderr.isatty() and not crawler.settings["LOG_FILE"]
        name = "NEWSCRAWL_PROGRESS_INTERVAL" if self.on_terminal else "LOGSTATS_INTERVAL"
        self.interval = crawler.settings.getfloat(name)
        self.began = monotonic()
        self.call = AsyncioLoopingCall(self.tell)
        self.bar: tqdm[NoReturn] = tqdm(
            unit=" posts", disable=not self.on_terminal, leave=False, file=sys.stderr
        )

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Return the extension, listening; no interval, no progress."""
        extension = cls(crawler)
        if not extension.interval:
            raise NotConfigured
        crawler.signals.connect(extension.spider_opened, signals.spider_opened)
        crawler.signals.connect(extension.spider_closed, signals.spider_closed)
        return extension

    def spider_opened(self) -> None:
        """Begin to tell."""
        self.began = monotonic()
        self.call.start(self.interval, now=False)

    def spider_closed(self) -> None:
        """Clear the bar away."""
        if self.call.running:
            self.call.stop()
        self.bar.close()

    def tell(self) -> None:
        """Tell how far the crawl has come."""
        done, total = self.figures()
        if not self.on_terminal:
            logger.info("%s", progress_line(done, total, monotonic() - self.began))
            return
        self.bar.total = total or None
        self.bar.update(done - self.bar.n)

    def figures(self) -> tuple[int, int]:
        """Return how many posts were found and how many the sites count."""
        sites = sites_of(self.crawler.spider)
        accounts = [site.ledger.collection(n) for site in sites for n in site.ledger.walked]
        return sum(a.written for a in accounts), sum(a.expected or 0 for a in accounts)


def progress_line(done: int, total: int, seconds: float) -> str:
    """Return the progress in words.

    >>> progress_line(400, 1940, 20.0)
    '400 of 1,940 posts, 20/s, 77 s left'
    >>> progress_line(0, 0, 20.0)
    '0 posts'
    """
    if not done or not total or not seconds:
        return f"{done:,} of {total:,} posts" if total else f"{done:,} posts"
    rate = done / seconds
    return f"{done:,} of {total:,} posts, {rate:,.0f}/s, {max(0, total - done) / rate:,.0f} s left"
