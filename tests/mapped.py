"""A recorded site with sitemaps: core's or a plugin's, true, stale or hostile."""

import gzip
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from itertools import zip_longest
from typing import Any
from urllib.parse import parse_qsl, urlsplit
from xml.sax.saxutils import escape

import orjson

from newscrawl.demo.recording import Answer, Recording

Row = dict[str, Any]
NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
XML = {"Content-Type": "application/xml; charset=UTF-8"}
GONE = {"code": "rest_post_invalid_id", "message": "", "data": {"status": 404}}
OWN = "/en/sitemap_index.xml"
SIZE = 200  # addresses in a sitemap, so that a thousand posts fill several


def own_address(row: Row) -> Row:
    """Return a post with an address that no other has."""
    return row | {"link": f"https://ameforum.net/en/{row['slug']}/"}


def lastmod(row: Row) -> str:
    """Return what core writes: `post_modified_gmt` with an offset."""
    return f"{row['modified_gmt']}+00:00"


def latest(row: Row) -> str:
    """Return what Yoast writes: the later of modified and published."""
    return f"{max(row['modified_gmt'], row['date_gmt'])}+00:00"


def urlset(rows: Iterable[Row], time: Callable[[Row], str | None] = lastmod) -> bytes:
    """Return a sitemap of posts."""
    entries = [
        f"<url><loc>{escape(row['link'])}</loc>"
        + (f"<lastmod>{told}</lastmod>" if (told := time(row)) else "")
        + "</url>"
        for row in rows
    ]
    return document("urlset", entries)


def index(addresses: Iterable[str], times: Iterable[str | None] = ()) -> bytes:
    """Return an index of sitemaps, which tells when each was modified if it is told."""
    entries = [
        f"<sitemap><loc>{escape(url)}</loc>"
        + (f"<lastmod>{told}</lastmod>" if told else "")
        + "</sitemap>"
        for url, told in zip_longest(addresses, times)
    ]
    return document("sitemapindex", entries)


def document(root: str, entries: Iterable[str]) -> bytes:
    text = f'<?xml version="1.0" encoding="UTF-8"?><{root} xmlns="{NAMESPACE}">'
    return f"{text}{''.join(entries)}</{root}>".encode()


@dataclass
class Mapped:
    """A recording whose posts are `rows`; its sitemaps show those of them that are `shown`.

    `robots` are lines of its robots.txt, `answers` what it answers at a path of its own instead;
    `asked` counts the paths that it was asked for, `swept` the documents of a sweep, `removed` are
    posts that were deleted; one that `has_own` sitemaps has core's no more. It fails when it is
    asked for posts that are `broken` by their ids.
    """

    recording: Recording
    rows: list[Row]
    robots: list[str] = field(default_factory=lambda: ["Sitemap: /en/wp-sitemap.xml"])
    shown: Callable[[], list[Row]] | None = None
    time: Callable[[Row], str | None] = lastmod
    size: int = SIZE
    answers: dict[str, Answer] = field(default_factory=dict)
    asked: Counter[str] = field(default_factory=Counter)
    swept: int = 0
    removed: list[Row] = field(default_factory=list)
    has_own: bool = False
    broken: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        collections = {**self.recording.collections, "posts": self.rows}
        self.recording = replace(self.recording, collections=collections)

    @property
    def home(self) -> str:
        """Return the path of its home."""
        return self.recording.home

    def settle(self, url: str) -> None:
        """Let the site know by which address it is served."""
        index_ = self.recording.documents["index"] | {"home": url.rstrip("/")}
        documents = {**self.recording.documents, "index": index_}
        self.recording = replace(self.recording, documents=documents)

    @property
    def listing(self) -> list[Row]:
        """Return the posts that sitemaps show, as core orders them."""
        return sorted(self.shown() if self.shown else self.rows, key=lambda row: row["id"])

    def part(self, number: int) -> list[Row]:
        return self.listing[(number - 1) * self.size : number * self.size]

    def answer(self, url: str) -> Answer:
        """Return what the site answers."""
        path = urlsplit(url).path
        self.asked[path] += 1
        self.swept += "orderby=date&order=desc" in url and "content" not in url
        if path in self.answers:
            return self.answers[path]
        included = dict(parse_qsl(urlsplit(url).query)).get("include", "")
        if self.broken.intersection(included.split(",")):
            return Answer(500, b"")
        if path == "/robots.txt":
            return Answer(200, "\n".join(["User-agent: *", *self.robots, ""]).encode())
        number = path.removeprefix("/en/wp-sitemap-posts-post-").removesuffix(".xml")
        if number.isdecimal():
            rows = [] if self.has_own else self.part(int(number))
            return Answer(200, urlset(rows, self.time), XML) if rows else Answer(404, b"")
        route, _, id_ = path.removeprefix("/en/wp-json/wp/v2/").partition("/")
        if route == "posts" and id_ and id_ not in {str(row["id"]) for row in self.rows}:
            return Answer(404, orjson.dumps(GONE), {"Content-Type": "application/json"})
        return self.recording.answer(url)

    def edit(self, id_: int, **fields: Any) -> Row:  # noqa: ANN401 - of any field
        """Change fields of a post."""
        row = next(row for row in self.rows if row["id"] == id_)
        row |= fields
        return row

    def remove(self, id_: int) -> None:
        """Delete a post."""
        self.removed += [row for row in self.rows if row["id"] == id_]
        self.rows[:] = [row for row in self.rows if row["id"] != id_]

    def bring_own(self, name: str = OWN, *, packed: bool = False) -> None:
        """Let a plugin bring its own sitemaps, as Yoast does: those modified last are the last.

        An archive comes first. The index tells when each was modified.
        """
        self.has_own = True
        rows = sorted(self.listing, key=lambda row: (row["modified_gmt"], row["id"]))
        parts = [rows[start : start + self.size] for start in range(0, len(rows), self.size)]
        end = ".xml.gz" if packed else ".xml"
        paths = [
            f"/en/post-sitemap{number or ''}{end}" for number in [0, *range(2, len(parts) + 1)]
        ]
        archive = [self.rows[0] | {"link": "https://ameforum.net/en/"}]
        for path, part in zip(paths, parts, strict=True):
            body = urlset([*(archive if path == paths[0] else []), *part], self.time)
            self.answers[path] = Answer(200, gzip.compress(body) if packed else body, XML)
        listed = [f"https://ameforum.net{path}" for path in ["/en/page-sitemap.xml", *paths]]
        times = [None, *(max(filter(None, map(self.time, part))) for part in parts)]
        self.answers[name] = Answer(200, index(listed, times), XML)
