"""The sites of a store."""

from typing import Any

from sqlalchemy import Connection, insert, select, update

from newscrawl.core.documents import BadArgument
from newscrawl.core.identity import guid_key
from newscrawl.store.tables import SITES


def sites_of(connection: Connection, home: str | None = None) -> dict[int, str]:
    """Return the homes of a store's sites by their `pk`; of one only, if a home is told.

    Raise `BadArgument` if the store does not have that one.
    """
    rows = connection.execute(select(SITES.c.pk, SITES.c.home, SITES.c.key).order_by(SITES.c.pk))
    told = rows.all()
    if home is None:
        return {row.pk: row.home for row in told}
    keys = {guid_key(home), guid_key(f"//{home}")}
    found = {row.pk: row.home for row in told if row.key in keys}
    if not found:
        homes = ", ".join(row.home for row in told) or "none"
        raise BadArgument(f"{home}: the store has no such site; it has {homes}")
    return found


def enter_site(connection: Connection, home: str, same_as: str | None) -> tuple[int, Any]:
    """Return the key and the state of a site, entered if need be; one that moved keeps its key."""
    key = guid_key(home)
    for known in filter(None, (key, same_as and guid_key(f"//{same_as}"))):
        query = select(SITES.c.pk, SITES.c.state).where(SITES.c.key == known)
        if found := connection.execute(query).first():
            moved = {"key": key, "home": home}
            connection.execute(update(SITES).where(SITES.c.pk == found.pk).values(moved))
            return found.pk, found.state
    new = insert(SITES).values(key=key, home=home).returning(SITES.c.pk)
    return connection.execute(new).scalar_one(), None
