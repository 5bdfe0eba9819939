"""Scrapy's feed exports, careful with what is there and loud about what fails.

A crawl that read nothing leaves earlier exports alone. A row that cannot be written (a full disk)
ends the crawl with one line, where Scrapy logs a traceback for each row and ends as if all were
well.
"""

import asyncio
import logging
from typing import Any

from scrapy import Spider
from scrapy.extensions.feedexport import FeedExporter

from newscrawl.core.accounts import sites_of
from newscrawl.core.endings import FEEDS_FAILED

FAILED = "feed_failed"
BROKEN = "the export to {uris} failed: {reason}"
logger = logging.getLogger(__name__)


class CarefulFeedExporter(FeedExporter):
    """Stores an empty feed only if the site was read; ends the crawl when a feed fails."""

    closing: asyncio.Task[None] | None = None

    def item_scraped(self, item: Any, spider: Spider) -> None:  # noqa: ANN401 - Scrapy's own
        """Write an item into every feed that takes it."""
        if self.closing:
            return
        try:
            super().item_scraped(item, spider)
        except (OSError, TypeError, ValueError) as error:
            reason = getattr(error, "strerror", None) or error
            uris = ", ".join(slot.uri for slot in self.slots)
            logger.error("The export to %s failed (%s): the crawl is stopped", uris, reason)
            self.crawler.stats.inc_value(FEEDS_FAILED)
            for site in sites_of(spider):
                site.ledger.block(site.url, None, BROKEN.format(uris=uris, reason=reason))
            assert self.crawler.engine is not None  # noqa: S101 - it runs: items come
            closing = self.crawler.engine.close_spider_async(reason=FAILED)
            self.closing = asyncio.ensure_future(closing)

    async def close_spider(self, spider: Spider) -> None:
        """Store the feeds."""
        sites = sites_of(spider)
        if sites and all(site.ledger.empty for site in sites):
            for slot in self.slots:
                slot.store_empty = False
        await super().close_spider(spider)
