"""Scrapy's feed exports, but for a crawl that read nothing: it leaves earlier exports alone."""

from scrapy import Spider
from scrapy.extensions.feedexport import FeedExporter

from newscrawl.core.site import Site


class CarefulFeedExporter(FeedExporter):
    """Stores an empty feed only if the site was read and has nothing to export."""

    async def close_spider(self, spider: Spider) -> None:
        """Store the feeds."""
        sites: list[Site] = getattr(spider, "sites", [])
        if sites and all(site.ledger.empty for site in sites):
            for slot in self.slots:
                slot.store_empty = False
        await super().close_spider(spider)
