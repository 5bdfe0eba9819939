"""Who writes a site of a store, one at a time: a lock ends with the process that holds it."""

import zlib
from pathlib import Path
from typing import Protocol

from filelock import FileLock, Timeout
from sqlalchemy import Connection, Engine, text

TRY = text("SELECT pg_try_advisory_lock(:space, :key)")
SPACE = 0x6E657773  # "news": advisory locks are shared by all that use a database


class Locks(Protocol):
    """The locks of a crawl."""

    def take(self, site: str) -> bool:
        """Lock a site; return whether no other crawl holds it."""

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

    def release(self) -> None:
        """Give all locks back."""
        for lock in self.held.values():
            lock.release()
        self.held.clear()


class AdvisoryLocks:
    """Locks of a PostgreSQL session of their own."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.session: Connection | None = None

    def take(self, site: str) -> bool:
        """Lock a site; return whether no other crawl holds it."""
        if self.session is None:
            self.session = self.engine.connect().execution_options(isolation_level="AUTOCOMMIT")
        key = zlib.crc32(site.encode()) - 2**31
        return bool(self.session.execute(TRY, {"space": SPACE, "key": key}).scalar_one())

    def release(self) -> None:
        """Give all locks back."""
        if self.session is not None:
            self.session.invalidate()  # the server frees them with the session
            self.session.close()
            self.session = None


def writer_of(site: int) -> str:
    """Return the name of the lock of who writes a site of the store, by its `pk`."""
    return f"site {site}"


def locks_of(engine: Engine) -> Locks:
    """Return the locks that suit a store."""
    if engine.dialect.name == "sqlite":
        return FileLocks(Path(engine.url.database or "").resolve())
    return AdvisoryLocks(engine)
