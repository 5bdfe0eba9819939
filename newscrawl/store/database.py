"""Opening a store: a SQLite file, or PostgreSQL by its address; the same code from there on."""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from textwrap import shorten
from typing import Any

import orjson
from sqlalchemy import URL, Connection, Engine, create_engine, make_url, text
from sqlalchemy.exc import ArgumentError, DBAPIError

from newscrawl.core.documents import BadArgument
from newscrawl.store.migrations import STEPS, ForeignStoreError, migrate, version_of
from newscrawl.store.sessions import WRITES, settle

DRIVERS = {"sqlite": "sqlite", "postgresql": "postgresql+psycopg", "postgres": "postgresql+psycopg"}
NO_PASSWORD = "a password does not belong into an address; put it into ~/.pgpass"  # noqa: S105
SECRET = re.compile("password", re.IGNORECASE)
BEFORE_HOST = re.compile(r"(?<=://).*@")
IN_QUERY = re.compile(r"(password[^=]*=)[^&]*", re.IGNORECASE)
UNKNOWN = "a store is the path of a SQLite file or an address such as postgresql://localhost/news"

TURN = text("SELECT pg_advisory_xact_lock(:key)")  # SQLite's transactions take turns anyway
STEPPING = 0x6E6577737374  # "newsst": who makes a store or brings it up to date
UTF8 = "UTF8"
NOT_UTF8 = (
    "its encoding is {encoding}, which does not hold every character; give a database of its own "
    "(createdb -E UTF8 -T template0 news)"
)
LOST = "store: it cannot be read: {reason}; the next crawl goes on from what was committed"
MOST_TOLD = 200  # characters of a complaint
NOWHERE = {"", ":memory:"}
MISSING = "{told}: there is no store; a crawl with -a store={told} makes one"
OF_SERVERS: Mapping[str, Any] = {  # whatever the server's own defaults are
    "connect_args": {"client_encoding": UTF8, "keepalives_idle": 60},  # seconds; proxies forget
    "isolation_level": "READ COMMITTED",  # who waited for a lock sees what was written meanwhile
}
SNAPSHOTS: Mapping[str, dict[str, Any]] = {  # what SQLite's transactions are anyway
    "sqlite": {},
    "postgresql": {"isolation_level": "REPEATABLE READ"},
}


class StoreError(Exception):
    """A store cannot be used; the message names it and says what to do."""


def open_store(told: str) -> Engine:
    """Return the engine of a store, made or brought up to date if need be."""
    engine = engine_of(told)
    with naming(told), writing(engine) as connection:
        if engine.dialect.name == "postgresql":
            _check_encoding(connection)
            connection.execute(TURN, {"key": STEPPING})
        migrate(connection)
    return engine


def _check_encoding(connection: Connection) -> None:
    """Raise `ForeignStoreError` for a PostgreSQL database that does not hold every character."""
    encoding = connection.execute(text("SHOW server_encoding")).scalar_one()
    if encoding != UTF8:
        raise ForeignStoreError(NOT_UTF8.format(encoding=encoding))


def open_existing(told: str) -> Engine:
    """Return the engine of a store that is there, brought up to date; none is made."""
    url = address_of(told)
    if url.drivername == "sqlite" and not _holds_anything(Path(url.database or "")):
        raise StoreError(MISSING.format(told=told))
    engine = engine_of(told)
    with naming(told), engine.connect() as connection:
        version = version_of(connection)
    if not version:
        raise StoreError(MISSING.format(told=told))
    return engine if version == len(STEPS) else open_store(told)


def _holds_anything(path: Path) -> bool:
    return path.is_file() and path.stat().st_size > 0


@contextmanager
def naming(told: str) -> Iterator[None]:
    """Raise `StoreError`, which names the store, for what its database complains of."""
    try:
        yield
    except ForeignStoreError as error:
        raise StoreError(f"{told}: {error}") from error
    except DBAPIError as error:
        raise StoreError(f"{told}: {complaint_of(error)}") from error


def engine_of(told: str) -> Engine:
    """Return the engine of a store's address, connected to nothing yet."""
    url = address_of(told)
    engine = create_engine(
        url,
        **({} if url.drivername == "sqlite" else OF_SERVERS),
        json_serializer=lambda value: orjson.dumps(value).decode(),
        json_deserializer=orjson.loads,
    )
    if url.drivername == "sqlite":
        _check_path(told, url.database or "")
    settle(engine)
    return engine


def _check_path(told: str, path: str) -> None:
    if path in NOWHERE:
        raise StoreError(f"{told or 'no path'}: that keeps nothing; {UNKNOWN}")
    if not Path(path).absolute().parent.is_dir():
        raise StoreError(f"{told}: there is no folder {Path(path).parent}; make it first")


def address_of(told: str) -> URL:
    """Return the address of a store as SQLAlchemy knows it; a path is a SQLite file's."""
    if "://" not in told:
        return URL.create("sqlite", database=told)
    try:
        url = make_url(told)
    except (ArgumentError, ValueError) as error:
        raise StoreError(f"{_shown(told)}: {UNKNOWN}") from error
    if url.drivername not in DRIVERS:
        raise StoreError(f"{_shown(told)}: {UNKNOWN}")
    if url.password or any(map(SECRET.search, url.query)):
        raise StoreError(f"{_shown(told)}: {NO_PASSWORD}")
    return url.set(drivername=DRIVERS[url.drivername])


def _shown(told: str) -> str:
    """Return an address without what may be a password in it."""
    return IN_QUERY.sub(r"\1***", BEFORE_HOST.sub("***@", told))


def complaint_of(error: DBAPIError | StoreError) -> str:
    """Return what is wrong with a store, or what its database complains of, in one line.

    A damaged file's complaint may quote a whole content.
    """
    told = error.orig if isinstance(error, DBAPIError) else error
    return shorten(str(told), MOST_TOLD, placeholder=" ...")


@contextmanager
def losing() -> Iterator[None]:
    """Raise `BadArgument` for a database that is lost in the midst of a crawl."""
    try:
        yield
    except DBAPIError as error:
        raise BadArgument(LOST.format(reason=complaint_of(error))) from error


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """Give a connection in a transaction that writes: all of it is kept, or nothing."""
    with engine.connect() as plain:
        connection = plain.execution_options(**{WRITES: True})
        with connection.begin():
            yield connection


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """Give a connection that sees the store as it is at one moment, whoever writes meanwhile."""
    with engine.connect() as plain:
        connection = plain.execution_options(**SNAPSHOTS[engine.dialect.name])
        with connection.begin():
            yield connection
