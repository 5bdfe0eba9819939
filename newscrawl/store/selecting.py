"""Items as a store has them, one after the other: memory does not grow with their number."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, RowMapping, Table, func, select

from newscrawl.core.rungs import Row as Stored
from newscrawl.items import Item, Post, Site
from newscrawl.store.belonging import belongs_to, is_deleted
from newscrawl.store.rows import Kind, item_of
from newscrawl.store.tables import CHANGES, POSTS, SITES, TABLES, columns_of

AT_A_TIME = 100  # rows; posts of some 50 KB each
Became = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Selection:
    """Which items are wanted: homes of sites by `pk`, and what changed since a time, if any."""

    sites: Mapping[int, str]
    since: str | None = None


def items_of(connection: Connection, kind: type[Kind], selection: Selection) -> Iterator[Kind]:
    """Yield the items of a kind, in the order in which they were first stored.

    Posts that are deleted on their site come only where it is asked what changed.
    """
    table = _table_of(kind)
    query = select(table).where(_of_sites(table, selection), *_wanted(table, selection))
    streamed = {"yield_per": AT_A_TIME}
    result = connection.execute(query.order_by(table.c.pk), execution_options=streamed)
    for rows in result.mappings().partitions():
        became = _became(connection, rows, selection) if table is POSTS else {}
        for row in rows:
            home = selection.sites[row["pk" if table is SITES else "site"]]
            item = item_of(kind, row, home)
            for name, value in became.get(row["pk"], {}).items():
                setattr(item, name, value)
            yield item


def count_sketches(connection: Connection, kind: type[Item], selection: Selection) -> int:
    """Return how many resources of a kind are known only by what posts carry of them."""
    table = _table_of(kind)
    query = select(func.count()).select_from(table)
    known = _of_sites(table, selection), table.c.source.is_(None)
    return int(connection.execute(query.where(*known)).scalar_one())


def _table_of(kind: type[Any]) -> Table:
    return SITES if kind is Site else TABLES[kind]


def _of_sites(table: Table, selection: Selection) -> ColumnElement[bool]:
    site = table.c.pk if table is SITES else table.c.site
    return site.in_(selection.sites)


def _wanted(table: Table, selection: Selection) -> list[ColumnElement[bool]]:
    """Return the conditions of rows that were read, stand, and changed since the time."""
    since = selection.since
    if table is POSTS and since is None:
        return [~is_deleted(POSTS)]
    if table is POSTS:
        return [POSTS.c.pk.in_(select(CHANGES.c.post).where(CHANGES.c.seen >= since))]
    conditions: list[ColumnElement[bool]] = [table.c.source.is_not(None)]
    if "deleted" in table.c:
        conditions.append(table.c.deleted.is_(None))
    gone = belongs_to(is_deleted).get(table)
    if gone is not None:
        conditions.append(~gone)
    return [*conditions, table.c.fetched_at >= since] if since else conditions


def _became(
    connection: Connection, rows: Sequence[RowMapping], selection: Selection
) -> Mapping[int, Became]:
    """Return what became of posts since the time, by their `pk`; nothing if there is none."""
    if selection.since is None:
        return {}
    query = select(CHANGES).where(
        CHANGES.c.post.in_([row["pk"] for row in rows]), CHANGES.c.seen >= selection.since
    )
    changes: dict[int, list[RowMapping]] = defaultdict(list)
    for change in connection.execute(query.order_by(CHANGES.c.pk)).mappings():
        changes[change["post"]].append(change)
    return {post: net_change(of_post) for post, of_post in changes.items()}


def net_change(changes: Sequence[Stored]) -> Became:
    """Return what several changes of a post come to: fields of its item.

    >>> net_change([{"change": "updated", "fields": ["title"]}])
    {'change': 'updated', 'changed': ['title']}
    """
    last = changes[-1]
    if last["change"] == "deleted":
        return {"change": "deleted", "reason": last["reason"]}
    if any(change["change"] == "new" for change in changes):
        return {"change": "new"}
    named = {name for change in changes for name in change["fields"]}
    return {"change": "updated", "changed": [name for name in columns_of(Post) if name in named]}
