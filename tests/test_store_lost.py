"""A store that is lost in the midst of a crawl: a line, and nothing half-committed."""

import json
import os
import resource
import subprocess
import sys
from pathlib import Path

from newscrawl.demo.recording import Answer, Recording
from newscrawl.demo.server import serving
from tests.bent import COPIES, Bent, Query
from tests.crawls import PROJECT, crawl
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
    lines = (tmp_path / "posts.jsonl").read_text(encoding="utf-8").splitlines()
    assert all(json.loads(line)["id"] in kept for line in lines)
