"""What is remembered of a site from earlier crawls: nothing, unless a store keeps it."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import Any, Protocol

import orjson

from newscrawl.core.identity import below_host
from newscrawl.core.standing import Standing
from newscrawl.core.translations import counted, translations_told
from newscrawl.items import Post

TRACED = (
    *("date", "modified", "modified_gmt"),  # one hour of the year comes twice in local time
    *("slug", "link", "author", "featured_media", "parent", "sticky"),
)


@dataclass(frozen=True, slots=True)
class Known:
    """The traces of a site's posts by type and id, and of those that it withholds.

    A trace is of what a light listing shows of a post: a post that leaves the same trace is not
    read again. `furniture` is what the site was seen to repeat, `sitemaps` when those of a type
    were modified when all was read the last time, as their index told, by address; `feed` is the
    one that was read below the API, with the headers that ask whether it changed since. `languages`
    are its language roots, and of each the types of which posts were shown beside it; `beyond`
    counts the posts that its sitemaps listed and its API did not show. A site is `marked` whose
    pages were seen to say that they are of a post.
    """

    posts: Mapping[str, Mapping[int, str]] = field(default_factory=dict)
    withheld: Mapping[str, Mapping[int, str]] = field(default_factory=dict)
    furniture: frozenset[str] = frozenset()
    sitemaps: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    feed: Mapping[str, Any] = field(default_factory=dict)
    languages: Mapping[str, Collection[str]] = field(default_factory=dict)
    beyond: int = 0
    marked: bool = False

    def ids(self, type_: str) -> AbstractSet[int]:
        """Return the posts of a type that are known, those withheld among them."""
        return self.posts.get(type_, {}).keys() | self.withheld.get(type_, {}).keys()

    def same(self, type_: str, id_: int, trace: str) -> bool:
        """Return whether a post leaves the trace that it left before."""
        known = self.posts.get(type_, {}).get(id_) or self.withheld.get(type_, {}).get(id_)
        return known == trace


@dataclass(frozen=True, slots=True)
class Stamp:
    """What a sitemap would tell of a post that is known: its address, and when it was modified."""

    id: int
    url: str
    modified: str | None
    published: str | None

    @property
    def times(self) -> set[str | None]:
        """Return the times that a sitemap may tell: Yoast's tells the later of the two."""
        return {self.modified, max(self.modified or "", self.published or "")}


@dataclass(frozen=True, slots=True)
class Entrance:
    """Where a site was found: its home, its API root, by which way, the language of its home page.

    The root is '' where the API was closed: then `feed` is the one that was read, if any, and
    `conditions` are the headers that ask for it only if it changed (RFC 9110, section 13).
    """

    home: str
    root: str
    found_by: str
    lang: str | None
    feed: str = ""
    conditions: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Family:
    """Resources of one collection: those of a kind, of terms those of one taxonomy."""

    kind: str
    taxonomy: str | None = None


class Memory(Protocol):
    """What a store remembers, and is told."""

    def entrance(self, url: str) -> Entrance | None:
        """Return where the site with this home was found, None if that is not known."""

    def recall(self, home: str, place: str) -> Known:
        """Return what is known of the site with this home, whose API root is at a place.

        Raise `BadArgument` if another crawl is writing of it, and, as all others that ask do, if
        the memory is lost.
        """

    def post(self, site: str, type_: str, id_: int) -> Post | None:
        """Return a post as it was last stored, None if it is not there or is deleted."""

    def same(self, site: str, post: Post) -> Post | None:
        """Return a post as it was last stored, by whatever id; None if it does not stand."""

    def others(self, site: str, post: Post) -> Sequence[Post]:
        """Return the stored posts that stand with the type and the id of a post, and are not it."""

    def standing(self, site: str) -> Iterable[Standing]:
        """Return the posts of a site that stand: of type ``post``, or read below the API."""

    def at(self, site: str, key: str) -> Post | None:
        """Return a post as it was last stored, by the key of its GUID; None if it is deleted."""

    def rename(self, site: str, key: str, post: Post) -> bool:
        """Let a known post be known by what one that was met is; return whether it is.

        It is not where another post is known by that.
        """

    def resources(self, site: str, family: Family) -> frozenset[int]:
        """Return the ids of the resources that were read for their own sake, and stand."""

    def forget(self, site: str, family: Family, ids: Collection[int]) -> None:
        """Take in that a site has these resources no more."""

    def stamps(self, site: str, type_: str) -> Iterable[Stamp]:
        """Return the stamp of each post of a type that stands."""

    def trace(self, site: str, type_: str, id_: int | str, trace: str) -> None:
        """Take in the trace of a post that is read now; below the API by the key of its GUID."""

    def withhold(self, site: str, type_: str, id_: int, trace: str) -> None:
        """Take in the trace of a post that the site withholds."""


def trace_of(resource: Mapping[str, Any], fields: Sequence[str]) -> str:
    """Return the trace of a post: a digest of some of its fields, and of its translations if any.

    The order of ids does not count, nor do scheme and host of its address.

    >>> trace_of({"id": 1, "tags": [2, 1]}, ["tags"]) == trace_of({"tags": [1, 2]}, ["tags"])
    True
    """
    plain = [_plain(name, resource.get(name)) for name in fields]
    plain += counted(translations_told(resource))
    return blake2b(orjson.dumps(plain), digest_size=8).hexdigest()


def _plain(name: str, told: Any) -> Any:  # noqa: ANN401 - JSON is any value
    """Return what counts of a field."""
    if isinstance(told, list):
        return sorted(map(str, told))
    return below_host(told) if name == "link" and isinstance(told, str) else told
