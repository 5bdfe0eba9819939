"""One file a kind, by Scrapy's own `item_classes`; in each format the same rows."""

import csv
import json
from pathlib import Path

from newscrawl.demo.recording import Recording
from newscrawl.demo.server import serving
from tests.crawls import scrapy

KINDS = {"posts": "Post", "authors": "Author", "media": "Media", "terms": "Term", "links": "Link"}


def test_one_csv_a_kind(recording: Recording, tmp_path: Path) -> None:
    feeds = {
        str(tmp_path / f"{name}.csv"): {
            "format": "csv",
            "item_classes": [f"newscrawl.items.{class_}"],
        }
        for name, class_ in KINDS.items()
    }
    with serving(recording) as url:
        told = ["-a", f"site={url}", "-a", f"items={','.join(KINDS)}", "-a", "raw=yes"]
        done = scrapy("crawl", "wordpress", *told, "-s", f"FEEDS={json.dumps(feeds)}")
    assert done.returncode == 0, done.stderr[-2000:]
    for name, class_ in KINDS.items():
        with (tmp_path / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        assert {row["kind"] for row in rows} == {class_.lower()}
        if name != "links":
            assert all(json.loads(row["raw"])["id"] == int(row["id"]) for row in rows)
    ledger = json.loads((tmp_path / "posts.csv.ledger.json").read_text())
    assert ledger["collections"]["links"]["written"] > 1000
