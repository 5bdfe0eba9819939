"""What can be known to be wrong with the feeds before the first request."""

from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryFile
from typing import Any
from urllib.parse import urlsplit

from scrapy.settings import BaseSettings

from newscrawl.core.feeds import local_path

LIBRARIES = {"s3": "boto3", "gs": "google"}
TABLES = frozenset({"csv", "spreadsheet"})  # formats that hold one kind a file
ONE_KIND = (
    "{uri}: a CSV holds one kind of item, and items={items} writes several; "
    "write one kind (-a items={first} -O {uri}) or all to one JSON Lines file (-O {stem}.jsonl)"
)


def feed_complaint(settings: BaseSettings | None, spargs: Mapping[str, str]) -> str | None:
    """Return what is wrong with the feeds that a crawl is to write, None if nothing."""
    feeds = settings.getdict("FEEDS") if settings else {}
    for uri, options in feeds.items():
        complaint = (
            _kinds(str(uri), options, spargs)
            or _means(settings, str(uri), options)
            or _path(str(uri))
        )
        if complaint:
            return complaint
    return _ledger(settings, [str(uri) for uri in feeds]) if settings else None


def _ledger(settings: BaseSettings, uris: list[str]) -> str | None:
    """Return why the ledger could not be written where it is to go."""
    told = settings["NEWSCRAWL_LEDGER"]
    beside = f"{uris[0]}.ledger.json" if uris and uris[0] != "stdout:" else None
    path = told or beside
    complaint = _path(str(path)) if path else None
    return f"the ledger, {complaint}" if complaint else None


def _means(settings: BaseSettings | None, uri: str, options: Mapping[str, Any]) -> str | None:
    """Return what this installation lacks to write a feed: a format, a storage, its library."""
    if settings is None:
        return None
    scheme, format_ = urlsplit(uri).scheme or "file", options.get("format")
    formats = {**settings.getwithbase("FEED_EXPORTERS")}
    if format_ not in formats:
        return f"{uri}: there is no format {format_!r}; there are {', '.join(sorted(formats))}"
    if scheme not in settings.getwithbase("FEED_STORAGES"):
        return f"{uri}: nothing here writes to {scheme}:; give the path of a file"
    if find_spec(LIBRARIES.get(scheme, "scrapy")) is None:
        return f"{uri}: that needs a library; run: pip install {LIBRARIES[scheme]}"
    return None


def _kinds(uri: str, options: Mapping[str, Any], spargs: Mapping[str, str]) -> str | None:
    words = [word.strip() for word in spargs.get("items", "posts").split(",")]
    several = len(words) > 1 or words == ["all"]
    chosen = len(options.get("item_classes") or ()) == 1 or options.get("item_filter")
    if options.get("format") not in TABLES or not several or chosen:
        return None
    first = "posts" if words == ["all"] else words[0]
    return ONE_KIND.format(uri=uri, items=",".join(words), first=first, stem=Path(uri).stem)


def _path(uri: str) -> str | None:
    """Return why a local feed could not be written: tried before the crawl, not after."""
    told = local_path(uri)
    if told is None or "%(" in uri:
        return None
    path = Path(told)
    if path.is_dir():
        return f"{uri}: that is a directory; name a file in it"
    folder = next(parent for parent in path.absolute().parents if parent.exists())
    try:
        with path.open("ab") if path.exists() else TemporaryFile(dir=folder):
            return None
    except OSError as error:
        return f"{uri}: it cannot be written: {error.strerror}; choose another path"
