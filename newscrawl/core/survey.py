"""A survey of the posts of one type: what lists and sitemaps show of them without a sweep."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from newscrawl.core.memory import Stamp
from newscrawl.core.sitemaps import key_of


@dataclass(slots=True)
class Survey:
    """What is told of the posts of one type without a sweep: by lists of some, and by sitemaps.

    `total` is what the site counts; `ids` are the posts that were shown and are known by id,
    `listed` is when lists say that each was modified, by the key of its address, `fresh` are the
    keys of those that were not known; `modified` is when sitemaps say so. `waiting` are the
    sitemaps still to be read, `spared` those that are as they were when all was read the last
    time, `newest` is when the one modified last was; `asked` are the parameters of lists still to
    be asked for, `tried` the keys that were looked for in lists.
    """

    total: int = 0
    ids: set[int] = field(default_factory=set)
    listed: dict[str, str] = field(default_factory=dict)
    fresh: set[str] = field(default_factory=set)
    modified: dict[str, str] = field(default_factory=dict)
    waiting: list[str] = field(default_factory=list)
    spared: list[str] = field(default_factory=list)
    newest: str = ""
    asked: list[tuple[str, str]] = field(default_factory=list)
    tried: set[str] = field(default_factory=set)

    @property
    def unknown(self) -> list[str]:
        """Return the keys of addresses that no post is known by, and that no list was asked for."""
        return sorted(self.modified.keys() - self.listed.keys() - self.tried)

    @property
    def is_stale(self) -> bool:
        """Return whether sitemaps do not show yet what lists do: a cache holds them."""
        older = any(self.modified.get(key, time) < time for key, time in self.listed.items())
        behind = bool(self.spared) and max(self.listed.values(), default="") > self.newest
        return older or behind or not self.fresh <= self.modified.keys()

    def compare(self, stamps: Iterable[Stamp]) -> tuple[set[int], set[int]]:
        """Return which known posts are as they were, and which may be others by now.

        A list's own word, which is newer and tells more, stands. An address is of one post: that of
        a post that is gone may be another's by now, and a list tells whose.
        """
        same, others = set(), set()
        for stamp in stamps:
            key = key_of(stamp.url)
            if stamp.id in self.ids or key in self.listed or key not in self.modified:
                continue
            if self.modified[key] in stamp.times:
                self.ids.add(stamp.id)
                self.listed[key] = self.modified[key]
                same.add(stamp.id)
            else:
                others.add(stamp.id)
        return same, others
