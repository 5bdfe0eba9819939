"""One bad row, a cap on everything or rows at random: what is around it is read all the same."""

import random
from collections.abc import Collection
from dataclasses import replace
from pathlib import Path

import orjson
import pytest

from newscrawl.demo.recording import Answer, Recording
from newscrawl.demo.server import serving
from tests.bent import COPIES, Bend, Bending, Bent, Query
from tests.crawls import Crawl, crawl
from tests.test_order import (
    WHOLE,
    breaking,
    listed,
    ordered,
    with_comments,
    without_totals,
)
from tests.test_truth import POSTS


def unnamed(bend: Bend, route: str, ids: Collection[int]) -> Bend:
    """Return a bend that breaks at some resources, whatever is asked of them."""

    def breaks(asked: str, query: Query, answer: Answer) -> Answer:
        answer = bend(asked, query, answer)
        rows = orjson.loads(answer.body) if asked == route and answer.status == 200 else []
        return Answer(500, b"", {}) if any(row["id"] in ids for row in rows) else answer

    return breaks


def heavy(bend: Bend) -> Bend:
    """Return a bend that breaks only where more than ids, dates and traces is asked for."""

    def breaks(route: str, query: Query, answer: Answer) -> Answer:
        light = len(query.get("_fields", "").split(",")) <= 2
        return answer if light else bend(route, query, answer)

    return breaks


def at_random(recording: Recording, route: str) -> Bend:
    """Return a bend that shows any hundred rows of a collection, whatever is asked for."""
    chance = random.Random(1)  # noqa: S311 - rows
    rows = recording.collections[route]

    def bend(asked: str, query: Query, answer: Answer) -> Answer:
        if asked != route:
            return answer
        fields = query.get("_fields", "").split(",")
        shown = [
            {name: row[name] for name in fields if name in row} for row in chance.sample(rows, 100)
        ]
        headers = {"Content-Type": "application/json", "X-WP-Total": str(len(rows))}
        return Answer(200, orjson.dumps(shown), headers)

    return bend


def everywhere(recording: Recording, most: int) -> Bend:
    """Return a bend that shows no more rows than a cap, also of those asked for by id."""
    scrambled = ordered(recording, lambda row: row["id"] * 7919 % 1013, most)

    def bend(route: str, query: Query, answer: Answer) -> Answer:
        answer = scrambled(route, query, answer)
        if route not in recording.collections or answer.status != 200:
            return answer
        return replace(answer, body=orjson.dumps(orjson.loads(answer.body)[:most]))

    return bend


@pytest.mark.parametrize("told", [True, False])
def test_a_cap_that_covers_ids_loses_no_post(
    bent: Bending, recording: Recording, *, told: bool
) -> None:
    bend = everywhere(recording, 10)
    done = bent(bend if told else without_totals(bend))
    assert (done.status, len(done.rows)) == (0, POSTS)
    assert done.ledger["requests"] < 100


def test_posts_at_random_come_to_an_end(grown: Recording, tmp_path: Path) -> None:
    with serving(Bent(grown, at_random(grown, "posts"))) as url:
        done = crawl(tmp_path / "posts.jsonl", site=url)
    assert done.status == 3 or len(done.rows) == COPIES * POSTS
    assert done.ledger["requests"] < 250


def test_comments_at_random_come_to_an_end(recording: Recording, tmp_path: Path) -> None:
    commented = with_comments(recording, 300)
    with serving(Bent(commented, at_random(commented, "comments"))) as url:
        done = crawl(tmp_path / "rows.jsonl", site=url, items="posts,comments")
    assert done.status == 3 or done.kinds()["comment"] == 300
    assert done.kinds()["post"] == POSTS
    assert done.ledger["requests"] < 150


def with_tags(recording: Recording, many: int) -> Recording:
    """Return a recorded site with more tags; no post carries those added."""
    tags = recording.collections["tags"]
    added = [
        tags[0] | {"id": 50_000 + number, "name": f"Tag {number}", "slug": f"tag-{number}"}
        for number in range(many)
    ]
    return replace(recording, collections={**recording.collections, "tags": [*tags, *added]})


@pytest.mark.parametrize("route", ["tags", "media", "users"])
def test_one_bad_row_of_a_whole_collection_is_named(
    recording: Recording,
    tmp_path: Path,
    route: str,
) -> None:
    tagged = with_tags(recording, 250)
    rows = tagged.collections[route]
    bad = rows[len(rows) // 2]["id"]
    with serving(Bent(tagged, heavy(breaking(route, bad)))) as url:
        done = crawl(tmp_path / "rows.jsonl", site=url, **WHOLE)
    account = done.ledger["collections"][route]
    assert account["found"] == len(rows) - 1
    assert [told["id"] for told in account["unreadable"]] == [bad]
    assert done.status == 3


def test_one_bad_row_that_cannot_be_named_takes_no_other_along(
    recording: Recording,
    tmp_path: Path,
) -> None:
    tagged = with_tags(recording, 250)
    rows = tagged.collections["tags"]
    with serving(Bent(tagged, breaking("tags", rows[130]["id"]))) as url:
        done = crawl(tmp_path / "rows.jsonl", site=url, **WHOLE)
    assert done.ledger["collections"]["tags"]["found"] == len(rows) - 1
    assert done.status == 3


@pytest.mark.parametrize("items", ["posts,comments", "all"])
def test_one_bad_comment_is_named(recording: Recording, tmp_path: Path, items: str) -> None:
    commented = with_comments(recording, 300)
    with serving(Bent(commented, heavy(breaking("comments", 150)))) as url:
        done = crawl(tmp_path / "rows.jsonl", site=url, items=items, types="all")
    account = done.ledger["collections"]["comments"]
    assert done.kinds()["comment"] == 299
    assert [told["id"] for told in account["unreadable"]] == [150]
    assert done.status == 3


def test_posts_that_break_and_cannot_be_named_take_no_other_along(
    bent: Bending,
    recording: Recording,
) -> None:
    ids = [row["id"] for row in recording.collections["posts"]]
    done = bent(unnamed(lambda _route, _query, answer: answer, "posts", {ids[20], ids[50]}))
    assert (done.status, len(done.rows)) == (3, POSTS - 2)
    assert done.ledger["requests"] < 150


def test_one_bad_post_costs_no_more_than_its_finding(grown: Recording, tmp_path: Path) -> None:
    bad = grown.collections["posts"][480]["id"]
    with serving(Bent(grown, heavy(breaking("posts", bad)))) as url:
        done = crawl(tmp_path / "posts.jsonl", site=url)
    assert (done.status, len(done.rows)) == (3, COPIES * POSTS - 1)
    assert done.ledger["requests"] < 100


def test_a_post_deleted_meanwhile_is_no_site_that_repeats(
    recording: Recording,
    tmp_path: Path,
) -> None:
    gone = recording.collections["posts"][40]["id"]
    kept = [row for row in recording.collections["posts"] if row["id"] != gone]
    later = replace(recording, collections={**recording.collections, "posts": kept})
    asked: list[Query] = []

    def change(route: str, query: Query, answer: Answer) -> Answer:
        if route == "posts":
            asked.append(query)
            return listed(later, query) if len(asked) > 1 else answer
        return answer

    with serving(Bent(recording, change)) as url:
        done: Crawl = crawl(tmp_path / "posts.jsonl", site=url)
    assert (done.status, len(done.rows)) == (0, POSTS)
    assert done.ledger["refusals"] == []
