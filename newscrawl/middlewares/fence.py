"""The fence: no request leaves the site, nor goes to one that has refused the crawl."""

from collections.abc import Awaitable, Callable
from typing import Any, Self
from urllib.request import getproxies

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest
from scrapy.utils.defer import maybe_deferred_to_future
from twisted.internet.defer import Deferred
from twisted.internet.error import DNSLookupError

from newscrawl.core.accounts import sites_of
from newscrawl.core.fence import (
    ELSEWHERE,
    PRIVATE,
    has_usual_port,
    host_of,
    is_literal,
    is_private,
    objection,
)
from newscrawl.core.site import Site

Resolve = Callable[[str], Awaitable[str]]
PROXIED = frozenset({"http", "https", "all"})  # `no` names what is not
TOO_MANY = "more than {most:,} documents (NEWSCRAWL_MOST_DOCUMENTS)"


class FenceMiddleware:
    """Lets pass what is the site's own, http or https, public if the site is, and not too much."""

    def __init__(self, crawler: Crawler, resolve: Resolve) -> None:
        self.crawler = crawler
        self.resolve = resolve
        self.most = crawler.settings.getint("NEWSCRAWL_MOST_DOCUMENTS")
        uses_proxies = crawler.settings.getbool("HTTPPROXY_ENABLED")
        self.proxied = uses_proxies and not PROXIED.isdisjoint(getproxies())

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Return the middleware of a crawler."""
        return cls(crawler, _address_of)

    async def process_request(self, request: Request) -> None:
        """Let a request pass, or raise `IgnoreRequest` with the reason."""
        site = request.cb_kwargs.get("site")
        sites = [site] if isinstance(site, Site) else sites_of(self.crawler.spider)
        reason = self._refused(site) if isinstance(site, Site) else None
        own = [address for site in sites for address in site.addresses]
        reason = reason or (objection(request.url, own) if sites else None)
        if reason == ELSEWHERE and _is_led_to(request):
            reason = None
        reason = reason or await self._private(request.url, sites)
        if reason:
            self.crawler.stats.inc_value("newscrawl/fence/refused")
            raise IgnoreRequest(reason)

    def _refused(self, site: Site) -> str | None:
        """Return why nothing more is asked of a site."""
        if site.ledger.requests >= self.most > 0 and not site.ledger.blocked:
            site.ledger.block(site.url, None, TOO_MANY.format(most=self.most))
        return site.ledger.blocked

    async def _private(self, url: str, sites: list[Any]) -> str | None:
        """Return why a host is not to be asked though its name is: its address is private.

        Only a host that the user named may be one. What was resolved here is what is connected
        to: the resolver remembers it.
        """
        host = host_of(url)
        literal = is_literal(host)
        if any(host == host_of(site.named) for site in sites) or (self.proxied and not literal):
            return None
        try:
            address = host if literal else await self.resolve(host)
        except (DNSLookupError, OSError):
            return None  # the download will say so
        return f"{PRIVATE}: {host} is {address}" if is_private(address) else None


def _is_led_to(request: Request) -> bool:
    """Return whether a request is for an index that the site advertises, or its robots.txt."""
    link = request.cb_kwargs.get("link")
    is_index = getattr(link, "rel", "") == "index"
    is_robots = "site" not in request.cb_kwargs and request.url.endswith("/robots.txt")
    first = not request.meta.get("redirect_times")
    return first and (is_index or is_robots) and has_usual_port(request.url)


async def _address_of(host: str) -> str:
    from twisted.internet import reactor  # noqa: PLC0415 - installed by Scrapy at start

    resolving: Deferred[str] = reactor.resolve(host)  # type: ignore[attr-defined, arg-type, unused-ignore] # Twisted's stubs are wrong
    return await maybe_deferred_to_future(resolving)
