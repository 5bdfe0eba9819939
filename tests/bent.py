"""A recorded site that misbehaves in one way, as real ones do and a good one cannot be made to."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import orjson

from newscrawl.demo.recording import Answer, Recording
from tests.crawls import Crawl

Query = dict[str, str]
Bend = Callable[[str, Query, Answer], Answer]
Bending = Callable[..., Crawl]
COPIES = 12
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Bent:
    """A recording whose answers pass through a bend: (route below wp/v2, query, answer)."""

    recording: Recording
    bend: Bend

    @property
    def home(self) -> str:
        """Return the path of its home."""
        return self.recording.home

    def answer(self, url: str) -> Answer:
        """Return what the bent site answers."""
        path = urlsplit(url).path
        route = path.partition("/wp/v2/")[2] if "/wp/v2/" in path else path
        query = dict(parse_qsl(urlsplit(url).query))
        return self.bend(route, query, self.recording.answer(url))


def on_rows(route: str, change: Callable[[dict[str, Any]], None]) -> Bend:
    """Return a bend that changes each resource of a collection."""

    def bend(asked: str, _query: Query, answer: Answer) -> Answer:
        if asked != route or answer.status != 200:
            return answer
        rows = orjson.loads(answer.body)
        for row in rows:
            change(row)
        return replace(answer, body=orjson.dumps(rows))

    return bend


def on_index(**changed: object) -> Bend:
    """Return a bend that changes what the index says."""

    def bend(route: str, _query: Query, answer: Answer) -> Answer:
        if not route.endswith("/wp-json/"):
            return answer
        return replace(answer, body=orjson.dumps(orjson.loads(answer.body) | changed))

    return bend


def refusing(route: str, status: int, code: str = "") -> Bend:
    """Return a bend that refuses a route, as WordPress does or, without a code, as a firewall."""

    def bend(asked: str, _query: Query, answer: Answer) -> Answer:
        body = orjson.dumps({"code": code, "data": {"status": status}}) if code else b"<h1>No</h1>"
        return Answer(status, body, {"Content-Type": "text/html"}) if asked == route else answer

    return bend


def later(row: dict[str, Any], days: int) -> dict[str, Any]:
    """Return a resource dated so many days later."""
    moved = {name: _moved(row[name], days) for name in ("date", "date_gmt") if name in row}
    return row | moved


def _moved(date: str, days: int) -> str:
    return (datetime.fromisoformat(date) + DAY * days).isoformat()
