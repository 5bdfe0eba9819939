"""How many rows a document is asked for: a hundred, or what the site bears of a collection.

A site may refuse a hundred (``rest_invalid_param``), break at them, or never answer. Then half is
asked for, down to one, and twice as many again when it has borne the less for a while.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Protocol, Self, TypeVar
from urllib.parse import parse_qs, urlsplit

from newscrawl.core.batches import MOST_IDS
from newscrawl.core.documents import Damaged, UnreadableDocument

CALM = 4  # documents before more is tried, twice as many after each failure
REFUSED = "rest_invalid_param"
BROKEN = frozenset({408, 413, 500, 502, 504, 524})
SLOW = ("DownloadTimeoutError", "DownloadCancelledError", "ResponseDataLossError")


def is_too_large(error: UnreadableDocument) -> bool:
    """Return whether a document may be had if less is asked of it."""
    return (
        isinstance(error, Damaged)
        or error.status in BROKEN
        or (error.status == 400 and error.reason == REFUSED)
        or error.reason.startswith(SLOW)
    )


def asks_too_much(error: UnreadableDocument, href: str) -> bool:
    """Return whether a document may be had if less is asked of it, and less can be asked."""
    return is_too_large(error) and asked(href) > 1


def asked(href: str) -> int:
    """Return how many rows an address asks for.

    >>> asked("https://a.example/wp-json/wp/v2/posts?per_page=25&page=2")
    25
    """
    told = parse_qs(urlsplit(href).query).get("per_page", [""])[0]
    return int(told) if told.isdecimal() and int(told) else MOST_IDS


class Resizable(Protocol):
    """A part of a collection that knows its place in documents of another size."""

    def resized(self, old: int, new: int) -> Self:
        """Return the same place in documents of another size, or just before it."""


Place = TypeVar("Place", bound=Resizable)


@dataclass(slots=True)
class Sizes:
    """The rows that each collection of a site is asked for at a time, by route."""

    now: dict[str, int] = field(default_factory=dict)
    patience: dict[str, int] = field(default_factory=lambda: defaultdict(lambda: CALM))
    borne: dict[str, int] = field(default_factory=lambda: defaultdict(int))

    def of(self, route: str) -> int:
        """Return how many rows of a collection are asked for."""
        return self.now.get(route, MOST_IDS)

    def shrink(self, route: str, failed: int) -> int:
        """Ask for half of what failed, and return that; a later answer to more changes nothing."""
        if failed <= self.of(route):
            self.now[route] = max(1, failed // 2)
            self.patience[route] *= 2
            self.borne[route] = 0
        return self.of(route)

    def forgive(self, route: str) -> None:
        """Note that what failed was one row, and is found: ask for more after each document."""
        self.patience[route] = 1
        self.borne[route] = 0

    def smaller(self, route: str, href: str, place: Place) -> Place:
        """Return the same place of a collection in documents of half of what an address asks."""
        failed = asked(href)
        return place.resized(failed, self.shrink(route, failed))

    def bear(self, route: str, size: int) -> None:
        """Note that a document of this size came whole; after enough of them ask for more."""
        if route not in self.now or size < self.now[route]:
            return
        self.borne[route] += 1
        if self.borne[route] >= self.patience[route]:
            self.borne[route] = 0
            self.now[route] = min(MOST_IDS, self.now[route] * 2)
