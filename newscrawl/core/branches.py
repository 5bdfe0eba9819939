"""The branches of a feed, those of categories and authors, which reach further where it is capped.

Every archive of WordPress has a feed at its own address (``WP_Rewrite::generate_rewrite_rules()``).
"""

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, urlencode, urlsplit

from newscrawl.core.documents import Document
from newscrawl.core.listing import Listing
from newscrawl.core.markup import hrefs_in, tree_of
from newscrawl.core.sitemaps import key_of

MOST_BRANCHES = 500
ARCHIVES = ('a[rel~="category"]', 'a[rel~="tag"]', 'a[rel~="author"]', ".author a.url")


@dataclass(slots=True)
class Branches:
    """Feeds of categories and authors that are still to be read, after what lists them.

    `sources` are (relation, address) of sitemaps and pages that name archives, `waiting` the
    addresses of their feeds, `met` the keys of all. `absent` are the keys of posts that only
    sitemaps know, None where nothing tells; `budget` is how many requests may be spent on finding
    them here.
    """

    listing: Listing
    sources: deque[tuple[str, str]] = field(default_factory=deque)
    waiting: deque[str] = field(default_factory=deque)
    met: set[str] = field(default_factory=set)
    absent: set[str] | None = None
    budget: int = 0

    def wait(self, archives: Iterable[str]) -> None:
        """Let the feeds of archives wait that were not met before."""
        for url in archives:
            if key_of(url) not in self.met and len(self.met) < MOST_BRANCHES:
                self.met.add(key_of(url))
                self.waiting.append(feed_of(url))

    def show(self, keys: Iterable[str]) -> None:
        """Take note of the addresses of posts that a page of a feed shows; it cost a request."""
        self.budget -= 1
        if self.absent is not None:
            self.absent.difference_update(keys)

    @property
    def ended(self) -> bool:
        """Whether nothing is left to find, or what is left is read for less by its pages."""
        return self.absent is not None and (not self.absent or self.budget <= 0)


def feed_of(archive: str) -> str:
    """Return the address of the feed of an archive.

    >>> feed_of("https://a.example/category/city/"), feed_of("https://a.example/?cat=3")
    ('https://a.example/category/city/feed/', 'https://a.example/?cat=3&feed=rss2')
    """
    parts = urlsplit(archive)
    if parts.query:
        query = urlencode([*parse_qsl(parts.query), ("feed", "rss2")])
        return parts._replace(query=query).geturl()
    return parts._replace(path=f"{parts.path.rstrip('/')}/feed/").geturl()


def archives_in(document: Document) -> list[str]:
    """Return the addresses of the archives that the page of a post says to belong to."""
    tree = tree_of(document)
    return [url for selector in ARCHIVES for url in hrefs_in(tree, selector, document.url)]
