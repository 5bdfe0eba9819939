"""The way into the store: it and its libraries are imported for a crawl that has one."""

from typing import Self

from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured
from scrapy.utils.misc import build_from_crawler, load_object


class StorePipeline:
    """Becomes the pipeline of a store where one was told."""

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Return the pipeline behind the door; there is none without a store."""
        if not getattr(getattr(crawler.spider, "args", None), "store", None):
            raise NotConfigured
        behind: Self = build_from_crawler(
            load_object("newscrawl.store.pipeline.StorePipeline"), crawler
        )
        return behind
