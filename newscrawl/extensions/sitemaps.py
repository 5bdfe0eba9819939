"""The sitemaps that robots.txt names, told to the sites of its host."""

from typing import Any, Self

from scrapy import Request, signals
from scrapy.crawler import Crawler

from newscrawl.core.accounts import sites_of
from newscrawl.core.fence import authority_of, web_address


class SitemapsExtension:
    """Takes the ``Sitemap`` lines over from the robots.txt that Scrapy has read already."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Return the extension, listening for robots.txt."""
        extension = cls(crawler)
        crawler.signals.connect(extension.robots_parsed, signals.robots_parsed)
        return extension

    def robots_parsed(self, robotparser: Any, request: Request) -> None:  # noqa: ANN401 - Scrapy's
        """Tell each site whose host this is where its sitemaps are; only Protego knows them."""
        protego = getattr(robotparser, "rp", None)
        told = getattr(protego, "sitemaps", ())
        named = [url for one in told if (url := web_address(one, request.url))]
        for site in sites_of(self.crawler.spider):
            asks = site is request.cb_kwargs.get("site")
            if asks or authority_of(request.url) in map(authority_of, site.addresses):
                site.sitemaps += named
