"""Feeds behind a crawl that was killed: each row once, or a line that says what is where."""

import gzip
import json

import orjson
import pytest

from tests.crawls import lines, scrapy
from tests.living import Living
from tests.test_truth import POSTS

UNCOMMITTED = '{"id": 0}\n{"id": '  # written behind the last commit, the last row torn
COMPRESSED = {"format": "jsonl", "postprocessing": ["scrapy.extensions.postprocessing.GzipPlugin"]}


def crawled(living: Living, *options: str) -> str:
    """Return what a crawl into feeds of these options said."""
    arguments = ["-a", f"site={living.url}", "-a", f"store={living.store}", *options]
    done = scrapy("crawl", "wordpress", *arguments, cwd=living.feed.parent)
    assert done.returncode == 0, done.stderr
    return done.stderr


def kill(living: Living) -> None:
    """Let the store look as if its last crawl had been killed."""
    living.asked("UPDATE crawls SET reason = NULL WHERE pk = (SELECT max(pk) FROM crawls)")


def edit(living: Living, number: int) -> int:
    """Change a post of the site, and return its id."""
    rows = list(living.posts)
    rows[number] = rows[number] | {"slug": "changed"}
    living.have("posts", rows)
    return int(rows[number]["id"])


@pytest.mark.parametrize("became", ["other rows", "shorter", "none"])
def test_a_feed_that_is_not_as_it_was_left_is_not_cut(living: Living, became: str) -> None:
    living.crawled()
    kill(living)
    feeds = {"other rows": b'{"id": 1}\n' * 200_000, "shorter": b'{"id": 1}\n'}
    if became in feeds:
        living.feed.write_bytes(feeds[became])
    else:
        living.feed.unlink()
    edit(living, 0)
    said = crawled(living, "-o", str(living.feed))
    assert "it is not as an interrupted crawl left it" in said
    rows = living.feed.read_bytes().splitlines()
    assert len(rows) == feeds.get(became, b"").count(b"\n") + 1
    assert [orjson.loads(row) for row in rows]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("%(name)s.jsonl", "%(name)s.jsonl"),
        ("wordpress.jsonl", "%(name)s.jsonl"),
        ("wordpress.jsonl", "../{folder}/wordpress.jsonl"),
        ("file://{path}/wordpress.jsonl", "wordpress.jsonl"),
    ],
)
def test_a_feed_is_cut_by_whatever_name_it_is_told(living: Living, first: str, second: str) -> None:
    folder = living.feed.parent
    names = [name.format(folder=folder.name, path=folder) for name in (first, second)]
    crawled(living, "-o", names[0])
    kill(living)
    feed = folder / "wordpress.jsonl"
    feed.write_text(feed.read_text(encoding="utf-8") + UNCOMMITTED, encoding="utf-8")
    changed = edit(living, 0)
    crawled(living, "-o", names[1])
    ids = [row["id"] for row in lines(feed)]
    assert (len(ids), ids[-1]) == (POSTS + 1, changed)


@pytest.mark.parametrize("name", ["%(time)s.jsonl", "%(batch_id)d.jsonl"])
def test_feeds_of_another_name_each_time_are_told(living: Living, name: str) -> None:
    crawled(living, "-o", name)
    kill(living)
    edit(living, 0)
    assert "the store has each once (scrapy export)" in crawled(living, "-o", name)


def test_a_compressed_feed_stays_readable(living: Living) -> None:
    """The crawl that was killed left its part without an end: it is cut to what was whole."""
    feed = living.feed.with_name("posts.jsonl.gz")
    option = ["-s", f"FEEDS={json.dumps({str(feed): COMPRESSED})}"]
    crawled(living, *option)
    lost = edit(living, 0)
    crawled(living, *option)
    kill(living)
    feed.write_bytes(feed.read_bytes()[:-9])
    changed = edit(living, 1)
    assert "the store has all of them (scrapy export)" in crawled(living, *option)
    ids = [json.loads(row)["id"] for row in gzip.decompress(feed.read_bytes()).splitlines()]
    assert (len(ids), ids[-1], ids.count(lost)) == (POSTS + 1, changed, 1)
