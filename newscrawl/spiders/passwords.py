"""The user's passwords for sites, from ``~/.netrc`` or the file that ``NETRC`` names.

They are in no argument and no setting, because both are logged.
"""

import base64
import logging
import netrc
import os
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urlsplit

logger = logging.getLogger(__name__)


def passwords() -> Mapping[str, str]:
    """Return the value of an ``Authorization`` header for each host that the file names.

    A file that cannot be read is told in the log, never its text; `default` is for no site.
    """
    path = Path(os.environ.get("NETRC") or "~/.netrc").expanduser()
    if not path.exists():
        return {}
    try:
        hosts = netrc.netrc(str(path)).hosts
    except (netrc.NetrcParseError, OSError, UnicodeDecodeError) as error:
        what = type(error).__name__
        logger.warning("%s cannot be read (%s): the crawl goes on without it", path, what)
        return {}
    return {
        host: _basic(login, password or "")
        for host, (login, _, password) in hosts.items()
        if host != "default"
    }


def authorization(known: Mapping[str, str], root: str, url: str) -> dict[str, str]:
    """Return the header that opens what is private at an API root, none for any other address."""
    asked, own = urlsplit(url), urlsplit(root)
    if (asked.scheme, asked.netloc) != (own.scheme, own.netloc):
        return {}
    value = known.get(asked.hostname or "")
    return {"Authorization": value} if value else {}


def _basic(login: str, password: str) -> str:
    """Return the credentials of HTTP's Basic scheme (RFC 7617)."""
    return "Basic " + base64.b64encode(f"{login}:{password}".encode()).decode("ascii")
