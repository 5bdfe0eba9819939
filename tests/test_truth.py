"""The ledger and the exit status tell the truth, whatever the site or the machine does."""

import os
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path
from threading import Event
from typing import Any

import orjson
import pytest

from newscrawl.demo.recording import ROBOTS, Answer, Recording
from newscrawl.demo.server import serving
from tests.bent import Bend, Bending, Bent, Query, on_rows, refusing
from tests.crawls import PROJECT, crawl

POSTS = 80


def plain(_route: str, _query: Query, answer: Answer) -> Answer:
    return answer


def first_row(field: str, value: object) -> Bend:
    """Return a bend that changes a field of the newest post only."""

    def change(row: dict[str, Any]) -> None:
        if row["id"] == 11787:
            row[field] = value

    return on_rows("posts", change)


def capped(route: str, query: Query, answer: Answer) -> Answer:
    """Show ten posts at most, whatever was asked for."""
    if route != "posts" or "include" in query:
        return answer
    pages = -(-int(answer.headers["X-WP-Total"]) // 10)
    headers = {**answer.headers, "X-WP-TotalPages": str(pages)}
    return replace(answer, body=orjson.dumps(orjson.loads(answer.body)[:10]), headers=headers)


def test_an_interrupted_crawl_is_not_complete(
    recording: Recording,
    tmp_path: Path,
) -> None:
    asked = Event()

    def slow(route: str, query: Query, answer: Answer) -> Answer:
        if "before" in query:
            asked.set()
            time.sleep(0.5)
        return capped(route, query, answer)

    feed = tmp_path / "posts.jsonl"
    with serving(Bent(recording, slow)) as url:
        command = [sys.executable, "-m", "scrapy", "crawl", "wordpress", "-a", f"site={url}"]
        environment = os.environ | {"PYTHONPATH": str(PROJECT)}
        with subprocess.Popen(
            [*command, "-O", str(feed)], cwd=PROJECT, env=environment, stderr=subprocess.PIPE
        ) as run:
            assert asked.wait(60)
            run.send_signal(signal.SIGINT)
            assert run.stderr is not None
            said = run.stderr.read().decode()
    assert run.returncode == 1
    assert "INTERRUPTED: the crawl was stopped" in said
    assert orjson.loads(Path(f"{feed}.ledger.json").read_bytes())["complete"] is False


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("_links", {"author": [{"href": "http://[::bad/"}], "curies": True}),
        ("_links", {"author": "http://plain.example/", "wp:term": None}),
        ("date", "0001-01-01T00:00:00"),
        ("link", "http://[::bad/"),
        ("guid", {"rendered": "http://[::bad/"}),
        ("title", None),
        ("categories", {}),
    ],
)
def test_an_odd_value_costs_no_post(bent: Bending, field: str, value: object) -> None:
    done = bent(first_row(field, value))
    assert len(done.rows) == POSTS, done.stderr[-3000:]
    assert done.status == 0
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("route", ["posts", "users", "tags", "media"])
def test_ids_that_come_as_strings_are_numbers(bent: Bending, route: str) -> None:
    done = bent(on_rows(route, lambda row: row.update(id=str(row["id"]))))
    assert (done.status, len(done.rows)) == (0, POSTS)
    assert all(link["status"] != "missing" for row in done.rows for link in row["relations"])


def test_a_site_that_caps_its_pages_without_a_word_is_read_whole(bent: Bending) -> None:
    done = bent(capped)
    assert (done.status, len(done.rows)) == (0, POSTS)
    assert done.ledger["collections"]["posts"]["hidden"] == 0


def test_a_site_that_ignores_the_query_ends_with_a_gap(
    recording: Recording,
    bent: Bending,
) -> None:
    def deaf(route: str, query: Query, answer: Answer) -> Answer:
        if route != "posts" or "include" in query:
            return answer
        return recording.answer(f"{recording.home}/wp-json/wp/v2/posts?per_page=20")

    done = bent(deaf)
    assert (done.status, len(done.rows)) == (3, 20)
    assert done.ledger["complete"] is False
    assert "the same rows again" in done.stderr


def test_a_site_without_totals_is_read_to_its_end(bent: Bending) -> None:
    def untold(_route: str, _query: Query, answer: Answer) -> Answer:
        headers = {k: v for k, v in answer.headers.items() if not k.startswith("X-WP")}
        return replace(answer, headers=headers)

    done = bent(untold)
    assert (done.status, len(done.rows)) == (0, POSTS)
    assert done.ledger["collections"]["posts"]["expected"] is None


def test_refused_taxonomies_do_not_empty_the_posts(bent: Bending, recording: Recording) -> None:
    done = bent(refusing("taxonomies", 403))
    told = {row["id"]: len(row["categories"]) for row in recording.collections["posts"]}
    assert {row["id"]: len(row["categories"]) for row in done.rows} == told
    assert done.ledger["refusals"][0]["status"] == 403


def test_one_post_that_breaks_the_site_costs_no_other(bent: Bending) -> None:
    def poisoned(route: str, query: Query, answer: Answer) -> Answer:
        answer = capped(route, query, answer)
        whole = "content" in query.get("_fields", "")
        if route == "posts" and whole and any(r["id"] == 11667 for r in orjson.loads(answer.body)):
            return Answer(500, b"<h1>Error</h1>", {"Content-Type": "text/html"})
        return answer

    done = bent(poisoned)
    assert done.status == 3
    assert len(done.rows) == POSTS - 1
    assert done.ledger["collections"]["posts"]["unreadable"] == [
        {"id": 11667, "reason": "HTTP 500"}
    ]


@pytest.mark.parametrize("field", ["featured_media", "author"])
def test_what_no_field_tells_the_links_do(
    bent: Bending,
    recording: Recording,
    field: str,
) -> None:
    told = {row["id"]: row[field] for row in recording.collections["posts"]}

    def untold(route: str, query: Query, answer: Answer) -> Answer:
        drop = on_rows("posts", lambda row: row.pop(field, None))
        return drop(route, query, capped(route, query, answer))

    done = bent(untold)
    assert (done.status, len(done.rows)) == (0, POSTS)
    found = {
        "author": {row["id"]: row["authors"][0]["id"] for row in done.rows},
        "featured_media": {
            row["id"]: row["image"]["id"] if row["image"] else 0 for row in done.rows
        },
    }
    assert found[field] == told
    assert not [
        link for row in done.rows for link in row["relations"] if link["status"] == "failed"
    ]


def test_a_collection_that_closes_after_it_was_open_is_a_gap(bent: Bending) -> None:
    asked: list[str] = []

    def closing(route: str, query: Query, answer: Answer) -> Answer:
        if route != "media":
            return capped(route, query, answer)
        if query["include"].count(",") > 20:
            return Answer(414, b"<h1>URI Too Long</h1>", {"Content-Type": "text/html"})
        asked.append(query["include"])
        refused = orjson.dumps({"code": "rest_forbidden", "data": {"status": 401}})
        return Answer(401, refused, answer.headers) if len(asked) > 1 else answer

    done = bent(closing)
    assert len(asked) > 1
    assert (done.status, len(done.rows)) == (3, POSTS)
    assert done.ledger["relations"]["wp:featuredmedia"]["forbidden"]


def test_a_site_that_refuses_in_the_midst_of_a_crawl_is_not_complete(bent: Bending) -> None:
    def refused(route: str, _query: Query, answer: Answer) -> Answer:
        page = b"<h1>Your access to this site has been limited</h1>"
        return Answer(403, page, {"Content-Type": "text/html"}) if route == "users" else answer

    done = bent(refused)
    assert (done.status, done.ledger["complete"]) == (3, False)
    assert "Wordfence" in done.stderr


def test_too_long_a_batch_is_asked_for_in_halves(bent: Bending, recording: Recording) -> None:
    def short_of_breath(route: str, query: Query, answer: Answer) -> Answer:
        many = route == "media" and query.get("include", "").count(",") >= 10
        return (
            Answer(414, b"<h1>URI Too Long</h1>", {"Content-Type": "text/html"}) if many else answer
        )

    done = bent(short_of_breath)
    there = {row["id"] for row in recording.collections["media"]}
    told = {row["id"]: row["featured_media"] for row in recording.collections["posts"]}
    images = {row["id"]: row["image"]["id"] for row in done.rows if row["image"]}
    assert len(images) > 10
    assert images == {post: image for post, image in told.items() if image in there}
    assert done.status == 0


def test_one_post_whose_comments_are_refused_costs_no_other(bent: Bending) -> None:
    """WordPress refuses the whole batch that names it (rest_cannot_read_post)."""
    refused, asked = 11667, []

    def guarding(route: str, query: Query, answer: Answer) -> Answer:
        if route != "comments":
            return answer
        posts = [int(id_) for id_ in query["post"].split(",")]
        asked.append(posts)
        if refused in posts:
            body = {"code": "rest_cannot_read_post", "message": "", "data": {"status": 401}}
            return Answer(401, orjson.dumps(body), {"Content-Type": "application/json"})
        rows = [{"id": post, "post": post, "parent": 0, "type": "comment"} for post in posts]
        headers = {"X-WP-Total": str(len(rows)), "X-WP-TotalPages": "1"}
        return Answer(200, orjson.dumps(rows), headers)

    done = bent(guarding, items="posts,comments")
    commented = {row["post"] for row in done.rows if row["kind"] == "comment"}
    posts = {row["id"]: row for row in done.rows if row["kind"] == "post"}
    assert commented == set(posts) - {refused}
    assert [link["status"] for link in posts[refused]["relations"] if link["rel"] == "replies"] == [
        "forbidden"
    ]
    assert len(asked) < 2 * 7 + 2  # halves of halves of 80, never each post by itself


def forbidding(rules: bytes) -> Bend:
    def bend(route: str, _query: Query, answer: Answer) -> Answer:
        return replace(answer, body=ROBOTS + rules) if route == "/robots.txt" else answer

    return bend


ROBOTS_AND_HOME, FEEDS_SITEMAPS_AND_ARCHIVE = 2, 8  # requests


@pytest.mark.parametrize(
    ("rule", "most"),
    [
        (b"Disallow: /en/wp-json/\n", ROBOTS_AND_HOME + FEEDS_SITEMAPS_AND_ARCHIVE),
        (b"Disallow: /\n", ROBOTS_AND_HOME),
    ],
)
def test_what_robots_txt_forbids_is_read_by_no_back_door(
    bent: Bending, rule: bytes, most: int
) -> None:
    """The API by none of its other addresses; a feed is another document, and may be allowed."""
    done = bent(forbidding(rule))
    assert done.status == 1
    assert "forbidden by the site's robots.txt" in done.stderr
    assert not done.feed.exists()
    assert done.ledger["requests"] <= most


@pytest.mark.parametrize("uri", ["/dev/full:jsonl", "ftp://127.0.0.1:1/posts.jsonl"])
def test_a_feed_that_fails_is_told_in_the_exit_status(
    recording: Recording,
    uri: str,
) -> None:
    with serving(recording) as url:
        done = crawl(uri, site=url)
    assert done.status == 1
    assert "'newscrawl/exit_status': 1" in done.stderr


def test_a_full_disk_is_told_in_one_line(recording: Recording) -> None:
    with serving(recording) as url:
        done = crawl(Path("/dev/full:jsonl"), "-s", "NEWSCRAWL_LEDGER=/dev/null", site=url)
    told = [line for line in done.stderr.splitlines() if "No space left on device" in line]
    assert len([line for line in told if "ERROR: The export to" in line]) == 1


@pytest.mark.parametrize("uri", ["s3://bucket/posts.jsonl", "gopher://x/posts.jsonl"])
def test_a_feed_that_cannot_be_is_refused(uri: str) -> None:
    done = crawl(uri, site="https://news.example.org/")
    assert done.status == 2
    assert done.stderr.splitlines()[-1].startswith(f"scrapy crawl: {uri}: ")
