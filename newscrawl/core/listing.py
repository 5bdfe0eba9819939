"""What the sitemaps of a site list, beside what its feed showed, and whether that is all."""

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from newscrawl.core.documents import UnreadableDocument
from newscrawl.core.reading import Reading
from newscrawl.core.sitemap_names import is_of_posts
from newscrawl.core.sitemaps import Contents, key_of

MOST_SITEMAPS = 5_000  # of a site: one a day are some 4,000 in ten years
GONE = 404
MOST_DEPTH = 3  # indexes in each other
LIKE = 0.9  # of the feed's posts are in sitemaps that list all: plugins keep some out
TOO_MANY = f"more than {MOST_SITEMAPS:,} sitemaps"
TOO_DEEP = f"more than {MOST_DEPTH} indexes of sitemaps in each other"
NEWS_ALONE = "sitemaps of news list the last two days only"
SHORT = "sitemaps list {listed:,} of the {shown:,} posts that the feed shows"


class Due(NamedTuple):
    """A sitemap to be read: in how many indexes it is, and whether one of posts by its name."""

    url: str
    depth: int = 0
    of_posts: bool = False


@dataclass(slots=True)
class Listing:
    """What sitemaps list beside what a feed showed.

    `waiting` are sitemaps still to be read, `spare` those that may be where none is that the site
    names, `met` the keys of all. `listed` are the addresses of pages by their key, `modified` when
    what is there was, `sure` the keys of those that a sitemap of posts lists, `archives` the
    sitemaps of categories and authors. `read` counts the sitemaps that list pages, `news` those of
    news among them; `error` is the first that could not be read, `refused` the first of those that
    a spare one stands in for.
    """

    reading: Reading
    waiting: deque[Due] = field(default_factory=deque)
    spare: list[str] = field(default_factory=list)
    met: set[str] = field(default_factory=set)
    listed: dict[str, str] = field(default_factory=dict)
    modified: dict[str, str] = field(default_factory=dict)
    sure: set[str] = field(default_factory=set)
    archives: list[str] = field(default_factory=list)
    read: int = 0
    news: int = 0
    error: UnreadableDocument | None = None
    refused: UnreadableDocument | None = None

    def wait(self, urls: Iterable[str], inside: Due | None = None) -> None:
        """Let sitemaps wait that were not met before, those of an index one deeper than it."""
        depth = inside.depth + 1 if inside else 0
        for url in urls:
            key = key_of(url)
            if key not in self.met and self._has_room(url, depth):
                self.met.add(key)
                of_posts = is_of_posts(url) or bool(inside and inside.of_posts)
                self.waiting.append(Due(url, depth, of_posts))

    def take(self, contents: Contents, due: Due) -> None:
        """Take in the addresses of a sitemap."""
        found = {key_of(url): url for url in contents.addresses}
        self.listed |= found
        self.modified |= {key_of(url): time for url, time in contents.modified.items()}
        self.read += 1
        self.news += contents.is_news
        if due.of_posts:
            self.sure |= found.keys()

    def turn_to_spare(self) -> None:
        """Let a spare sitemap wait where those before list no posts, but for those of two days.

        What kept these from it is told only where no spare one does better.
        """
        if self.waiting or not self.is_bare:
            return
        while self.spare and not self.waiting:
            self.refused, self.error = self.refused or self.error, None
            self.wait([self.spare.pop(0)])
        if not self.waiting:
            told = self.refused or self.error
            self.error = None if self.read and told and told.status == GONE else told

    def absent(self) -> dict[str, str]:
        """Return the addresses that the feed did not show, by their key."""
        return {key: url for key, url in self.listed.items() if key not in self.reading.urls}

    def objection(self) -> str | None:
        """Return why sitemaps do not tell how many posts there are, None where they do.

        Those that name no type and list too few of the feed's posts are of something else.
        """
        if self.error:
            return self.error.reason
        if self.read == self.news:
            return NEWS_ALONE
        shown = len(self.reading.met)
        listed = len(self.reading.urls & self.listed.keys())
        if not self.sure and listed < shown * LIKE:
            return SHORT.format(listed=listed, shown=shown)
        return None

    @property
    def is_bare(self) -> bool:
        """Whether nothing is listed but news."""
        return self.read == self.news or not self.listed

    @property
    def makes_up(self) -> bool:
        """Whether sitemaps list what pages of the feed that broke have held."""
        held = self.reading.skipped * self.reading.size
        return bool(self.read) and self.objection() is None and len(self.absent()) >= held

    @property
    def shows_all(self) -> bool:
        """Whether a post that neither feed nor sitemaps show may be gone."""
        reading = self.reading
        by_feed = reading.met and not (reading.is_capped or reading.is_unmodified)
        return bool(by_feed or (self.read and not self.objection()))

    def _has_room(self, url: str, depth: int) -> bool:
        bound = TOO_DEEP if depth > MOST_DEPTH else TOO_MANY
        if depth <= MOST_DEPTH and len(self.met) < MOST_SITEMAPS:
            return True
        self.error = self.error or UnreadableDocument(url, bound)
        return False
