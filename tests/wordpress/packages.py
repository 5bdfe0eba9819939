"""What a real WordPress needs of Debian, installed where that can be done."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock

PACKAGES = (
    *("wordpress", "wordpress-theme-twentytwentythree", "mariadb-server", "nginx", "php-fpm"),
    *("postgresql", "chromium"),
    *("php-cli", "php-mysql", "php-xml", "php-mbstring", "php-curl", "php-gd", "php-intl"),
)
PROGRAMS = ("psql", "mariadbd", "mariadb-install-db", "nginx", "php", "chromium")
TREE = Path("/usr/share/wordpress")
LOCK = Path(tempfile.gettempdir()) / "newscrawl-packages.lock"
POLICY = Path("/usr/sbin/policy-rc.d")
DO_NOT_START = "#!/bin/sh\nexit 101\n"  # Debian starts no service of its own where this says so


class MissingError(Exception):
    """A real WordPress cannot be had on this machine; the message says why."""


def ensure() -> None:
    """Install what is missing; raise `MissingError` where that cannot be done."""
    with FileLock(LOCK):  # the suite runs in several processes, and one of them installs
        if not _present():
            _install()


def _install() -> None:
    if not Path("/etc/debian_version").exists() or not shutil.which("apt-get"):
        raise MissingError("this is not Debian, and WordPress is not installed")
    if os.geteuid() != 0:
        raise MissingError(f"not root; install these: apt-get install {' '.join(PACKAGES)}")
    with _services_not_started():
        _apt("update", "-q")
        _apt("install", "-q", "-y", "--no-install-recommends", *PACKAGES)
    if not _present():
        raise MissingError("Debian's packages were installed, and programs are still missing")


def php_fpm() -> str:
    """Return the path of the PHP FastCGI server, whatever its version."""
    found = sorted(Path("/usr/sbin").glob("php-fpm*"))
    if not found:
        raise MissingError("php-fpm is not installed")
    return str(found[-1])


@contextmanager
def _services_not_started() -> Iterator[None]:
    """Keep Debian from starting the servers that it installs; leave the machine's own policy."""
    if POLICY.exists():
        yield
        return
    POLICY.write_text(DO_NOT_START, encoding="ascii")
    POLICY.chmod(0o755)
    try:
        yield
    finally:
        POLICY.unlink()


def _present() -> bool:
    path = os.environ.get("PATH", "") + ":/usr/sbin:/sbin"
    programs = all(shutil.which(name, path=path) for name in PROGRAMS)
    return programs and TREE.exists() and any(Path("/usr/sbin").glob("php-fpm*"))


def _apt(*arguments: str) -> None:
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    command = ["apt-get", "-o", "DPkg::Lock::Timeout=300", *arguments]
    done = subprocess.run(
        command, env=environment, capture_output=True, text=True, check=False, timeout=900
    )
    if done.returncode:
        raise MissingError(f"apt-get {arguments[0]} failed: {done.stderr.strip()[-300:]}")
