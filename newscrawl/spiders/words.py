"""What an argument of a spider may say, and the values that its words stand for."""

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import BeforeValidator

from newscrawl.core.times import moment

SWITCH = {"yes": True, "no": False}
EXAMPLE = "https://news.example.org/"


def _words(value: object) -> object:
    """Return the words of a list that is written with commas."""
    if not isinstance(value, str):
        return value
    return tuple(word.strip() for word in value.split(",") if word.strip())


def url_of(value: str) -> str:
    """Return an http(s) address; a bare host name means https, as in a browser."""
    url = value if "://" in value else f"https://{value}"
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname, parts.port
    except ValueError:
        host = None
    if "@" in url.partition("://")[2].partition("/")[0]:
        raise ValueError("a name and password do not belong into an address; see ~/.netrc")
    named = host and ("." in host or host == "localhost" or ":" in host) and " " not in url
    if not named or parts.scheme not in {"http", "https"}:
        raise ValueError(f"{value!r} is not the address of a site; give one such as {EXAMPLE}")
    return url


def _urls(value: object) -> object:
    words = _words(value)
    return tuple(map(url_of, words)) if isinstance(words, tuple) else words


def _time(value: object) -> object:
    return moment(value) if isinstance(value, str) else value


def choice(names: Mapping[str, str], nothing: str = "") -> BeforeValidator:
    """Return a validator of a comma list of names, of ``all``, or of the word for nothing."""

    def choose(value: object) -> object:
        words = _words(value)
        if words in {("all",), (nothing,)}:
            return words if words == ("all",) else ()
        if words == ():
            raise ValueError(f"it names nothing; choose among {', '.join(names)}, all")
        for word in words if isinstance(words, tuple) else ():
            if word not in names:
                raise ValueError(f"{word!r} is not known; choose among {', '.join(names)}, all")
        return words

    return BeforeValidator(choose)


def switch(value: object) -> object:
    """Return the truth of ``yes`` or ``no``."""
    if str(value) not in SWITCH:
        raise ValueError(f"{value!r} is neither yes nor no")
    return SWITCH[str(value)]


def chosen(words: tuple[str, ...], names: Mapping[str, str]) -> frozenset[str]:
    """Return what the words of an argument stand for."""
    return frozenset(names[word] for word in (names if words == ("all",) else words))


def _types(value: object) -> object:
    words = _words(value)
    if words == ():
        raise ValueError("it names no post type; write post, page or all")
    return words


Words = Annotated[tuple[str, ...], BeforeValidator(_words)]
Types = Annotated[tuple[str, ...], BeforeValidator(_types)]
Urls = Annotated[tuple[str, ...], BeforeValidator(_urls)]
Time = Annotated[datetime | None, BeforeValidator(_time)]
