"""Posts as no editor writes them: a store takes them, and what is written beside them."""

from pathlib import Path
from typing import Any

import orjson

from newscrawl.demo.recording import Answer, Recording
from newscrawl.demo.server import serving
from tests.bent import Bent, Query
from tests.crawls import crawl
from tests.test_store import read

NUL = "\x00"
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
