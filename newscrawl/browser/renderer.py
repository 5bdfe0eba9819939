"""The browser of a crawl, by scrapy-playwright: one context a site, each page closed when read."""

import asyncio
import logging
from contextlib import suppress
from typing import Any, Self
from urllib.parse import urlsplit

from playwright.async_api import BrowserContext, Error, Page, Route, WebSocketRoute
from playwright.async_api import Request as Asked
from playwright.async_api import TimeoutError as TimeIsUp
from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.downloadermiddlewares.robotstxt import RobotsTxtMiddleware
from scrapy.exceptions import (
    DownloadCancelledError,
    DownloadFailedError,
    IgnoreRequest,
)
from scrapy.http import HtmlResponse, Response
from scrapy_playwright.handler import (  # type: ignore[import-untyped]
    ScrapyPlaywrightDownloadHandler,
)

from newscrawl.browser.launch import first_line, launch_options, missing
from newscrawl.browser.watch import INSIDE, Watch
from newscrawl.browser.weight import keep_light
from newscrawl.core.fence import authority_of
from newscrawl.core.rendering import PARTS
from newscrawl.core.site import Site

NO_WAY_AROUND = """
globalThis.SharedWorker = class extends EventTarget { port = new MessageChannel().port1; };
new MutationObserver(records => {
  for (const node of records.flatMap(record => [...record.addedNodes]))
    if (node.nodeName === "SCRIPT" && node.type === "speculationrules") node.remove();
}).observe(document, { childList: true, subtree: true });
"""  # what shared workers ask for, and pages that may come next, passes by whoever watches a page
LATE = "the page did not load in {seconds:.0f} s"
BROKEN = "the page broke the browser's process, or takes more memory than NEWSCRAWL_BROWSER_MEMORY"
GRACE = 1.0  # seconds beside those in which a page loads, and those in which it shows its article
CLOSING = 5.0  # seconds; a page that does not close goes with its browser


class Renderer:
    """Renders pages of the crawl's sites; asks no other host, and what robots.txt allows."""

    def __init__(self, crawler: Crawler) -> None:
        settings = crawler.settings
        self.crawler = crawler
        self.largest = settings.getint("DOWNLOAD_MAXSIZE")
        self.time = settings.getfloat("PLAYWRIGHT_DEFAULT_NAVIGATION_TIMEOUT") / 1000
        self.most = settings.getint("CONCURRENT_REQUESTS_PER_DOMAIN")
        self.robots = crawler.get_downloader_middleware(RobotsTxtMiddleware)
        self.watches: dict[Page, Watch] = {}
        self.fenced: set[BrowserContext] = set()
        self.guard: asyncio.Task[None] | None = None
        self.browser = ScrapyPlaywrightDownloadHandler(crawler)
        self.browser.config.launch_options = launch_options(crawler)
        self.browser.abort_request = self._is_kept_back
        logging.getLogger("scrapy-playwright").setLevel(logging.ERROR)  # the ledger tells the rest

    @classmethod
    async def started(cls, crawler: Crawler) -> Self:
        """Return a renderer whose browser runs; raise `IgnoreRequest` where there is none."""
        renderer = cls(crawler)
        browser = renderer.browser
        browser.browser_provider = browser.browser_provider_cls(browser.config)
        try:
            await browser.browser_provider.start()
            await browser._maybe_launch_browser()  # noqa: SLF001 - it has no public name
        except (OSError, Error) as error:
            await renderer.close()
            raise IgnoreRequest(missing(error)) from error
        most = crawler.settings.getint("NEWSCRAWL_BROWSER_MEMORY")
        renderer.guard = asyncio.create_task(keep_light(most))
        return renderer

    async def render(self, request: Request) -> Response:
        """Return a page when it shows an article, or as it is when its time is up."""
        request.meta.update(self._meta(request))
        try:
            async with asyncio.timeout(2 * self.time + GRACE):
                return await self._rendered(request)
        except (TimeIsUp, TimeoutError) as error:
            raise DownloadCancelledError(LATE.format(seconds=self.time)) from error
        except Error as error:
            raise DownloadFailedError(self._reason(request, error)) from error
        finally:
            await self._close(request.meta.pop("playwright_page", None))

    async def close(self) -> None:
        """Stop the browser and its driver."""
        if self.guard:
            self.guard.cancel()
        with suppress(Error):
            await self.browser.close()

    async def _rendered(self, request: Request) -> Response:
        await self._visit(request)
        watch = self.watches[request.meta["playwright_page"]]
        body = (await watch.until_article(self.time)).encode()
        if astray := watch.astray():
            raise DownloadCancelledError(astray)
        request.meta[PARTS] = watch.parts
        if 0 < self.largest < len(body):
            raise DownloadCancelledError(f"a page of more than {self.largest:,} bytes")
        return HtmlResponse(
            watch.page.url,
            status=watch.status,
            headers={**watch.headers, "content-type": "text/html; charset=utf-8"},
            body=body,
            encoding="utf-8",
            request=request,
        )

    async def _visit(self, request: Request) -> None:
        """Open a page; one that goes on to another at once is seen when it rests."""
        try:
            await self.browser.download_request(request)
        except Error as error:
            if "page is navigating" not in str(error):
                raise

    def _reason(self, request: Request, error: Error) -> str:
        """Return why a page could not be rendered."""
        page = request.meta.get("playwright_page")
        watch = self.watches.get(page) if page else None
        return BROKEN if watch and watch.is_broken else first_line(error)

    def _meta(self, request: Request) -> dict[str, Any]:
        """Return what scrapy-playwright is to do: whose page it is, and that we close it."""
        settings, site = self.crawler.settings, request.cb_kwargs["site"]
        context = {
            "service_workers": "block",
            "accept_downloads": False,
            "ignore_https_errors": not settings.getbool("DOWNLOAD_VERIFY_CERTIFICATES"),
        }
        return {
            "playwright_context": authority_of(site.url),
            "playwright_context_kwargs": context,
            "playwright_include_page": True,
            "playwright_page_goto_kwargs": {"wait_until": "commit"},
            "playwright_page_init_callback": self._watch,
        }

    async def _watch(self, page: Page, request: Request) -> None:
        request.meta["playwright_page"] = page  # to be closed, whatever comes
        site: Site = request.cb_kwargs["site"]
        self.watches[page] = Watch(page, request.url, site, self.most)
        await page.add_init_script(NO_WAY_AROUND)
        await page.route_web_socket("**", _hang_up)
        if page.context not in self.fenced:  # windows that a page opens ask for nothing
            self.fenced.add(page.context)
            await page.context.route("**", _abort)

    async def _is_kept_back(self, asked: Asked) -> bool:
        """Return whether a request of a page is not to leave."""
        watch = self._watch_of(asked)
        if watch is None or not watch.may(asked) or await self._is_forbidden(watch, asked.url):
            return True
        return not (asked.url.startswith(INSIDE) or await watch.turn(asked, self.time))

    def _watch_of(self, asked: Asked) -> Watch | None:
        with suppress(Error):  # of a frame that is not there yet
            return self.watches.get(asked.frame.page)
        return None

    async def _is_forbidden(self, watch: Watch, url: str) -> bool:
        """Return whether the robots.txt that was read for a page forbids what it asks for."""
        part = Request(url)
        if self.robots is None or urlsplit(url).netloc != urlsplit(watch.address).netloc:
            return False
        parser = await self.robots.robot_parser(part)
        try:
            self.robots.process_request_2(parser, part)
        except IgnoreRequest:
            return True
        return False

    async def _close(self, page: Page | None) -> None:
        if page is None:
            return
        self.watches.pop(page, None)
        with suppress(Error, TimeoutError):
            async with asyncio.timeout(CLOSING):
                await page.unroute_all(behavior="ignoreErrors")
                await page.close()


async def _hang_up(socket: WebSocketRoute) -> None:
    await socket.close()


async def _abort(route: Route) -> None:
    await route.abort()
