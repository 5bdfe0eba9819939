"""A collection that is read for what of it belongs to whom: comments and attachments of posts.

It is read either in batches that select by posts, or whole when that takes fewer requests: the
first document of a walk tells. What a walk meets before its post is met is held until then.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import Enum, auto

from newscrawl.core.kinds import Kind
from newscrawl.core.pages import Pages
from newscrawl.core.windows import Paged, Part, Window


class Way(Enum):
    """How a collection is read."""

    UNDECIDED = auto()  # its first document is asked for, or not even that
    BATCHES = auto()
    WALK = auto()
    READ = auto()  # the walk has ended: what was not met is not there


@dataclass(slots=True)
class Gathering:
    """The state of one collection.

    `collection` is the name by which owners' members are wanted, `by` the field of a member that
    holds its owner's id; both are '' where nobody owns the members. `members` are the ids that
    belong to each owner, `held` those whose owner was not met yet; `whole` says that all are to be
    written, whoever they belong to. `shortfall` counts the rows that documents promised and did
    not hold, `seen` are the ids that this reading of the collection has met.
    """

    route: str
    kind: Kind
    collection: str = ""
    by: str = ""
    whole: bool = False
    way: Way = Way.UNDECIDED
    members: dict[int, list[int]] = field(default_factory=lambda: defaultdict(list))
    held: dict[int, list[int]] = field(default_factory=lambda: defaultdict(list))
    total: int | None = None
    shortfall: int = 0
    seen: set[int] = field(default_factory=set)

    def note(
        self, part: Part | Pages, ids: Sequence[int], total: int | None, promised: int
    ) -> bool:
        """Take in what a part holds; return whether it shows nothing but what was met already.

        The total is that of the first part: those behind it count what is left. Of pages the least
        counts: what vanishes during the reading is no loss.
        """
        if part == self.start or (isinstance(part, Pages) and part.page == 1):
            self.seen.clear()
            self.shortfall, self.total = 0, total
        elif isinstance(part, Pages) and total is not None and self.total is not None:
            self.total = min(self.total, total)
        self.shortfall += max(0, promised - len(ids))
        stale = bool(ids) and self.seen.issuperset(ids)
        self.seen.update(ids)
        return part.pages.repeats(ids) if isinstance(part, Paged) else stale

    @property
    def adds_up(self) -> bool:
        """Return whether what was met is what the site counts, short documents considered."""
        told = self.total is not None and self.total >= len(self.seen)
        return told and self.absent <= self.shortfall

    @property
    def absent(self) -> int:
        """Return how many the site counts beyond those that were met."""
        return max(0, (self.total or 0) - len(self.seen))

    @property
    def start(self) -> Window | Pages:
        """Return what a walk begins with: by date where the kind has dates, else by id."""
        return Window() if self.kind.dated else Pages()

    def decide(self, total: int | None, posts: int) -> None:
        """Choose the way once the collection's total is known.

        Batches cost a request for each hundred posts and one for each hundred members; a walk
        costs the latter only. But it holds what it meets too early, so it is chosen only where
        that is no more than there are posts.
        """
        cheaper = total is not None and total <= posts
        self.way = Way.WALK if self.whole or cheaper else Way.BATCHES

    def members_of(self, owner: int) -> tuple[int, ...]:
        """Return the ids that belong to an owner, those that were met so far, in order."""
        return tuple(sorted(self.members.get(owner, ())))
