"""The keyset walk: a collection read newest first, from each row's own date to the next window.

WordPress pages by offset, so a post that comes or goes during the walk shifts every page behind
it. A window asks for what is older than the last row read instead, and leaves out by id what was
already read in that row's second (``ORDER BY post_date DESC`` has no tie-break). A second that
holds more than `MOST_EXCLUDED` posts is paged by id: WordPress repeats the whole request in the
answer's ``Link`` header, and a longer list breaks servers and clients.

`after` and `before` exclude both ends, have a resolution of one second and are compared with the
site-local column (``WP_Date_Query``), so every time here is naive and site-local.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from newscrawl.core.pages import MOST_EMPTY, Pages, goes_on, page_behind, page_parameter

SECOND = timedelta(seconds=1)
MOST_EXCLUDED = 100
DEFAULT_ROWS = 10  # that a site shows where it ignores `per_page`; its total may count just these


@dataclass(frozen=True, slots=True)
class Row:
    """What the walk needs of a post: its id and its site-local date, None when it has none."""

    id: int
    date: datetime | None


@dataclass(frozen=True, slots=True)
class Window:
    """A part of a collection: the posts between two times, but for those excluded."""

    after: datetime | None = None
    before: datetime | None = None
    exclude: tuple[int, ...] = ()
    page: int = 1

    def parameters(self) -> dict[str, str]:
        """Return the query that reads this window newest first."""
        return self.selection() | {"orderby": "date", "order": "desc", **page_parameter(self.page)}

    def selection(self) -> dict[str, str]:
        """Return the query that selects what the window holds, in no order."""
        bounds = {"after": self.after, "before": self.before}
        told = {name: time.isoformat() for name, time in bounds.items() if time is not None}
        return told | ({"exclude": ",".join(map(str, self.exclude))} if self.exclude else {})

    def resized(self, old: int, new: int) -> "Window":
        """Return the same place in pages of another size, or just before it."""
        return replace(self, page=page_behind(self.page, old, new))

    def stepped(self) -> "Window":
        """Return the place behind the first row of this one, in pages of one row."""
        return replace(self, page=self.page + 1)


FIRST = Pages()


@dataclass(frozen=True, slots=True)
class Paged:
    """A window that is paged by id, and then left for the one `behind` it.

    One second that holds too many posts to be excluded by id, or what a site does not order by
    date.
    """

    window: Window
    behind: Window | None = None
    pages: Pages = FIRST

    @property
    def page(self) -> int:
        """Return the number of its page."""
        return self.pages.page

    def parameters(self) -> dict[str, str]:
        """Return the query that selects this page."""
        return self.window.selection() | self.pages.parameters()

    def resized(self, old: int, new: int) -> "Paged":
        """Return the same place in pages of another size, or just before it."""
        return replace(self, pages=self.pages.resized(old, new))

    def stepped(self) -> "Paged":
        """Return the place behind the first row of this one, in pages of one row."""
        return replace(self, pages=self.pages.stepped())


Part = Window | Paged


def second(moment: datetime, after: datetime | None, seen: Sequence[int]) -> Paged:
    """Return the second of a moment; as many of those already read as may be are excluded."""
    window = Window(moment - SECOND, moment + SECOND, tuple(sorted(seen)[:MOST_EXCLUDED]))
    return Paged(window, behind=Window(after, moment))


def advance(window: Part, rows: Sequence[Row], total: int | None, size: int) -> Part | None:
    """Return the window behind the rows just read, None when there is nothing left.

    `total` is what the site says the window holds (None: not told), `size` the rows asked for.
    A short or an empty document does not end the walk: rows that the reader may not see are
    counted but not shown. Nor do ten rows, whatever is counted.
    """
    if isinstance(window, Paged):
        pages = window.pages.advance([row.id for row in rows], total, size)
        return replace(window, pages=pages) if pages else window.behind
    is_cut = len(rows) == DEFAULT_ROWS < size
    if not is_cut and not goes_on(len(rows), _rows_read(window, rows, size), total, size):
        return None
    oldest = min((row.date for row in rows if row.date is not None), default=None)
    if oldest is None:
        ended = not rows and window.page >= MOST_EMPTY
        return None if ended else replace(window, page=window.page + 1)
    return _behind(window, rows, oldest)


def partition(window: Window, oldest: datetime, parts: int) -> list[Window]:
    """Return the window cut into parts of equal time that share no second and leave none out.

    >>> days = Window(before=datetime(2024, 1, 3))
    >>> for part in partition(days, datetime(2024, 1, 1), 2): print(part.after, part.before)
    2024-01-01 23:59:59 2024-01-03 00:00:00
    None 2024-01-02 00:00:00
    """
    if window.before is None or parts < 2 or window.before - oldest < parts * SECOND:
        return [window]
    span = (window.before - oldest) / parts
    cuts = [(window.before - span * i).replace(microsecond=0) for i in range(1, parts)]
    newest = replace(window, after=cuts[0] - SECOND)
    older = [
        Window(after=after, before=before)
        for before, after in zip(
            cuts, [*(cut - SECOND for cut in cuts[1:]), window.after], strict=True
        )
    ]
    return [newest, *older]


def _rows_read(window: Window, rows: Sequence[Row], size: int) -> int:
    """Return how many rows of a window are behind us: those shown, or a page that showed none.

    Not the rows asked for: a site may cap `per_page` without a word.
    """
    return len(rows) if rows and window.page == 1 else window.page * size


def _behind(window: Window, rows: Sequence[Row], oldest: datetime) -> Part:
    edge = oldest + SECOND
    seen = {row.id for row in rows if row.date == oldest}
    if window.before == edge:
        seen.update(window.exclude)
    if len(seen) > MOST_EXCLUDED:
        return second(oldest, window.after, tuple(seen))
    return Window(window.after, edge, tuple(sorted(seen)))
