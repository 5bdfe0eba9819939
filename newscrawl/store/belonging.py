"""What belongs to which posts, as far as keys tell: comments, revisions and links by their ids."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import (
    ColumnElement,
    FromClause,
    Select,
    Text,
    and_,
    cast,
    func,
    or_,
    select,
    tuple_,
)

from newscrawl.store.tables import COMMENTS, LINKS, POSTS, REVISIONS

Which = Callable[[FromClause], ColumnElement[bool]]
OTHERS = POSTS.alias("others")
NOBODY = 0  # is no post's id


def is_deleted(posts: FromClause) -> ColumnElement[bool]:
    """Return the condition of posts that are deleted on their site."""
    return posts.c.deleted.is_not(None)


def belongs_to(which: Which) -> dict[Any, ColumnElement[bool]]:
    """Return, by table, the condition of rows that belong to such posts and to no other.

    A site that gave an id twice has two posts of it: what belongs to either stays with both.
    """
    shared = select(OTHERS.c.pk).where(
        OTHERS.c.site == POSTS.c.site, OTHERS.c.id == POSTS.c.id, ~which(OTHERS)
    )
    ids = select(POSTS.c.site, POSTS.c.id).where(which(POSTS), ~shared.exists())
    members = {table: _of(table, ids) for table in (COMMENTS, REVISIONS)}
    begins = [_begins_at("post", ids)] + [
        _begins_at(kind, select(table.c.site, table.c.id).where(members[table]))
        for kind, table in (("comment", COMMENTS), ("revision", REVISIONS))
    ]
    return {LINKS: or_(*begins), **members}


def _of(table: Any, ids: Select[Any]) -> ColumnElement[bool]:  # noqa: ANN401 - Core's tables
    return tuple_(table.c.site, func.coalesce(table.c.post, NOBODY)).in_(ids)


def _begins_at(kind: str, ids: Select[Any]) -> ColumnElement[bool]:
    """Return the condition of links that begin at resources of a kind."""
    named = ids.subquery()
    texts = select(named.c.site, cast(named.c.id, Text))
    return and_(LINKS.c.from_kind == kind, tuple_(LINKS.c.site, LINKS.c.from_id).in_(texts))
