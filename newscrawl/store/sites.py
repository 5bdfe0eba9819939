"""The sites of a store."""

from sqlalchemy import Connection, select

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
