"""What a crawl costs the site, read from the site's own servers in one run."""

import math
import urllib.request
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.crawls import crawl
from tests.wordpress.site import WordPressSite

ROUNDS = 3
ALONE = ("-s", "NEWSCRAWL_SITEMAPS=0")


def bare_loop(site: WordPressSite) -> None:
    """Read the posts as a first script does, page by page: no author, no image, no term joined."""
    page, pages = 1, 1
    while page <= pages:
        request = urllib.request.Request(  # noqa: S310 - our own site
            f"{site.url}wp-json/wp/v2/posts?per_page=100&page={page}",
            headers={"Accept-Encoding": "gzip"},
        )
        with urllib.request.urlopen(request) as answer:  # noqa: S310
            pages = int(answer.headers["X-WP-TotalPages"])
            answer.read()
        page += 1


def cpu_of(site: WordPressSite, work: Callable[[], object]) -> float:
    before = site.testbed.cpu_seconds()
    work()
    return site.testbed.cpu_seconds() - before


@pytest.mark.measures
def test_posts_with_all_they_carry_cost_no_more_than_a_bare_listing(
    wordpress: WordPressSite, tmp_path: Path
) -> None:
    """The least of several turns each: what else the machine does only adds.

    What sitemaps list beside the API is another question (`docs/ladder.md`).
    """
    bare_loop(wordpress)  # PHP's opcode cache and the database's buffers are warm for both
    feed = tmp_path / "posts.jsonl"
    bare = ours = math.inf
    for _ in range(ROUNDS):
        bare = min(bare, cpu_of(wordpress, lambda: bare_loop(wordpress)))
        ours = min(ours, cpu_of(wordpress, lambda: crawl(feed, *ALONE, site=wordpress.url)))
    print(f"server CPU: crawl {ours:.2f} s, bare listing {bare:.2f} s")  # noqa: T201 - pytest -s
    assert ours <= bare
