"""A WordPress site of the tests: its tree, its database, its port."""

import json
import os
import shutil
import socket
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from tests.wordpress.packages import TREE, MissingError, ensure
from tests.wordpress.servers import HERE, MariaDB, WebServer

PHP = HERE / "php"
PLUGINS = HERE / "plugins"


class Testbed:
    """A database and a web server with the sites that live on them; what is missing is installed.

    Raises `MissingError` where a real WordPress cannot be had.
    """

    __test__ = False  # a fixture, not a case

    def __init__(self, folder: Path, source: Path = TREE) -> None:
        ensure()
        self.folder, self.source = folder, source
        self.mariadb = MariaDB(folder)
        self.web = WebServer(folder)
        self.tree = folder / "wordpress"

    def lay(self) -> None:
        """Lay WordPress's files and start the database."""
        for name in ("run", "log", "conf", "sites"):
            part = self.folder / name
            part.mkdir(parents=True, exist_ok=True)
            part.chmod(0o777)
        self.folder.chmod(0o755)
        if not self.tree.exists():
            lay_tree(self.source, self.tree)
        self.mariadb.start()

    def add(
        self, name: str, *, plugins: str = "news", home: str = "", port: int = 0
    ) -> "WordPressSite":
        """Return a new site, installed and empty; it answers once the web server has started."""
        port = port or free_port()
        site = WordPressSite(self, name, port, home or f"http://127.0.0.1:{port}")
        site.install(PLUGINS / plugins)
        self.web.add(name, port, self.tree)
        return site

    def seeded(self, name: str, posts: int, *, plugins: str = "news") -> "WordPressSite":
        """Return a new news site with so many rows of posts, served."""
        site = self.add(name, plugins=plugins)
        site.php("seed.php", str(posts))
        self.serve()
        return site

    def serve(self) -> None:
        """Serve every site that was added so far."""
        self.web.stop()
        self.web.start()

    def cpu_seconds(self) -> float:
        """Return the CPU that the servers have used."""
        return self.web.cpu_seconds() + self.mariadb.process.cpu_seconds()

    def stop(self) -> None:
        """Stop every server."""
        self.web.stop()
        self.mariadb.process.stop()


class WordPressSite:
    """One site; `url` is where it is served, `home` where it believes to be."""

    def __init__(self, testbed: Testbed, name: str, port: int, home: str) -> None:
        self.testbed, self.name, self.port, self.home = testbed, name, port, home
        self.url = f"http://127.0.0.1:{port}/"
        self.database = f"wp_{name}"

    def install(self, plugins: Path) -> None:
        """Write the site's configuration and install WordPress into a new database."""
        facts = {
            "home": self.home,
            "database": self.database,
            "socket": str(self.testbed.mariadb.socket),
            "plugins": str(plugins),
        }
        path = self.testbed.folder / "sites" / f"{self.name}.json"
        path.write_text(json.dumps(facts), encoding="utf-8")
        self.testbed.mariadb.query("mysql", f"CREATE DATABASE {self.database}")
        self.php("install.php")

    def php(self, script: str, *arguments: str) -> str:
        """Return what a script of ours prints, run in this site's WordPress."""
        done = subprocess.run(
            self.php_command(script, *arguments),
            env=self.php_environment(),
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode or "Fatal error" in done.stdout:
            raise RuntimeError(f"{script}: {done.stdout[-800:]} {done.stderr[-800:]}")
        return done.stdout

    def php_command(self, script: str, *arguments: str) -> list[str]:
        """Return the command line that runs a script of ours."""
        return ["php", "-d", "memory_limit=1G", str(PHP / script), *arguments]

    def php_environment(self) -> dict[str, str]:
        """Return the environment in which a script of ours finds this site."""
        ours = {"NEWSCRAWL_SITE": self.name, "NEWSCRAWL_TREE": str(self.testbed.tree)}
        return os.environ | ours

    def editor(self, folder: Path) -> Path:
        """Return a netrc file that holds an editor's Application Password for this site."""
        password = self.php("password.php", "author1").strip()
        path = folder / "netrc"
        path.write_text(f'machine 127.0.0.1 login author1 password "{password}"\n')
        path.chmod(0o600)
        return path

    def query(self, sql: str, parameters: Sequence[Any] = ()) -> list[dict[str, Any]]:
        """Return the rows of a statement on this site's database."""
        return self.testbed.mariadb.query(self.database, sql, parameters)

    def requests(self) -> list[str]:
        """Return the requests that the web server answered: method, target and status."""
        path = self.testbed.folder / "log" / f"{self.name}.access"
        return path.read_text(encoding="utf-8").splitlines() if path.exists() else []


def lay_tree(source: Path, tree: Path) -> None:
    """Copy WordPress's files, Debian's symlinks followed where they lead somewhere."""
    part = tree.with_suffix(".part")
    shutil.rmtree(part, ignore_errors=True)
    command = ["cp", "-rL", f"{source}/.", str(part)]
    subprocess.run(command, capture_output=True, check=False)  # a few dangle, all of them scripts
    if not (part / "wp-load.php").exists():
        raise MissingError(f"no WordPress in {source}")
    (part / "wp-config.php").unlink(missing_ok=True)
    shutil.copy(PHP / "wp-config.php", part / "wp-config.php")
    part.rename(tree)


def free_port() -> int:
    """Return a port of loopback that nobody listens on."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])
