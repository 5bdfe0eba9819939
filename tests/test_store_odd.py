"""Posts as no editor writes them: a store takes them, and what is written beside them."""

import random
from pathlib import Path
from typing import Any

import orjson

from newscrawl.demo.recording import Answer, Recording
from newscrawl.demo.server import serving
from tests.bent import Bent, Query
from tests.crawls import crawl
from tests.keeping import keeping, link_of, post_of
from tests.test_store import read

NUL = "\x00"
SITE = "https://news.example"
WORDS = "left(coalesce(title, '') || ' ' || coalesce(content_text, ''), 100000)"
FOUND = {  # as docs/store.md tells
    True: f"to_tsvector('simple', {WORDS}) @@ to_tsquery('simple', '{{}}')",
    False: "pk IN (SELECT rowid FROM posts_fts WHERE posts_fts MATCH '{}')",
}
NAMELESS = frozenset({"id", "_links", "date", "date_gmt", "modified", "modified_gmt"})


def spoiled(value: Any) -> Any:  # noqa: ANN401 - JSON is any value
    """Return a value with a NUL in each of its strings, but those by which it is found."""
    if isinstance(value, str):
        return value[:3] + NUL + value[3:]
    if isinstance(value, list):
        return [spoiled(part) for part in value]
    if isinstance(value, dict):
        return {name: part if name in NAMELESS else spoiled(part) for name, part in value.items()}
    return value


def test_what_no_database_holds_is_left_out_of_every_field(
    recording: Recording, tmp_path: Path, store: str
) -> None:
    """NUL in titles, GUIDs, types and in the names that a post carries."""

    def spoiling(route: str, _query: Query, answer: Answer) -> Answer:
        rows = orjson.loads(answer.body) if "/" not in route and answer.status == 200 else None
        if not isinstance(rows, list):
            return answer
        return Answer(200, orjson.dumps(spoiled(rows)), answer.headers)

    with serving(recording) as url:
        plain = crawl(tmp_path / "plain.jsonl", site=url)
    with serving(Bent(recording, spoiling)) as url:
        first = crawl(tmp_path / "posts.jsonl", site=url, store=store)
        second = crawl(
            tmp_path / "none.jsonl",
            site=url,
            store=store,
            items="posts,authors,terms,media",
            types="all",
        )
    assert (first.status, len(first.rows)) == (0, len(plain.rows))
    assert [row for row in second.rows if row["kind"] == "post"] == []
    names = {row["id"]: row["guid"] for row in plain.rows}
    assert {row["id"]: row["guid"] for row in read(store, "SELECT id, guid FROM posts")} == names


def letters(count: int) -> str:
    """Return letters that no compression makes fewer."""
    return "".join(random.Random(9).choices("abcdefghijklmnopqrstuvwxyz0123456789", k=count))  # noqa: S311 - a sample


def test_a_text_of_any_length_is_stored_and_found(store: str) -> None:
    """1 MB of different words is more than PostgreSQL's `tsvector` holds, pairs of letters, too."""
    words = "strike " + " ".join(f"{number:07}" for number in range(200_000))
    first = 0x20000  # letters of four bytes
    pairs = " ".join(f"{chr(first + k % 199)}-{chr(first + k // 199)}" for k in range(39_000))
    with keeping(store, SITE) as keeper:
        keeper.take(post_of(SITE, 1, content_text=words))
        keeper.take(post_of(SITE, 2, content_text=pairs))
        keeper.take(post_of(SITE, 3, title=pairs + pairs + pairs))
        keeper.commit([])
    found = FOUND["://" in store].format("strike")
    assert read(store, f"SELECT id FROM posts WHERE {found}") == [{"id": 1}]
    assert read(store, "SELECT content_text FROM posts WHERE id = 1") == [{"content_text": words}]


def test_a_guid_of_any_length_is_that_of_its_post(store: str) -> None:
    guids = [f"{SITE}/?p={letters(9_000)}{end}" for end in "ab"]
    with keeping(store, SITE) as keeper:
        for number, guid in enumerate(guids):
            keeper.take(post_of(SITE, number + 1, guid=guid))
        keeper.commit([])
    with keeping(store, SITE) as keeper:
        found = [keeper.stored(post_of(SITE, 9, guid=guid, slug="x")) for guid in guids]
    assert [row and row["id"] for row in found] == [1, 2]
    assert [row["guid"] for row in read(store, "SELECT guid FROM posts ORDER BY id")] == guids


def test_a_link_of_any_length_is_stored_once(store: str) -> None:
    hrefs = [f"{SITE}/wp-json/?include={letters(9_000)}{end}" for end in "ab"]
    for status in ("failed", "resolved"):
        with keeping(store, SITE) as keeper:
            for href in hrefs:
                keeper.take(link_of(SITE, 1, href=href, rel=letters(5_000), status=status))
            keeper.commit([])
    kept = read(store, "SELECT href, status FROM links ORDER BY href")
    assert kept == [{"href": href, "status": "resolved"} for href in hrefs]
