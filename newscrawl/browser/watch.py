"""A page under watch: what it may ask for, whether it rests, and when it shows an article."""

import asyncio
import re
from contextlib import suppress
from time import monotonic

from playwright.async_api import Error, Page, Request, Response

from newscrawl.core.fence import objection
from newscrawl.core.shells import article_in
from newscrawl.core.site import Site

ENDLESS = "the page loads itself, or others, again and again"
LED_AWAY = "the page leads away by a script, to what is not asked for ({url})"
HEAVY = frozenset({"image", "media", "font", "eventsource", "ping", "websocket"})
INSIDE = ("data:", "blob:")  # addresses that ask nobody
MOST_PARTS = 200  # requests of a page beside itself
MOST_VISITS = 10  # pages that lead from one to the next; a check loads its own again
OF_THE_BODY = re.compile(r"content-|set-cookie|transfer-")  # as it came, and not as it is shown
LOOK = 0.1  # seconds between two looks at a page
RESTLESS = 4.0  # seconds after which an article is taken though its page goes on asking


class Watch:
    """What a page does while it is rendered; `status` and `headers` are of its last answer.

    `visits` counts how often it went to another, or to itself. It `is_broken` when its process has
    ended.
    """

    def __init__(self, page: Page, address: str, site: Site, most: int) -> None:
        self.page, self.address, self.site, self.most = page, address, site, most
        self.status = 200
        self.headers: dict[str, str] = {}
        self.asked = self.visits = 0
        self.is_broken = False
        self.open: dict[Request, None] = {}  # in the order of their coming
        self.moved = asyncio.Event()
        page.on("response", self._answered)
        page.on("requestfinished", self._ended)
        page.on("requestfailed", self._ended)
        page.on("popup", self._close)
        page.on("crash", self._break)

    @property
    def parts(self) -> int:
        """Return how many requests the page has sent beside itself."""
        return max(0, self.asked - 1)

    def may(self, asked: Request) -> bool:
        """Return whether a request is one that reading needs, and of the site's own hosts."""
        if asked.resource_type in HEAVY or self.parts >= MOST_PARTS or self._goes_on(asked):
            return False
        if asked.url.startswith(INSIDE):
            return True
        return objection(asked.url, self.site.addresses) is None

    async def turn(self, asked: Request, seconds: float) -> bool:
        """Wait until a request may leave: as many at a time as the site is asked otherwise.

        Return whether it does: by then the page may be read, or its time be up.
        """
        until = monotonic() + seconds
        if not asked.is_navigation_request():
            self.open[asked] = None
        while self._waits(asked) and (left := until - monotonic()) > 0:
            self.moved.clear()
            with suppress(TimeoutError):
                await asyncio.wait_for(self.moved.wait(), left)
        if self._waits(asked) or self.page.is_closed():
            return False
        if self.asked:  # the first was counted when it left Scrapy
            self.site.ledger.requests += 1
            self.site.ledger.pace.depart(monotonic(), 1)
        self.asked += 1
        return True

    async def until_article(self, seconds: float) -> str:
        """Return the HTML of a page that shows an article and rests, or as it is at the end.

        Raise `TimeoutError` for a page that answers nobody.
        """
        ends, shown, text = monotonic() + seconds, 0.0, ""
        html = await self._html(ends)
        while monotonic() < ends:
            earlier, text = text, article_in(html)
            shown = shown or (monotonic() if text else 0.0)
            rests = not self.open or monotonic() > shown + RESTLESS
            if text and text == earlier and rests:
                break
            await asyncio.sleep(LOOK)
            html = await self._html(ends)
        return html

    async def _html(self, ends: float) -> str:
        """Return the HTML that a page shows, "" while it is on its way to another."""
        try:
            async with asyncio.timeout(max(LOOK, ends - monotonic())):
                return await self.page.content()
        except Error:
            if self.page.is_closed():
                raise
            return ""

    def astray(self) -> str | None:
        """Return where a page has gone in place of showing an article, None for one that stayed."""
        if self.visits > MOST_VISITS:
            return ENDLESS
        is_here = objection(self.page.url, self.site.addresses) is None
        return None if is_here else LED_AWAY.format(url=self.page.url)

    def _waits(self, asked: Request) -> bool:
        """Return whether as many others as may leave at a time are before a request."""
        return asked in [*self.open][self.most :]

    def _goes_on(self, asked: Request) -> bool:
        """Return whether the page has gone from one to another often enough."""
        self.visits += asked.is_navigation_request() and asked.frame == self.page.main_frame
        return self.visits > MOST_VISITS

    def _answered(self, response: Response) -> None:
        if response.request.is_navigation_request() and response.frame == self.page.main_frame:
            told = response.headers.items()
            self.status = response.status
            self.headers = {name: value for name, value in told if not OF_THE_BODY.match(name)}

    def _ended(self, asked: Request) -> None:
        self.open.pop(asked, None)
        self.moved.set()

    async def _break(self, page: Page) -> None:
        self.is_broken = True
        await self._close(page)

    async def _close(self, page: Page) -> None:
        await page.close()
