"""A host that does not answer is told in a line, without the traceback that Scrapy adds."""

import logging
from typing import Self

from scrapy.crawler import Crawler

TOLD_BY = "scrapy.downloadermiddlewares.robotstxt"


class WithoutTraceback(logging.Filter):
    """Lets every record pass, its message alone."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Return True; the record loses its traceback."""
        record.exc_info = None
        return True


class TerseExtension:
    """Takes the tracebacks out of what the robots.txt middleware logs."""

    @classmethod
    def from_crawler(cls, _crawler: Crawler) -> Self:
        """Return the extension; the filter is added to the logger once."""
        logger = logging.getLogger(TOLD_BY)
        if not any(isinstance(known, WithoutTraceback) for known in logger.filters):
            logger.addFilter(WithoutTraceback())
        return cls()
