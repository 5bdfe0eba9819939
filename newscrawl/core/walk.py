"""The walk of one post type: which windows are open, what was found, how it adds up.

When the last window is read the site is asked for its total once more. If it counts more than was
found, the newest end is read again (posts published meanwhile), then all ids are swept and what was
lost is fetched by id. What it counts and shows to neither the walk nor the sweep is *hidden*, as
far as short documents account for it. So a loss is closed or named, whatever the site did.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum, auto

from newscrawl.core.articles import POST_FIELDS
from newscrawl.core.ledger import Collection
from newscrawl.core.linkmap import LinkMap
from newscrawl.core.windows import SECOND, Row, Second, Window

MOST_LEARNING = 3  # documents that are read with `_links` to learn the map from
SWEEP_FIELDS = "id,date"


class Stage(Enum):
    """How far a walk has come."""

    WALKING = auto()
    COUNTING = auto()
    HEAD = auto()
    SWEEPING = auto()
    MENDING = auto()
    CLOSED = auto()


@dataclass(slots=True)
class Walk:
    """The state of a walk.

    `span` is the window that the plan asks for, `narrowed` the rest of its filters, `extra` fields
    that the plan asks for beyond the usual; `raw` says that all are wanted. `open` counts
    the documents still to come, `shortfall` the rows that a document's total promised and the
    document did not hold, `outside` the rows that the span held but the plan did not ask for,
    `withheld` of those found are not to be written, `others` are posts of this type that links led
    to without the walk's asking, `broken` the documents that could not be read at the present
    stage, `unread` the posts that are known by id and could not be read, and why, `unreturned`
    those that the site lists and does not return.
    """

    route: str
    map: LinkMap
    span: Window
    narrowed: dict[str, str]
    extra: tuple[str, ...] = ()
    raw: bool = False
    limit: int | None = None
    stage: Stage = Stage.WALKING
    open: int = 0
    documents: int = 0
    total: int | None = None
    found: set[int] = field(default_factory=set)
    outside: set[int] = field(default_factory=set)
    others: set[int] = field(default_factory=set)
    swept: set[int] = field(default_factory=set)
    withheld: int = 0
    shortfall: int = 0
    sweep_total: int | None = None
    broken: int = 0
    newest: datetime | None = None
    unread: dict[int, str] = field(default_factory=dict)
    unreturned: set[int] = field(default_factory=set)

    @property
    def name(self) -> str:
        """Return what the ledger calls the collection: the last part of its route."""
        return self.route.rpartition("/")[2]

    @property
    def fields(self) -> list[str]:
        """Return the fields of a post that its item needs."""
        links = ["_links"] if self.map.untold else []
        return list(dict.fromkeys([*POST_FIELDS, *self.extra, *self.map.fields(), *links]))

    @property
    def only(self) -> dict[str, str]:
        """Return the parameter that asks for these fields and no other."""
        return self._only(self.fields)

    @property
    def learning(self) -> bool:
        """Return whether the next document is to show its links."""
        unlearnt = {edge.rel for edge in self.map.edges.values() if edge.field} - self.map.learnt
        return bool(unlearnt) and self.documents < MOST_LEARNING

    @property
    def gap(self) -> int:
        """Return how many posts the site counts beyond those that are known.

        What a document held back may be hidden, or the document was wrong: a sweep tells.
        """
        return max(0, (self.total or 0) - len(self.known))

    @property
    def is_sure(self) -> bool:
        """Return whether the site's total, told and read whole, is of the posts that are known."""
        return self.total == len(self.known) and not self.broken

    @property
    def known(self) -> set[int]:
        """Return the posts that were met, or of which it is known why they were not."""
        return self.found | self.outside | self.unreturned | self.unread.keys()

    @property
    def sated(self) -> bool:
        """Return whether as many posts were found as were asked for, beside those withheld."""
        return self.limit is not None and len(self.found) - self.withheld >= self.limit

    def knows(self, id_: int) -> bool:
        """Return whether a post was met, whether or not the plan asks for it."""
        return id_ in self.found or id_ in self.outside

    def is_stale(
        self, window: Window | Second, rows: Sequence[Row], known: Callable[[int], bool]
    ) -> bool:
        """Return whether a window behind a first one shows nothing but what is known already."""
        behind = isinstance(window, Window) and window.before != self.span.before
        return behind and bool(rows) and all(known(row.id) for row in rows)

    def query(self, window: Window | Second, size: int) -> dict[str, str]:
        """Return the query for the posts of a window, every field that an item needs."""
        links = ["_links"] if self.learning else []
        return self._query(window, size) | self._only([*self.fields, *links])

    def sweep_query(self, window: Window | Second, size: int) -> dict[str, str]:
        """Return the query for the ids of a window alone."""
        return self._query(window, size) | {"_fields": SWEEP_FIELDS}

    def count_query(self) -> dict[str, str]:
        """Return the query that tells the total of the span for the price of one id."""
        return self._query(self.span, 1) | {"_fields": "id"}

    def include_query(self, ids: tuple[int, ...], size: int) -> dict[str, str]:
        """Return the query for posts by their ids."""
        return {
            "include": ",".join(map(str, ids)),
            "per_page": str(size),
            "orderby": "id",
            **self.only,
        }

    def head(self) -> Window:
        """Return the window of what was published since the walk began."""
        after = self.newest - SECOND if self.newest else self.span.after
        return Window(after, self.span.before)

    def settle_sweep(self) -> None:
        """Take the sweep for the truth: a post that it did not show did not stand.

        A sweep that could not be read whole leaves the site's own total standing.
        """
        if not self.broken and self.total is not None:
            unseen = max(0, (self.sweep_total or 0) - len(self.swept))
            self.total = len(self.known) + min(unseen, self.shortfall)

    def close(self, account: Collection) -> None:
        """Settle the account: what is hidden, missing and lost."""
        self.stage = Stage.CLOSED
        account.unreadable |= {
            id_: reason for id_, reason in self.unread.items() if id_ not in self.found
        }
        account.missing = sorted(self.unreturned - self.found)
        if self.limit is not None:
            account.expected = len(self.found)
            account.lost = self.broken
        elif self.total is not None:
            account.expected = max(self.total - len(self.outside), 0)
            account.hidden = min(self.gap, self.shortfall) if self.known else 0
            account.lost = self.gap - account.hidden + self.broken
        else:
            account.lost = self.broken or not self.known

    def _only(self, fields: list[str]) -> dict[str, str]:
        return {} if self.raw else {"_fields": ",".join(dict.fromkeys(fields))}

    def _query(self, window: Window | Second, size: int) -> dict[str, str]:
        return {
            "per_page": str(min(size, self.limit or size)),
            "ignore_sticky": "true",  # 6.8.0 puts sticky posts before the first page otherwise
            **self.narrowed,
            **window.parameters(),
        }
