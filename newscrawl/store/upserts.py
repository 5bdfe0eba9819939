"""Rows that replace what is there by their key, in either dialect."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Table, UniqueConstraint
from sqlalchemy.dialects import postgresql, sqlite

from newscrawl.store.rows import Row

INSERTS: Mapping[str, Any] = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}


def upsert(connection: Connection, table: Table, rows: Sequence[Row]) -> list[int]:
    """Write rows; one whose key is there replaces the columns that it tells. Return their `pk`."""
    unique = key_of(table)
    keys = []
    for row in rows:
        statement = INSERTS[connection.dialect.name](table).values(row)
        told = {name: statement.excluded[name] for name in row}
        replacing = statement.on_conflict_do_update(index_elements=unique, set_=told)
        keys.append(connection.execute(replacing.returning(table.c.pk)).scalar_one())
    return keys


def insert_once(connection: Connection, table: Table, row: Row) -> None:
    """Write a row unless its key is there."""
    statement = INSERTS[connection.dialect.name](table).values(row)
    connection.execute(statement.on_conflict_do_nothing())


def key_of(table: Table) -> list[str]:
    """Return the columns by which a row of a table is known, beside its `pk`."""
    constraints = (c for c in table.constraints if isinstance(c, UniqueConstraint))
    return [column.name for column in next(constraints).columns]
