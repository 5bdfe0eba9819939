"""What the user wants of a site, as the core understands it."""

from dataclasses import dataclass
from datetime import datetime

KINDS = {
    "posts": "post",
    "authors": "author",
    "media": "media",
    "terms": "term",
    "comments": "comment",
    "revisions": "revision",
    "links": "link",
    "sites": "site",
}
FOLLOWED = {
    "author": "author",
    "media": "wp:featuredmedia",
    "terms": "wp:term",
    "parent": "up",
    "replies": "replies",
    "attachments": "wp:attachment",
    "revisions": "version-history",
}
JOINED = ("author", "media", "terms")  # what is followed unless the user says otherwise
BROUGHT_BY = {  # what must be followed for a kind to be written
    "author": ("author",),
    "media": ("wp:featuredmedia", "wp:attachment"),
    "term": ("wp:term",),
    "comment": ("replies",),
    "revision": ("version-history",),
}
COLLECTED = frozenset({"post", "site", "author", "media", "term", "comment"})
EVERY_RELATION = "*"  # plugins' relations, too
EVERY_TYPE = "all"


@dataclass(frozen=True, slots=True)
class Plan:
    """The arguments of a crawl: what to walk, to follow and to write.

    `types` and the narrowing fields are as the user wrote them (slugs, rest bases or ids);
    `kinds` are item kinds; `relations` are compact relations; `side_by_side` is how many
    requests the site's politeness allows at a time; `excerpts` asks for what makes the site render
    each content twice; `raw` keeps JSON; `learns_furniture` looks for blocks that the site repeats;
    `same_as` is the host that the one site had before; `sitemaps_from` is how many posts must be
    known for sitemaps to be read; 0: never. `hosts_with_password` are those that the user has a
    password for.
    """

    types: tuple[str, ...] = ("post",)
    relations: frozenset[str] = frozenset(FOLLOWED[name] for name in JOINED)
    kinds: frozenset[str] = frozenset({"post"})
    after: datetime | None = None
    before: datetime | None = None
    categories: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    search: str | None = None
    lang: str | None = None
    limit: int | None = None
    same_as: str | None = None
    side_by_side: int = 1
    excerpts: bool = False
    raw: bool = False
    learns_furniture: bool = True
    sitemaps_from: int = 0
    hosts_with_password: frozenset[str] = frozenset()

    @property
    def reads_links(self) -> bool:
        """Whether `_links` are wanted of every resource, not only what the first ones teach."""
        told_by_links_alone = {"version-history", "up", EVERY_RELATION}
        return bool(told_by_links_alone & self.relations) or "link" in self.kinds

    @property
    def whole(self) -> bool:
        """Whether nothing narrows the crawl: each kind is then written whole."""
        return EVERY_TYPE in self.types and not self.narrows

    @property
    def narrows(self) -> bool:
        """Whether the crawl is for some of the posts only."""
        narrowing = (self.after, self.before, self.search, self.lang, self.limit)
        return any(narrowing) or any((self.categories, self.tags, self.authors))

    @property
    def reads_languages(self) -> bool:
        """Whether other languages are read, too; terms are of one, and each moved by itself."""
        of_one = self.lang or self.categories or self.tags or self.same_as
        return not (of_one or self.limit)

    @property
    def traces(self) -> bool:
        """Whether a light listing of the posts tells all that the plan wants to know again."""
        wants_more = self.narrows or self.raw or self.reads_links or self.excerpts
        return not wants_more and self.kinds <= (COLLECTED if self.whole else {"post", "site"})
