"""Removing for good what sites have deleted: from the tables, and from the bytes of a file."""

import sqlite3
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Engine,
    FromClause,
    RowMapping,
    and_,
    delete,
    func,
    select,
    true,
)

from newscrawl.core.documents import BadArgument
from newscrawl.store.belonging import Which, belongs_to, is_deleted
from newscrawl.store.database import writing
from newscrawl.store.locks import Locks, locks_of, writer_of
from newscrawl.store.sites import sites_of
from newscrawl.store.tables import CHANGES, CONTENTS, POSTS, VERSIONS

BUSY = "a crawl of {home} is writing into this store; purge it when that has ended"
SECURE = "PRAGMA secure_delete=ON"
REBUILD = "INSERT INTO posts_fts(posts_fts) VALUES ('rebuild')"  # it keeps words of what is deleted
IMPATIENT = "PRAGMA busy_timeout=3000"  # a reader may take its time, and is told of
CHECKPOINT = "PRAGMA wal_checkpoint(TRUNCATE)"
Conditions = Mapping[Any, ColumnElement[bool]]


@dataclass(frozen=True, slots=True)
class Bounds:
    """What is to be removed: posts of one home or of all, deleted before a time or at any."""

    home: str | None = None
    before: str | None = None


def doomed_posts(connection: Connection, bounds: Bounds) -> Iterator[RowMapping]:
    """Yield the posts that would be removed, those that were deleted first before the others."""
    query = select(POSTS.c.deleted, POSTS.c.deleted_because, POSTS.c.url, POSTS.c.guid)
    doomed = _doomed(connection, bounds)(POSTS)
    ordered = query.where(doomed).order_by(POSTS.c.deleted, POSTS.c.pk)
    yield from connection.execute(ordered).mappings()


def counts_of(connection: Connection, bounds: Bounds) -> dict[str, int]:
    """Return how many rows of each table would be removed."""
    counts = {}
    for table, condition in _conditions(connection, bounds).items():
        query = select(func.count()).select_from(table).where(condition)
        counts[table.name] = int(connection.execute(query).scalar_one())
    return counts


def purge(engine: Engine, bounds: Bounds) -> dict[str, int]:
    """Remove the posts and what belongs to them; return how many rows of each table.

    Raise `BadArgument` while a crawl writes into the store.
    """
    locks = locks_of(engine)
    try:
        with writing(engine) as connection:
            _lock(connection, locks)
            if engine.dialect.name == "sqlite":
                connection.exec_driver_sql(SECURE)
            return {
                table.name: connection.execute(delete(table).where(condition)).rowcount
                for table, condition in _conditions(connection, bounds).items()
            }
    finally:
        locks.release()


def compact(engine: Engine) -> bool:
    """Leave nothing of what was removed in the bytes of a SQLite file, and make it smaller.

    Return whether that could be done: not while another program reads the file. A PostgreSQL
    server does it by itself (autovacuum).
    """
    if engine.dialect.name != "sqlite":
        return True
    engine.dispose()  # no connection of ours may hold the file
    raw = engine.raw_connection()
    try:
        for statement in (SECURE, REBUILD, "VACUUM", IMPATIENT):
            raw.cursor().execute(statement)
        busy, *_ = raw.cursor().execute(CHECKPOINT).fetchone()
    except sqlite3.OperationalError:
        return False
    finally:
        raw.close()
    return not busy


def _lock(connection: Connection, locks: Locks) -> None:
    """Keep crawls from writing into any site of the store: their contents are shared."""
    for site, home in sites_of(connection).items():
        if not locks.take(writer_of(site)):
            raise BadArgument(BUSY.format(home=home))


def _doomed(connection: Connection, bounds: Bounds) -> Which:
    sites = sites_of(connection, bounds.home)

    def doomed(posts: FromClause) -> ColumnElement[bool]:
        early = posts.c.deleted < bounds.before if bounds.before else true()
        return and_(is_deleted(posts), posts.c.site.in_(sites), early)

    return doomed


def _conditions(connection: Connection, bounds: Bounds) -> Conditions:
    """Return the condition of what is to be removed of each table, in an order that keys allow."""
    doomed = _doomed(connection, bounds)
    posts = select(POSTS.c.pk).where(doomed(POSTS))
    used = select(VERSIONS.c.hash).where(VERSIONS.c.post.not_in(posts))
    return {
        **belongs_to(doomed),
        CHANGES: CHANGES.c.post.in_(posts),
        VERSIONS: VERSIONS.c.post.in_(posts),
        POSTS: POSTS.c.pk.in_(posts),
        CONTENTS: CONTENTS.c.hash.not_in(used),
    }
