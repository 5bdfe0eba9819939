"""The commands on a store: a post's history, its items as files, what is deleted gone for good."""

import csv
import json
import os
import pty
import random
import re
import shutil
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from threading import Event
from typing import Any
from xml.etree import ElementTree as ET

import orjson
import pytest
from jsonschema import Draft202012Validator
from sqlalchemy import NullPool, create_engine, text

from newscrawl.demo.recording import Answer, Recording
from newscrawl.demo.server import serving
from newscrawl.items import ITEMS
from newscrawl.schema import schema_of
from newscrawl.store.database import open_existing, open_store, reading
from newscrawl.store.finding import find_post
from newscrawl.store.history import Version, difference
from newscrawl.store.locks import locks_of, writer_of
from tests.bent import Bent, Query
from tests.crawls import PROJECT, Crawl, crawl, lines, scrapy
from tests.test_store import foreign, newer, read
from tests.test_truth import POSTS, plain
from tests.wordpress.postgresql import PostgreSQL

EDITED, RENAMED, GONE = 11787, 11783, 11779
WORD, SECOND, THIRD = "quizzaciously", "zyzzyvafirst", "zyzzyvasecond"
TESTIMONY = "Xylophonisttestimony"  # a word of the post that is deleted, and of its comment
WORD_OF_INDEX = TESTIMONY.lower()[4:]  # terms are written without what they share
REMNANT = "overwritten"
COMMENTS = [
    {"id": 901, "post": GONE, "content": TESTIMONY},
    {"id": 902, "post": EDITED, "content": "It stays."},
]
KINDS = ("posts", "authors", "media", "terms", "comments", "revisions", "links", "sites")
WHEN = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")


def edited(recording: Recording, bodies: dict[int, str], **title: str) -> Recording:
    """Return a recording some of whose posts have other words."""
    posts = [dict(row) for row in recording.collections["posts"]]
    for row in posts:
        if row["id"] in bodies:
            row["content"] = {"rendered": bodies[row["id"]], "protected": False}
            row["modified"] = row["modified_gmt"] = f"2030-01-0{len(bodies)}T00:00:00"
        if row["id"] == RENAMED and title:
            row["title"] = {"rendered": title["title"]}
            row["modified"] = row["modified_gmt"] = "2030-01-03T00:00:00"
    comments = [
        comment
        | {"parent": 0, "author": 0, "author_name": "A reader", "author_url": ""}
        | {"link": f"https://ameforum.net/en/?p={comment['post']}#c", "date": "2024-05-16T00:00:00"}
        | {"date_gmt": "2024-05-16T00:00:00", "content": {"rendered": comment["content"]}}
        for comment in COMMENTS
    ]
    return replace(
        recording,
        collections={**recording.collections, "posts": posts, "comments": comments},
    )


def without(gone: int) -> Callable[[str, Query, Answer], Answer]:
    """Return a bend that has a post no longer, as WordPress says it."""

    def bend(route: str, _query: Query, answer: Answer) -> Answer:
        if route == f"posts/{gone}":
            body = orjson.dumps({"code": "rest_post_invalid_id", "data": {"status": 404}})
            return Answer(404, body, {"Content-Type": "application/json"})
        return answer

    return bend


def less(recording: Recording, gone: int) -> Recording:
    left = {
        name: [row for row in rows if gone not in {row["id"], row.get("post")}]
        for name, rows in recording.collections.items()
    }
    return replace(recording, collections=left)


@dataclass(frozen=True)
class Lived:
    """A store into which a site was crawled three times, and what each crawl wrote."""

    store: str
    crawls: tuple[Crawl, Crawl, Crawl]
    second: str  # when the second crawl began to see


def live(recording: Recording, store: str, folder: Path) -> Lived:
    """Crawl a site that lives: a post is edited twice, another renamed, a third one deleted."""
    first = edited(recording, {EDITED: f"<p>Stays.</p><p>{WORD}</p>", GONE: f"<p>{TESTIMONY}</p>"})
    second = edited(
        recording,
        {EDITED: f"<p>Stays.</p><p>{SECOND}</p>", GONE: f"<p>{TESTIMONY}</p>"},
        title="Another name",
    )
    third = edited(recording, {EDITED: f"<p>Stays.</p><p>{THIRD}</p>"}, title="Another name")
    acts = (
        (first, plain),
        (second, plain),
        (less(third, GONE), without(GONE)),
    )
    crawls = []
    for number, (site, bend) in enumerate(acts):
        with serving(Bent(site, bend)) as url:
            feed = folder / f"{number}.jsonl"
            crawls.append(crawl(feed, site=url, store=store, items="all"))
        assert crawls[-1].status == 0, crawls[-1].stderr
        time.sleep(1.1 * (number == 0))  # times are told to the second
    second_seen = min(row["fetched_at"] for row in crawls[1].rows if row["kind"] == "post")
    one, two, three = crawls
    return Lived(store, (one, two, three), second_seen)


@pytest.fixture(scope="module")
def lived_in_a_file(recording: Recording, tmp_path_factory: pytest.TempPathFactory) -> Lived:
    folder = tmp_path_factory.mktemp("lived")
    return live(recording, str(folder / "news.db"), folder)


@pytest.fixture(scope="module")
def lived_on_a_server(
    recording: Recording, postgresql: PostgreSQL, tmp_path_factory: pytest.TempPathFactory
) -> Lived:
    return live(recording, postgresql.database("lived"), tmp_path_factory.mktemp("lived"))


@pytest.fixture(scope="module", params=["lived_in_a_file", "lived_on_a_server"])
def lived(request: pytest.FixtureRequest) -> Lived:
    found: Lived = request.getfixturevalue(request.param)
    return found


@pytest.fixture
def sqlite(lived_in_a_file: Lived, tmp_path: Path) -> str:
    """Return a copy of the store that a test may change, a file."""
    return copied(lived_in_a_file.store, tmp_path)


@pytest.fixture
def own(lived: Lived, tmp_path: Path, request: pytest.FixtureRequest) -> str:
    """Return a copy of the store that a test may change."""
    if "://" not in lived.store:
        return copied(lived.store, tmp_path)
    server: PostgreSQL = request.getfixturevalue("postgresql")
    return server.database(f"own_{random.getrandbits(40):x}", like="lived")


def copied(store: str, folder: Path) -> str:
    with closing(sqlite3.connect(store)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    shutil.copy(store, folder / "copy.db")
    return str(folder / "copy.db")


def do(store: str, sql: str) -> None:
    """Change a store behind its back."""
    address = store.replace("postgresql://", "postgresql+psycopg://")
    url = address if "://" in store else f"sqlite:///{store}"
    with create_engine(url, poolclass=NullPool).begin() as connection:
        connection.execute(text(sql))


def export(store: str, folder: Path, *options: str) -> subprocess.CompletedProcess[str]:
    done = scrapy("export", store, str(folder), *options)
    assert done.returncode == 0, done.stderr
    return done


def told(row: dict[str, Any]) -> str:
    """Return what a row says, beside when it was read and what became of it."""
    beside = {"fetched_at", "change", "changed", "reason"}
    return json.dumps(
        {
            name: dict(sorted(value.items())) if name in {"terms", "access"} else value
            for name, value in row.items()  # the order of these objects' names says nothing
            if name not in beside
        }
    )


def test_what_became_of_a_post_is_told(lived: Lived) -> None:
    done = scrapy("history", lived.store, str(EDITED))
    assert done.returncode == 0, done.stderr
    said = WHEN.sub("T", done.stdout)
    post = next(
        row for row in lived.crawls[0].rows if row["kind"] == "post" and row["id"] == EDITED
    )
    assert said.splitlines()[:3] == [
        post["title"],
        post["url"],
        f"post {EDITED} of https://ameforum.net/en, GUID {post['guid']}",
    ]
    assert "\nChanges\n  T  new\n  T  updated  content_html\n  T  updated  content_html\n" in said
    assert len(re.findall(rf"\n  \d  seen T  modified T  {post['content_hash'][:8]}  ", said)) == 1
    assert f"\n-{WORD}\n+{SECOND}\n" in said
    assert f"\n-{SECOND}\n+{THIRD}\n" in said
    assert said.index(SECOND) < said.index(THIRD)
    assert "\n-Stays." not in said
    assert "\x1b" not in done.stdout


def test_a_deleted_post_has_its_reason_and_a_renamed_one_its_field(lived: Lived) -> None:
    gone = scrapy("history", lived.store, str(GONE)).stdout
    assert re.search(r"\n  \S+  deleted  404 rest_post_invalid_id\n", gone)
    renamed = scrapy("history", lived.store, str(RENAMED)).stdout
    assert re.search(r"\n  \S+  updated  title\n", renamed)


def test_a_post_is_found_by_every_name_it_has(lived: Lived) -> None:
    post = next(
        row for row in lived.crawls[0].rows if row["kind"] == "post" and row["id"] == EDITED
    )
    names = [
        post["url"],
        post["url"].replace("https://", "http://www.").rstrip("/"),
        post["url"].removeprefix("https://"),
        post["url"].replace("%d9", "%D9"),
        post["guid"],
        f"http://ameforum.net/?p={EDITED}",
        f"https://ameforum.net/en/?p={EDITED}",
        f"{post['url']}?utm_source=x&utm_medium=y",
        str(EDITED),
    ]
    engine = open_existing(lived.store)
    with reading(engine) as connection:
        assert {find_post(connection, name)["id"] for name in names} == {EDITED}
    engine.dispose()
    assert f"post {EDITED} of" in scrapy("history", lived.store, names[0]).stdout


@pytest.mark.parametrize(
    "name", ["https://ameforum.net/en/none/", "7", "9" * 30, "%", "", "caf\udce9"]
)
def test_a_post_that_is_not_there_is_told_in_a_line(lived: Lived, name: str) -> None:
    done = scrapy("history", lived.store, name)
    assert (done.returncode, done.stdout) == (2, "")
    assert "the store has no such post" in done.stderr
    assert done.stderr.count("\n") == 1


def test_one_version_is_printed_alone(lived: Lived) -> None:
    done = scrapy("history", lived.store, str(EDITED), "--version", "2")
    assert done.stdout == f"Stays.\n\n{SECOND}\n"
    missing = scrapy("history", lived.store, str(EDITED), "--version", "4")
    assert (missing.returncode, missing.stdout) == (2, "")
    assert "versions 1 to 3" in missing.stderr


def test_an_id_of_two_posts_asks_which(own: str) -> None:
    do(own, f"UPDATE posts SET id = {EDITED} WHERE id = {RENAMED}")
    done = scrapy("history", own, str(EDITED))
    assert (done.returncode, done.stdout) == (2, "")
    for id_ in (EDITED, RENAMED):
        assert f"https://ameforum.net/?p={id_}" in done.stderr
    assert scrapy("history", own, f"https://ameforum.net/?p={RENAMED}").returncode == 0


def test_a_difference_of_markup_alone_is_told_as_html() -> None:
    old, new = (
        Version(number, "T", None, None, "", f"<p>Same.</p><p{direction}>Turned.</p>")
        for number, direction in ((1, ""), (2, ' dir="rtl"'))
    )
    assert list(difference(old, new))[-2:] == ["-<p>Turned.</p>", '+<p dir="rtl">Turned.</p>']


def test_differences_have_their_colour_on_a_terminal_only(lived: Lived) -> None:
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "scrapy", "history", lived.store, str(EDITED)]
    environment = {name: value for name, value in os.environ.items() if name != "NO_COLOR"}
    with subprocess.Popen(command, cwd=PROJECT, stdout=theirs, env=environment):
        os.close(theirs)
        shown = b"".join(iter(lambda: _shown(ours), b""))
    assert f"\x1b[32m+{SECOND}\x1b[0m".encode() in shown


def _shown(terminal: int) -> bytes:
    try:
        return os.read(terminal, 4096)
    except OSError:  # Linux says so when the other side is closed
        return b""


def test_a_terminal_obeys_no_site(own: str) -> None:
    do(own, f"UPDATE posts SET title = 'Red\x1b[31m' WHERE id = {EDITED}")
    assert scrapy("history", own, str(EDITED)).stdout.startswith("Red[31m\n")


def test_a_content_that_is_damaged_is_told_in_a_line(own: str) -> None:
    do(own, "UPDATE contents SET html = substr(html, 3)")
    done = scrapy("history", own, str(EDITED), "--version", "1")
    assert (done.returncode, done.stdout) == (2, "")
    assert re.fullmatch(r"scrapy history: the content \w{64} is damaged; .*\n", done.stderr)


def test_a_file_that_is_damaged_in_its_midst_is_told_in_a_line(sqlite: str, tmp_path: Path) -> None:
    whole = Path(sqlite).read_bytes()
    Path(sqlite).write_bytes(whole[: 1 << 17] + b"\xff" * (len(whole) - (1 << 17)))
    done = scrapy("export", sqlite, str(tmp_path / "out"))
    assert done.returncode in {1, 2}
    assert re.fullmatch("scrapy export: .*malformed\n", done.stderr)
    assert not list(tmp_path.glob("out/*"))


def test_rows_are_those_of_the_feeds(recording: Recording, tmp_path: Path, store: str) -> None:
    with serving(edited(recording, {})) as url:
        done = crawl(tmp_path / "all.jsonl", site=url, store=store, items="all")
    export(store, tmp_path / "out")
    rows = [row for kind in KINDS for row in lines(tmp_path / "out" / f"{kind}.jsonl")]
    assert {row["kind"] for row in rows} >= {"post", "author", "media", "term", "comment", "link"}
    assert Counter(map(told, rows)) == Counter(map(told, done.rows))
    validators = {kind.__name__.lower(): Draft202012Validator(schema_of(kind)) for kind in ITEMS}
    for row in rows:
        validators[row["kind"]].validate(row)


def test_every_format_holds_the_same_rows(lived: Lived, tmp_path: Path) -> None:
    formats = ("jsonl", "json", "csv", "xml", "spreadsheet")
    done = export(
        lived.store,
        tmp_path / "out",
        *(part for name in formats for part in ("--format", name)),
        *("--items", "posts,comments"),
    )
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == sorted(
        f"{kind}.{ending}"
        for kind in ("posts", "comments")
        for ending in ("jsonl", "json", "csv", "xml", "spreadsheet.csv")
    )
    rows = lines(tmp_path / "out/posts.jsonl")
    assert len(rows) == POSTS - 1
    assert f"{tmp_path / 'out/posts.csv'}: {POSTS - 1} posts\n" in done.stdout
    assert json.loads((tmp_path / "out/posts.json").read_text(encoding="utf-8")) == rows
    with (tmp_path / "out/posts.csv").open(encoding="utf-8", newline="") as file:
        cells = list(csv.DictReader(file))
    with (tmp_path / "out/posts.spreadsheet.csv").open(encoding="utf-8-sig", newline="") as file:
        assert [row["id"] for row in csv.DictReader(file)] == [str(row["id"]) for row in rows]
    assert [row["content_text"] for row in cells] == [row["content_text"] for row in rows]
    assert [json.loads(row["headings"]) for row in cells] == [row["headings"] for row in rows]
    items = ET.parse(tmp_path / "out/posts.xml").getroot()  # noqa: S314 - ours
    assert [item.findtext("id") for item in items] == [str(row["id"]) for row in rows]
    assert [row["id"] for row in lines(tmp_path / "out/comments.jsonl")] == [902]


def test_since_tells_what_became_of_each_post(lived: Lived, tmp_path: Path) -> None:
    export(lived.store, tmp_path, "--since", lived.second, "--items", "posts")
    rows = lines(tmp_path / "posts.jsonl")
    validator = Draft202012Validator(schema_of(ITEMS[0]))
    for row in rows:
        validator.validate(row)
    assert sorted((r["id"], r["change"], tuple(r["changed"]), r["reason"]) for r in rows) == [
        (GONE, "deleted", (), "404 rest_post_invalid_id"),
        (RENAMED, "updated", ("title",), None),
        (EDITED, "updated", ("content_html",), None),
    ]
    export(lived.store, tmp_path, "--since", "2000-01-01", "--items", "posts")
    whole = Counter(row["change"] for row in lines(tmp_path / "posts.jsonl"))
    assert whole == {"new": POSTS - 1, "deleted": 1}
    export(lived.store, tmp_path, "--since", "2100-01-01")
    assert not any(lines(tmp_path / f"{kind}.jsonl") for kind in KINDS)


def test_resources_that_were_never_read_are_told_and_not_written(
    recording: Recording, tmp_path: Path
) -> None:
    store = str(tmp_path / "news.db")
    with serving(recording) as url:
        crawl(tmp_path / "posts.jsonl", site=url, store=store)
    done = export(store, tmp_path / "out")
    assert lines(tmp_path / "out/authors.jsonl") == []
    known = read(store, "SELECT count(*) n FROM authors")[0]["n"]
    assert f"authors: {known} more are known by posts only" in done.stdout


def test_files_are_replaced_whole_or_not_at_all(lived: Lived, tmp_path: Path) -> None:
    old = tmp_path / "posts.jsonl"
    outside = tmp_path / "outside"
    outside.write_text("mine")
    old.symlink_to(outside)
    export(lived.store, tmp_path, "--items", "posts")
    assert outside.read_text() == "mine"
    assert not old.is_symlink()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["outside", "posts.jsonl"]
    before = old.read_bytes()
    (tmp_path / "comments.jsonl").mkdir()
    done = scrapy("export", lived.store, str(tmp_path), "--items", "posts,comments")
    assert done.returncode == 2
    assert "a directory" in done.stderr
    assert old.read_bytes() == before


@pytest.mark.parametrize(
    ("options", "complaint"),
    [
        (["--items", "posts,recipes"], "'recipes' is not known"),
        (["--since", "yesterday"], "'yesterday' is not a date"),
        (["--format", "doc"], "invalid choice: 'doc'"),
        (["--site", "other.example"], "the store has no such site; it has https://ameforum.net/en"),
        (["--bogus"], "no argument --bogus"),
    ],
)
def test_what_is_told_wrongly_is_named(
    lived: Lived, tmp_path: Path, options: list[str], complaint: str
) -> None:
    done = scrapy("export", lived.store, str(tmp_path / "out"), *options)
    assert done.returncode == 2
    assert complaint in done.stderr
    assert not (tmp_path / "out").exists()


def test_a_site_is_told_by_any_address_of_its_home(lived: Lived, tmp_path: Path) -> None:
    export(lived.store, tmp_path, "--items", "posts", "--site", "www.ameforum.net/en/")
    assert len(lines(tmp_path / "posts.jsonl")) == POSTS - 1


def purge(store: str, *options: str) -> subprocess.CompletedProcess[str]:
    return scrapy("purge", store, *options)


def rows_of(store: str, *tables: str) -> dict[str, int]:
    return {name: read(store, f"SELECT count(*) n FROM {name}")[0]["n"] for name in tables}


def test_what_is_deleted_is_removed_when_that_is_confirmed(own: str) -> None:
    tables = ("posts", "versions", "changes", "contents", "comments", "links", "post_terms")
    before = rows_of(own, *tables)
    preview = purge(own)
    assert preview.returncode == 0
    assert "404 rest_post_invalid_id" in preview.stdout
    assert "1 posts" in preview.stdout
    assert "Nothing was removed; add --yes" in preview.stdout
    assert purge(own, "--before", "2001-01-01", "--yes").stdout == "Removed: 0 posts\n"
    assert rows_of(own, *tables) == before
    done = purge(own, "--yes")
    assert done.returncode == 0, done.stderr
    counts = preview.stdout.partition("would remove: ")[2].partition(". Nothing")[0]
    assert done.stdout == f"Removed: {counts}\n"
    after = rows_of(own, *tables)
    assert {name: before[name] - after[name] for name in tables[:5]} == {
        "posts": 1,
        "versions": 1,
        "changes": 2,
        "contents": 1,
        "comments": 1,
    }
    assert after["links"] < before["links"]
    assert not read(own, f"SELECT pk FROM posts WHERE id = {GONE}")
    assert not read(own, f"SELECT pk FROM links WHERE from_kind = 'post' AND from_id = '{GONE}'")
    assert not read(own, "SELECT pk FROM links WHERE from_kind = 'comment' AND from_id = '901'")
    assert not read(own, "SELECT post FROM post_terms WHERE post NOT IN (SELECT pk FROM posts)")
    assert purge(own).stdout.startswith("It would remove: 0 posts.")


def test_no_byte_of_what_is_removed_stays_in_the_file(sqlite: str) -> None:
    """Neither what is deleted now, nor what was overwritten before, nor words in the index.

    What was overwritten is longer than the store, as its log is then, which another program keeps.
    """
    with closing(sqlite3.connect(sqlite, isolation_level=None)) as other:
        other.execute("PRAGMA secure_delete=OFF")
        for content in (f"replace(hex(zeroblob(300000)), '00', '{REMNANT}')", "'<p>Short.</p>'"):
            other.execute(f"UPDATE posts SET content_html = {content} WHERE id = {GONE}")
        assert all(map(_found_in(sqlite), (TESTIMONY, WORD_OF_INDEX, REMNANT)))
        done = purge(sqlite, "--yes")
        assert done.returncode == 0, done.stderr
        assert not any(map(_found_in(sqlite), (TESTIMONY, WORD_OF_INDEX, REMNANT)))
        assert _found_in(sqlite)(THIRD)
    found = read(sqlite, f"SELECT rowid FROM posts_fts WHERE posts_fts MATCH '{THIRD}'")
    assert len(found) == 1


def _found_in(store: str) -> Callable[[str], bool]:
    """Return whether a word stands in the bytes of a SQLite store and of all that lies beside."""
    path = Path(store)
    return lambda word: any(
        word.encode() in file.read_bytes() for file in path.parent.glob(f"{path.name}*")
    )


def test_a_content_that_another_post_has_stays(recording: Recording, tmp_path: Path) -> None:
    store = str(tmp_path / "news.db")
    both = {EDITED: f"<p>{TESTIMONY}</p>", GONE: f"<p>{TESTIMONY}</p>"}
    with serving(edited(recording, both)) as url:
        crawl(tmp_path / "a.jsonl", site=url, store=store)
    with serving(Bent(less(edited(recording, both), GONE), without(GONE))) as url:
        crawl(tmp_path / "b.jsonl", site=url, store=store)
    assert "1 posts" in purge(store, "--yes").stdout
    assert scrapy("history", store, str(EDITED), "--version", "1").stdout == f"{TESTIMONY}\n"


def test_what_belongs_to_a_post_that_stands_stays_with_it(own: str) -> None:
    """A site that was imported anew gave an id twice: one post is gone, the other has a comment."""
    do(own, f"UPDATE posts SET id = {GONE} WHERE id = {RENAMED}")
    assert "1 posts" in purge(own, "--yes").stdout
    assert read(own, "SELECT id FROM comments ORDER BY id") == [{"id": 901}, {"id": 902}]


@contextmanager
def held(store: str) -> Iterator[None]:
    """Hold the store as a crawl does that writes into it."""
    engine = open_store(store)
    locks = locks_of(engine)
    site = read(store, "SELECT pk FROM sites")[0]["pk"]
    assert locks.take(writer_of(site))
    yield
    locks.release()
    engine.dispose()


def test_nothing_is_removed_while_a_crawl_writes(lived: Lived) -> None:
    before = rows_of(lived.store, "posts", "versions")
    with held(lived.store):
        done = purge(lived.store, "--yes")
    assert (done.returncode, done.stdout) == (2, "")
    assert "a crawl of https://ameforum.net/en is writing" in done.stderr
    assert rows_of(lived.store, "posts", "versions") == before


def test_a_crawl_holds_the_store_that_it_writes(recording: Recording, store: str) -> None:
    begun, purged = Event(), Event()

    def waiting(route: str, _query: Query, answer: Answer) -> Answer:
        if route == "posts":
            begun.set()
            purged.wait(60)
        return answer

    with serving(Bent(recording, waiting)) as url:
        command = [sys.executable, "-m", "scrapy", "crawl", "wordpress", "-a", f"site={url}"]
        with subprocess.Popen(
            [*command, "-a", f"store={store}"], cwd=PROJECT, stderr=subprocess.DEVNULL
        ) as other:
            assert begun.wait(60)
            during = purge(store, "--yes")
            purged.set()
            assert other.wait(60) == 0
    assert during.returncode == 2
    assert "is writing into this store" in during.stderr
    assert purge(store, "--yes").returncode == 0


def test_a_file_that_is_read_meanwhile_is_told(sqlite: str) -> None:
    with closing(sqlite3.connect(sqlite)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM posts").fetchone()
        done = purge(sqlite, "--yes")
    assert done.returncode == 1
    assert "the file is in use" in done.stderr
    assert purge(sqlite, "--yes").returncode == 0
    assert not _found_in(sqlite)(TESTIMONY)


COMMANDS = (("history", "7"), ("export", "out"), ("purge", "--yes"))


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command[0])
@pytest.mark.parametrize(
    ("make", "complaint"),
    [
        (lambda _path: None, "there is no store"),
        (lambda path: path.touch(), "there is no store"),
        (lambda path: path.mkdir(), "there is no store"),
        (lambda path: path.write_bytes(b"SQLite format 3\0" + b"\xff" * 4096), "not a database"),
        (foreign, "another program's database"),
        (newer, "newer newscrawl"),
    ],
    ids=["missing", "empty", "a directory", "damaged", "another program's", "a newer one's"],
)
def test_what_is_no_store_is_told_and_left_alone(
    tmp_path: Path, make: Callable[[Path], object], complaint: str, command: tuple[str, str]
) -> None:
    path = tmp_path / "news.db"
    make(path)
    there = path.exists(), path.is_file() and path.stat().st_size
    done = scrapy(command[0], str(path), command[1], cwd=project(tmp_path))
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(f"scrapy {command[0]}: {path}: ")
    assert complaint in done.stderr
    assert done.stderr.count("\n") == 1
    assert (path.exists(), path.is_file() and path.stat().st_size) == there
    assert not (tmp_path / "out").exists()


def project(folder: Path) -> Path:
    (folder / "scrapy.cfg").write_text("[settings]\ndefault = newscrawl.settings\n")
    return folder


def test_an_empty_database_of_a_server_stays_empty(postgresql: PostgreSQL) -> None:
    store = postgresql.database("nothing")
    assert scrapy("history", store, "7").returncode == 2
    assert not read(store, "SELECT tablename FROM pg_tables WHERE schemaname = 'public'")


def test_who_reads_may_stop_reading(lived: Lived) -> None:
    command = f"{sys.executable} -m scrapy history '{lived.store}' {EDITED} | head -n 1"
    done = subprocess.run(
        ["bash", "-c", command], cwd=PROJECT, capture_output=True, text=True, check=False
    )
    assert done.stderr == ""
