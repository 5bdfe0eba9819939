"""The database and the web server of the test sites."""

import os
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pymysql
import pymysql.cursors

from tests.wordpress.packages import php_fpm
from tests.wordpress.processes import Process

HERE = Path(__file__).parent
USER = ["--user=mysql"] if os.geteuid() == 0 else []  # MariaDB does not run as root
NGINX_SITE = """
  server {{
    listen 127.0.0.1:{port};
    root {tree};
    index index.php;
    location / {{ try_files $uri $uri/ /index.php?$args; }}
    location ~ \\.php$ {{
      try_files $uri =404;
      include {conf}/fastcgi_params;
      fastcgi_param SCRIPT_FILENAME $document_root$fastcgi_script_name;
      fastcgi_param NEWSCRAWL_SITE {name};
      fastcgi_pass unix:{run}/fpm.sock;
    }}
    access_log {log}/{name}.access plain;
  }}
"""


class MariaDB:
    """A MariaDB server with its own data directory; reached by a socket, never by TCP."""

    def __init__(self, folder: Path) -> None:
        self.data, self.socket = folder / "mysql", folder / "run" / "mysqld.sock"
        self.tables = folder / "tables"  # a server that starts removes all that lie in its tmpdir
        self.process = Process(
            [
                "mariadbd",
                "--no-defaults",
                f"--datadir={self.data}",
                f"--tmpdir={self.tables}",
                f"--socket={self.socket}",
                f"--pid-file={folder / 'run' / 'mysqld.pid'}",
                "--skip-networking",
                "--skip-log-bin",
                "--innodb-flush-log-at-trx-commit=0",
                "--innodb-buffer-pool-size=256M",
                "--character-set-server=utf8mb4",
                "--collation-server=utf8mb4_unicode_520_ci",
                *USER,
            ],
            folder / "log" / "mariadb.log",
        )

    def start(self) -> None:
        """Lay the data directory if there is none, and start."""
        self._own(self.tables)
        if not (self.data / "mysql").exists():
            self._lay()
        self.process.start(self._answers)

    def query(
        self, database: str, sql: str, parameters: Sequence[Any] = ()
    ) -> list[dict[str, Any]]:
        """Return the rows of a statement."""
        connection = pymysql.connect(
            unix_socket=str(self.socket),
            user="root",
            database=database,
            charset="utf8mb4",
            cursorclass=pymysql.cursors.DictCursor,
            autocommit=True,
        )
        with connection, connection.cursor() as cursor:
            cursor.execute(sql, parameters)
            return list(cursor.fetchall())

    def _lay(self) -> None:
        self._own(self.data)
        done = subprocess.run(
            [
                "mariadb-install-db",
                "--no-defaults",
                f"--datadir={self.data}",
                f"--tmpdir={self.tables}",
                "--auth-root-authentication-method=normal",
                "--skip-test-db",
                *USER,
            ],
            check=False,
            capture_output=True,
            text=True,
        )
        if done.returncode:
            raise RuntimeError(f"mariadb-install-db: {done.stdout[-800:]} {done.stderr[-800:]}")

    def _own(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        if USER:
            shutil.chown(folder, "mysql")

    def _answers(self) -> bool:
        ping = ["mariadb-admin", "--no-defaults", f"--socket={self.socket}", "--user=root", "ping"]
        return not subprocess.run(ping, capture_output=True, check=False).returncode


class WebServer:
    """nginx before PHP-FPM: one virtual host a site, header buffers as nginx has them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.sites: list[str] = []
        conf, log = folder / "conf", folder / "log"
        self.php = Process(
            [php_fpm(), "-F", "-R", "-y", str(conf / "fpm.conf")], log / "php-fpm.log"
        )
        self.nginx = Process(
            ["nginx", "-c", str(conf / "nginx.conf"), "-g", "daemon off;"], log / "nginx.log"
        )

    def add(self, name: str, port: int, tree: Path) -> None:
        """Add a site; it answers after the next start."""
        paths = {part: self.folder / part for part in ("conf", "run", "log")}
        self.sites.append(NGINX_SITE.format(name=name, port=port, tree=tree, **paths))

    def start(self) -> None:
        """Write the configuration and start both."""
        for name in ("fpm.conf", "nginx.conf"):
            text = (HERE / "conf" / name).read_text(encoding="utf-8")
            text = text.replace("@FOLDER@", str(self.folder))
            text = text.replace("@SITES@", "".join(self.sites))
            (self.folder / "conf" / name).write_text(text, encoding="utf-8")
        lines = Path("/etc/nginx/fastcgi_params").read_text(encoding="utf-8").splitlines()
        # Debian passes a Host without its port; WordPress then redirects / to itself for ever.
        kept = [line for line in lines if "HTTP_HOST" not in line]
        (self.folder / "conf" / "fastcgi_params").write_text("\n".join(kept), encoding="utf-8")
        self.php.start((self.folder / "run" / "fpm.sock").exists)
        self.nginx.start((self.folder / "run" / "nginx.pid").exists)

    def stop(self) -> None:
        """Stop both."""
        self.nginx.stop()
        self.php.stop()

    def cpu_seconds(self) -> float:
        """Return the CPU that both have used."""
        return self.nginx.cpu_seconds() + self.php.cpu_seconds()
