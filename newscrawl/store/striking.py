"""Resources beside posts that a site has no more: their rows stay, and say since when."""

from collections.abc import Collection

from sqlalchemy import Connection, update

from newscrawl.core.batches import parts_of
from newscrawl.core.memory import Family
from newscrawl.store.tables import TABLES_OF

MOST_AT_ONCE = 500  # ids in a statement


def strike_resources(
    connection: Connection, site: int, family: Family, ids: Collection[int], when: str
) -> None:
    """Note since when a site has resources no more (RFC 3339)."""
    table = TABLES_OF[family.kind]
    of_family = table.c.site == site
    if family.taxonomy:
        of_family &= table.c.taxonomy == family.taxonomy
    for part in parts_of(sorted(ids), MOST_AT_ONCE):
        gone = update(table).where(of_family, table.c.id.in_(part))
        connection.execute(gone.values(deleted=when))
