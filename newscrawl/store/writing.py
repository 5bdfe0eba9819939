"""What is written into a store: posts with what they carry, their versions and what changed."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Column, Connection, RowMapping, Table, delete, insert, select, update

from newscrawl.core.identity import below_host, known_by
from newscrawl.core.memory import Family
from newscrawl.core.times import rfc3339
from newscrawl.items import Item, Post
from newscrawl.store.carrying import write_carried
from newscrawl.store.merging import merged, touched
from newscrawl.store.rows import class_of, item_of, row_of
from newscrawl.store.striking import strike_resources
from newscrawl.store.tables import (
    CHANGES,
    LINKS,
    POSTS,
    TABLES,
    WITHHELD,
)
from newscrawl.store.upserts import upsert
from newscrawl.store.versions import note_version

MERGED = [POSTS.c[name] for name in ("content_hash", "content_refused", "content_text", "source")]
Traced = tuple[str, int | str | None]  # a post's type and its id, below the API its key


@dataclass(slots=True)
class Page:
    """What is written of one site in one transaction.

    `traces` are those of posts, `withheld` those of posts that are not to be written, `gone` are
    resources that the site has no more.
    """

    site: int
    crawl: int
    items: list[Item] = field(default_factory=list)
    unchanged: list[Post] = field(default_factory=list)
    traces: dict[Traced, str] = field(default_factory=dict)
    withheld: dict[tuple[str, int], str] = field(default_factory=dict)
    gone: dict[Family, set[int]] = field(default_factory=dict)

    def clear(self) -> None:
        """Forget what was written; traces of posts that are still to come stay."""
        self.items.clear()
        self.unchanged.clear()
        self.withheld.clear()
        self.gone.clear()

    @property
    def posts(self) -> Iterator[Post]:
        """Yield the posts that stand and are to be written."""
        return (item for item in self.items if isinstance(item, Post) and item.change != "deleted")

    def write(self, connection: Connection) -> None:
        """Write all of it; the contents of its posts are kept already."""
        for item in self.items:
            if not isinstance(item, Post):
                table = TABLES[class_of(item)]
                standing = {"deleted": None} if "deleted" in table.c else {}
                upsert(connection, table, [{"site": self.site, **row_of(item), **standing}])
            elif item.change == "deleted":
                _strike(connection, self, item)
            else:
                _write(connection, self, item)
        for post in self.unchanged:
            _touch(connection, self, post)
        for family, ids in self.gone.items():
            strike_resources(connection, self.site, family, ids, rfc3339(datetime.now(UTC)))
        for (type_, id_), trace in self.withheld.items():
            row = {"site": self.site, "type": type_, "id": id_, "trace": trace}
            connection.execute(delete(WITHHELD).where(_same(WITHHELD, self.site, type_, id_)))
            connection.execute(insert(WITHHELD), row)


def find(connection: Connection, site: int, post: Post, *told: Column[Any]) -> RowMapping | None:
    """Return columns of the stored row of a post, by its GUID, else by its type and id.

    A post that has another's id is that other one only where their GUIDs differ by the host, or
    their slugs or times are the same: the GUID was rewritten. An import gives ids anew.
    """
    key = known_by(post)
    query = select(POSTS.c.pk, POSTS.c.guid_key, POSTS.c.slug, POSTS.c.published, *told)
    by_key = query.where(POSTS.c.site == site, POSTS.c.guid_key == key)
    if row := connection.execute(by_key).mappings().first():
        return row
    if post.id is None:
        return None
    by_id = query.where(_same(POSTS, site, post.type, post.id))
    rows = connection.execute(by_id).mappings().all()
    return next((row for row in rows if _is_same(row, post)), None)


def same_as(connection: Connection, site: int, post: Post) -> Post | None:
    """Return the stored post that is a post by its GUID, else by its id, if it stands."""
    row = find(connection, site, post, *POSTS.c)
    return item_of(Post, row, post.site) if row and row["deleted"] is None else None


def rename(connection: Connection, site: int, key: str, post: Post) -> bool:
    """Give the post with a key the key of another, unless it is taken; return whether it has it."""
    key_told = known_by(post)
    of_site = POSTS.c.site == site
    taken = select(POSTS.c.pk).where(of_site, POSTS.c.guid_key == key_told)
    if connection.execute(taken).first():
        return False
    told = {"guid": post.guid, "guid_key": key_told}
    connection.execute(update(POSTS).where(of_site, POSTS.c.guid_key == key).values(told))
    return True


def others_of(connection: Connection, site: int, post: Post) -> list[Post]:
    """Return the stored posts that stand with the type and the id of a post, and are not it."""
    stored = find(connection, site, post)
    stands = _same(POSTS, site, post.type, post.id) & POSTS.c.deleted.is_(None)
    others = select(POSTS).where(stands, POSTS.c.pk != (stored["pk"] if stored else 0))
    return [item_of(Post, row, post.site) for row in connection.execute(others).mappings()]


def _is_same(row: RowMapping, post: Post) -> bool:
    """Return whether a post with the id of a stored one is that one, with its GUID rewritten."""
    rewritten = below_host(f"//{row['guid_key']}") == below_host(f"//{known_by(post)}")
    return rewritten or row["slug"] == post.slug or row["published"] == post.published


def _same(table: Table, site: int, type_: str, id_: int | None) -> Any:  # noqa: ANN401 - SQLAlchemy's
    return (table.c.site == site) & (table.c.type == type_) & (table.c.id == id_)


def _write(connection: Connection, page: Page, post: Post) -> None:
    stored = find(connection, page.site, post, *MERGED)
    row = merged(stored, post) | {
        "trace": _trace_of(page, post),
        "deleted": None,
        "deleted_because": None,
    }
    if stored is None:
        values = row | {"site": page.site, "first_seen": post.fetched_at}
        pk = connection.execute(insert(POSTS).returning(POSTS.c.pk), values).scalar_one()
    else:
        pk = stored["pk"]
        connection.execute(update(POSTS).where(POSTS.c.pk == pk).values(row))
    connection.execute(delete(WITHHELD).where(_same(WITHHELD, page.site, post.type, post.id)))
    _note(connection, page, post, pk)
    if stored is None or stored["content_hash"] != row.get("content_hash", stored["content_hash"]):
        note_version(connection, page.crawl, pk, post)
    if post.source == "rest":
        edges = LINKS.c.from_kind == "post", LINKS.c.from_id == str(post.id)
        connection.execute(delete(LINKS).where(LINKS.c.site == page.site, *edges))
        write_carried(connection, page.site, pk, post)


def _touch(connection: Connection, page: Page, post: Post) -> None:
    """Take over what changes in a post without being a change: its trace, when it was read."""
    stored = find(connection, page.site, post, *MERGED)
    if stored:
        row = touched(stored, post) | {"trace": _trace_of(page, post)}
        connection.execute(update(POSTS).where(POSTS.c.pk == stored["pk"]).values(row))
        if stored["source"] != post.source == "rest":
            write_carried(connection, page.site, stored["pk"], post)


def _trace_of(page: Page, post: Post) -> str | None:
    """Return the trace of a post, by its id, or by its GUID where it was read below the API."""
    told = [page.traces.pop((post.type, key), None) for key in (post.id, known_by(post))]
    return next(filter(None, told), None)


def _strike(connection: Connection, page: Page, post: Post) -> None:
    """Note that a post is gone; its row stays, and says so."""
    stored = find(connection, page.site, post)
    if stored:
        gone = {"deleted": post.fetched_at, "deleted_because": post.reason}
        connection.execute(update(POSTS).where(POSTS.c.pk == stored["pk"]).values(gone))
        _note(connection, page, post, stored["pk"])


def _note(connection: Connection, page: Page, post: Post, pk: int) -> None:
    change = {
        "post": pk,
        "crawl": page.crawl,
        "seen": post.fetched_at,
        "change": post.change,
        "fields": post.changed,
        "reason": post.reason,
    }
    connection.execute(insert(CHANGES), change)
