"""What a store costs: nothing without one, and no more memory for more posts in it."""

import subprocess
import sys
from pathlib import Path

from benchmarks.store import measured, of_size
from newscrawl.demo.recording import Recording
from newscrawl.demo.server import serving
from tests.crawls import PROJECT

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
