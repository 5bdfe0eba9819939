"""The choke point: every address that is written passes here, or is not written."""

import re
from functools import lru_cache
from urllib.parse import urljoin, urlsplit, urlunsplit

from newscrawl.core.normalize.characters import cleaned

SCHEMES = frozenset({"http", "https", "mailto", "tel"})
TRACKING = re.compile(
    r"^(?:utm_\w+|fbclid|gclid|gclsrc|dclid|gbraid|wbraid|msclkid|yclid|twclid|ttclid|igshid|"
    r"mc_cid|mc_eid|_hsenc|_hsmi|mkt_tok|igsh|mibextid|_ga|_gl|ref_src|ref_url)$",
    re.IGNORECASE,
)
HOST = re.compile(r"^(?:[^\s/@:\[\]<>\"'%]+|\[[0-9a-fA-F:.]+\])$")
UNWRITABLE = re.compile(r"[\x00-\x20\x7f<>\"\\^`{|}]")
PHOTON = re.compile(r"^i[0-3]\.wp\.com$")


@lru_cache(maxsize=8192)
def absolute_url(url: str, base_url: str) -> str | None:
    """Return the address as it may be written: absolute, valid, without tracking parameters.

    None for any other scheme than http, https, mailto and tel, and for a host or a port that
    cannot be. The order and the encoding of what is kept stay as they were written.

    >>> absolute_url("/a?utm_source=x&id=7&fbclid=y#top", "https://news.example/2024/")
    'https://news.example/a?id=7#top'
    >>> absolute_url("javascript:alert(1)", "https://news.example/") is None
    True
    >>> absolute_url("http://Name Surname: x", "https://news.example/") is None
    True
    """
    try:
        parts = urlsplit(urljoin(base_url, url.strip()))
        _ = parts.port
    except ValueError:
        return None
    if parts.scheme not in SCHEMES:
        return None
    if parts.scheme in {"mailto", "tel"}:
        return _written(f"{parts.scheme}:{parts.path}" + (f"?{parts.query}" if parts.query else ""))
    if not parts.hostname or not HOST.match(parts.hostname):
        return None
    netloc = parts.netloc.rpartition("@")[2]  # no name, no password
    query = "&".join(part for part in parts.query.split("&") if not _tracks(part))
    return _written(urlunsplit(parts._replace(netloc=netloc, path=parts.path or "/", query=query)))


def hidden_mail(hidden: str) -> str:
    """Return the address that Cloudflare hides: hexadecimal, each byte XORed with the first."""
    if not hidden:
        return ""
    try:
        key, *letters = bytes.fromhex(hidden)
    except ValueError:
        return ""
    return cleaned(bytes(letter ^ key for letter in letters).decode("utf-8", "replace"))


@lru_cache(maxsize=1024)
def host_of(url: str) -> str:
    """Return the host of an address, in lower case and without ``www.``; '' of what is none."""
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def is_in_page(url: str, base_url: str) -> bool:
    """Return whether an address leads to a place in its own page.

    >>> is_in_page("https://a.example/b/#c", "https://a.example/b")
    True
    """
    address, mark, _ = url.partition("#")
    return bool(mark) and address.rstrip("/") == base_url.partition("#")[0].rstrip("/")


def image_url(url: str, base_url: str) -> str | None:
    """Return the address of an image; a Photon address (Jetpack) is unwrapped to its origin.

    >>> image_url("https://i0.wp.com/news.example/a.jpg?resize=1", "https://news.example/")
    'https://news.example/a.jpg'
    """
    absolute = absolute_url(url, base_url)
    if not absolute or not absolute.startswith("http"):
        return None
    parts = urlsplit(absolute)
    if PHOTON.match(parts.netloc):
        return image_url(f"https://{parts.path.lstrip('/')}", base_url)
    return absolute


def _tracks(parameter: str) -> bool:
    return bool(TRACKING.match(parameter.partition("=")[0].removeprefix("amp;")))


def _written(url: str) -> str:
    """Return the address with what may not stand in one percent-encoded."""
    return UNWRITABLE.sub(lambda found: f"%{ord(found[0]):02X}", url)
