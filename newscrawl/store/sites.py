"""The sites of a store, and whose they are while they are written."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import Connection, Row, insert, select, update

from newscrawl.core.documents import BadArgument
from newscrawl.core.identity import guid_key
from newscrawl.store.database import StoreError
from newscrawl.store.locks import Locks
from newscrawl.store.tables import POSTS, SITES

Found = Row[Any, Any, Any]  # pk, home, state
UNKNOWN = "{told}: the store has no such site; it has {homes}"
CUT = (
    "the server ended the session that keeps other crawls out; the next crawl goes on from what "
    "was committed"
)
BOTH = (
    "same_as: the store has {here} and {there}, as two sites; take it as it was before the first "
    "crawl of {here}, or leave same_as out"
)


def sites_of(connection: Connection, home: str | None = None) -> dict[int, str]:
    """Return the homes of a store's sites by their `pk`; of one only, if a home is told.

    Raise `BadArgument` if the store does not have that one.
    """
    if home is None:
        rows = connection.execute(select(SITES.c.pk, SITES.c.home).order_by(SITES.c.pk))
        return {row.pk: row.home for row in rows}
    found = _site(connection, home)
    if not found:
        raise BadArgument(_unknown(connection, home))
    return {found.pk: found.home}


def enter_site(connection: Connection, home: str, same_as: str | None) -> tuple[int, Any]:
    """Return the key and the state of a site, entered if need be; one that moved keeps its key.

    Raise `BadArgument` if the store does not have the site that moved, or has both.
    """
    found = _site(connection, home)
    if same_as:
        found = _moved(connection, home, same_as, found)
    row = {"key": guid_key(home), "home": home}
    if found:
        if guid_key(found.home) != row["key"]:
            _forget_traces(connection, found.pk)
        connection.execute(update(SITES).where(SITES.c.pk == found.pk).values(row))
        return found.pk, found.state
    new = insert(SITES).values(row).returning(SITES.c.pk)
    return connection.execute(new).scalar_one(), None


def _forget_traces(connection: Connection, site: int) -> None:
    """Let each post of a site that moved be read again: their addresses and links are others."""
    connection.execute(update(POSTS).where(POSTS.c.site == site).values(trace=None))


def claim_sites(connection: Connection, locks: Locks, sites: Collection[int]) -> None:
    """Keep sites, by `pk`, as they are for others until the transaction ends.

    Raise `StoreError` if the locks are lost, so that another crawl may have been let in. One that
    is let in now waits in `enter_site`, and then sees what this transaction wrote.
    """
    mine = select(SITES.c.pk).where(SITES.c.pk.in_(sites)).order_by(SITES.c.pk)
    connection.execute(mine.with_for_update(key_share=True))
    if not locks.stand(connection):
        raise StoreError(CUT)


def _moved(connection: Connection, home: str, same_as: str, here: Found | None) -> Found:
    """Return the site that moved; it is here already when the same command is run again."""
    there = _site(connection, same_as)
    if here and there and here.pk != there.pk:
        raise BadArgument(BOTH.format(here=home, there=there.home))
    found = here or there
    if not found:
        raise BadArgument(f"same_as: {_unknown(connection, same_as)}")
    return found


def _site(connection: Connection, told: str) -> Found | None:
    """Return the site with a home, which may be told without its scheme; None if there is none."""
    keys = {guid_key(told), guid_key(f"//{told}")}
    query = select(SITES.c.pk, SITES.c.home, SITES.c.state).where(SITES.c.key.in_(keys))
    return connection.execute(query).first()


def _unknown(connection: Connection, told: str) -> str:
    homes = ", ".join(sites_of(connection).values()) or "none"
    return UNKNOWN.format(told=told, homes=homes)
