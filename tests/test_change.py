"""A site that changes while it is read: posts are published, edited and trashed all the time."""

import json
import os
import random
import subprocess
from pathlib import Path

import pytest

from tests.crawls import crawl
from tests.wordpress.site import Testbed, WordPressSite

PUBLISHED = """
  SELECT ID id FROM wp_posts
  WHERE post_type = 'post' AND post_status = 'publish' AND post_password = ''
"""
MORTAL = 150


@pytest.fixture(scope="module")
def changing(testbed: Testbed) -> WordPressSite:
    return testbed.seeded("changing", 1000)


def published(site: WordPressSite) -> set[int]:
    return {row["id"] for row in site.query(PUBLISHED)}


@pytest.mark.parametrize("side_by_side", [1, 2])
def test_no_post_that_stood_throughout_is_missed_or_written_twice(
    changing: WordPressSite, tmp_path: Path, side_by_side: int
) -> None:
    before = published(changing)
    mortal = random.Random(side_by_side).sample(sorted(before), MORTAL)  # noqa: S311 - a sample
    command = changing.php_command("churn.php", "60", ",".join(map(str, mortal)))
    with subprocess.Popen(
        command, env=os.environ | changing.php_environment(), stdout=subprocess.PIPE, text=True
    ) as churn:
        assert churn.stdout is not None
        first = churn.stdout.readline()
        option = f"CONCURRENT_REQUESTS_PER_DOMAIN={side_by_side}"
        delay = f"DOWNLOAD_DELAY={0.2 if side_by_side == 1 else 0}"
        done = crawl(tmp_path / "posts.jsonl", "-s", option, "-s", delay, site=changing.url)
        still_changing = churn.poll() is None
        churn.terminate()
        told = [json.loads(line) for line in [first, *churn.stdout] if line.endswith("}\n")]
    stood = before & published(changing)
    ids = [row["id"] for row in done.rows]
    assert still_changing, "the site stopped changing before the crawl was over"
    assert len(told) > 5
    assert len(ids) == len(set(ids)), "a post was written twice"
    assert stood - set(ids) == set(), "posts that stood throughout were missed"
    assert set(ids) <= before | {turn["published"] for turn in told} | published(changing)
    assert done.status == 0, done.ledger["collections"]["posts"]
