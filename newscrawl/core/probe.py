"""What a probe asks a site before any crawl of it, and what it finds."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from newscrawl.core.bylines import coauthor_terms
from newscrawl.core.place import Resource
from newscrawl.core.values import identifier

MOST_DOCUMENTS = 15  # of a site, robots.txt and redirects among them
SPARE = 1  # of these, for the robots.txt of another host that the last one may be on
ADDED = ("authors", "coauthors", "lang")  # fields of plugins
SAMPLED = ",".join(["id", "author", "featured_media", "content", *ADDED])  # content: it takes long


@dataclass(frozen=True, slots=True)
class Question:
    """What is still to be asked: by which relation, of which collection, which rows of it."""

    rel: str
    route: str = ""
    fields: str = "id"
    rows: int = 1


@dataclass(frozen=True, slots=True)
class Finding:
    """What a collection answered: how much it has, or by what it is closed (`reason`)."""

    url: str
    total: int | None = None
    status: int | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Sitemap:
    """What a sitemap, or an index of them, holds, and whether it tells when that was modified."""

    url: str
    is_index: bool
    entries: int
    dated: bool


@dataclass(frozen=True, slots=True)
class Feed:
    """How many posts a feed shows at a time, and how many of them in an excerpt only."""

    url: str
    entries: int
    excerpts: int = 0


@dataclass(frozen=True, slots=True)
class Sample:
    """The newest posts: how many, and how many images, authors and bylines of their own they have.

    `size` is how many posts the site shows in a document, `shared` counts the bylines that posts
    of one author share, `several` the posts of several, `fields` are those that plugins added.
    """

    posts: int = 0
    size: int = 100
    images: int = 0
    authors: int = 0
    shared: int = 0
    several: int = 0
    fields: frozenset[str] = frozenset()


@dataclass(slots=True)
class Probe:
    """What waits to be asked of a site, and what was found.

    `found` is told by route; `main` is that of the posts, `own` are those of their terms. It
    `asks_alone` who wrote a post, where no schema tells it, and `asks_beyond` what sitemaps list
    that the API does not show. `maps` counts the sitemaps of posts that an index names, `way_in`
    the documents before the first question. The rest is known above the core: how many seconds
    documents took, of posts and others, the delay that the settings ask for, whether robots.txt was
    read, what it forbids of what is needed, and its Crawl-delay.
    """

    waiting: list[Question] = field(default_factory=list)
    main: str = ""
    own: list[str] = field(default_factory=list)
    asks_alone: bool = False
    asks_beyond: bool = False
    found: dict[str, Finding] = field(default_factory=dict)
    sample: Sample = field(default_factory=Sample)
    sitemaps: list[Sitemap] = field(default_factory=list)
    maps: int = 0
    feed: Feed | None = None
    way_in: int = 0
    took: list[float] = field(default_factory=list)
    posts_took: float = 0.0
    delay: float = 0.0
    robots_read: bool = False
    forbidden: list[str] = field(default_factory=list)
    crawl_delay: float | None = None


def sample_of(posts: Sequence[Resource], size: int) -> Sample:
    """Return what the newest posts tell of all.

    >>> sample_of([{"author": 4, "featured_media": 7}, {"author": 4, "featured_media": 0}], 100)
    Sample(posts=2, size=100, images=1, authors=1, shared=0, several=0, fields=frozenset())
    """
    told = {name for post in posts for name in ADDED if name in post}
    bylines = [tuple(coauthor_terms(post)) for post in posts]
    return Sample(
        posts=len(posts),
        size=size,
        images=len({identifier(post.get("featured_media")) for post in posts} - {None}),
        authors=len({identifier(post.get("author")) for post in posts} - {None}),
        shared=len({terms for terms in bylines if len(terms) == 1}),
        several=sum(len(terms) > 1 for terms in bylines),
        fields=frozenset(told),
    )
