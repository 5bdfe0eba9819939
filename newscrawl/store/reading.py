"""What is read of a store: what is known of a site, and items as they were written."""

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from sqlalchemy import ColumnElement, Connection, RowMapping, select

from newscrawl.core.identity import guid_key
from newscrawl.core.memory import Entrance, Family, Known, Stamp
from newscrawl.core.standing import Standing
from newscrawl.items import Item, Post
from newscrawl.store.rows import class_of, item_of, row_of
from newscrawl.store.tables import POSTS, SITES, TABLES, TABLES_OF, WITHHELD
from newscrawl.store.upserts import key_of

Traces = dict[str, dict[int, str]]


def known_of(connection: Connection, site: int, state: Mapping[str, Any] | None) -> Known:
    """Return what is known of a site: the traces of the posts that stand, and its own state."""
    told = state or {}
    standing = select(POSTS.c.type, POSTS.c.id, POSTS.c.trace).where(
        POSTS.c.site == site, POSTS.c.deleted.is_(None), POSTS.c.id.is_not(None)
    )
    withheld = select(WITHHELD.c.type, WITHHELD.c.id, WITHHELD.c.trace).where(
        WITHHELD.c.site == site
    )
    return Known(
        posts=_traces(connection.execute(standing)),
        withheld=_traces(connection.execute(withheld)),
        furniture=frozenset(told.get("furniture", ())),
        sitemaps=told.get("sitemaps", {}),
        feed=told.get("feed", {}),
        languages=told.get("languages", {}),
        beyond=told.get("beyond", 0),
        marked=told.get("marked", False),
    )


def is_empty(connection: Connection, site: int) -> bool:
    """Return whether a store has no post of a site."""
    return connection.execute(select(POSTS.c.pk).where(POSTS.c.site == site)).first() is None


def entrance_of(connection: Connection, url: str) -> Entrance | None:
    """Return where the site with this home was found, None if it is not stored.

    Nor is it of a store that does not know the site's languages: its page tells them.
    """
    columns = (SITES.c.home, SITES.c.api_root, SITES.c.found_by, SITES.c.lang, SITES.c.state)
    row = connection.execute(select(*columns).where(SITES.c.key == guid_key(url))).first()
    if row is None or "languages" not in (row.state or {}):
        return None
    feed = row.state.get("feed", {})
    told = feed.get("url", ""), feed.get("conditions", {})
    return Entrance(row.home, row.api_root or "", row.found_by, row.lang, *told)


def stamps_of(connection: Connection, site: int, type_: str) -> list[Stamp]:
    """Return the stamp of each post of a type that stands, of those that left a trace."""
    query = select(POSTS.c.id, POSTS.c.url, POSTS.c.modified, POSTS.c.published).where(
        POSTS.c.site == site, POSTS.c.type == type_, POSTS.c.deleted.is_(None)
    )
    query = query.where(POSTS.c.trace.is_not(None))
    rows = connection.execute(query)
    return [Stamp(id_, url or "", modified, published) for id_, url, modified, published in rows]


def post_of(connection: Connection, site: int, home: str, type_: str, id_: int) -> Post | None:
    """Return a post that stands, None if there is none."""
    return _standing(connection, site, home, POSTS.c.type == type_, POSTS.c.id == id_)


def post_at(connection: Connection, site: int, home: str, key: str) -> Post | None:
    """Return a post that stands by the key of its GUID, None if there is none."""
    return _standing(connection, site, home, POSTS.c.guid_key == key)


def _standing(
    connection: Connection, site: int, home: str, *which: ColumnElement[bool]
) -> Post | None:
    query = select(POSTS).where(POSTS.c.site == site, POSTS.c.deleted.is_(None), *which)
    row = connection.execute(query).mappings().first()
    return item_of(Post, row, home) if row else None


def standing_of(connection: Connection, site: int) -> list[Standing]:
    """Return the posts of a site that stand: of type ``post``, or read below the API."""
    names = ("guid_key", "type", "id", "guid", "url", "published", "trace", "source", "source_url")
    query = select(*(POSTS.c[name] for name in names)).where(
        POSTS.c.site == site,
        POSTS.c.deleted.is_(None),
        (POSTS.c.type == "post") | (POSTS.c.source != "rest"),
    )
    return [
        Standing(key, type_, id_, guid, url or read_at, published, trace, source)
        for key, type_, id_, guid, url, published, trace, source, read_at in connection.execute(
            query
        )
    ]


def resources_of(connection: Connection, site: int, family: Family) -> frozenset[int]:
    """Return the ids of a family's resources that stand; not of what posts only carry."""
    table = TABLES_OF[family.kind]
    query = select(table.c.id).where(
        table.c.site == site, table.c.deleted.is_(None), table.c.fetched_at.is_not(None)
    )
    if family.taxonomy:
        query = query.where(table.c.taxonomy == family.taxonomy)
    return frozenset(connection.execute(query).scalars())


def row_like(connection: Connection, site: int, item: Item) -> RowMapping | None:
    """Return the stored row of an item that is no post, None if there is none."""
    table = TABLES[class_of(item)]
    told = row_of(item)
    same = [table.c[name] == told[name] for name in key_of(table) if name != "site"]
    return connection.execute(select(table).where(table.c.site == site, *same)).mappings().first()


def is_sketch(stored: RowMapping) -> bool:
    """Return whether a row is known only by what posts carry of it, or was gone."""
    return not stored["fetched_at"] or bool(stored.get("deleted"))


def _traces(rows: Any) -> Traces:  # noqa: ANN401 - SQLAlchemy's result
    """Return traces by type and id; the trace of an id that two posts had tells of neither."""
    traces: Traces = defaultdict(dict)
    for type_, id_, trace in rows:
        traces[type_][id_] = "" if id_ in traces[type_] else trace or ""
    return traces
