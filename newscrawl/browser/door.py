"""The way to the browser: it and its libraries are imported for a request that needs them."""

import asyncio
from typing import Protocol

from scrapy import Request
from scrapy.core.downloader.handlers.http11 import HTTP11DownloadHandler
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response
from scrapy.utils.misc import load_object

from newscrawl.core.rendering import INSTALL


class Renderer(Protocol):
    """What renders pages, behind the door."""

    async def render(self, request: Request) -> Response:
        """Return a page as a browser shows it."""

    async def close(self) -> None:
        """Stop the browser."""


class DownloadHandler(HTTP11DownloadHandler):
    """Scrapy's own; what is to be rendered goes to a browser, which the first such starts."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self.starting = asyncio.Lock()
        self.renderer: Renderer | None = None

    async def download_request(self, request: Request) -> Response:
        """Return the response; raise `IgnoreRequest` where there is no browser to render it."""
        if not request.meta.get("playwright"):
            return await super().download_request(request)
        async with self.starting:
            self.renderer = self.renderer or await self._start()
        return await self.renderer.render(request)

    async def close(self) -> None:
        """Close the connections, and the browser if one was started."""
        await super().close()
        if self.renderer:
            await self.renderer.close()

    async def _start(self) -> Renderer:
        try:
            renderer = load_object("newscrawl.browser.renderer.Renderer")
        except ImportError as error:
            raise IgnoreRequest(INSTALL.format(reason=error)) from error
        started: Renderer = await renderer.started(self.crawler)
        return started
