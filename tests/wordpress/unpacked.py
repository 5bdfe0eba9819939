"""The WordPress of another Debian release, unpacked beside the system: nothing is installed."""

import subprocess
from pathlib import Path

from tests.wordpress.packages import MissingError

PACKAGES = ("wordpress", "wordpress-theme-twentytwentyfive", "php-getid3")
KEYS = "/usr/share/keyrings/debian-archive-keyring.gpg"
MIRROR = ["indextargets", "--format", "$(REPO_URI)", "Created-By: Packages", "Label: Debian"]


def unpacked(release: str, folder: Path) -> Path:
    """Return the tree of a release's WordPress; raise `MissingError` where it cannot be had."""
    files = folder / "unpacked"
    if not files.exists():
        for package in _downloaded(release, folder):
            _run(["dpkg-deb", "-x", str(package), str(files)], folder)
    return files / "usr" / "share" / "wordpress"


def _downloaded(release: str, folder: Path) -> list[Path]:
    folder.mkdir(parents=True, exist_ok=True)
    for part in ("lists/partial", "cache/archives/partial"):
        (folder / part).mkdir(parents=True, exist_ok=True)
    source = f"deb [signed-by={KEYS}] {_mirror(folder)} {release} main\n"
    (folder / "sources.list").write_text(source, encoding="ascii")
    _run([*_apt(folder), "update"], folder)
    _run([*_apt(folder), "download", *(f"{name}/{release}" for name in PACKAGES)], folder)
    return sorted(folder.glob("*.deb"))


def _mirror(folder: Path) -> str:
    """Return the address from which this machine has its packages."""
    found = _run(["apt-get", *MIRROR], folder).split()
    if not found:
        raise MissingError("no mirror of Debian is known here; run apt-get update")
    return found[0]


def _apt(folder: Path) -> list[str]:
    """Return an apt-get that knows this folder's sources and lists only."""
    options = {
        "Dir::Etc::sourcelist": folder / "sources.list",
        "Dir::Etc::sourceparts": "/dev/null",
        "Dir::State::lists": folder / "lists",
        "Dir::Cache": folder / "cache",
        "Acquire::Languages": "none",
        "APT::Sandbox::User": "root",
    }
    return ["apt-get", *(part for name in options for part in ("-o", f"{name}={options[name]}"))]


def _run(command: list[str], folder: Path) -> str:
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    if done.returncode:
        raise MissingError(f"{' '.join(command[:2])} failed: {done.stderr.strip()[-300:]}")
    return done.stdout
