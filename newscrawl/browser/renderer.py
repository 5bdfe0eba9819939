"""The browser of a crawl, by scrapy-playwright: one context a site, each page closed when read."""

import asyncio
import logging
import os
from contextlib import suppress
from typing import Any, Self
from urllib.parse import urlsplit
from urllib.request import getproxies

from playwright.async_api import BrowserContext, Error, Page, Route
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

from newscrawl.browser.watch import Watch
from newscrawl.core.fence import authority_of, own_hosts
from newscrawl.core.rendering import INSTALL, NO_SANDBOX, PARTS
from newscrawl.core.site import Site

NOBODY_ELSE = "--host-resolver-rules=MAP * ~NOTFOUND"  # whatever asks: script, popup, the browser
SANDBOX = "sandboxing failed"  # Playwright's word for it
LATE = "the page did not load in {seconds:.0f} s"
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
        self.browser = ScrapyPlaywrightDownloadHandler(crawler)
        self.browser.config.launch_options = self._launch_options()
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
            raise IgnoreRequest(_missing(error)) from error
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
            raise DownloadFailedError(_first_line(error)) from error
        finally:
            await self._close(request.meta.pop("playwright_page", None))

    async def close(self) -> None:
        """Stop the browser and its driver."""
        with suppress(Error):
            await self.browser.close()

    async def _rendered(self, request: Request) -> Response:
        await self.browser.download_request(request)
        watch = self.watches[request.meta["playwright_page"]]
        body = (await watch.until_article(self.time)).encode()
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
        if page.context not in self.fenced:  # windows that a page opens ask for nothing
            self.fenced.add(page.context)
            await page.context.route("**", _abort)

    async def _is_kept_back(self, asked: Asked) -> bool:
        """Return whether a request of a page is not to leave."""
        watch = self._watch_of(asked)
        if watch is None or not watch.may(asked) or await self._is_forbidden(watch, asked.url):
            return True
        await watch.turn(asked, self.time)
        return False

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
                await page.close()

    def _launch_options(self) -> dict[str, Any]:
        """Return how the browser is launched: as who we are, in its sandbox (root has none)."""
        told, settings = dict(self.browser.config.launch_options), self.crawler.settings
        own = [address for site in self.crawler.spider.sites for address in site.addresses]  # type: ignore[union-attr] # it has sites
        hosts = own_hosts([*own, *getproxies().values()])
        rules = ", ".join([NOBODY_ELSE, *(f"EXCLUDE {host}" for host in hosts)])
        ours = [rules, f"--user-agent={settings['USER_AGENT']}"]
        sandbox = {"chromium_sandbox": os.geteuid() != 0}
        named = {"executable_path": settings["NEWSCRAWL_BROWSER"]}
        return {**sandbox, **named, **told, "args": [*told.get("args", []), *ours]}


async def _abort(route: Route) -> None:
    await route.abort()


def _first_line(error: Exception) -> str:
    return str(error).strip().partition("\n")[0]


def _missing(error: Exception) -> str:
    """Return in a line why no browser runs, and what to do."""
    return NO_SANDBOX if SANDBOX in str(error) else INSTALL.format(reason=_first_line(error))
