"""How a store of any age becomes one of today: steps in order, each done once, all or none.

A step never changes once it was released: what it makes is written out in `first`, not taken from
`tables`, which say what is there today. A test compares both.
"""

from collections.abc import Callable

from alembic.migration import MigrationContext
from alembic.operations import Operations
from sqlalchemy import Column, Connection, Integer, MetaData, Table, insert, inspect, select, update

from newscrawl.store.first import begin
from newscrawl.store.fourth import tell_translations
from newscrawl.store.second import tell_deleted
from newscrawl.store.third import bound_indexes

STEPS: tuple[Callable[[Operations], None], ...] = (
    begin,
    tell_deleted,
    bound_indexes,
    tell_translations,
)
VERSION = Table("store_version", MetaData(), Column("version", Integer, nullable=False))

DAMAGED = (
    "its table store_version has {count} rows where a store has one: it is damaged; put a copy of "
    "it back, or choose another store"
)


class ForeignStoreError(Exception):
    """A database is no store that this version can use; the message says why."""


def migrate(connection: Connection) -> None:
    """Bring a store to the newest version; raise `ForeignStoreError` for what is none."""
    version = version_of(connection)
    if not version:
        VERSION.create(connection)
        connection.execute(insert(VERSION).values(version=0))
    operations = Operations(MigrationContext.configure(connection))
    for step in STEPS[version:]:
        step(operations)
    if version < len(STEPS):
        connection.execute(update(VERSION).values(version=len(STEPS)))


def version_of(connection: Connection) -> int:
    """Return how many steps a store has behind it, 0 for an empty database.

    Raise `ForeignStoreError` for a newer store, a damaged one, and another program's database.
    """
    tables = inspect(connection).get_table_names()
    if not tables:
        return 0
    if VERSION.name not in tables:
        raise ForeignStoreError(
            f"it is another program's database (its tables: {', '.join(tables[:5])}); "
            "choose another path"
        )
    versions = connection.execute(select(VERSION.c.version)).scalars().all()
    if len(versions) != 1:
        raise ForeignStoreError(DAMAGED.format(count=len(versions)))
    version = int(versions[0])
    if version > len(STEPS):
        raise ForeignStoreError(
            f"it was written by a newer newscrawl (its schema is {version}, this one knows "
            f"{len(STEPS)}); update newscrawl, or choose another store"
        )
    return version
