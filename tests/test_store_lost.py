"""A store that is lost in the midst of a crawl: a line, and nothing half-committed."""

import os
import random
import resource
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import NullPool, create_engine, text

from newscrawl.core.documents import BadArgument
from newscrawl.demo.recording import Answer, Recording
from newscrawl.demo.server import serving
from newscrawl.store.database import open_store
from tests.bent import COPIES, Bent, Query
from tests.crawls import PROJECT, crawl, lines
from tests.keeping import keeper_of
from tests.test_store import read, small
from tests.test_truth import POSTS
from tests.wordpress.postgresql import PostgreSQL
from tests.wordpress.site import Testbed

ENOUGH = 6_000_000  # bytes of a file: a store of some of the posts


def test_a_disk_that_is_full_ends_the_crawl_with_a_line(grown: Recording, tmp_path: Path) -> None:
    """A limit on the size of files stands for the disk; the feed goes to a pipe."""
    store = tmp_path / "news.db"
    with serving(grown) as url:
        done = subprocess.run(
            [
                *(sys.executable, "-m", "scrapy", "crawl", "wordpress", "-a", f"site={url}"),
                *("-a", f"store={store}", "-o", "-:jsonlines", "-s", "NEWSCRAWL_PAUSE=0.05"),
            ],
            cwd=PROJECT,
            env=os.environ | {"PYTHONPATH": str(PROJECT)},
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
            preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (ENOUGH, ENOUGH)),
        )
        kept = read(str(store), "SELECT count(*) AS n FROM posts")[0]["n"]
        again = crawl(tmp_path / "rest.jsonl", site=url, store=str(store))
    assert done.returncode == 1
    assert f"store: {store} cannot be written: " in done.stderr
    assert "Traceback" not in done.stderr
    assert 0 < kept < COPIES * POSTS
    assert len(again.rows) == COPIES * POSTS - kept
    assert read(str(store), "PRAGMA integrity_check") == [{"integrity_check": "ok"}]


def test_a_server_that_goes_away_ends_the_crawl_with_a_line(
    grown: Recording, tmp_path: Path, testbed: Testbed
) -> None:
    server = PostgreSQL(testbed.folder / "lost")
    server.start()
    store = server.database("news")
    asked: list[str] = []

    def stopping(route: str, query: Query, answer: Answer) -> Answer:
        if route == "posts":
            asked.append(route)
            if len(asked) == 40:
                server.stop()
        return small(route, query, answer)

    with serving(Bent(grown, stopping)) as url:
        done = crawl(tmp_path / "posts.jsonl", site=url, store=store)
        server.start()
        again = crawl(tmp_path / "rest.jsonl", site=url, store=store)
    assert done.status == 1
    assert "store: " in done.stderr
    assert "Traceback" not in done.stderr
    kept = {row["id"] for row in read(store, "SELECT id FROM posts")}
    assert len(kept) == COPIES * POSTS
    assert 0 < len(again.rows) < COPIES * POSTS
    server.stop()
    assert all(row["id"] in kept for row in lines(tmp_path / "posts.jsonl"))


def read_only(store: str) -> str:
    """Return the address of a store for a role that may read it."""
    user, name = f"reader_{random.getrandbits(40):x}", store.rpartition("/")[2]
    address = store.replace("postgresql://", "postgresql+psycopg://")
    engine = create_engine(address, poolclass=NullPool)
    with engine.begin() as connection:
        connection.execute(text(f"CREATE ROLE {user} LOGIN"))
        connection.execute(text(f"GRANT CONNECT ON DATABASE {name} TO {user}"))
        connection.execute(text(f"GRANT SELECT ON ALL TABLES IN SCHEMA public TO {user}"))
    return store.replace("//postgres@", f"//{user}@")


@pytest.mark.parametrize("store", ["postgresql"], indirect=True)
def test_a_store_that_may_only_be_read_is_refused_with_a_line(
    recording: Recording, tmp_path: Path, store: str
) -> None:
    feed = tmp_path / "posts.jsonl"
    asked: list[str] = []

    def noted(route: str, _query: Query, answer: Answer) -> Answer:
        asked.append(route)
        return answer

    with serving(Bent(recording, noted)) as url:
        first = crawl(feed, site=url, store=store)
        asked.clear()
        second = crawl(feed, site=url, store=read_only(store))
    assert (first.status, second.status) == (0, 2)
    assert "permission denied for table" in second.stderr
    assert "Traceback" not in second.stderr
    assert asked == []
    assert len(lines(feed)) == POSTS


@pytest.mark.parametrize("store", ["postgresql"], indirect=True)
def test_a_server_that_is_gone_when_a_site_is_entered_is_told_in_a_line(store: str) -> None:
    keeper = keeper_of(open_store(store))
    name = store.rpartition("/")[2]
    server = create_engine(
        store.replace("postgresql://", "postgresql+psycopg://").replace(name, "postgres"),
        poolclass=NullPool,
        isolation_level="AUTOCOMMIT",
    )
    with server.connect() as connection:
        connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
    with pytest.raises(BadArgument, match="store: it cannot be read: "):
        keeper.recall("https://news.example", "https://news.example")
    keeper.engine.dispose()
