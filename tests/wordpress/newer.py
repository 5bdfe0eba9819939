"""A WordPress newer than the system's, from a later Debian: fetched and unpacked, not installed."""

import re
import shutil
import subprocess
from pathlib import Path

from tests.wordpress.packages import TREE, MissingError

RELEASE = "trixie"
PACKAGES = ("wordpress", "libphp-phpmailer", "php-getid3")
KEYRING = "/usr/share/keyrings/debian-archive-keyring.gpg"
MIRROR = re.compile(r"https?://\S+/debian/?(?=\s)")


def tree_of(folder: Path) -> Path:
    """Return the files of the newer WordPress, laid below a folder."""
    apt = folder / "apt"
    for part in ("lists/partial", "cache/archives/partial", "debs"):
        (apt / part).mkdir(parents=True, exist_ok=True)
    source = f"deb [signed-by={KEYRING}] {_mirror()} {RELEASE} main\n"
    (apt / "sources.list").write_text(source, encoding="ascii")
    options = [
        f"Dir::Etc::sourcelist={apt}/sources.list",
        "Dir::Etc::sourceparts=/dev/null",
        f"Dir::State::lists={apt}/lists",
        f"Dir::Cache={apt}/cache",
        "Acquire::Languages=none",
        "APT::Sandbox::User=root",
    ]
    get = ["apt-get", *(part for option in options for part in ("-o", option)), "-q"]
    subprocess.run([*get, "update"], check=True, capture_output=True)
    subprocess.run([*get, "download", *PACKAGES], check=True, capture_output=True, cwd=apt / "debs")
    for package in (apt / "debs").glob("*.deb"):
        subprocess.run(["dpkg-deb", "-x", str(package), str(folder / "root")], check=True)
    return _completed(folder / "root")


def _completed(root: Path) -> Path:
    """Return the tree with the scripts and the theme that only the system has."""
    share = root / "usr/share"
    if not (share / "javascript").exists():
        (share / "javascript").symlink_to("/usr/share/javascript")
    themes = share / "wordpress/wp-content/themes"
    if not themes.is_dir():
        themes.unlink(missing_ok=True)
        themes.mkdir(parents=True)
    theme = TREE / "wp-content/themes/twentytwentythree"
    if not (themes / theme.name).exists():
        shutil.copytree(theme.resolve(), themes / theme.name)
    return share / "wordpress"


def _mirror() -> str:
    """Return the mirror that the system itself uses."""
    files = [Path("/etc/apt/sources.list"), *Path("/etc/apt/sources.list.d").glob("*")]
    for path in files:
        if path.is_file() and (found := MIRROR.search(path.read_text(encoding="utf-8") + " ")):
            return found[0]
    raise MissingError("no Debian mirror in the system's package sources")
