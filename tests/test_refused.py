"""Refusals that pass, totals that lie, sites that are down: no loss, no storm, an end."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from itertools import count
from pathlib import Path

import orjson
import pytest

from newscrawl.core.pace import Pace
from newscrawl.demo.recording import Answer, Recording
from newscrawl.demo.server import serving
from tests.bent import COPIES, Bend, Bending, Bent, Query
from tests.crawls import crawl
from tests.test_order import WHOLE, newest_first, ordered, with_comments
from tests.test_truth import POSTS

PAGE = {"Content-Type": "text/html"}
FORBIDDEN = Answer(403, b"<h1>Forbidden</h1>", PAGE)


def with_total(bend: Bend, route: str, total: Callable[[int], int]) -> Bend:
    """Return a bend that tells another total, by the rows that it shows."""

    def told(asked: str, query: Query, answer: Answer) -> Answer:
        answer = bend(asked, query, answer)
        if asked != route or "X-WP-Total" not in answer.headers:
            return answer
        rows = len(orjson.loads(answer.body))
        size = int(query.get("per_page", "10"))
        headers = {"X-WP-Total": str(total(rows)), "X-WP-TotalPages": str(-(-total(rows) // size))}
        return replace(answer, headers=answer.headers | headers)

    return told


@pytest.mark.parametrize("total", [0, 90, 500])
def test_a_false_total_is_none(grown: Recording, tmp_path: Path, total: int) -> None:
    oldest_first = ordered(grown, lambda row: row["id"], 100)
    with serving(Bent(grown, with_total(oldest_first, "posts", lambda _: total))) as url:
        done = crawl(tmp_path / "posts.jsonl", site=url)
    assert (done.status, len(done.rows)) == (0, COPIES * POSTS)


def test_images_of_a_site_that_tells_a_false_total_are_not_lost(
    bent: Bending, recording: Recording
) -> None:
    oldest_first = ordered(recording, lambda row: row["id"], 20, "media")
    done = bent(with_total(oldest_first, "media", lambda _: 0), **WHOLE)
    media = done.ledger["collections"]["media"]
    assert done.kinds()["media"] == media["found"] == 94
    assert media["missing"] == []


def longer_than(most: int) -> Bend:
    """Return a bend of a firewall that refuses addresses with more ids than so many."""

    def refuses(_route: str, query: Query, answer: Answer) -> Answer:
        ids = max(
            (value.count(",") for name, value in query.items() if name != "_fields"), default=0
        )
        return FORBIDDEN if ids >= most else answer

    return refuses


def test_a_firewall_that_refuses_many_ids_is_asked_for_fewer(
    grown: Recording, tmp_path: Path
) -> None:
    with serving(Bent(grown, longer_than(50))) as url:
        done = crawl(tmp_path / "posts.jsonl", site=url)
    told = [row["image"]["url"] for row in done.rows if row["image"]]
    assert done.status == 0
    assert told
    assert all(told)
    assert done.ledger["requests"] < 60


def test_a_firewall_that_refuses_many_posts_hides_no_comment(
    recording: Recording, tmp_path: Path
) -> None:
    commented = with_comments(recording, 300)
    with serving(Bent(commented, longer_than(50))) as url:
        done = crawl(tmp_path / "rows.jsonl", site=url, items="posts,comments")
    assert (done.status, done.kinds()["comment"]) == (0, 300)


def test_a_firewall_that_refuses_a_collection_is_not_stormed(bent: Bending) -> None:
    def refuses(route: str, _query: Query, answer: Answer) -> Answer:
        return FORBIDDEN if route == "media" else answer

    done = bent(refuses)
    assert (done.status, len(done.rows)) == (0, POSTS)
    assert done.ledger["requests"] < 30


def test_of_comments_that_are_closed_nobody_knows_how_many_there_are(bent: Bending) -> None:
    def closed(route: str, _query: Query, answer: Answer) -> Answer:
        body = b'{"code":"rest_forbidden","data":{"status":401}}'
        return Answer(401, body, {}) if route == "comments" else answer

    done = bent(closed, items="posts,comments")
    assert done.ledger["collections"]["comments"]["expected"] is None


def first_of(route: str, refusal: Answer) -> Bend:
    """Return a bend that refuses the first request of a route, and no other."""
    asked = count()

    def refuses(told: str, _query: Query, answer: Answer) -> Answer:
        return refusal if told.endswith(route) and not next(asked) else answer

    return refuses


@pytest.mark.parametrize("route", ["posts", "/wp-json/", "types"])
@pytest.mark.parametrize("refusal", [FORBIDDEN, Answer(404, b"<h1>Not found</h1>", PAGE)])
def test_a_refusal_that_passes_costs_nothing(bent: Bending, route: str, refusal: Answer) -> None:
    done = bent(first_of(route, refusal), types="all")
    assert len(done.rows) == POSTS
    assert [told["url"] for told in done.ledger["refusals"] if "/pages?" not in told["url"]] == []


def test_an_api_that_is_advertised_and_refused_is_told_so(bent: Bending) -> None:
    def refuses(route: str, _query: Query, answer: Answer) -> Answer:
        return FORBIDDEN if "wp-json" in route else answer

    done = bent(refuses)
    assert done.status == 1
    assert "403" in done.ledger["refusals"][0]["reason"]
    assert "neither advertised" not in done.ledger["refusals"][0]["reason"]


@pytest.mark.parametrize("name", ["categories", "tags", "authors"])
def test_a_filter_that_a_site_ignores_is_applied_all_the_same(
    recording: Recording, bent: Bending, name: str
) -> None:
    field = {"authors": "author"}.get(name, name)
    posts = recording.collections["posts"]
    wanted = listed_ids(posts[0][field])[0]
    having = {row["id"] for row in posts if wanted in listed_ids(row[field])}

    def ignoring(route: str, query: Query, answer: Answer) -> Answer:
        if route != "posts":
            return answer
        plain = {key: value for key, value in query.items() if key != field}
        return ordered(recording, lambda row: -row["id"], 100)(route, plain, answer)

    done = bent(ignoring, **{name: wanted})
    assert {row["id"] for row in done.rows} == having
    assert done.ledger["collections"]["posts"]["expected"] == len(having)


def listed_ids(told: int | Iterable[int]) -> list[int]:
    return [told] if isinstance(told, int) else list(told)


def test_posts_that_stand_and_no_list_shows_are_read_and_told(
    recording: Recording, tmp_path: Path
) -> None:
    edited = [
        row | {"modified": "2030-01-01T00:00:00", "content": {"rendered": "<p>Other.</p>"}}
        for row in recording.collections["posts"]
    ]
    later = replace(recording, collections={**recording.collections, "posts": edited})
    ten = ordered(later, lambda row: row["id"], 10)
    sites = {
        "good": (recording, lambda _r, _q, a: a),
        "short": (later, with_total(ten, "posts", lambda rows: rows)),
    }
    now = "good"

    def turn(route: str, query: Query, answer: Answer) -> Answer:
        return sites[now][1](route, query, answer)

    store = str(tmp_path / "news.db")
    with serving(Bent(recording, turn)) as url:
        crawl(tmp_path / "first.jsonl", site=url, store=store)
    with serving(Bent(later, turn)) as url:
        now = "short"
        done = crawl(tmp_path / "second.jsonl", site=url, store=store)
    assert done.status == 3
    assert len(done.rows) == POSTS


def test_a_site_that_strains_without_an_answer_is_given_up() -> None:
    pace = Pace(pause=1.0)
    now = 0.0
    while pace.strained(now) <= 900:
        now += pace.wait(now) or 0.0
        pace.depart(now)
        pace.strain(now, now, None, 0.5)
        assert pace.strains < 20
    assert pace.strains > 5
    pace.arrive(now, now)
    assert pace.strained(now) == 0


def test_a_site_that_is_down_is_given_up_before_it_is_guessed_at(bent: Bending) -> None:
    done = bent(lambda _route, _query, _answer: Answer(503, b"<h1>Down</h1>", PAGE))
    assert done.status == 1
    assert done.ledger["requests"] < 10
    assert done.ledger["refusals"][-1]["reason"].startswith("HTTP 503. Check the address")


def test_a_cap_that_is_counted_as_all_loses_no_post(bent: Bending, recording: Recording) -> None:
    """A site that ignores `per_page` and counts the rows that it shows."""
    ten = ordered(recording, newest_first, 10)
    done = bent(with_total(ten, "posts", lambda rows: rows))
    assert (done.status, len(done.rows)) == (0, POSTS)
    assert done.ledger["requests"] < 60


def test_a_site_that_goes_down_is_given_up_when_patience_ends(
    recording: Recording, bent: Bending
) -> None:
    ten = ordered(recording, newest_first, 10)

    def down(route: str, query: Query, answer: Answer) -> Answer:
        is_down = route == "posts" and "before" in query
        return Answer(503, b"<h1>Down</h1>", PAGE) if is_down else ten(route, query, answer)

    done = bent(down, "-s", "NEWSCRAWL_PATIENCE=0.3")
    assert (done.status, len(done.rows)) == (3, 10)
    assert "NEWSCRAWL_PATIENCE" in done.ledger["refusals"][-1]["reason"]
