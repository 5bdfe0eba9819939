"""The walk of one post type: which windows are open, what was found, how it adds up.

When the last window is read the site is asked for its total and its newest ids once more. If these
are not what was found, the newest end is read again (posts published meanwhile), then all ids are
swept by date, and by id if the sweep itself does not come to the site's total: such a site orders
otherwise than it is asked to. What was lost is fetched by id. What the site counts and shows to
none of these is *hidden*, as far as short documents account for it. So a loss is closed or named,
whatever the site did.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from newscrawl.core.articles import POST_FIELDS
from newscrawl.core.collection import FEW, Collection, credible
from newscrawl.core.linkmap import LinkMap
from newscrawl.core.stages import Stage
from newscrawl.core.windows import SECOND, Paged, Part, Row, Window

MOST_LEARNING = 3  # documents that are read with `_links` to learn the map from


@dataclass(slots=True)
class Walk:
    """The state of a walk.

    `span` is the window that the plan asks for, `narrowed` the rest of its filters, `extra` fields
    that the plan asks for beyond the usual; `raw` says that all are wanted. `open` counts the
    documents still to come, `shortfall` the rows that a document's total promised and it did not
    hold, `latest` are the newest ids at the end, `swept` those of a sweep, `listed` those of all,
    `outside` the rows that the plan did not ask for, `same` are those of `type` that left the trace
    of `traced` fields that a store knows, `standing` those that a store knows, no list shows and
    the site has all the same, `withheld` of those found are not to be written, `others` are posts
    of this type that links led to without the walk's asking, `broken` the documents that could not
    be read at the present stage, `unread` the posts that are known by id and could not be read, and
    why, `unreturned` those that the site lists and does not return, `gone` those it lists no more.
    """

    route: str
    map: LinkMap
    span: Window
    narrowed: dict[str, str]
    extra: tuple[str, ...] = ()
    raw: bool = False
    type: str = "post"
    traced: tuple[str, ...] = ()
    limit: int | None = None
    stage: Stage = Stage.WALKING
    open: int = 0
    documents: int = 0
    total: int | None = None
    found: set[int] = field(default_factory=set)
    same: set[int] = field(default_factory=set)
    outside: set[int] = field(default_factory=set)
    others: set[int] = field(default_factory=set)
    latest: set[int] = field(default_factory=set)
    swept: set[int] = field(default_factory=set)
    listed: set[int] = field(default_factory=set)
    withheld: int = 0
    shortfall: int = 0
    sweep_total: int | None = None
    broken: int = 0
    newest: datetime | None = None
    unread: dict[int, str] = field(default_factory=dict)
    unreturned: set[int] = field(default_factory=set)
    gone: set[int] = field(default_factory=set)
    standing: int = 0

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
        return self.asking_for(self.fields)

    def asking_for(self, fields: Sequence[str]) -> dict[str, str]:
        """Return the parameter that asks for some fields; none where the plan keeps all."""
        return {} if self.raw else {"_fields": ",".join(dict.fromkeys(fields))}

    @property
    def learning(self) -> bool:
        """Return whether the next document is to show its links."""
        unlearnt = {edge.rel for edge in self.map.edges.values() if edge.field} - self.map.learnt
        return bool(unlearnt) and self.documents < MOST_LEARNING

    @property
    def gap(self) -> int:
        """Return how many posts the site counts beyond those that are known."""
        return max(0, (self.total or 0) - len(self.known))

    @property
    def is_sure(self) -> bool:
        """Return whether the site's total, told and read whole, is of the posts that are known."""
        counted = self.total == len(self.known) and self.latest <= self.known
        return counted and not self.broken

    @property
    def known(self) -> set[int]:
        """Return the posts that were met, or of which it is known why they were not."""
        return self.found | self.same | self.outside | self.unreturned | self.unread.keys()

    @property
    def sated(self) -> bool:
        """Return whether as many posts were found as were asked for, beside those withheld."""
        return self.limit is not None and len(self.found) - self.withheld >= self.limit

    def knows(self, id_: int) -> bool:
        """Return whether a post was met, asked for or not."""
        return id_ in self.found or id_ in self.outside

    def is_stale(self, part: Part, rows: Sequence[Row], known: Callable[[int], bool]) -> bool:
        """Return whether a part behind a first one shows nothing but what is known already."""
        if isinstance(part, Paged):
            return part.pages.repeats([row.id for row in rows])
        behind = part.before != self.span.before or part.page > 1
        return behind and bool(rows) and all(known(row.id) for row in rows)

    def head(self) -> Window:
        """Return the window of what was published since the walk began."""
        after = self.newest - SECOND if self.newest else self.span.after
        return Window(after, self.span.before)

    def note_swept(self, part: Part, ids: Sequence[int], total: int | None) -> None:
        """Take in what a sweep shows; one that pages begins anew at its first page."""
        first = part == self.span or (self.stage is Stage.PAGING and part.page == 1)
        if first:
            self.swept.clear()
            self.sweep_total = total
        self.swept.update(ids)
        self.listed.update(ids)

    def forget_sweep(self) -> None:
        """Begin to walk: a sweep did not tell enough."""
        self.same.clear()
        self.swept.clear()
        self.listed.clear()
        self.broken, self.sweep_total = 0, None
        self.stage = Stage.WALKING

    @property
    def is_counted(self) -> bool:
        """Return whether a sweep told a total; one that is less than what it showed is none."""
        return self.sweep_total is not None and self.sweep_total >= len(self.swept)

    @property
    def unseen(self) -> int:
        """Return how many posts the site counts in a sweep, and did not show to it."""
        return max(0, (self.sweep_total or 0) - len(self.swept))

    @property
    def stood(self) -> int:
        """Return how many posts the site counts now, but for those published since the sweep."""
        return (self.total or 0) - len(self.latest - self.listed)

    def settle_sweep(self) -> None:
        """Take the sweep for the truth: what it did not show is as much as stood throughout it.

        A sweep that could not be read whole, or that told no total, leaves the site's own standing.
        """
        if not self.broken and self.sweep_total is not None:
            due = min(self.sweep_total, self.stood)
            self.total = len(self.known) + max(0, due - len(self.swept))

    def close(self, account: Collection) -> None:
        """Settle the account: what is hidden, missing and lost."""
        self.stage = Stage.CLOSED
        account.unreadable |= {
            id_: reason for id_, reason in self.unread.items() if id_ not in self.found
        }
        account.missing = sorted(self.unreturned - self.found)
        self.broken += self.standing > FEW  # then the lists are short
        if self.sated:
            account.expected = len(self.found)
            account.lost = self.broken
        elif self.total is not None:
            account.expected = max(self.total - len(self.outside), 0)
            unshown = min(self.gap, self.shortfall) if self.known else 0
            account.hidden = credible(unshown, len(self.known))
            account.lost = self.gap - account.hidden + self.broken
        else:
            account.lost = self.broken or not self.known
