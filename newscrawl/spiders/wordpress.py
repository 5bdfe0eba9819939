"""The spider of WordPress sites: requests for links, documents for responses."""

from collections.abc import AsyncIterator, Iterator, Mapping
from datetime import UTC, datetime
from typing import Any, Self

from scrapy import Request, Spider
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response
from scrapy_spider_metadata import Args  # type: ignore[attr-defined] # it has no __all__
from twisted.python.failure import Failure

from newscrawl.core import crawl
from newscrawl.core.documents import FORBIDDEN_BY_ROBOTS, Document, UnreadableDocument
from newscrawl.core.headers import headers_of
from newscrawl.core.ledger import Ledger
from newscrawl.core.links import Link
from newscrawl.core.site import Site
from newscrawl.core.times import rfc3339
from newscrawl.items import Item
from newscrawl.spiders.arguments import WordPressArguments
from newscrawl.spiders.passwords import authorization, passwords


class WordPressSpider(Args[WordPressArguments], Spider):
    """Walks WordPress sites by their REST API and follows what each post links to."""

    name = "wordpress"
    arguments = WordPressArguments

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - Scrapy's own signature
        super().__init__(*args, **kwargs)
        self.sites: list[Site] = []
        self.passwords = passwords()

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> Self:  # noqa: ANN401
        """Return the spider with one state for each site of its arguments."""
        spider = super().from_crawler(crawler, *args, **kwargs)
        _introduce(crawler)
        plan = spider.args.plan(
            side_by_side=_side_by_side(crawler),
            excerpts=crawler.settings.getbool("NEWSCRAWL_EXCERPTS"),
            learns_furniture=crawler.settings.getbool("NEWSCRAWL_FURNITURE"),
            sitemaps_from=crawler.settings.getint("NEWSCRAWL_SITEMAPS"),
            hosts_with_password=frozenset(spider.passwords),
        )
        roots: set[str] = set()
        spider.sites = [Site(url, plan, Ledger(url), roots=roots) for url in spider.args.site]
        return spider

    async def start(self) -> AsyncIterator[Request]:
        """Yield the request that each site's crawl begins with."""
        for site in self.sites:
            if not site.bad_argument:  # the store may have one
                yield self._request(site, crawl.start(site))

    def parse(self, response: Response, site: Site, link: Link) -> Iterator[Item | Request]:
        """Yield the items that a response completes and the requests for what it leads to."""
        return self._out(site, crawl.read(site, self._document(response, link), link))

    def errback(self, failure: Failure) -> Iterator[Item | Request]:
        """Yield what follows when no response came."""
        request: Request = failure.request  # type: ignore[attr-defined] # Scrapy sets it
        site, link = request.cb_kwargs["site"], request.cb_kwargs["link"]
        error = UnreadableDocument(request.url, _reason(failure))
        return self._out(site, crawl.fail(site, link, error))

    def _out(self, site: Site, found: Iterator[Item | Link]) -> Iterator[Item | Request]:
        for result in found:
            yield self._request(site, result) if isinstance(result, Link) else result
        if sister := crawl.follow(site):
            self.sites.append(sister)
            yield self._request(sister, crawl.start(sister))

    def _request(self, site: Site, link: Link) -> Request:
        private = authorization(self.passwords, site.root.url, link.href) if link.private else {}
        return Request(
            link.href,
            headers={**link.conditions, **private},
            callback=self.parse,
            errback=self.errback,
            cb_kwargs={"site": site, "link": link},
            priority=link.urgency,
            meta=_meta(link, private),
            dont_filter=True,
        )

    def _document(self, response: Response, link: Link) -> Document:
        return Document(
            url=response.url,
            status=response.status,
            body=response.body,
            headers=headers_of(response.headers.items()),
            fetched_at=rfc3339(datetime.now(UTC)),
            largest=self.settings.getint("DOWNLOAD_MAXSIZE"),
            asked=link.href,
        )


def _meta(link: Link, private: Mapping[str, str]) -> dict[str, Any]:
    """Return how a link is followed: a password goes nowhere beyond the API root."""
    told = {"dont_redirect": bool(private), "playwright": link.rendered}
    return {name: True for name, value in told.items() if value}


def _introduce(crawler: Crawler) -> None:
    """Let the user agent tell whom to write to, behind the name that it has."""
    contact, settings = crawler.settings["NEWSCRAWL_CONTACT"], crawler.settings
    if contact:
        name = str(settings["USER_AGENT"]).partition(" ")[0]
        settings.set("USER_AGENT", f"{name} (+{contact})", priority="spider")


def _side_by_side(crawler: Crawler) -> int:
    """Return how many requests the settings allow a site at a time: one where there is a delay."""
    settings = crawler.settings
    if settings.getfloat("DOWNLOAD_DELAY"):
        return 1
    return min(
        settings.getint("CONCURRENT_REQUESTS"), settings.getint("CONCURRENT_REQUESTS_PER_DOMAIN")
    )


def _reason(failure: Failure) -> str:
    """Return in words why no response came."""
    if failure.check(IgnoreRequest):  # type: ignore[no-untyped-call] # Twisted's
        told = failure.getErrorMessage()
        return FORBIDDEN_BY_ROBOTS if "robots.txt" in told else told
    name = failure.type.__name__ if failure.type else "unknown"
    return f"{name}: {failure.getErrorMessage()}"
