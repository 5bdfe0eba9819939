"""How the pages of a site fare in a browser: which wait for it, and why no more are rendered."""

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field

from newscrawl.core.links import Link

PARTS = "newscrawl_parts"  # of a request: how many others its page has sent
NO_BROWSER = "no browser to render pages with"
INSTALL = (
    f"{NO_BROWSER} ({{reason}}); install one by `playwright install chromium`, or name yours: "
    "-s NEWSCRAWL_BROWSER=/usr/bin/chromium"
)
NO_SANDBOX = (
    f"{NO_BROWSER} (its sandbox does not start here); let the system have user namespaces, or, if "
    "you trust the site: -s PLAYWRIGHT_LAUNCH_OPTIONS='{\"chromium_sandbox\": false}'"
)
MOST_BARREN = 3  # pages that show nothing before one shows an article,
MOST_BARREN_LATER = 10  # and in a row after that
BARREN = "{count} pages in a row show no article in a browser either: no other page is rendered"


@dataclass(slots=True)
class Rendering:
    """What came of a site's pages: `read` by plain HTTP, `shown` by a browser, `barren` in a row.

    `waiting` are those to be rendered when one of those `under_way` has come; `ended` is why none
    is rendered any more, '' while they are.
    """

    read: int = 0
    shown: int = 0
    barren: int = 0
    waiting: deque[Link] = field(default_factory=deque)
    under_way: int = 0
    ended: str = ""

    def show(self) -> None:
        """Note that a page showed its article."""
        self.under_way -= 1
        self.shown += 1
        self.barren = 0

    def fail(self, reason: str) -> str | None:
        """Note why a page showed none; return why no other is rendered, the first time only."""
        self.under_way -= 1
        self.barren += 1
        if self.ended:
            return None
        if reason.startswith(NO_BROWSER):
            self.ended = reason
        elif self.barren >= (MOST_BARREN_LATER if self.shown else MOST_BARREN):
            self.ended = BARREN.format(count=self.barren)
        return self.ended or None

    def leave(self, most: int) -> Iterator[Link]:
        """Yield the links that leave now: `most` pages are rendered at a time."""
        while self.waiting and self.under_way < most and not self.ended:
            self.under_way += 1
            yield self.waiting.popleft()
