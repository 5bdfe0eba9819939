"""What a store costs: nothing without one, and no more memory for more posts in it."""

import subprocess
import sys
from pathlib import Path

from benchmarks.store import measured, of_size
from newscrawl.demo.recording import Recording
from newscrawl.demo.server import serving
from tests.crawls import PROJECT, crawl
from tests.mapped import Mapped

FEW, MANY = 500, 3000


def test_memory_does_not_grow_with_the_posts(tmp_path: Path) -> None:
    """Six times as many posts take some of the memory that one document in a hundred does."""
    costs = {}
    for posts in (FEW, MANY):
        folder = tmp_path / str(posts)
        folder.mkdir()
        with serving(of_size(posts)) as url:
            costs[posts] = measured(folder, url)
    assert costs[MANY].rows == MANY
    assert costs[MANY].megabytes < 1.25 * costs[FEW].megabytes


def test_an_unchanged_site_of_two_thousand_posts_takes_25_requests(tmp_path: Path) -> None:
    """Light ones, and no post is written: robots.txt, three that tell what there is, a listing."""
    recording = of_size(2000)
    site = Mapped(recording, list(recording.collections["posts"]), shown=list)  # no sitemaps
    with serving(site) as url:
        site.settle(url)
        first, second = (
            crawl(tmp_path / feed, site=url, store=str(tmp_path / "news.db"))
            for feed in ("first.jsonl", "second.jsonl")
        )
    assert (first.status, len(first.rows)) == (0, 2000)
    assert (second.status, second.rows) == (0, [])
    assert second.ledger["requests"] <= 25
    assert second.ledger["bytes"] < first.ledger["bytes"] / 5


def test_a_crawl_without_a_store_imports_none(recording: Recording, tmp_path: Path) -> None:
    """The store's libraries take as long to import as all else that a crawl needs."""
    feed = tmp_path / "posts.jsonl"
    with serving(recording) as url:
        told = ["crawl", "wordpress", "-a", f"site={url}", "-a", "limit=1", "-O", str(feed)]
        script = (
            f"import atexit, sys; sys.argv[1:] = {told}; from scrapy.cmdline import execute; "
            "atexit.register(lambda: print(*sys.modules, sep='\\n')); execute()"
        )
        done = subprocess.run(
            [sys.executable, "-c", script], cwd=PROJECT, capture_output=True, text=True, check=True
        )
    imported = done.stdout.splitlines()
    assert feed.read_text(encoding="utf-8").count("\n") == 1
    assert "newscrawl.spiders.wordpress" in imported
    assert not {"newscrawl.store.pipeline", "sqlalchemy"}.intersection(imported)
