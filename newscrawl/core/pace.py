"""The pace that a host bears: how many requests at a time, how far apart, and when none at all.

Two clocks that never mix: the delay between requests (robots.txt's Crawl-delay), and the pause
after a sign of strain (429, 503, a time-out), which grows with each that follows and is never
shorter than the host's own Retry-After. Requests at a time begin with one, grow while documents
take no longer than they did one by one, and shrink at once when they do.

No clock is read here: each method is told the time, in seconds of any steady clock.
"""

from collections import deque
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

LONGEST_PAUSE = 300.0  # seconds, unless the host asks for more
LONGEST_NUMBER = 12  # digits of seconds: some thousand years
CALM_TO_GROW = 10  # documents in a row
OWN_FAULT = frozenset({500, 504, 524})  # more often the document's than the host's
FLAT = 1.5  # times as long as one by one is still flat,
SLACK = 0.05  # seconds beside it
WEIGHT = 0.2  # of a new document in the mean that is the measure


@dataclass(slots=True)
class Kept:
    """The pace that was kept, as the ledger tells it: seconds, and requests."""

    most_at_once: int = 0
    most_a_second: int = 0
    smallest_gap: float | None = None
    waited: float = 0.0
    pauses: int = 0
    retries: int = 0
    last: float | None = None
    recent: deque[float] = field(default_factory=deque)

    def depart(self, now: float, active: int) -> None:
        """Note that a request leaves beside others."""
        if self.last is not None:
            gap = now - self.last
            self.smallest_gap = gap if self.smallest_gap is None else min(gap, self.smallest_gap)
        self.last = now
        self.most_at_once = max(self.most_at_once, active)
        self.recent.append(now)
        while self.recent[0] <= now - 1:
            self.recent.popleft()
        self.most_a_second = max(self.most_a_second, len(self.recent))

    def account(self) -> dict[str, float | None]:
        """Return the figures as the ledger file holds them."""
        gap = self.smallest_gap
        return {
            "most_at_once": self.most_at_once,
            "most_a_second": self.most_a_second,
            "smallest_gap": None if gap is None else round(gap, 3),
            "waited": round(self.waited, 1),
            "pauses": self.pauses,
            "retries": self.retries,
        }


@dataclass(slots=True)
class Pace:
    """The pace of one host; `most` requests at a time at the most, `delay` seconds apart.

    `pause` is the first after a sign of strain, in seconds, doubled by each that follows in a row.
    """

    most: int = 1
    delay: float = 0.0
    pause: float = 1.0
    limit: int = 1
    active: int = 0
    free_at: float = 0.0
    paused_until: float = 0.0
    paused_since: float = float("-inf")
    strained_since: float = 0.0
    strains: int = 0
    calm: int = 0
    alone: dict[str, float] = field(default_factory=dict)
    kept: Kept = field(default_factory=Kept)

    def keep(self, delay: float, now: float) -> None:
        """Keep a delay between requests from now on."""
        self.delay = delay
        self.free_at = now + delay

    def wait(self, now: float) -> float | None:
        """Return after how many seconds a request may leave; None: when another has returned."""
        if self.active >= (1 if self.delay else self.limit):
            return None
        return max(0.0, self.free_at - now, self.paused_until - now)

    def depart(self, now: float) -> None:
        """Note that a request leaves."""
        self.active += 1
        self.kept.depart(now, self.active)

    def arrive(self, now: float, departed: float, kind: str = "") -> None:
        """Note that a document came whole; `kind` are those that take about as long."""
        self._return(now)
        if departed >= self.paused_since:
            self.strains = 0
        self._weigh(kind, now - departed)

    def strain(self, now: float, departed: float, asked: float | None, jitter: float) -> None:
        """Note a sign of strain: pause, `asked` seconds at the least; `jitter` is in 0 to 1.

        What had left before a pause began says nothing new.
        """
        self._return(now)
        self.limit, self.calm = 1, 0
        if departed >= self.paused_since:
            self.strains += 1
            self.paused_since = now
            self.kept.pauses += 1
        grown = min(self.pause * 2 ** (self.strains - 1), LONGEST_PAUSE) * (0.5 + jitter)
        if asked is not None or self.strains == 1:
            self.strained_since = now + (asked or 0.0)
        until = now + max(grown, asked or 0.0)
        self.paused_until = max(self.paused_until, until)

    def rest(self, now: float, seconds: float) -> None:
        """Note that a page has asked for more than itself: nothing leaves for so long."""
        self.free_at = max(self.free_at, now + seconds)

    def forgo(self) -> None:
        """Note that a request did not leave after all."""
        self.active -= 1

    def strained(self, now: float) -> float:
        """Return for how many seconds a host has been strained, beyond what it asked for itself."""
        return max(0.0, now - self.strained_since) if self.strains else 0.0

    def stumble(self, now: float, jitter: float) -> None:
        """Note that a document broke, by its own fault or the host's: a short pause, no longer."""
        self._return(now)
        self.limit, self.calm = 1, 0
        self.paused_until = max(self.paused_until, now + self.pause * (0.5 + jitter))

    def _return(self, now: float) -> None:
        self.active -= 1
        self.free_at = now + self.delay

    def _weigh(self, kind: str, latency: float) -> None:
        """Grow or shrink by how long a document took beside those of its kind."""
        usual = self.alone.get(kind, latency)
        if self.limit == 1:
            self.alone[kind] = usual + WEIGHT * (latency - usual)
        if latency > FLAT * usual + SLACK:
            self.limit, self.calm = max(1, self.limit // 2), 0
            return
        self.calm += 1
        if self.calm >= CALM_TO_GROW and self.limit < self.most:
            self.limit, self.calm = self.limit + 1, 0


def retry_after(told: str, date: str, now: datetime) -> float | None:
    """Return the seconds that a Retry-After header asks for, None for what is none (RFC 9110).

    A date is measured by the host's own clock where it tells that (`date`, its Date header).

    >>> from datetime import UTC
    >>> now = datetime(2026, 1, 1, tzinfo=UTC)
    >>> retry_after("120", "", now)
    120.0
    >>> retry_after("Thu, 01 Jan 2026 12:00:30 GMT", "Thu, 01 Jan 2026 12:00:00 GMT", now)
    30.0
    """
    if told.strip().isdecimal():
        return float(told.strip()[:LONGEST_NUMBER])
    until = _time(told)
    return max(0.0, (until - (_time(date) or now)).total_seconds()) if until else None


def _time(header: str) -> datetime | None:
    try:
        time = parsedate_to_datetime(header)
        return time.astimezone(UTC) if time.tzinfo else None
    except (ValueError, OverflowError):  # a year of twenty digits, a zone of a hundred hours
        return None
