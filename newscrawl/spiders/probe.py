"""The spider of `scrapy probe`: it asks a site what it allows, and walks nothing."""

from collections.abc import Iterator
from typing import Any, Self

from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.http import Response

from newscrawl.core.endings import COMPLETE, DIED
from newscrawl.core.fence import authority_of
from newscrawl.core.links import Link
from newscrawl.core.probe import MOST_DOCUMENTS, SPARE
from newscrawl.core.readers.probing import SAMPLE, new_probe
from newscrawl.core.report import is_open, needed, report_of
from newscrawl.core.site import Site
from newscrawl.items import Item
from newscrawl.spiders.wordpress import WordPressSpider


class ProbeSpider(WordPressSpider):
    """Asks a site for its catalog, and each collection for its total.

    Without a name of its own it is none of those that ``scrapy crawl`` knows.
    """

    name = ""
    custom_settings = {  # noqa: RUF012 - Scrapy's own name
        "NEWSCRAWL_MOST_DOCUMENTS": MOST_DOCUMENTS - SPARE,
        "RETRY_TIMES": 0,  # each would be a document
        "DOWNLOAD_TIMEOUT": 30,
        "NEWSCRAWL_LONGEST_WAIT": 30,  # somebody waits for the report
        "NEWSCRAWL_PATIENCE": 60,
        "ITEM_PIPELINES": {},
        "EXTENSIONS": {
            "scrapy.extensions.feedexport.FeedExporter": None,
            "scrapy.extensions.logstats.LogStats": None,
            "newscrawl.extensions.sitemaps.SitemapsExtension": 0,
            "newscrawl.extensions.terse.TerseExtension": 0,
        },
    }

    def __init__(self, **kwargs: Any) -> None:  # noqa: ANN401 - Scrapy's own signature
        super().__init__("probe", **kwargs)
        self.probe = new_probe()
        self.robots: dict[str, Any] = {}
        self.report: dict[str, Any] = {}
        self.exit_status = DIED

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> Self:  # noqa: ANN401
        """Return the spider of one site."""
        spider = super().from_crawler(crawler, *args, **kwargs)
        spider.sites[0].probe = spider.probe
        spider.probe.delay = crawler.settings.getfloat("DOWNLOAD_DELAY")
        crawler.signals.connect(
            spider.request_reached_downloader, signals.request_reached_downloader
        )
        crawler.signals.connect(spider.robots_parsed, signals.robots_parsed)
        return spider

    def request_reached_downloader(self) -> None:
        """Count what is asked of the site."""
        self.sites[0].ledger.requests += 1

    def robots_parsed(self, robotparser: Any, request: Request) -> None:  # noqa: ANN401 - Scrapy's
        """Keep what the robots.txt of a host says."""
        self.robots[authority_of(request.url)] = robotparser

    def parse(self, response: Response, site: Site, link: Link) -> Iterator[Item | Request]:
        """Note how long a document took, and read it."""
        took = response.meta.get("download_latency", 0.0)
        if link.rel == SAMPLE:
            self.probe.posts_took = took
        else:
            self.probe.took.append(took)
        return super().parse(response, site, link)

    def closed(self, _reason: str) -> None:
        """Make the report."""
        site = self.sites[0]
        agent = self.settings["ROBOTSTXT_USER_AGENT"] or self.settings["USER_AGENT"]
        for name, url in needed(site).items():
            parser = self.robots.get(authority_of(url))
            if parser and not parser.allowed(url, agent):
                self.probe.forbidden.append(name)
        self.probe.robots_read = bool(self.robots)
        delays = [parser.crawl_delay(agent) for parser in self.robots.values()]
        self.probe.crawl_delay = max(map(float, filter(None, delays)), default=None)
        self.report = report_of(site, self.probe)
        self.exit_status = COMPLETE if is_open(self.probe) else DIED
