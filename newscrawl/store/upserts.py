"""Rows that replace what is there by their key, in either dialect."""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from sqlalchemy import Connection, Table, UniqueConstraint
from sqlalchemy.dialects import postgresql, sqlite

from newscrawl.store.rows import Row

INSERTS: Mapping[str, Any] = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}


def upsert(connection: Connection, table: Table, rows: Sequence[Row]) -> list[int]:
    """Write rows; one whose key is there replaces the columns that it tells. Return their `pk`."""
    return [
        connection.execute(_replacing(connection.dialect.name, table, tuple(row)), row).scalar_one()
        for row in rows
    ]


@cache
def _replacing(dialect: str, table: Table, columns: tuple[str, ...]) -> Any:  # noqa: ANN401 - a dialect's
    """Return the statement that writes these columns; there are as many as shapes of rows."""
    statement = INSERTS[dialect](table)
    told = {name: statement.excluded[name] for name in columns}
    replacing = statement.on_conflict_do_update(index_elements=key_of(table), set_=told)
    return replacing.returning(table.c.pk)


def insert_once(connection: Connection, table: Table, row: Row) -> None:
    """Write a row unless its key is there."""
    connection.execute(INSERTS[connection.dialect.name](table).on_conflict_do_nothing(), row)


def key_of(table: Table) -> list[str]:
    """Return the columns by which a row of a table is known, beside its `pk`."""
    constraints = (c for c in table.constraints if isinstance(c, UniqueConstraint))
    return [column.name for column in next(constraints).columns]
