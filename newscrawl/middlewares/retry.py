"""Another try for what may pass: within a budget a host, never for what a firewall refuses."""

import logging
from typing import Self

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.downloadermiddlewares.retry import get_retry_request
from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadConnectionRefusedError,
    DownloadTimeoutError,
)
from scrapy.http import Response
from scrapy.utils.misc import load_object
from scrapy.utils.response import response_status_message

from newscrawl.core.challenges import challenge_of
from newscrawl.core.documents import SERVER_ERROR, Document
from newscrawl.core.fence import authority_of
from newscrawl.core.headers import headers_of
from newscrawl.core.pace import OWN_FAULT
from newscrawl.core.site import Site

DEAD = (CannotResolveHostError, DownloadConnectionRefusedError)
PART_OF_BUDGET = 5  # a fifth of a site's requests may be spent on retries, too
logger = logging.getLogger(__name__)


class RetryMiddleware:
    """Asks again as Scrapy's own does, but not without end, and not what will not pass."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        settings = crawler.settings
        self.times = settings.getint("RETRY_TIMES") if settings.getbool("RETRY_ENABLED") else 0
        self.once = min(1, self.times)  # where less is asked for instead
        self.codes = {int(code) for code in settings.getlist("RETRY_HTTP_CODES")}
        self.exceptions = tuple(map(load_object, settings.getlist("RETRY_EXCEPTIONS")))
        self.budget = settings.getint("NEWSCRAWL_RETRY_BUDGET")
        self.early = min(2, self.times)  # before a host has answered well
        self.answered: set[str] = set()
        self.well: set[str] = set()

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Return the middleware of a crawler."""
        return cls(crawler)

    def process_response(self, request: Request, response: Response) -> Request | Response:
        """Return the request again if its error may pass, else the response."""
        host = authority_of(request.url)
        self.answered.add(host)
        if response.status < SERVER_ERROR:
            self.well.add(host)
        if response.status not in self.codes or challenge_of(_document(response)):
            return response
        reason = response_status_message(response.status)
        times = self.times if host in self.well else self.early
        seldom = response.status in OWN_FAULT
        return self._again(request, reason, self.once if seldom else times) or response

    def process_exception(self, request: Request, exception: Exception) -> Request | None:
        """Return the request again if no answer came."""
        if isinstance(exception, self.exceptions):
            late = isinstance(exception, DownloadTimeoutError)
            rendered = request.meta.get("playwright")
            seldom = late or rendered or self._is_dead(request, exception)
            times = self.once if seldom else self.times
            return self._again(request, type(exception).__name__, times)
        return None

    def _is_dead(self, request: Request, exception: Exception) -> bool:
        """Return whether nobody is there: a host that refuses connections, or has no address.

        One that answered before is being restarted.
        """
        return isinstance(exception, DEAD) and authority_of(request.url) not in self.answered

    def _again(self, request: Request, reason: str, times: int) -> Request | None:
        site = request.cb_kwargs.get("site")
        if isinstance(site, Site):
            kept = site.ledger.pace
            if kept.retries >= self.budget + site.ledger.requests // PART_OF_BUDGET:
                return None
        again = get_retry_request(
            request,
            spider=self.crawler.spider,  # type: ignore[arg-type] # there is one by now
            reason=reason,
            max_retry_times=times,
            priority_adjust=0,  # what waits for it should not wait longer
            give_up_log_level=logging.DEBUG,  # the ledger tells it
        )
        if again and isinstance(site, Site):
            site.ledger.pace.retries += 1
        return again


def _document(response: Response) -> Document:
    headers = headers_of(response.headers.items())
    return Document(response.url, response.status, response.body, headers)
