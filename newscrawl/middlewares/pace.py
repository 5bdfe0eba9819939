"""The pace: each host is asked no faster than it bears, and not at all while it asks for quiet."""

import asyncio
import logging
import random
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from time import monotonic
from typing import Any, Self

from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import DownloadTimeoutError, IgnoreRequest
from scrapy.http import Response
from scrapy.utils.httpobj import urlparse_cached

from newscrawl.core.accounts import owner_of, sites_of
from newscrawl.core.fence import authority_of
from newscrawl.core.pace import OWN_FAULT, Pace, retry_after
from newscrawl.core.rendering import PARTS
from newscrawl.core.site import Site

STRAINED = frozenset({408, 429, 502, 503, 520, 521, 522, 523})
DEPARTED = "newscrawl_departed"
LONG = 5.0  # seconds of waiting that are worth a line on the log
GLANCE = 0.5  # seconds after which a waiting request looks whether the crawl was stopped
TOO_LONG = "it asks for a pause of {wait:,.0f} s (NEWSCRAWL_LONGEST_WAIT: {longest:,.0f} s)"
DOWN = (
    "it has been down or overloaded for {strained:,.0f} s (NEWSCRAWL_PATIENCE: {patience:,.0f} s)"
)
logger = logging.getLogger(__name__)


@dataclass(slots=True)
class Gate:
    """Where requests for a host wait: its pace, whose turn it is, and that one has returned."""

    pace: Pace
    turn: asyncio.Lock = field(default_factory=asyncio.Lock)
    returned: asyncio.Event = field(default_factory=asyncio.Event)

    async def sleep(self, wait: float | None) -> None:
        """Sleep until a request may leave, one has returned, or it is time for a glance."""
        if wait is not None:
            began = monotonic()
            await asyncio.sleep(min(wait, GLANCE))
            self.pace.kept.waited += monotonic() - began
            return
        self.returned.clear()
        with suppress(TimeoutError):
            await asyncio.wait_for(self.returned.wait(), GLANCE)


class PaceMiddleware:
    """Lets a request leave when its host's pace allows it, and learns from each answer."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        settings = crawler.settings
        self.most = settings.getint("CONCURRENT_REQUESTS_PER_DOMAIN")
        self.delay = settings.getfloat("DOWNLOAD_DELAY")
        self.pause = settings.getfloat("NEWSCRAWL_PAUSE")
        self.patience = settings.getfloat("NEWSCRAWL_PATIENCE")
        self.longest = settings.getfloat("NEWSCRAWL_LONGEST_WAIT")
        self.gates: dict[str, Gate] = {}

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
            self._gate(request).pace.keep(float(delay), monotonic())
            logger.info("Crawl-delay of %s: %s seconds", urlparse_cached(request).netloc, delay)

    async def process_request(self, request: Request) -> None:
        """Wait for the host's turn; raise `IgnoreRequest` if that is too far off."""
        gate = self._gate(request)
        async with gate.turn:
            while (wait := gate.pace.wait(monotonic())) != 0:
                self._look(request, gate, wait or 0.0)
                await gate.sleep(wait)
            request.meta[DEPARTED] = monotonic()
            gate.pace.depart(request.meta[DEPARTED])

    def process_response(self, request: Request, response: Response) -> Response:
        """Learn from an answer."""
        if DEPARTED not in request.meta:  # from a cache
            return response
        departed, gate = request.meta.pop(DEPARTED), self._gate(request)
        if response.status in STRAINED:
            self._strain(gate.pace, departed, response)
        elif response.status in OWN_FAULT:
            gate.pace.stumble(monotonic(), random.random())  # noqa: S311 - jitter
        else:
            link = request.cb_kwargs.get("link")
            gate.pace.arrive(monotonic(), departed, getattr(link, "rel", ""))
        if parts := request.meta.pop(PARTS, 0):
            gate.pace.rest(monotonic(), (parts + 1) * max(gate.pace.delay, self.delay))
        gate.returned.set()
        return response

    def process_exception(self, request: Request, exception: Exception) -> None:
        """Learn from an answer that did not come."""
        if DEPARTED in request.meta:
            gate, departed = self._gate(request), request.meta.pop(DEPARTED)
            if isinstance(exception, IgnoreRequest):
                gate.pace.forgo()
            elif isinstance(exception, DownloadTimeoutError):
                gate.pace.stumble(monotonic(), random.random())  # noqa: S311 - jitter
            else:
                gate.pace.strain(monotonic(), departed, None, random.random())  # noqa: S311 - jitter
            gate.returned.set()

    def _strain(self, pace: Pace, departed: float, response: Response) -> None:
        told, date = (response.headers.get(name) or b"" for name in ("Retry-After", "Date"))
        asked = retry_after(told.decode("latin-1"), date.decode("latin-1"), datetime.now(UTC))
        pace.strain(monotonic(), departed, asked, random.random())  # noqa: S311 - jitter
        if (pause := pace.paused_until - monotonic()) > LONG:
            logger.info("%s asks for quiet: a pause of %.0f s", response.url, pause)

    def _complaint(self, strained: float, wait: float) -> str | None:
        """Return why a host is given up, None if it is not."""
        if 0 < self.longest < wait:
            return TOO_LONG.format(wait=wait, longest=self.longest)
        if 0 < self.patience < strained:
            return DOWN.format(strained=strained, patience=self.patience)
        return None

    def _look(self, request: Request, gate: Gate, wait: float) -> None:
        """Raise `IgnoreRequest` if the crawl was stopped, or if nobody would wait that long."""
        if not self.crawler.crawling:
            raise IgnoreRequest("the crawl was stopped")
        reason = self._complaint(gate.pace.strained(monotonic()), wait)
        if reason:
            if isinstance(site := request.cb_kwargs.get("site"), Site):
                site.ledger.block(request.url, None, reason)
            raise IgnoreRequest(reason)

    @property
    def sites(self) -> list[Site]:
        """Return the sites of the spider; a spider of another kind has none."""
        return sites_of(self.crawler.spider)

    def _gate(self, request: Request) -> Gate:
        """Return the gate of a request's site, whose ledger tells the pace.

        A site has one, on whichever of its hosts it is asked; sites on one host share it.
        """
        site = request.cb_kwargs.get("site") or owner_of(self.sites, request.url)
        host = authority_of(site.url if site else request.url)
        gate = self.gates.setdefault(host, Gate(Pace(self.most, pause=self.pause)))
        if site:
            site.ledger.pace = gate.pace.kept
        return gate
