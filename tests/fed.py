"""A recorded site whose API is closed and whose feed is open, as WordPress writes one."""

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from email.utils import format_datetime
from typing import Any
from urllib.parse import parse_qsl, urlsplit
from xml.sax.saxutils import escape

import orjson

from newscrawl.core.sitemaps import CORE_INDEX
from newscrawl.demo.recording import Answer, Recording
from tests.mapped import XML as SITEMAPS
from tests.mapped import index, urlset

Row = dict[str, Any]
HOST = "https://ameforum.net"
HTML = {"Content-Type": "text/html; charset=UTF-8"}
SITEMAP = "/en/wp-sitemap-posts-post-1.xml"
ARCHIVE = re.compile(r"/en/(?P<kind>term|author)/(?P<id>\d+)/feed/")
SIZE = 10  # posts on a page of a feed: WordPress's `posts_per_rss`
XML = {"Content-Type": "application/rss+xml; charset=UTF-8"}
JSON = {"Content-Type": "application/json; charset=UTF-8"}
HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>Seen</title>
<link>https://ameforum.net/en</link><language>en-US</language>"""


def entry(row: Row, names: dict[int, str], *, whole: bool = True) -> str:
    """Return the entry of a post (wp-includes/feed-rss2.php)."""
    date = datetime.fromisoformat(row["date_gmt"]).replace(tzinfo=UTC)
    terms = [names[id_] for id_ in [*row["categories"], *row["tags"]] if id_ in names]
    parts = [
        f"<title>{escape(row['title']['rendered'])}</title><link>{escape(row['link'])}</link>",
        f"<dc:creator><![CDATA[{names.get(row['author'], '')}]]></dc:creator>",
        f"<pubDate>{format_datetime(date)}</pubDate>",
        *(f"<category><![CDATA[{name}]]></category>" for name in terms),
        f'<guid isPermaLink="false">{row["guid"]["rendered"]}</guid>',
        "<description><![CDATA[<p>In short.</p>]]></description>",
    ]
    content = row["content"]["rendered"].replace("]]>", "]]&gt;")
    if whole:
        parts.append(f"<content:encoded><![CDATA[{content}]]></content:encoded>")
    return f"<item>{''.join(parts)}</item>"


def static_page(classes: str = "page page-id-7") -> Answer:
    """Return a page that is of no post, as WordPress marks its body."""
    words = "<p>Who we are and what we want of all of you.</p>" * 9
    text = f'<html><body class="{classes}"><h1>About</h1><div class="entry-content">{words}</div>'
    return Answer(200, text.encode(), HTML)


def page_of(row: Row, names: dict[int, str]) -> str:
    """Return the page of a post, as a classic theme marks it."""
    date = f"{row['date_gmt']}+00:00"
    terms = [id_ for id_ in [*row["categories"], *row["tags"]] if id_ in names]
    tags = "".join(
        f'<a rel="category tag" href="/en/term/{id_}/">{escape(names[id_])}</a>' for id_ in terms
    )
    return (
        f'<!DOCTYPE html><html lang="en-US"><head><title>x</title>'
        f'<link rel="canonical" href="{row["link"]}">'
        f'<link rel="shortlink" href="https://ameforum.net/en/?p={row["id"]}"></head><body>'
        f'<article class="hentry"><h1 class="entry-title">{row["title"]["rendered"]}</h1>'
        f'<time class="entry-date published" datetime="{date}">then</time>'
        f'<span class="author vcard"><a class="url fn n">{names.get(row["author"], "")}</a></span>'
        f'<div class="entry-content">{row["content"]["rendered"]}</div>{tags}</article>'
    )


def _holds(value: int | list[int], id_: int) -> bool:
    return id_ == value if isinstance(value, int) else id_ in value


@dataclass
class Fed:
    """A recording that answers its API with `closed`, and has a feed.

    `bend` changes the answer to a page of the feed, `asked` counts the addresses that it was asked
    for; `whole` says whether the feed holds contents, `branches` whether categories and authors
    have feeds, `robots` are lines of its robots.txt; `pages` whether its posts have pages,
    `answers` what it answers at a path of its own; `listed` are the posts of its sitemaps, which it
    has not where that is None, at the address of its `host`. `here` is the host that it says it
    has.
    """

    recording: Recording
    closed: Answer = field(
        default_factory=lambda: Answer(403, orjson.dumps({"code": "rest_disabled"}), JSON)
    )
    bend: Callable[[int, Answer], Answer] = lambda _page, answer: answer
    whole: bool = True
    branches: bool = False
    robots: list[str] = field(default_factory=list)
    pages: bool = True
    answers: dict[str, Answer] = field(default_factory=dict)
    host: str = HOST
    here: str = HOST
    listed: Callable[[], list[Row]] | None = None
    asked: Counter[str] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        posts = [dict(row) for row in self.recording.collections["posts"]]
        collections = {**self.recording.collections, "posts": posts}
        self.recording = replace(self.recording, collections=collections)

    @property
    def home(self) -> str:
        """Return the path of its home."""
        return self.recording.home

    @property
    def rows(self) -> list[Row]:
        """Return its posts, newest first."""
        posts = self.recording.collections["posts"]
        return sorted(posts, key=lambda row: row["date"], reverse=True)

    @property
    def names(self) -> dict[int, str]:
        """Return the names of authors and terms by id."""
        collections = self.recording.collections
        return {
            row["id"]: row["name"]
            for name in ("users", "categories", "tags")
            for row in collections[name]
        }

    def stand_at(self, url: str) -> None:
        """Let the site say that it is at an address, that of its home, its sitemaps too."""
        self.here = self.host = url.removesuffix(f"{self.home}/")

    def answer(self, url: str) -> Answer:
        """Return what the site answers, under the host that it says it has."""
        told = self.told(url)
        return replace(told, body=told.body.replace(HOST.encode(), self.here.encode()))

    def told(self, url: str) -> Answer:
        """Return what the site answers under its recorded host."""
        parts = urlsplit(url)
        self.asked[parts.path] += 1
        if parts.path == "/robots.txt":
            return Answer(200, "\n".join(["User-agent: *", *self.robots, ""]).encode())
        if parts.path == "/en/feed/":
            page = int(dict(parse_qsl(parts.query)).get("paged", "1"))
            return self.bend(page, self.page(page))
        if archive := ARCHIVE.fullmatch(parts.path):
            page = int(dict(parse_qsl(parts.query)).get("paged", "1"))
            return self.page(page, self.of(archive["kind"], int(archive["id"])))
        path = f"{parts.path}?{parts.query}" if parts.query else parts.path
        if found := self.answers.get(path) or self.answers.get(parts.path):
            return found
        if parts.path.startswith("/en/wp-json"):
            return self.closed
        return self.listing(parts.path) or self.webpage(parts.path) or self.recording.answer(url)

    def listing(self, path: str) -> Answer | None:
        """Return a sitemap, None for another path."""
        if self.listed and path == f"/en/{CORE_INDEX}":
            return Answer(200, index([f"{self.host}{SITEMAP}"]), SITEMAPS)
        if self.listed and path == SITEMAP:
            body = urlset(self.listed(), lambda _row: None)
            return Answer(200, body.replace(HOST.encode(), self.host.encode()), SITEMAPS)
        return None

    def webpage(self, path: str) -> Answer | None:
        """Return the page of a post, None for another path."""
        shown = [row for row in self.rows if urlsplit(row["link"]).path == path]
        if not shown or not self.pages:
            return None
        return Answer(200, page_of(shown[0], self.names).encode(), HTML)

    def of(self, kind: str, id_: int) -> list[Row]:
        """Return the posts of an archive, newest first; a site without branches has none."""
        fields = ("author",) if kind == "author" else ("categories", "tags")
        rows = self.rows if self.branches else []
        return [row for row in rows if any(_holds(row[field], id_) for field in fields)]

    def page(self, number: int, rows: list[Row] | None = None) -> Answer:
        """Return a page of the feed, or of one of some posts; behind the last there is none."""
        every = self.rows if rows is None else rows
        rows = every[(number - 1) * SIZE : number * SIZE]
        if not rows:
            return Answer(404, b"<html><p>Nothing here.</html>")
        entries = "".join(entry(row, self.names, whole=self.whole) for row in rows)
        return Answer(200, f"{HEAD}{entries}</channel></rss>".encode(), XML)
