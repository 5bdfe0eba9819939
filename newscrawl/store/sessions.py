"""What a database is told at the beginning of each connection and transaction, in its dialect."""

import sqlite3
import time
from typing import Any

from sqlalchemy import Connection, Engine, event

PATIENCE = 30  # seconds that a writer waits for another; each writes for some hundredths of one
GLANCE = 0.02  # seconds between looks whether a file is free
WRITES = "newscrawl_writes"  # the option of a connection whose transactions write
UNTIMED = "SELECT set_config(name, '0', false) FROM pg_settings WHERE name = 'idle_session_timeout'"


def settle(engine: Engine) -> None:
    """Let connections of an engine be as a store needs them."""
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _prepare)
        event.listen(engine, "begin", _begin)
    else:
        event.listen(engine, "connect", _let_idle)


def _let_idle(connection: Any, _record: object) -> None:  # noqa: ANN401 - the driver's connection
    """Let sessions be idle while a site makes a crawl wait; PostgreSQL may end such since 14."""
    connection.execute(UNTIMED)
    connection.commit()


def _prepare(connection: Any, _record: object) -> None:  # noqa: ANN401 - the driver's connection
    """Let SQLite read while it writes, and leave transactions to us (also those of its schema)."""
    connection.isolation_level = None
    connection.execute(f"PRAGMA busy_timeout={PATIENCE * 1000}")
    _write_ahead(connection)
    for pragma in ("synchronous=NORMAL", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}")


def _write_ahead(connection: sqlite3.Connection) -> None:
    """Let a SQLite file have its log; who makes it at the same time is not waited for by SQLite."""
    until = time.monotonic() + PATIENCE
    while True:
        try:
            connection.execute("PRAGMA journal_mode=WAL")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY or time.monotonic() > until:
                raise
            time.sleep(GLANCE)
        else:
            return


def _begin(connection: Connection) -> None:
    """Begin a transaction; one that writes waits for its turn at once, not in its midst."""
    writes = connection.get_execution_options().get(WRITES)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
