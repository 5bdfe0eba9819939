"""A store: each later crawl is cheap, tells what changed, and goes on where one was killed."""

import json
import os
import random
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from threading import Event
from typing import Any
from urllib.parse import urlencode, urlsplit

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import NullPool, create_engine, text

from newscrawl.demo.recording import Answer, Recording
from newscrawl.demo.server import serving
from newscrawl.store.database import open_store
from newscrawl.store.tables import METADATA
from tests import faulty, forking
from tests.bent import COPIES, Bent, Query, on_rows
from tests.crawls import PROJECT, Crawl, crawl, lines, scrapy
from tests.faulty import Asked
from tests.test_truth import POSTS, plain
from tests.wordpress.postgresql import PostgreSQL
from tests.wordpress.site import Testbed, WordPressSite

LIGHT = 25  # requests of an unchanged site of 2,000 posts
KILLS = int(os.environ.get("NEWSCRAWL_KILLS", "20"))  # more of them by hand
SHARE = 0.05
CLOCK_CHANGE = "2024-10-27 02:30:00"  # the hour that comes twice
ONE_AT_A_TIME = ("-s", "CONCURRENT_REQUESTS_PER_DOMAIN=1")
OTHER_AUTHOR = """
  SELECT id FROM authors WHERE pk NOT IN (
    SELECT post_authors.author FROM post_authors JOIN posts ON posts.pk = post_authors.post
    WHERE posts.id = {}
  ) ORDER BY id
"""
Rows = list[dict[str, Any]]


def read(store: str, sql: str) -> Rows:
    """Return the rows of a statement, by a connection of our own."""
    if "://" not in store:
        with sqlite3.connect(store) as connection:
            connection.row_factory = sqlite3.Row
            return [dict(row) for row in connection.execute(sql)]
    address = store.replace("postgresql://", "postgresql+psycopg://")
    engine = create_engine(address, poolclass=NullPool)
    with engine.connect() as connection:
        return [dict(row) for row in connection.execute(text(sql)).mappings()]


def stored(store: str) -> Rows:
    """Return what a store has of each post, beside when it was read."""
    told = read(store, "SELECT * FROM posts ORDER BY id")
    return [
        {k: v for k, v in row.items() if k not in {"pk", "fetched_at", "first_seen"}}
        for row in told
    ]


def changes(done: Crawl) -> list[tuple[str, int, Any]]:
    return sorted((row["change"], row["id"], row["reason"] or row["changed"]) for row in done.rows)


def test_a_second_crawl_of_what_did_not_change_writes_nothing(
    recording: Recording,
    tmp_path: Path,
    store: str,
) -> None:
    with serving(recording) as url:
        first = crawl(tmp_path / "first.jsonl", site=url, store=store)
        second = crawl(tmp_path / "second.jsonl", site=url, store=store)
    assert {row["change"] for row in first.rows} == {"new"}
    assert (first.status, len(first.rows)) == (0, POSTS)
    assert (second.status, second.rows) == (0, [])
    assert second.ledger["collections"]["posts"]["unchanged"] == POSTS
    assert second.ledger["requests"] < first.ledger["requests"]
    assert len(stored(store)) == POSTS


def test_a_store_holds_what_the_feed_holds(
    recording: Recording,
    tmp_path: Path,
    store: str,
) -> None:
    with serving(recording) as url:
        done = crawl(tmp_path / "posts.jsonl", site=url, store=store)
    told = {row["id"]: row for row in done.rows}
    for row in read(store, "SELECT id, title, content_html, tags, published FROM posts"):
        row["tags"] = json.loads(row["tags"]) if isinstance(row["tags"], str) else row["tags"]
        assert {name: told[row["id"]][name] for name in row} == row
    tagged = read(store, "SELECT count(*) n FROM post_terms")
    assert tagged[0]["n"] == sum(len(row["tags"]) + len(row["categories"]) for row in done.rows)
    assert not read(
        store, "SELECT hash FROM versions WHERE hash NOT IN (SELECT hash FROM contents)"
    )


def test_words_find_posts(recording: Recording, tmp_path: Path) -> None:
    store = str(tmp_path / "news.db")
    with serving(recording) as url:
        done = crawl(tmp_path / "posts.jsonl", site=url, store=store)
    post = done.rows[0]
    word = max(post["content_text"].split(), key=lambda word: len(word) * word.isalpha())
    found = read(store, f"SELECT rowid FROM posts_fts WHERE posts_fts MATCH '\"{word}\"'")
    named = sum(word.lower() in row["content_text"].lower() for row in done.rows)
    assert 0 < len(found) <= named


@pytest.fixture(scope="module")
def edited(testbed: Testbed) -> WordPressSite:
    """Return a news site of 2,000 posts that a test may change."""
    return testbed.seeded("edited", 2000)


def do(site: WordPressSite, *deeds: tuple[str, int, object]) -> None:
    site.php("edit.php", json.dumps(deeds))


def test_exactly_what_editors_did_is_told(
    edited: WordPressSite, tmp_path: Path, store: str
) -> None:
    tmp_path.mkdir(exist_ok=True)

    def again(url: str = edited.url) -> Crawl:
        done = crawl(tmp_path / "posts.jsonl", site=url, store=store)
        assert done.status == 0, done.ledger["refusals"]
        return done

    def shaky() -> Crawl:
        """Return a crawl of the site, which answers one request in twenty with a 503."""
        chance = random.Random(20)  # noqa: S311 - a fault

        def fails(_asked: Asked, answer: faulty.Answer) -> faulty.Answer:
            return faulty.Answer(503, b"busy") if chance.random() < SHARE else answer

        with faulty.faulty(edited.port, fails) as proxy:
            done = again(proxy.url)
        assert [entry for entry in proxy.log if entry.status == 503]
        return done

    again()
    quiet = again()
    assert quiet.rows == []
    assert quiet.ledger["requests"] <= LIGHT
    ids = [
        row["id"] for row in read(store, "SELECT id FROM posts WHERE deleted IS NULL ORDER BY id")
    ]
    chosen = random.Random(6).sample(ids, 11)  # noqa: S311 - a sample
    one, two, three, four, five, six, seven, eight, nine, ten, eleven = chosen
    author = read(store, OTHER_AUTHOR.format(four))[0]["id"]
    do(
        edited,
        ("edit", one, "<p>Other words.</p>"),
        ("redate", two, "2019-03-04 05:06:07"),
        ("tags", three, "a-tag-of-its-own"),
        ("author", four, author),
        ("trash", five, None),
        ("password", six, "secret"),
        ("status", seven, "private"),
        ("delete", eight, None),
        ("touch", nine, "2026-01-02 03:04:05"),
        ("rewrite", ten, ["<p>Before its date.</p>", "1999-01-01 00:00:00", "1999-01-01 00:00:00"]),
        ("rewrite", eleven, ["<p>Summer's.</p>", CLOCK_CHANGE, "2024-10-27 00:30:00"]),
    )
    assert changes(shaky()) == sorted(
        [
            ("updated", one, ["content_html"]),
            ("updated", two, ["url", "published"]),
            ("updated", three, ["tags"]),
            ("updated", four, ["authors"]),
            ("deleted", five, "401 rest_forbidden"),
            ("deleted", six, "password-protected"),
            ("deleted", seven, "401 rest_forbidden"),
            ("deleted", eight, "404 rest_post_invalid_id"),
            ("updated", ten, ["content_html"]),
            ("updated", eleven, ["content_html"]),
        ]
    )
    assert again().rows == []
    do(edited, ("rewrite", eleven, ["<p>Winter's.</p>", CLOCK_CHANGE, "2024-10-27 01:30:00"]))
    assert changes(again()) == [("updated", eleven, ["content_html"])]
    do(edited, ("untrash", five, None), ("password", six, ""), ("status", seven, "publish"))
    back = changes(shaky())
    assert [(what, id_) for what, id_, _ in back] == sorted(
        ("new", id_) for id_ in (five, six, seven)
    )
    assert again().rows == []


def test_a_page_full_of_errors_deletes_nothing(
    recording: Recording,
    tmp_path: Path,
    store: str,
) -> None:
    def failing(route: str, _query: Query, answer: Answer) -> Answer:
        return Answer(503, b"", {}) if route.startswith("posts") else answer

    def emptied(route: str, _query: Query, answer: Answer) -> Answer:
        told = {"Content-Type": "application/json", "X-WP-Total": "0", "X-WP-TotalPages": "0"}
        return Answer(200, b"[]", told) if route == "posts" else answer

    bends = iter((plain, failing, emptied, plain))
    current = plain

    def turn(route: str, query: Query, answer: Answer) -> Answer:
        return current(route, query, answer)

    with serving(Bent(recording, turn)) as url:
        for current in bends:  # noqa: B007 - `turn` reads it
            done = crawl(tmp_path / "posts.jsonl", site=url, store=store)
            assert not any(row["change"] == "deleted" for row in done.rows)
    assert done.rows == []
    assert done.status == 0


def test_a_post_that_returns_as_it_was_is_new(
    recording: Recording,
    tmp_path: Path,
    store: str,
) -> None:
    newest = max(recording.collections["posts"], key=lambda row: str(row["date"]))
    others = [row for row in recording.collections["posts"] if row is not newest]
    without = replace(recording, collections={**recording.collections, "posts": others})
    sites = {"shown": recording, "hidden": without}
    now = "shown"

    def turn(route: str, query: Query, _answer: Answer) -> Answer:
        if now == "hidden" and route == f"posts/{newest['id']}":
            refusal = {"code": "rest_forbidden", "data": {"status": 401}}
            return Answer(401, json.dumps(refusal).encode(), {"Content-Type": "application/json"})
        path = route if route.startswith("/") else f"{recording.home}/wp-json/wp/v2/{route}"
        return sites[now].answer(f"{path}?{urlencode(query)}")

    told = []
    with serving(Bent(recording, turn)) as url:
        for now in ("shown", "hidden", "hidden", "shown"):  # noqa: B007 - `turn` reads it
            done = crawl(tmp_path / "posts.jsonl", site=url, store=store)
            told.append([(row["change"], row["id"]) for row in done.rows])
    id_ = newest["id"]
    assert told[1:] == [[("deleted", id_)], [], [("new", id_)]]


def test_a_crawl_that_is_killed_is_gone_on_with(
    grown: Recording,
    tmp_path: Path,
    store: str,
) -> None:
    """Twenty kills, at moments of chance and at the first row that a feed has beyond the store.

    Then store and feeds are those of a crawl that was left alone.
    """
    chance = random.Random(20)  # noqa: S311 - a moment
    feeds = [tmp_path / "posts.jsonl", tmp_path / "posts.csv"]

    def slow(route: str, query: Query, answer: Answer) -> Answer:
        time.sleep(0.002)
        return small(route, query, answer)

    cut = 0
    with serving(Bent(grown, slow)) as url:
        arguments = [
            *("crawl", "wordpress", "-a", f"site={url}"),
            *("-a", f"store={store}", "-s", "NEWSCRAWL_PAUSE=0.05"),
            *(part for feed in feeds for part in ("-o", str(feed))),
        ]
        for kill in range(KILLS):
            began = written(feeds[0])
            run = forking.start(arguments, PROJECT, os.environ, tmp_path / "out", tmp_path / "err")
            by_chance = chance.uniform(0.1, 1.1)
            until = time.monotonic() + (by_chance if kill % 2 else 3)
            while time.monotonic() < until and (kill % 2 or written(feeds[0]) == began):
                time.sleep(0.002)
            run.kill()
            run.join()
            cut += written(feeds[0]) > committed(store, feeds[0])
        last = forking.run(arguments, PROJECT, os.environ)
        whole = tmp_path / "whole"
        alone = crawl(whole / "posts.jsonl", site=url, store=str(tmp_path / "alone.db"))
    assert last.returncode == 0, last.stderr[-2000:]
    assert cut, "no kill came between a row's writing and its commit"
    rows = lines(feeds[0])
    assert sorted(row["id"] for row in rows) == sorted(row["id"] for row in alone.rows)
    cells = feeds[1].read_text(encoding="utf-8")
    assert cells.count("kind,site,type,id") == 1
    assert sorted(words(stored(store))) == sorted(words(stored(str(tmp_path / "alone.db"))))
    assert len(read(store, "SELECT pk FROM versions")) == COPIES * POSTS
    assert len(read(store, "SELECT pk FROM changes")) == COPIES * POSTS


def written(feed: Path) -> int:
    return feed.stat().st_size if feed.exists() else 0


def committed(store: str, feed: Path) -> int:
    """Return how far a feed has come by what the store says."""
    told = read(store, f"SELECT size FROM feeds WHERE uri LIKE '%{feed}' ORDER BY crawl DESC")
    return int(told[0]["size"]) if told else 0


def words(rows: Rows) -> list[tuple[Any, ...]]:
    return [(row["id"], row["guid_key"], row["content_hash"], row["trace"]) for row in rows]


def small(route: str, query: Query, answer: Answer) -> Answer:
    """Show a dozen posts at the most, so that a crawl takes many documents."""
    if route != "posts" or "per_page" not in query or "include" in query:
        return answer
    told = {"code": "rest_invalid_param", "data": {"status": 400}}
    if int(query["per_page"]) > 12 and "content" in query.get("_fields", ""):
        return Answer(400, json.dumps(told).encode(), {"Content-Type": "application/json"})
    return answer


def test_two_crawls_of_a_site_into_a_store_at_once_are_refused(
    grown: Recording,
    tmp_path: Path,
    store: str,
) -> None:
    """The second begins while the first one's feed has rows that the store has not."""
    feed = tmp_path / "posts.jsonl"
    ahead, refused = Event(), Event()

    def waiting(route: str, query: Query, answer: Answer) -> Answer:
        if route == "posts" and written(feed) and not ahead.is_set():
            time.sleep(1.5)  # what came before is committed by then, or waits for more
            if written(feed) > committed(store, feed):
                ahead.set()
                refused.wait(60)
        return small(route, query, answer)

    with serving(Bent(grown, waiting)) as url:
        command = [sys.executable, "-m", "scrapy", "crawl", "wordpress", "-a", f"site={url}"]
        with subprocess.Popen(
            [*command, "-a", f"store={store}", "-o", str(feed), *ONE_AT_A_TIME],
            cwd=PROJECT,
            env=os.environ | {"PYTHONPATH": str(PROJECT)},
            stderr=subprocess.DEVNULL,
        ) as first:
            assert ahead.wait(60)
            second = crawl(feed, site=url, store=store)
            refused.set()
            assert first.wait(60) == 0
    ids = [json.loads(line)["id"] for line in feed.read_text(encoding="utf-8").splitlines()]
    assert len(set(ids)) == len(ids) == COPIES * POSTS
    assert second.status == 2
    assert "another crawl of" in second.stderr
    assert "Traceback" not in second.stderr


def moved(route: str, _query: Query, answer: Answer) -> Answer:
    """Bend a site that has another host than before."""
    body = answer.body.replace(b"ameforum.net", b"forum.example")
    return replace(answer, body=body) if route != "/robots.txt" else answer


def test_a_site_that_moved_keeps_its_posts(
    recording: Recording,
    tmp_path: Path,
    store: str,
) -> None:
    with serving(recording) as url:
        crawl(tmp_path / "posts.jsonl", site=url, store=store)
    with serving(Bent(recording, moved)) as url:
        options = ("--same-as", "ameforum.net/en")
        done = crawl(tmp_path / "posts.jsonl", *options, site=url, store=store)
    assert done.status == 0
    assert not [row for row in done.rows if row["change"] in {"new", "deleted"}]
    assert len(stored(store)) == POSTS
    assert {urlsplit(row["url"]).netloc for row in stored(store)} == {"forum.example"}


def test_permalinks_that_change_are_told(recording: Recording, tmp_path: Path, store: str) -> None:
    """A site changes their structure without a word in `slug` or `modified`."""

    def restructured(row: dict[str, Any]) -> None:
        row["link"] = row["link"].replace("/en/", "/en/news/")

    with serving(recording) as url:
        crawl(tmp_path / "posts.jsonl", site=url, store=store)
    with serving(Bent(recording, on_rows("posts", restructured))) as url:
        first, second = (
            crawl(tmp_path / feed, site=url, store=store) for feed in ("1.jsonl", "2.jsonl")
        )
    assert [row["changed"] for row in first.rows] == [["url"]] * POSTS
    assert second.rows == []


def test_a_site_that_did_not_move_as_told_is_refused(recording: Recording, tmp_path: Path) -> None:
    """Silence would make every post new: the host was mistyped, or told when both are there."""

    def crawled(bend: Callable[[str, Query, Answer], Answer], *options: str) -> Crawl:
        with serving(Bent(recording, bend)) as url:
            return crawl(
                tmp_path / "posts.jsonl", *options, site=url, store=str(tmp_path / "news.db")
            )

    assert crawled(plain).status == 0
    mistyped = crawled(moved, "--same-as", "ameforun.net/en")
    assert mistyped.status == 2
    assert (
        "same_as: ameforun.net/en: the store has no such site; it has https://ameforum.net/en"
        in mistyped.stderr
    )
    assert len(stored(str(tmp_path / "news.db"))) == POSTS
    assert crawled(moved).status == 0
    late = crawled(moved, "--same-as", "ameforum.net/en")
    assert late.status == 2
    assert "the store has https://forum.example/en and https://ameforum.net/en" in late.stderr


def foreign(path: Path) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE recipes (name TEXT)")


def versionless(path: Path) -> None:
    newer(path)
    with sqlite3.connect(path) as connection:
        connection.execute("DELETE FROM store_version")


def newer(path: Path) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE store_version (version INTEGER NOT NULL)")
        connection.execute("INSERT INTO store_version VALUES (99)")


@pytest.mark.parametrize(
    ("make", "complaint"),
    [
        (lambda path: path.write_bytes(b"SQLite format 3\0" + b"\xff" * 4096), "not a database"),
        (lambda path: path.mkdir(), "unable to open"),
        (foreign, "another program's database"),
        (newer, "newer newscrawl"),
        (versionless, "store_version has 0 rows"),
    ],
    ids=["damaged", "a directory", "another program's", "a newer one's", "of no version"],
)
def test_a_store_that_is_none_is_refused_before_the_first_request(
    tmp_path: Path, make: Callable[[Path], object], complaint: str
) -> None:
    path = tmp_path / "news.db"
    make(path)
    done = scrapy("crawl", "wordpress", "-a", "site=http://127.0.0.1:1/", "-a", f"store={path}")
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    last = done.stderr.splitlines()[-1]
    assert last.startswith("scrapy crawl: store: ")
    assert complaint in last


@pytest.mark.parametrize("path", [":memory:", "sqlite://"])
def test_a_store_that_keeps_nothing_is_refused(path: str) -> None:
    done = scrapy("crawl", "wordpress", "-a", "site=http://127.0.0.1:1/", "-a", f"store={path}")
    assert done.returncode == 2
    assert "that keeps nothing" in done.stderr.splitlines()[-1]


@pytest.mark.parametrize(
    "address",
    [
        "postgresql://me:s3cret@127.0.0.1:1/news",
        "postgresql://127.0.0.1:1/news?password=s3cret",
        "postgresql://me@127.0.0.1:1/news?sslmode=prefer&PASSWORD=s3cret",
        "mysql://127.0.0.1:1/news?password=s3cret",
        "postgresql://me:s3cret@127.0.0.1:port/news?password=s3cret",
    ],
)
def test_a_password_in_an_address_is_refused_and_not_repeated(address: str) -> None:
    done = scrapy("crawl", "wordpress", "-a", "site=http://127.0.0.1:1/", "-a", f"store={address}")
    told = done.stderr.splitlines()[-1]
    assert done.returncode == 2
    assert "s3cret" not in done.stdout + done.stderr
    assert "a password does not belong into an address" in told or "postgresql://localhost" in told


def test_the_tables_are_what_the_migrations_make(store: str) -> None:
    engine = open_store(store)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"include_object": ours})
        assert compare_metadata(context, METADATA) == []
    engine.dispose()


def ours(_thing: object, name: str | None, *_others: object) -> bool:
    """Return whether a table or an index is ours to compare: the full text has its own."""
    return not (name or "").startswith(("posts_fts", "store_version"))


def test_a_server_that_is_not_there_is_told_in_a_line() -> None:
    done = scrapy(
        *("crawl", "wordpress", "-a", "site=http://127.0.0.1:1/"),
        *("-a", "store=postgresql://127.0.0.1:1/news"),
    )
    assert done.returncode == 2
    assert "Connection refused" in done.stderr.splitlines()[-1]


@pytest.mark.parametrize(
    ("word", "reason"),
    [
        ((404, b'{"code": "rest_post_invalid_id"}'), "404 rest_post_invalid_id"),
        ((410, b"<h1>Gone</h1>"), "410"),
    ],
)
def test_a_post_of_which_nobody_says_what_became_is_a_gap(
    recording: Recording, tmp_path: Path, word: tuple[int, bytes], reason: str
) -> None:
    """No list shows it any more, and the site fails when it is asked for by itself."""
    vanished = recording.collections["posts"][3]["id"]
    left = [row for row in recording.collections["posts"] if row["id"] != vanished]
    less = replace(recording, collections={**recording.collections, "posts": left})
    said = 500, b"{}"

    def failing(route: str, _query: Query, answer: Answer) -> Answer:
        told = {"Content-Type": "application/json"}
        return Answer(*said, told) if route == f"posts/{vanished}" else answer

    def crawled(site: Recording) -> Crawl:
        with serving(Bent(site, failing)) as url:
            return crawl(tmp_path / "posts.jsonl", site=url, store=str(tmp_path / "news.db"))

    assert crawled(recording).status == 0
    unsure = crawled(less)
    account = unsure.ledger["collections"]["posts"]
    assert (unsure.status, unsure.rows) == (3, [])
    assert [entry["id"] for entry in account["unreadable"]] == [vanished]
    said = word
    sure = crawled(less)
    assert (sure.status, changes(sure)) == (0, [("deleted", vanished, reason)])


@pytest.mark.parametrize(
    ("wanted", "said"),
    [
        ({}, "The export to /dev/full failed"),
        ({"items": "sites"}, "its feed /dev/full cannot be (No space left on device)"),
    ],
    ids=["a row that breaks", "rows that wait in memory"],
)
def test_a_store_does_not_run_ahead_of_a_feed_that_fails(
    recording: Recording, tmp_path: Path, wanted: dict[str, str], said: str
) -> None:
    """A full disk: what the feed did not get is new to the next crawl."""
    store = str(tmp_path / "news.db")
    options = ("-s", "NEWSCRAWL_LEDGER=/dev/null")
    with serving(recording) as url:
        full = crawl(Path("/dev/full:jsonl"), *options, site=url, store=store, **wanted)
        again = crawl(tmp_path / "posts.jsonl", site=url, store=store)
    assert full.status == 1
    assert said in full.stderr
    assert full.stderr.count("Traceback") <= 1, "Scrapy's own, when it closes the feed"
    assert (again.status, len(again.rows)) == (0, len(recording.collections["posts"]))


@pytest.mark.parametrize("encoding", ["LATIN1", "SQL_ASCII"])
def test_a_database_that_does_not_hold_every_character_is_refused(
    postgresql: PostgreSQL, recording: Recording, tmp_path: Path, encoding: str
) -> None:
    name = f"news_{encoding.lower()}_{random.getrandbits(40):x}"
    store = postgresql.database(name, "template0", encoding)
    with serving(recording) as url:
        done = crawl(tmp_path / "posts.jsonl", site=url, store=store)
    assert done.status == 2
    assert f"its encoding is {encoding}" in done.stderr
    assert "Traceback" not in done.stderr
