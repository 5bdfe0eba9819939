"""A store that several crawls use at once: none waits for ever, none is let in twice."""

import os
import socket
import sqlite3
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest
from sqlalchemy import NullPool, create_engine, text

from newscrawl.demo.recording import Answer, Recording
from newscrawl.demo.server import serving
from newscrawl.store.database import StoreError, open_store
from newscrawl.store.migrations import STEPS
from tests.bent import COPIES, Bent, Query
from tests.crawls import crawl
from tests.keeping import keeping, post_of
from tests.test_store import read, small
from tests.test_truth import POSTS

TEXTS = 100
ONE, OTHER = "https://one.example", "https://other.example"


def test_crawls_of_sites_that_share_texts_do_not_wait_for_each_other(store: str) -> None:
    """An agency's texts, in the order of each site's own list."""
    open_store(store).dispose()
    begin = Barrier(2)

    def crawled(site: str, numbers: range) -> None:
        with keeping(store, site) as keeper:
            for number in numbers:
                keeper.take(post_of(site, number + 1))
            begin.wait(30)
            keeper.commit([])

    with ThreadPoolExecutor() as pool:
        crawls = [
            pool.submit(crawled, ONE, range(TEXTS)),
            pool.submit(crawled, OTHER, range(TEXTS - 1, -1, -1)),
        ]
        for done in crawls:
            done.result(60)
    assert read(store, "SELECT count(*) AS n FROM posts") == [{"n": 2 * TEXTS}]
    assert read(store, "SELECT count(*) AS n FROM versions") == [{"n": 2 * TEXTS}]
    assert read(store, "SELECT count(*) AS n FROM contents") == [{"n": TEXTS}]


def test_a_store_is_made_once_by_crawls_that_begin_at_once(store: str) -> None:
    if "://" in store:
        alter(store, "default_transaction_isolation = 'serializable'")
    begin = Barrier(4)

    def opened() -> None:
        begin.wait(30)
        open_store(store).dispose()

    with ThreadPoolExecutor() as pool:
        for done in [pool.submit(opened) for _ in range(4)]:
            done.result(60)
    assert read(store, "SELECT version FROM store_version") == [{"version": len(STEPS)}]


def test_a_file_that_another_crawl_makes_into_a_store_is_waited_for(tmp_path: Path) -> None:
    """SQLite itself does not wait before it begins a log (`journal_mode=WAL`)."""
    store = str(tmp_path / "news.db")
    with closing(sqlite3.connect(store)) as other, ThreadPoolExecutor() as pool:
        other.execute("BEGIN IMMEDIATE")
        opened = pool.submit(open_store, store)
        time.sleep(0.5)
        assert not opened.done()
        other.rollback()
        opened.result(60).dispose()


def alter(store: str, setting: str) -> None:
    """Change a setting of a database, as its administrator does."""
    address = store.replace("postgresql://", "postgresql+psycopg://")
    engine = create_engine(address, poolclass=NullPool)
    with engine.begin() as connection:
        connection.execute(text(f"ALTER DATABASE {store.rpartition('/')[2]} SET {setting}"))


def cut_locks(store: str) -> int:
    """End the sessions that hold locks, as a server's administrator does; return how many."""
    return len(
        read(
            store,
            "SELECT pg_terminate_backend(pid, 5000) FROM (SELECT DISTINCT pid FROM pg_locks "
            "WHERE locktype = 'advisory' AND database = "
            "(SELECT oid FROM pg_database WHERE datname = current_database())) AS holders",
        )
    )


@pytest.mark.parametrize("store", ["postgresql"], indirect=True)
def test_a_crawl_whose_lock_is_lost_writes_nothing_more(store: str) -> None:
    with keeping(store, ONE) as first:
        first.take(post_of(ONE, 1))
        first.commit([])
        first.take(post_of(ONE, 2))
        assert cut_locks(store) == 1
        with keeping(store, ONE) as second:
            second.take(post_of(ONE, 2))
            second.commit([])
        with pytest.raises(StoreError, match="the session that keeps other crawls out"):
            first.commit([])
    changes = "SELECT id, change FROM changes JOIN posts ON posts.pk = changes.post ORDER BY id"
    assert read(store, changes) == [{"id": 1, "change": "new"}, {"id": 2, "change": "new"}]


@pytest.mark.parametrize("store", ["postgresql"], indirect=True)
def test_a_crawl_whose_lock_is_lost_ends_with_a_line(
    grown: Recording, tmp_path: Path, store: str
) -> None:
    asked: list[str] = []

    def cutting(route: str, query: Query, answer: Answer) -> Answer:
        asked.append(route)
        if asked.count("posts") == 40:
            assert cut_locks(store) == 1
        return small(route, query, answer)

    feed = tmp_path / "posts.jsonl"
    with serving(Bent(grown, cutting)) as url:
        first = crawl(feed, site=url, store=store)
        second = crawl(tmp_path / "rest.jsonl", site=url, store=store)
    assert (first.status, second.status) == (1, 0)
    assert first.stderr.count("the session that keeps other crawls out") == 1
    assert "Traceback" not in first.stderr
    assert 0 < len(second.rows) < COPIES * POSTS
    twice = "SELECT post FROM changes GROUP BY post HAVING count(*) > 1"
    assert read(store, twice) == []
    assert len(read(store, "SELECT pk FROM posts")) == COPIES * POSTS


@pytest.mark.parametrize("store", ["postgresql"], indirect=True)
def test_a_server_that_ends_idle_sessions_spares_those_of_a_crawl(
    recording: Recording, tmp_path: Path, store: str
) -> None:
    """A site may make a crawl wait for an hour (`idle_session_timeout`, PostgreSQL 14)."""
    alter(store, "idle_session_timeout = '500ms'")

    def waiting(route: str, _query: Query, answer: Answer) -> Answer:
        if route == "posts":
            time.sleep(1)
        return answer

    with serving(Bent(recording, waiting)) as url:
        done = crawl(tmp_path / "posts.jsonl", site=url, store=store)
    assert (done.status, len(done.rows)) == (0, POSTS)


@pytest.mark.parametrize("store", ["postgresql"], indirect=True)
def test_a_connection_that_says_nothing_is_kept_alive(store: str) -> None:
    """Proxies forget one after some minutes, and a crawl's lock lives as long as its own."""
    engine = open_store(store)
    with engine.connect() as connection:
        driver: Any = connection.connection.driver_connection
        with socket.socket(fileno=os.dup(driver.fileno())) as ours:
            assert ours.getsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE) == 1
            assert ours.getsockopt(socket.IPPROTO_TCP, socket.TCP_KEEPIDLE) == 60
    engine.dispose()
