"""Comments, media, terms and authors of a site that a store knows: what is new, what is gone."""

import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import orjson
import pytest
from alembic.migration import MigrationContext
from alembic.operations import Operations
from sqlalchemy import insert

from newscrawl.demo.recording import Answer, Recording
from newscrawl.demo.server import serving
from newscrawl.store.database import engine_of, open_store, writing
from newscrawl.store.first import begin
from newscrawl.store.migrations import VERSION
from tests.crawls import Crawl, crawl
from tests.test_order import with_comments

KINDS = {"items": "posts,authors,media,terms,comments", "types": "all"}
MANY = 1000
Change = Callable[[list[dict[str, Any]]], list[dict[str, Any]]]


class Turning:
    """A site of which one collection changes between crawls."""

    def __init__(self, recording: Recording, tmp_path: Path) -> None:
        self.now = with_comments(recording, MANY)
        self.home, self.url = self.now.home, ""
        self.lie: tuple[str, str] | None = None
        self.store = str(tmp_path / "news.db")
        self.feed = tmp_path / "rows.jsonl"

    def change(self, route: str, change: Change) -> None:
        rows = change(self.now.collections[route])
        self.now = replace(self.now, collections={**self.now.collections, route: rows})

    def answer(self, url: str) -> Answer:
        """Return what the site answers now; it has no pages, which the recording lacks."""
        told = {"Content-Type": "application/json", "X-WP-Total": "0"}
        if "/wp/v2/pages" in url:
            return Answer(200, b"[]", told)
        if self.lie and f"/wp/v2/{self.lie[0]}?" in url and "include=" not in url:
            return bad(self.now.answer(url), self.lie[1], int("&page=" in url) + 1)
        return self.now.answer(url)

    def crawled(self) -> Crawl:
        return crawl(self.feed, site=self.url, store=self.store, **KINDS)

    def deleted(self, table: str) -> set[int]:
        with sqlite3.connect(self.store) as connection:
            query = f"SELECT id FROM {table} WHERE deleted IS NOT NULL"
            return {id_ for (id_,) in connection.execute(query)}


@pytest.fixture
def turning(recording: Recording, tmp_path: Path) -> Iterator[Turning]:
    site = Turning(recording, tmp_path)
    with serving(site) as site.url:
        assert site.crawled().status == 0
        yield site


def test_collections_that_did_not_change_take_a_request_each(turning: Turning) -> None:
    again = turning.crawled()
    assert (again.status, again.rows) == (0, [])
    assert again.ledger["requests"] < 15
    comments = again.ledger["collections"]["comments"]
    assert (comments["unchanged"], comments["expected"]) == (MANY, MANY)


def test_new_comments_are_read_and_no_old_ones(turning: Turning) -> None:
    post = turning.now.collections["comments"][0]["post"]
    new = {"id": 5000, "post": post, "date": "2026-01-01T00:00:00"}
    turning.change("comments", lambda rows: [*rows, new])
    again = turning.crawled()
    assert (again.status, [row["id"] for row in again.rows]) == (0, [5000])
    assert again.ledger["requests"] < 15
    assert turning.crawled().rows == []


@pytest.mark.parametrize("route", ["comments", "media", "tags"])
def test_what_is_gone_is_told_and_what_returns_is_new(turning: Turning, route: str) -> None:
    table = {"tags": "terms"}.get(route, route)
    rows = turning.now.collections[route]
    gone = rows[len(rows) // 2]
    turning.change(route, lambda rows: [row for row in rows if row is not gone])
    again = turning.crawled()
    assert again.ledger["collections"][route]["deleted"] == 1
    assert turning.deleted(table) == {gone["id"]}
    quiet = turning.crawled()
    assert quiet.ledger["requests"] < 15
    turning.change(route, lambda rows: [*rows, gone])
    assert gone["id"] in {row["id"] for row in turning.crawled().rows}
    assert turning.deleted(table) == set()


@pytest.mark.parametrize("lie", ["empty", "total 0 later", "capped", "nothing"])
@pytest.mark.parametrize("route", ["comments", "tags"])
def test_one_bad_answer_strikes_nothing(turning: Turning, route: str, lie: str) -> None:
    table = {"tags": "terms"}.get(route, route)
    turning.lie = route, lie
    turning.change(route, lambda rows: rows[1:])
    turning.crawled()
    assert len(turning.deleted(table)) <= 1
    turning.lie = None
    told = turning.crawled()
    assert not [row for row in told.rows if row["kind"] == table.removesuffix("s")]


def bad(answer: Answer, lie: str, page: int) -> Answer:
    """Return a list that is cut, without its total or with a false one."""
    rows = orjson.loads(answer.body) if answer.status == 200 else []
    shown = {"capped": rows[:10], "total 0 later": [] if page > 1 else rows}.get(lie, [])
    total = {"nothing": "0", "total 0 later": "0" if page > 1 else answer.headers["X-WP-Total"]}
    told = {"X-WP-Total": total[lie]} if lie in total else {}
    return Answer(200, orjson.dumps(shown), {"Content-Type": "application/json", **told})


def test_a_store_of_an_older_schema_is_brought_up_to_date(tmp_path: Path) -> None:
    path = tmp_path / "old.db"
    engine = engine_of(str(path))
    with writing(engine) as connection:
        VERSION.create(connection)
        connection.execute(insert(VERSION).values(version=1))
        begin(Operations(MigrationContext.configure(connection)))
        connection.exec_driver_sql("INSERT INTO sites (pk, key) VALUES (1, '//a.example')")
        connection.exec_driver_sql("INSERT INTO authors (site, id, name) VALUES (1, 7, 'Ada')")
    engine.dispose()
    open_store(str(path)).dispose()
    with sqlite3.connect(path) as connection:
        told = connection.execute("SELECT id, name, deleted FROM authors").fetchall()
    assert told == [(7, "Ada", None)]
