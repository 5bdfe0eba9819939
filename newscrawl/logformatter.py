"""What is not logged: a line for each item and each response doubles the price of both."""

from typing import Any

from scrapy import logformatter


class QuietLogFormatter(logformatter.LogFormatter):
    """Logs no line for what goes well; drops, errors and downloads that fail are logged."""

    def crawled(self, *_: Any) -> None:  # type: ignore[override] # noqa: ANN401 - None: no line
        """Return no line for a response."""

    def scraped(self, *_: Any) -> None:  # type: ignore[override] # noqa: ANN401 - None: no line
        """Return no line for an item."""
