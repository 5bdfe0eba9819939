"""A PostgreSQL server of the tests' own, from Debian's packages."""

import os
import shutil
import subprocess
from pathlib import Path

from tests.wordpress.processes import Process
from tests.wordpress.site import free_port

USER = "postgres"


class PostgreSQL:
    """A server on loopback with its own data directory; whoever comes is let in."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.port = folder, free_port()
        self.data = folder / "data"
        log = folder / "postgresql.log"
        serve = [
            *("-D", str(self.data), "-p", str(self.port), "-k", ""),
            *("-c", "listen_addresses=127.0.0.1", "-c", "fsync=off"),
        ]
        self.process = Process([*as_user(), str(program("postgres")), *serve], log, folder)

    def start(self) -> None:
        """Start, the data directory laid before if it is not there."""
        if not self.data.exists():
            self._lay()
        self.process.start(self._answers)

    def _lay(self) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        if os.geteuid() == 0:
            shutil.chown(self.folder, USER)
        lay = [
            str(program("initdb")),
            "-D",
            str(self.data),
            "-U",
            USER,
            "-E",
            "UTF8",
            "-A",
            "trust",
        ]
        subprocess.run([*as_user(), *lay], cwd=self.folder, check=True, capture_output=True)

    def database(self, name: str, like: str = "template1", encoding: str = "UTF8") -> str:
        """Return the address of a new database, a copy of another one."""
        create = ["-h", "127.0.0.1", "-p", str(self.port), "-U", USER, "-T", like]
        create += ["-E", encoding, "--locale=C", name] if encoding != "UTF8" else [name]
        subprocess.run([str(program("createdb")), *create], check=True, capture_output=True)
        return f"postgresql://{USER}@127.0.0.1:{self.port}/{name}"

    def stop(self) -> None:
        """Stop it."""
        self.process.stop()

    def _answers(self) -> bool:
        ready = [str(program("pg_isready")), "-h", "127.0.0.1", "-p", str(self.port)]
        return subprocess.run(ready, capture_output=True, check=False).returncode == 0


def program(name: str) -> Path:
    """Return a program of the newest PostgreSQL that Debian has installed."""
    return max(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"))


def as_user() -> list[str]:
    """Return the command that a server is started by: PostgreSQL refuses to run as root."""
    if os.geteuid() != 0:
        return []
    return ["setpriv", f"--reuid={USER}", f"--regid={USER}", "--clear-groups"]
