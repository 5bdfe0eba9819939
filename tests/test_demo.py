"""The recorded site: what `scrapy demo` writes, and one post of it right in every field."""

import csv
import json
from pathlib import Path
from typing import Any

import pytest

from newscrawl.demo.recording import Recording
from newscrawl.demo.server import serving
from tests.crawls import Crawl, crawl, scrapy

STORY = 11667
SLUG = "old-friend-putin-arrives-in-china-for-state-visit-summit-with-xi-jinping"
HOME = "https://ameforum.net/en"
API = f"{HOME}/wp-json/wp/v2"


@pytest.fixture(scope="module")
def demo(recording: Recording, tmp_path_factory: pytest.TempPathFactory) -> Crawl:
    feed = tmp_path_factory.mktemp("demo") / "posts.jsonl"
    with serving(recording) as url:
        done = crawl(feed, "-s", "NEWSCRAWL_EXCERPTS=1", site=url)
        done.environment["url"] = url
    return done


@pytest.fixture(scope="module")
def story(demo: Crawl) -> dict[str, Any]:
    return next(row for row in demo.rows if row["id"] == STORY)


def test_the_demo_writes_posts_a_table_and_the_ledger(tmp_path: Path) -> None:
    (tmp_path / "scrapy.cfg").write_text("[settings]\ndefault = newscrawl.settings\n")
    done = scrapy("demo", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    rows = (tmp_path / "demo/posts.jsonl").read_text(encoding="utf-8").splitlines()
    with (tmp_path / "demo/posts.csv").open(encoding="utf-8", newline="") as file:
        assert len(list(csv.DictReader(file))) == len(rows) == 80
    assert all(json.loads(row)["excerpt"] for row in rows)
    assert json.loads((tmp_path / "demo/ledger.json").read_text())["complete"] is True
    assert "demo/posts.jsonl" in done.stdout


def test_a_demo_that_cannot_write_says_so(tmp_path: Path) -> None:
    (tmp_path / "scrapy.cfg").write_text("[settings]\ndefault = newscrawl.settings\n")
    (tmp_path / "demo").write_text("a file is in the way")
    done = scrapy("demo", cwd=tmp_path)
    assert done.returncode == 2
    assert "demo/posts.jsonl" in done.stderr
    assert "Traceback" not in done.stderr


def test_who_when_and_where(story: dict[str, Any]) -> None:
    assert story["kind"] == "post"
    assert story["site"] == HOME
    assert story["type"] == "post"
    assert story["guid"] == "https://ameforum.net/?p=11667"
    assert story["url"] == f"{HOME}/{SLUG}/"
    assert story["slug"] == SLUG
    assert story["status"] == "publish"
    assert story["lang"] == "en"
    assert story["published"] == "2024-05-16T07:53:48Z"
    assert story["modified"] == "2025-08-09T15:50:22Z"
    assert story["parent"] is None
    assert story["sticky"] is False
    assert story["format"] == "standard"
    assert story["protected"] is False
    assert story["revision_count"] is None
    assert story["change"] is None


def test_what_it_carries(story: dict[str, Any], recording: Recording) -> None:
    user = next(row for row in recording.collections["users"] if row["id"] == 11)
    assert story["authors"] == [
        {"id": 11, "name": user["name"], "slug": user["slug"], "url": user["link"]}
    ]
    assert [row["id"] for row in story["categories"]] == [183, 307, 172]
    assert story["categories"][0] == {
        "id": 183,
        "name": "Asian issues",
        "slug": "asian-issues",
        "url": f"{HOME}/category/main-news/asian-issues/",
    }
    assert story["categories"][2]["name"] == "الأخبار"
    assert story["tags"] == [{"id": 796, "name": "EN", "slug": "en", "url": f"{HOME}/tag/en/"}]
    assert story["terms"] == {}
    assert story["image"]["id"] == 11668
    media = next(row for row in recording.collections["media"] if row["id"] == 11668)
    assert story["image"]["url"] == media["source_url"]
    assert story["image"]["alt"] == media["alt_text"]
    assert story["image"]["width"] == media["media_details"]["width"]
    assert story["image"]["height"] == media["media_details"]["height"]
    assert story["image"]["mime_type"] == "image/jpeg"


def test_what_it_says(story: dict[str, Any]) -> None:
    assert story["title"] == (
        "'Slow water' wins: Lindenau keeps its rope ferry, and counts the crossings"
    )
    paragraphs = story["content_text"].split("\n\n")
    assert len(paragraphs) == story["content_html"].count("<p>") == 28
    assert paragraphs[0].startswith("Lindenau will keep its rope ferry. After a winter")
    assert paragraphs[-1] == "SOURCE: THE FORUM’S OWN NOTEBOOKS"
    assert "“Nobody had ever counted,” said councillor Petra Vogt." in story["content_text"]
    assert "<p><strong>What the ‘slow crossing’ is worth</strong></p>" in story["content_html"]
    assert "**What the ‘slow crossing’ is worth**" in story["content_markdown"].split("\n\n")
    assert story["excerpt"].startswith("Lindenau will keep its rope ferry.")
    assert story["excerpt"].endswith("two bicycles and,…")
    assert story["word_count"] == len(
        [word for word in story["content_text"].split() if any(map(str.isalnum, word))]
    )
    for name in ("headings", "links", "images", "embeds", "tables", "quotes"):
        assert story[name] == []
    assert len(story["content_hash"]) == 64


def test_its_links_as_the_site_writes_them(story: dict[str, Any]) -> None:
    told = {(link["rel"], link["href"]): link["status"] for link in story["relations"]}
    assert told == {
        ("self", f"{API}/posts/11667"): "resolved",
        ("collection", f"{API}/posts"): "not followed",
        ("about", f"{API}/types/post"): "resolved",
        ("author", f"{API}/users/11"): "resolved",
        ("replies", f"{API}/comments?post=11667"): "not followed",
        ("version-history", f"{API}/posts/11667/revisions"): "not followed",
        ("wp:featuredmedia", f"{API}/media/11668"): "resolved",
        ("wp:attachment", f"{API}/media?parent=11667"): "not followed",
        ("wp:term", f"{API}/categories?post=11667"): "resolved",
        ("wp:term", f"{API}/tags?post=11667"): "resolved",
    }


def test_where_it_was_read(story: dict[str, Any], demo: Crawl) -> None:
    assert story["source"] == "rest"
    assert story["source_url"] == f"{demo.environment['url']}wp-json/wp/v2/posts/11667"
    assert story["fetched_at"].endswith("Z")
