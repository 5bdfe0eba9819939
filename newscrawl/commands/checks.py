"""What can be known to be wrong with the feeds before the first request."""

from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryFile
from typing import Any
from urllib.parse import urlsplit
from urllib.request import url2pathname

from scrapy.settings import BaseSettings

ONE_KIND = (
    "{uri}: a CSV holds one kind of item, and items={items} writes several; "
    "write one kind (-a items={first} -O {uri}) or all to one JSON Lines file (-O {stem}.jsonl)"
)


def feed_complaint(settings: BaseSettings | None, spargs: Mapping[str, str]) -> str | None:
    """Return what is wrong with the feeds that a crawl is to write, None if nothing."""
    feeds = settings.getdict("FEEDS") if settings else {}
    for uri, options in feeds.items():
        complaint = _kinds(str(uri), options, spargs) or _path(str(uri))
        if complaint:
            return complaint
    return None


def _kinds(uri: str, options: Mapping[str, Any], spargs: Mapping[str, str]) -> str | None:
    items = spargs.get("items", "posts")
    several = "," in items or items == "all"
    chosen = len(options.get("item_classes") or ()) == 1 or options.get("item_filter")
    if options.get("format") != "csv" or not several or chosen:
        return None
    first = "posts" if items == "all" else items.partition(",")[0]
    return ONE_KIND.format(uri=uri, items=items, first=first, stem=Path(uri).stem)


def _path(uri: str) -> str | None:
    """Return why a local feed could not be written: tried before the crawl, not after."""
    parts = urlsplit(uri)
    if parts.scheme not in {"", "file"} or "%(" in uri:
        return None
    path = Path(url2pathname(parts.path) if parts.scheme else uri)
    if path.is_dir():
        return f"{uri}: that is a directory; name a file in it"
    folder = next(parent for parent in path.absolute().parents if parent.exists())
    try:
        with path.open("ab") if path.exists() else TemporaryFile(dir=folder):
            return None
    except OSError as error:
        return f"{uri}: it cannot be written: {error.strerror}; choose another path"
