"""The report of a probe as a person reads it."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

Report = Mapping[str, Any]
FIELDS = re.compile(r"[?&]_fields=[^&]*")
UNKNOWN, NOT_ASKED = "?", "not asked for"
OPEN, CLOSED = "open: its posts can be read by the API", "CLOSED: its API cannot be read"
READ_BY_FEED = f"{CLOSED}; its feed can, and is what a crawl would read"
READ_BY_PAGES = f"{CLOSED}, nor its feed; the pages of its posts are what a crawl would read"
MAIN, EVERYTHING = "posts, the main job", "everything (items=all follow=all)"


def lines(report: Report) -> Iterator[str]:
    """Yield the lines of the table; what a site writes into them cannot command a terminal."""
    yield from map(printable, _lines(report))


def printable(line: str) -> str:
    r"""Return a line without control characters.

    >>> printable("News \x1b[31m\n\u202etoday")
    'News  [31m  today'
    """
    return "".join(letter if letter.isprintable() else " " for letter in line)


def _lines(report: Report) -> Iterator[str]:
    below = READ_BY_FEED if report["feed"] else READ_BY_PAGES if report["cost"] else CLOSED
    told = OPEN if report["open"] else below
    yield f"{report['home'] or report['url']} is {told}"
    yield from (f"  {told}" for told in _refusals(report))
    yield ""
    yield from _aligned(list(_facts(report)))
    rows = list(_rows(report))
    if rows:
        yield ""
        yield from _aligned([("collection", "total", "holds", ""), *rows], numbers=frozenset({1}))
    if report["cost"]:
        yield ""
        yield from _aligned(list(_costs(report["cost"])), numbers=frozenset({1, 2}))
    yield ""
    one = report["documents"] == 1
    yield f"  {report['documents']} {'document was' if one else 'documents were'} asked for"


def _refusals(report: Report) -> Iterator[str]:
    """Yield what led to nothing, and of a closed site where its API was looked for."""
    for row in report["refusals"]:
        yield f"{_short(row['url'])}: {row['words']}"
    if report["open"]:
        return
    if len(report["tried"]) > 1:
        yield from (f"tried {row['url']}: {row['reason']}" for row in report["tried"])
    for row in report["collections"]:
        if not row["open"]:
            yield f"{row['name']}: {row['words']}"


def _short(url: str) -> str:
    """Return an address without the fields that are asked for.

    >>> _short("https://a.example/wp-json/?_fields=name"), _short("https://a.example/?p=7")
    ('https://a.example/wp-json/', 'https://a.example/?p=7')
    """
    return FIELDS.sub("", url)


def _facts(report: Report) -> Iterator[tuple[str, str]]:
    root = report["api_root"]
    yield "name", report["name"] or UNKNOWN
    yield "API root", f"{root} (found by {report['found_by']})" if root else "none found"
    if report["languages"]:
        yield "languages", f"each read by itself: {', '.join(report['languages'])}"
    yield (
        "features",
        ", ".join(report["features"]) or ("no plugin that would matter" if root else UNKNOWN),
    )
    feed = report["feed"]
    yield "feed", _feed(feed) if feed else _unseen(report, "feed")
    yield "sitemaps", "; ".join(map(_sitemap, report["sitemaps"])) or _unseen(report, "sitemaps")
    yield "robots.txt", _robots(report["robots"])


def _unseen(report: Report, name: str) -> str:
    return NOT_ASKED if name in report["not_asked"] else "none seen"


def _feed(feed: Report) -> str:
    """Return where a feed is, and what it shows at a time.

    >>> _feed({"url": "https://a.example/feed/", "entries": 10, "excerpts": 10})
    'https://a.example/feed/ (10 posts at a time, 10 in an excerpt only)'
    """
    cut = f", {feed['excerpts']:,} in an excerpt only" if feed["excerpts"] else ""
    return f"{feed['url']} ({feed['entries']:,} posts at a time{cut})"


def _sitemap(sitemap: Report) -> str:
    what = "sitemaps" if sitemap["is_index"] else "addresses"
    dated = "with" if sitemap["dated"] else "without"
    return f"{sitemap['url']} ({sitemap['entries']:,} {what} {dated} lastmod)"


def _robots(robots: Report) -> str:
    if not robots["read"]:
        return "not read"
    forbids = ", ".join(robots["forbids"]) or "nothing that is needed"
    delay = robots["crawl_delay"]
    return f"forbids {forbids}" + (f"; Crawl-delay: {delay:g} s" if delay else "")


def _rows(report: Report) -> Iterator[tuple[str, ...]]:
    """Yield the collections that were asked for, then the types and taxonomies that were not."""
    holds = {row["route"]: f"type {row['slug']}" for row in report["types"]}
    holds |= {row["route"]: f"taxonomy {row['slug']}" for row in report["taxonomies"]}
    for row in report["collections"]:
        state = "open" if row["open"] else f"closed: {row['words']}"
        yield row["name"], _figure(row["total"]), holds.pop(row["route"], ""), state
    for route, held in holds.items():
        yield route.rpartition("/")[2], UNKNOWN, held, NOT_ASKED


def _costs(cost: Report) -> Iterator[tuple[str, ...]]:
    yield "a crawl of", "requests", "time"
    for name, key in ((MAIN, "main"), (EVERYTHING, "everything")):
        if cost[key]:
            yield name, _figure(cost[key]["requests"]), duration(cost[key]["seconds"])


def duration(seconds: int) -> str:
    """Return a time in words, in its two largest units.

    >>> duration(7), duration(90), duration(3700), duration(200_000)
    ('7 s', '1 min 30 s', '1 h 1 min', '2 d 7 h')
    """
    days, hours, minutes = seconds // 86_400, seconds // 3600 % 24, seconds // 60 % 60
    told = [(days, "d"), (hours, "h"), (minutes, "min"), (seconds % 60, "s")]
    first = next((i for i, (number, _) in enumerate(told) if number), 3)
    return (
        " ".join(f"{number} {unit}" for number, unit in told[first : first + 2] if number) or "0 s"
    )


def _figure(value: int | None) -> str:
    return UNKNOWN if value is None else f"{value:,}"


def _aligned(
    rows: Sequence[tuple[str, ...]], numbers: frozenset[int] = frozenset()
) -> Iterator[str]:
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        cells = [
            cell.rjust(width) if i in numbers else cell.ljust(width)
            for i, (cell, width) in enumerate(zip(row, widths, strict=True))
        ]
        yield "  ".join(["", *cells]).rstrip()
