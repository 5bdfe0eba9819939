"""Who writes a site of a store, one at a time: a lock ends with the process that holds it."""

import zlib
from pathlib import Path
from typing import Protocol

from filelock import FileLock, Timeout
from sqlalchemy import Connection, Engine, text

from newscrawl.core.documents import BadArgument

TRY = text("SELECT pg_try_advisory_lock(:space, :key)")
PID = text("SELECT pg_backend_pid()")
COUNT = text("SELECT count(*) FROM pg_locks WHERE classid = :space AND objsubid = 2 AND pid = :pid")
SPACE = 0x6E657773  # "news": advisory locks are shared by all that use a database

BUSY = (
    "store: another crawl of {home}, or a purge, is writing into this store; let it end, or give "
    "this one a store of its own"
)
HELD = text(
    "SELECT EXISTS (SELECT 1 FROM pg_locks WHERE classid = :space AND objid = :key AND objsubid = 2"
    " AND database = (SELECT oid FROM pg_database WHERE datname = current_database()))"
)


class Locks(Protocol):
    """The locks of a crawl."""

    def take(self, site: str) -> bool:
        """Lock a site; return whether no other crawl holds it."""

    def stand(self, connection: Connection) -> bool:
        """Return whether the locks that were taken are held, by the word of a connection."""

    def release(self) -> None:
        """Give all locks back."""


class FileLocks:
    """Locks on files beside a SQLite store; the files stay, empty: who removes one breaks it."""

    def __init__(self, store: Path) -> None:
        self.store = store
        self.held: dict[str, FileLock] = {}

    def take(self, site: str) -> bool:
        """Lock a site; return whether no other crawl holds it."""
        name = f"{self.store.name}.{zlib.crc32(site.encode()):08x}.lock"
        if name in self.held:
            return True
        lock = FileLock(self.store.with_name(name))
        try:
            lock.acquire(timeout=0)
        except Timeout:
            return False
        self.held[name] = lock
        return True

    def stand(self, _connection: Connection) -> bool:
        """Return whether the locks are held: files are locked as long as the process lives."""
        return True

    def release(self) -> None:
        """Give all locks back."""
        for lock in self.held.values():
            lock.release()
        self.held.clear()


class AdvisoryLocks:
    """Locks of a PostgreSQL session of their own: they are lost when the server ends it."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.session: Connection | None = None
        self.pid = 0  # of the session's server process
        self.keys: set[int] = set()

    def take(self, site: str) -> bool:
        """Lock a site; return whether no other crawl holds it."""
        if self.session is None:
            self.session = self.engine.connect().execution_options(isolation_level="AUTOCOMMIT")
            self.pid = self.session.execute(PID).scalar_one()
        key = _key_of(site)
        taken = bool(self.session.execute(TRY, {"space": SPACE, "key": key}).scalar_one())
        if taken:
            self.keys.add(key)
        return taken

    def stand(self, connection: Connection) -> bool:
        """Return whether the server still holds all locks for the session."""
        held = connection.execute(COUNT, {"space": SPACE, "pid": self.pid}).scalar_one()
        return bool(held == len(self.keys))

    def release(self) -> None:
        """Give all locks back."""
        if self.session is not None:
            self.session.invalidate()  # the server frees them with the session
            self.session.close()
            self.session = None
            self.keys.clear()


def take_for(home: str, locks: Locks, name: str) -> None:
    """Take a lock of the site with this home; raise `BadArgument` if another holds it."""
    if not locks.take(name):
        raise BadArgument(BUSY.format(home=home))


def is_held(connection: Connection, name: str) -> bool:
    """Return whether anybody holds a lock of a PostgreSQL store."""
    told = {"space": SPACE, "key": _key_of(name) % 2**32}  # the server shows it without a sign
    return bool(connection.execute(HELD, told).scalar_one())


def _key_of(name: str) -> int:
    return zlib.crc32(name.encode()) - 2**31


def writer_of(site: int) -> str:
    """Return the name of the lock of who writes a site of the store, by its `pk`."""
    return f"site {site}"


def locks_of(engine: Engine) -> Locks:
    """Return the locks that suit a store."""
    if engine.dialect.name == "sqlite":
        return FileLocks(Path(engine.url.database or "").resolve())
    return AdvisoryLocks(engine)
