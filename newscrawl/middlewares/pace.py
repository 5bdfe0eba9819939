"""The pace: each host is asked no faster than it bears, and not at all while it asks for quiet."""

import asyncio
import logging
import random
from datetime import UTC, datetime
from time import monotonic
from typing import Any, Self

from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response
from scrapy.utils.httpobj import urlparse_cached

from newscrawl.core.pace import Pace, retry_after
from newscrawl.core.site import Site

STRAINED = frozenset({408, 429, 502, 503, 504, 522, 524})
BROKEN = 500
DEPARTED = "newscrawl_departed"
LONG = 5.0  # seconds of waiting that are worth a line on the log
GLANCE = 0.5  # seconds after which a waiting request looks whether the crawl was stopped
logger = logging.getLogger(__name__)


class PaceMiddleware:
    """Lets a request leave when its host's pace allows it, and learns from each answer."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        settings = crawler.settings
        self.most = settings.getint("CONCURRENT_REQUESTS_PER_DOMAIN")
        self.pause = settings.getfloat("NEWSCRAWL_PAUSE")
        self.longest = settings.getfloat("NEWSCRAWL_LONGEST_WAIT")
        self.paces: dict[str, Pace] = {}
        self.turns: dict[str, asyncio.Lock] = {}
        self.returned = asyncio.Event()

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Return the middleware of a crawler, listening for robots.txt."""
        middleware = cls(crawler)
        crawler.signals.connect(middleware.robots_parsed, signals.robots_parsed)
        return middleware

    def robots_parsed(self, robotparser: Any, request: Request) -> None:  # noqa: ANN401 - Scrapy's
        """Take the Crawl-delay of a host over."""
        agent = self.crawler.settings["ROBOTSTXT_USER_AGENT"] or self.crawler.settings["USER_AGENT"]
        delay = robotparser.crawl_delay(agent)
        if delay:
            self._pace(request).keep(float(delay), monotonic())
            logger.info("Crawl-delay of %s: %s seconds", urlparse_cached(request).netloc, delay)

    async def process_request(self, request: Request) -> None:
        """Wait for the host's turn; raise `IgnoreRequest` if that is too far off."""
        pace = self._pace(request)
        lock = self.turns.setdefault(urlparse_cached(request).netloc, asyncio.Lock())
        began = monotonic()
        async with lock:
            while (wait := pace.wait(monotonic())) != 0:
                self._look(wait or 0.0)
                await self._sleep(wait)
            pace.kept.waited += monotonic() - began
            request.meta[DEPARTED] = monotonic()
            pace.depart(request.meta[DEPARTED])

    def process_response(self, request: Request, response: Response) -> Response:
        """Learn from an answer."""
        if DEPARTED not in request.meta:  # from a cache
            return response
        departed = request.meta.pop(DEPARTED)
        if response.status in STRAINED:
            self._strain(request, departed, response)
        elif response.status == BROKEN:
            self._pace(request).stumble(monotonic(), random.random())  # noqa: S311 - jitter
        else:
            link = request.cb_kwargs.get("link")
            self._pace(request).arrive(monotonic(), departed, getattr(link, "rel", ""))
        self.returned.set()
        return response

    def process_exception(self, request: Request, exception: Exception) -> None:  # noqa: ARG002 - Scrapy's
        """Learn from an answer that did not come."""
        if DEPARTED in request.meta:
            self._pace(request).strain(
                monotonic(),
                request.meta.pop(DEPARTED),
                None,
                random.random(),  # noqa: S311 - jitter
            )
            self.returned.set()

    def _strain(self, request: Request, departed: float, response: Response) -> None:
        told, date = (response.headers.get(name) or b"" for name in ("Retry-After", "Date"))
        asked = retry_after(told.decode("latin-1"), date.decode("latin-1"), datetime.now(UTC))
        pace = self._pace(request)
        pace.strain(monotonic(), departed, asked, random.random())  # noqa: S311 - jitter
        if (pause := pace.paused_until - monotonic()) > LONG:
            logger.info("%s asks for quiet: a pause of %.0f s", response.url, pause)

    def _look(self, wait: float) -> None:
        """Raise `IgnoreRequest` if the crawl was stopped, or if nobody would wait that long."""
        if not self.crawler.crawling:
            raise IgnoreRequest("the crawl was stopped")
        if 0 < self.longest < wait:
            raise IgnoreRequest(
                f"its host asks for a pause of {wait:.0f} s (NEWSCRAWL_LONGEST_WAIT)"
            )

    async def _sleep(self, wait: float | None) -> None:
        """Sleep until a request may leave, one has returned, or it is time for a glance."""
        if wait is not None:
            await asyncio.sleep(min(wait, GLANCE))
            return
        self.returned.clear()
        await asyncio.wait([asyncio.ensure_future(self.returned.wait())], timeout=GLANCE)

    def _pace(self, request: Request) -> Pace:
        """Return the pace of a request's host; the ledger of its site tells it."""
        pace = self.paces.setdefault(
            urlparse_cached(request).netloc, Pace(self.most, pause=self.pause)
        )
        site = request.cb_kwargs.get("site")
        if isinstance(site, Site) and site.ledger.pace is not pace.kept:
            pace.kept = site.ledger.pace if not pace.kept.last else pace.kept
            site.ledger.pace = pace.kept
        return pace
