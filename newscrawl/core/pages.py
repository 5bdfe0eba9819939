"""A selection that is read page by page in order of id: what has no date to be walked by."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

MOST_REREADS = 3
MOST_EMPTY = 20  # pages in a row that show nobody a row that is new


@dataclass(frozen=True, slots=True)
class Pages:
    """One page of a selection.

    `total` is what the first page counted; a total that moves means that the pages shifted, and
    the selection is read again from its first page, so often and no oftener. `empty` counts the
    pages without a new row before this one: a total that promises millions is no promise. `shown`
    counts the rows of the pages before it, `last` are the ids of the last of them, `seen` those of
    all pages of this reading.
    """

    page: int = 1
    total: int | None = None
    reread: int = 0
    empty: int = 0
    shown: int = 0
    last: tuple[int, ...] = ()
    seen: set[int] = field(default_factory=set, repr=False, compare=False)

    def parameters(self) -> dict[str, str]:
        """Return the query that selects this page.

        >>> Pages(2).parameters()
        {'orderby': 'id', 'order': 'asc', 'page': '2'}
        """
        return {"orderby": "id", "order": "asc", **page_parameter(self.page)}

    def advance(self, ids: Sequence[int], total: int | None, size: int) -> "Pages | None":
        """Return the page to read after one that held these rows, None when there is none.

        A short page is not the last: rows that the reader may not see are counted, not shown, and
        a site may cap `per_page` without a word.

        >>> second = Pages().advance(range(98), 150, 100)
        >>> second.page, second.total, second.shown
        (2, 150, 98)
        >>> Pages(2, 150).advance(range(49), 149, 100)
        Pages(page=1, total=None, reread=1, empty=0, shown=0, last=())
        """
        first = self.total if self.page > 1 else total
        if total not in {first, None} and self.reread < MOST_REREADS:
            return Pages(reread=self.reread + 1)
        stale = self.repeats(ids)
        empty = self.empty + 1 if self.seen.issuperset(ids) else 0
        self.seen.update(ids)
        shown = self.shown + len(ids)
        read = shown if ids else self.page * size
        if stale or empty >= MOST_EMPTY or not goes_on(len(ids), read, total, size):
            return None
        return replace(
            self, page=self.page + 1, total=first, empty=empty, shown=shown, last=tuple(ids)
        )

    def repeats(self, ids: Sequence[int]) -> bool:
        """Return whether a page shows what was shown before: the site ignores `page`.

        It is told at once where that is the page before, else by many in a row: a page that begins
        just before its place holds what is known, too.

        >>> Pages(2, last=(7, 9)).repeats([7, 9]), Pages(2, last=(7, 9)).repeats([])
        (True, False)
        """
        idle = self.empty + 1 >= MOST_EMPTY and self.seen.issuperset(ids)
        return bool(ids) and (idle or set(self.last) == set(ids))

    def resized(self, old: int, new: int) -> "Pages":
        """Return the same place in pages of another size, or just before it."""
        if old == new:
            return self
        asked = (self.page - 1) * old
        page = min(self.shown or asked, asked) // new + 1  # a site may show fewer than were asked
        return replace(self, page=page, shown=min(self.shown, (page - 1) * new), last=())

    def stepped(self) -> "Pages":
        """Return the place behind the first row of this one, in pages of one row."""
        return replace(self, page=self.page + 1, shown=self.shown + 1)


def goes_on(rows: int, read: int, total: int | None, size: int) -> bool:
    """Return whether there is more behind a document of `rows`, with `read` rows behind us.

    A total that is smaller than what was shown is none, and behind a full document there may be
    more whatever a stale total says.

    >>> goes_on(98, 100, 150, 100), goes_on(100, 100, 7, 100), goes_on(50, 150, 150, 100)
    (True, True, False)
    """
    if total is None or total < rows:
        return bool(rows)
    return rows >= size or read < total


def page_behind(page: int, old: int, new: int) -> int:
    """Return the page of a new size that begins where one of an old size did, or just before.

    >>> page_behind(3, 100, 50), page_behind(2, 25, 12)
    (5, 3)
    """
    return (page - 1) * old // new + 1


def page_parameter(page: int) -> dict[str, str]:
    """Return the parameter of a page; the first needs none."""
    return {"page": str(page)} if page > 1 else {}
