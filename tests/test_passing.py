"""What passes, what lies and what is odd: nothing of it costs a post or a name without a word."""

import os
import signal
import subprocess
import sys
import time
from collections import Counter
from dataclasses import replace
from pathlib import Path
from threading import Event
from typing import Any

import orjson
import pytest

from newscrawl.demo.recording import Answer, Recording
from newscrawl.demo.server import serving
from tests.bent import Bend, Bending, Bent, Query, on_index, on_rows, refusing
from tests.crawls import PROJECT, crawl
from tests.test_truth import POSTS, plain

ELSEWHERE = "https://ameforum.net/en/wp-json/disqus/v1/threads/5"
NEWEST = 11787
HUGE = "100000000000"


def at_first(bend: Bend) -> Bend:
    """Return a bend of the first answer to each address only."""
    seen: Counter[str] = Counter()

    def once(route: str, query: Query, answer: Answer) -> Answer:
        asked = route + str(sorted(query.items()))
        seen[asked] += 1
        return bend(route, query, answer) if seen[asked] == 1 else answer

    return once


def on_first(route: str, bend: Bend) -> Bend:
    """Return a bend of the first answer of a collection only."""
    asked: list[str] = []

    def once(route_: str, query: Query, answer: Answer) -> Answer:
        asked.append(route_)
        first = route_ == route and asked.count(route) == 1
        return bend(route_, query, answer) if first else answer

    return once


def on_types(taxonomies: object) -> Bend:
    def bend(route: str, _query: Query, answer: Answer) -> Answer:
        if route != "types":
            return answer
        types = orjson.loads(answer.body)
        types["post"]["taxonomies"] = taxonomies
        return replace(answer, body=orjson.dumps(types))

    return bend


def at_taxonomy(slug: str, **changed: object) -> Bend:
    def bend(route: str, _query: Query, answer: Answer) -> Answer:
        if route != "taxonomies":
            return answer
        taxonomies = orjson.loads(answer.body)
        taxonomies[slug].update(changed)
        return replace(answer, body=orjson.dumps(taxonomies))

    return bend


def without_every_tenth(_route: str, _query: Query, answer: Answer) -> Answer:
    rows = [row for number, row in enumerate(orjson.loads(answer.body)) if number % 10]
    return replace(answer, body=orjson.dumps(rows))


def carried(rows: list[dict[str, Any]]) -> list[object]:
    """Return what posts carry, in order of their ids."""
    names = ("authors", "categories", "tags", "image")
    return [[row[name] for name in names] for row in sorted(rows, key=lambda row: row["id"])]


@pytest.fixture(scope="module")
def whole(recording: Recording, tmp_path_factory: pytest.TempPathFactory) -> list[object]:
    """Return what the posts of the site carry when nothing is bent."""
    with serving(Bent(recording, plain)) as url:
        return carried(crawl(tmp_path_factory.mktemp("whole") / "posts.jsonl", site=url).rows)


@pytest.mark.parametrize(
    "bend",
    [
        at_first(refusing("media", 404)),
        at_first(refusing("users", 401, "rest_forbidden")),
        at_first(refusing("categories", 404)),
        at_first(refusing("tags", 410, "rest_gone")),
        on_first("media", without_every_tenth),
        on_types({"0": "category", "2": "post_tag"}),
        on_types({"a": "category"}),
        at_taxonomy("category", rest_base="media"),
        at_taxonomy("post_tag", rest_base="posts"),
        refusing("types", 403, "rest_forbidden"),
        on_types(taxonomies=True),
        on_types(None),
        on_index(home="http://[bad"),
        on_index(gmt_offset="inf", timezone_string=""),
        on_index(namespaces={"0": "oembed/1.0", "2": "wp/v2"}),
        on_index(namespaces=[["wp/v2"], None, 3]),
        on_index(namespaces={"a": 1}),
        lambda _route, _query, answer: replace(
            answer, headers={**answer.headers, "Content-Encoding": "br"}
        ),
        lambda _route, _query, answer: replace(
            answer, headers={**answer.headers, "Content-Encoding": "zstd"}
        ),
    ],
    ids=[
        *("media 404 once", "users 401 once", "categories 404 once", "tags 410 once"),
        *("media left out once", "taxonomies as an object", "a taxonomy untold"),
        *("terms at media", "tags at posts", "types refused"),
        *("taxonomies true", "taxonomies null"),
        *("a home that is none", "an endless offset", "namespaces as an object"),
        *("namespaces in a list", "namespaces untold"),
        *("no brotli", "no zstd"),
    ],
)
def test_nothing_is_lost_by(bent: Bending, whole: list[object], bend: Bend) -> None:
    done = bent(bend)
    assert "Traceback" not in done.stderr
    assert (done.status, len(done.rows)) == (0, POSTS)
    assert carried(done.rows) == whole


def test_a_list_that_came_empty_once_is_asked_for_again(
    recording: Recording,
    tmp_path: Path,
) -> None:
    posts = recording.collections["posts"]
    comments = [
        {
            "id": number,
            "post": posts[number % POSTS]["id"],
            "date": f"2024-01-01T00:{number // 60:02}:{number % 60:02}",
        }
        for number in range(1, 251)
    ]
    talking = replace(recording, collections={**recording.collections, "comments": comments})

    def empty(_route: str, query: Query, answer: Answer) -> Answer:
        return replace(answer, body=b"[]") if "before" in query else answer

    with serving(Bent(talking, at_first(empty))) as url:
        done = crawl(tmp_path / "comments.jsonl", site=url, items="comments", types="all")
    assert done.kinds()["comment"] == 250
    assert done.ledger["collections"]["comments"]["hidden"] == 0


def test_an_offset_without_end_is_unknown(bent: Bending) -> None:
    done = bent(on_index(gmt_offset="inf", timezone_string=""), items="posts,sites")
    assert (done.status, len(done.rows)) == (0, POSTS + 1)


def test_a_site_that_is_deaf_to_ids_ends_with_a_gap(bent: Bending, recording: Recording) -> None:
    def deaf(route: str, _query: Query, answer: Answer) -> Answer:
        newest = f"{recording.home}/wp-json/wp/v2/media?per_page=20"
        return recording.answer(newest) if route == "media" else answer

    done = bent(deaf)
    assert (done.status, len(done.rows)) == (3, POSTS)
    assert done.ledger["relations"]["wp:featuredmedia"]["failed"]


@pytest.mark.parametrize("odd", [None, {}, {"id": None}, {"id": "9" * 20}])
def test_posts_without_an_id_are_not_hidden(bent: Bending, odd: object) -> None:
    def nameless(route: str, _query: Query, answer: Answer) -> Answer:
        if route != "posts":
            return answer
        rows = [odd if row["id"] == NEWEST else row for row in orjson.loads(answer.body)]
        return replace(answer, body=orjson.dumps(rows))

    done = bent(nameless)
    assert (done.status, len(done.rows)) == (3, POSTS - 1)
    assert done.ledger["damage"]["a resource without an id"]


@pytest.mark.parametrize("total", ["80", None])
def test_a_site_whose_lists_are_empty_is_not_complete(bent: Bending, total: str | None) -> None:
    def empty(route: str, _query: Query, answer: Answer) -> Answer:
        told = {"X-WP-Total": total, "X-WP-TotalPages": "1"} if total else {}
        plain_headers = {"Content-Type": "application/json", **told}
        return replace(answer, body=b"[]", headers=plain_headers) if route == "posts" else answer

    done = bent(empty)
    assert done.status == 3
    assert not done.ledger["complete"]


@pytest.mark.parametrize(
    "links",
    [
        {"replies": [{"href": ELSEWHERE}]},
        {"version-history": [{"count": 1e300, "href": f"{ELSEWHERE}/revisions"}]},
    ],
)
def test_an_odd_link_costs_no_post(bent: Bending, links: dict[str, Any]) -> None:
    done = bent(on_rows("posts", lambda row: row.get("_links", {}).update(links)), follow="all")
    assert "Traceback" not in done.stderr
    assert (done.status, len(done.rows)) == (0, POSTS)


def test_a_number_that_no_feed_can_hold_is_unknown(bent: Bending) -> None:
    done = bent(on_rows("categories", lambda row: row.update(count="9" * 20)), items="posts,terms")
    assert done.status == 0
    assert any(row["kind"] == "term" and row["count"] is None for row in done.rows)


@pytest.mark.parametrize("route", ["users", "tags", "media"])
def test_a_total_without_end_does_not_go_on_for_ever(bent: Bending, route: str) -> None:
    def endless(asked: str, query: Query, answer: Answer) -> Answer:
        if asked != route:
            return answer
        headers = {**answer.headers, "X-WP-Total": HUGE, "X-WP-TotalPages": "1000000000"}
        body = b"[]" if int(query.get("page", "1")) > 1 else answer.body
        return replace(answer, status=200, body=body, headers=headers)

    done = bent(endless, types="all", items="all")
    assert done.ledger["requests"] < 120
    assert done.status == 3


def test_a_collection_that_refuses_every_batch_is_given_up(bent: Bending) -> None:
    done = bent(refusing("media", 400))
    assert len(done.rows) == POSTS
    assert done.ledger["requests"] < 80
    assert done.status == 3


def test_two_sites_of_one_home_have_an_account_each(recording: Recording, tmp_path: Path) -> None:
    with serving(recording) as live, serving(recording) as staging:
        done = crawl(tmp_path / "posts.jsonl", site=f"{live},{staging}")
    first, second = (site["collections"]["posts"] for site in done.ledger["sites"])
    assert len(done.rows) == first["written"] + second["written"] == POSTS
    assert first["duplicates"] + second["duplicates"] == POSTS
    assert done.status == 3  # posts that share their GUID with another's are named


def test_a_site_that_is_whole_is_told_as_whole_beside_one_that_is_not(
    recording: Recording,
    tmp_path: Path,
) -> None:
    closed = Bent(recording, refusing("posts", 403, "rest_forbidden"))
    with serving(recording) as good, serving(closed) as bad:
        done = crawl(tmp_path / "posts.jsonl", site=f"{good},{bad}")
    assert (done.status, len(done.rows)) == (3, POSTS)
    told = [line for line in done.stderr.splitlines() if "Ledger of" in line]
    assert sorted(" ERROR: " in line for line in told) == [False, True]


def test_a_host_where_nobody_is_is_given_up_soon(tmp_path: Path) -> None:
    done = crawl(tmp_path / "posts.jsonl", site="http://127.0.0.1:1/")
    assert done.status == 1
    assert done.ledger["requests"] == 4  # robots.txt and the home page, each twice


def test_stopped_twice_a_crawl_says_that_it_died(recording: Recording, tmp_path: Path) -> None:
    asked = Event()

    def slow(route: str, _query: Query, answer: Answer) -> Answer:
        if route == "posts":
            asked.set()
        time.sleep(0.3)
        return answer

    with serving(Bent(recording, slow)) as url:
        command = [sys.executable, "-m", "scrapy", "crawl", "wordpress", "-a", f"site={url}"]
        with subprocess.Popen(
            [*command, "-O", str(tmp_path / "posts.jsonl")],
            cwd=PROJECT,
            env=os.environ | {"PYTHONPATH": str(PROJECT)},
            stderr=subprocess.DEVNULL,
        ) as run:
            assert asked.wait(60)
            run.send_signal(signal.SIGINT)
            time.sleep(0.15)
            run.send_signal(signal.SIGINT)
            assert run.wait(60) == 1
