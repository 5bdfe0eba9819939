"""Crawls on several machines into one PostgreSQL store: each has files of its own."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import NullPool, create_engine, text

from newscrawl.demo.recording import Recording
from newscrawl.demo.server import serving
from tests.bent import Bent
from tests.crawls import PROJECT, lines
from tests.test_store import moved, read
from tests.test_truth import POSTS

BEYOND = b'{"kind": "post", "id": 1}\n'  # what a crawl wrote and did not commit
ON_MACHINE = (
    "import platform, sys; name = sys.argv.pop(1); platform.node = lambda: name; "
    "from scrapy.cmdline import execute; execute()"
)
pytestmark = pytest.mark.parametrize("store", ["postgresql"], indirect=True)


@pytest.fixture
def url(recording: Recording) -> Iterator[str]:
    with serving(recording) as url:
        yield url


def crawl_on(machine: str, url: str, store: str, feed: Path) -> str:
    """Return what a crawl on a machine logs; it appends to a feed."""
    told = ["-a", f"site={url}", "-a", f"store={store}", "-o", str(feed)]
    done = subprocess.run(
        [sys.executable, "-c", ON_MACHINE, machine, "crawl", "wordpress", *told],
        cwd=PROJECT,
        env=os.environ | {"PYTHONPATH": str(PROJECT)},
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    )
    return done.stderr


def kill(store: str, feed: Path, then: str = "") -> None:
    """Leave all as if the last crawl had been killed behind its last commit."""
    address = store.replace("postgresql://", "postgresql+psycopg://")
    with create_engine(address, poolclass=NullPool).begin() as connection:
        connection.execute(text(f"UPDATE crawls SET reason = NULL; {then}"))
    with feed.open("ab") as file:
        file.write(BEYOND)


def test_a_feed_is_that_of_its_machine(
    recording: Recording, url: str, tmp_path: Path, store: str
) -> None:
    """Two machines crawl two sites into `posts.jsonl`; one is killed, and goes on with its own."""
    feed, one = tmp_path / "posts.jsonl", tmp_path / "of-one.jsonl"
    crawl_on("one", url, store, feed)
    kill(store, feed)
    feed.rename(one)
    with serving(Bent(recording, moved)) as other:
        crawl_on("two", other, store, feed)
    assert len(lines(feed)) == POSTS
    one.replace(feed)
    assert "is continued behind its" in crawl_on("one", url, store, feed)
    assert len(lines(feed)) == POSTS
    uris = {row["uri"] for row in read(store, "SELECT uri FROM feeds")}
    assert uris == {f"file://one{feed}", f"file://two{feed}"}


@pytest.mark.parametrize("known", ["by its machine", "by its path alone"])
def test_a_container_that_has_another_name_goes_on_with_its_files(
    url: str, tmp_path: Path, store: str, known: str
) -> None:
    feed = tmp_path / "posts.jsonl"
    crawl_on("one", url, store, feed)
    kill(store, feed, f"UPDATE feeds SET uri = '{feed}'" if known.endswith("alone") else "")
    assert "is continued behind its" in crawl_on("two", url, store, feed)
    assert len(lines(feed)) == POSTS
    with feed.open("ab") as file:
        file.write(BEYOND)  # what came after the interruption is not cut again
    assert "is continued behind its" not in crawl_on("three", url, store, feed)
    assert len(lines(feed)) == POSTS + 1


def test_a_file_that_another_machine_did_not_leave_so_is_not_cut(
    url: str, tmp_path: Path, store: str
) -> None:
    feed = tmp_path / "posts.jsonl"
    crawl_on("one", url, store, feed)
    kill(store, feed)
    feed.write_bytes(BEYOND * 20_000)
    told = crawl_on("two", url, store, feed)
    assert f"{feed}: a crawl that was interrupted on one wrote into a feed of this name" in told
    assert len(lines(feed)) == 20_000
    assert "interrupted" not in crawl_on("three", url, store, feed)
