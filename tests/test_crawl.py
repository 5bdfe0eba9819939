"""The main job on a real WordPress of 2,000 posts, compared with its database id by id."""

import csv
import json
import xml.etree.ElementTree as ET
from datetime import UTC, datetime
from html import unescape
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from jsonschema import Draft202012Validator

from newscrawl.core.normalize import plain_text
from newscrawl.items import ITEMS
from newscrawl.schema import name_of, schema_of, text_of
from tests.crawls import PROJECT, Crawl, crawl
from tests.wordpress.site import WordPressSite
from tests.wordpress.truth import Truth

TAXONOMY_FIELDS = {"category": "categories", "post_tag": "tags"}


@pytest.fixture(scope="module")
def whole(wordpress: WordPressSite, tmp_path_factory: pytest.TempPathFactory) -> Crawl:
    before = len(wordpress.requests())
    done = crawl(tmp_path_factory.mktemp("whole") / "posts.jsonl", site=wordpress.url)
    done.environment["requests"] = str(len(wordpress.requests()) - before)
    return done


@pytest.fixture(scope="module")
def everything(wordpress: WordPressSite, tmp_path_factory: pytest.TempPathFactory) -> Crawl:
    feed = tmp_path_factory.mktemp("everything") / "all.jsonl"
    return crawl(feed, "-s", "CONCURRENT_REQUESTS_PER_DOMAIN=2", site=wordpress.url, items="all")


def published(post: dict[str, Any]) -> str:
    """Return the time by the database; where its UTC is zero, by the site's own clock."""
    if isinstance(post["post_date_gmt"], datetime):
        return f"{post['post_date_gmt'].isoformat()}Z"
    local: datetime = post["post_date"].replace(tzinfo=ZoneInfo("Europe/Berlin"))
    return f"{local.astimezone(UTC).replace(tzinfo=None).isoformat()}Z"


def by_id(crawl: Crawl, kind: str = "post") -> dict[int, dict[str, Any]]:
    return {row["id"]: row for row in crawl.rows if row["kind"] == kind}


def test_every_post_is_found_once_and_no_other(whole: Crawl, truth: Truth) -> None:
    ids = [row["id"] for row in whole.rows]
    assert len(ids) == len(set(ids)), "a post was written twice"
    assert set(truth.posts) - set(ids) == set(), "posts were missed"
    assert set(ids) - set(truth.posts) == set(), "posts were written that nobody may see"
    assert not set(ids) & truth.hidden


def test_the_ledger_says_so(whole: Crawl, truth: Truth) -> None:
    assert whole.status == 0
    assert whole.ledger["complete"] is True
    posts = whole.ledger["collections"]["posts"]
    assert posts["expected"] == posts["found"] == len(truth.posts) + len(truth.protected)
    assert posts["written"] == len(truth.posts)
    assert {row["id"] for row in posts["unreadable"]} == truth.protected
    assert {row["reason"] for row in posts["unreadable"]} == {"password-protected"}
    assert whole.ledger["refusals"] == posts["missing"] == []
    assert "'finish_reason': 'finished'" in whole.stderr


def test_every_field_of_a_post_is_that_of_the_database(whole: Crawl, truth: Truth) -> None:
    for id_, row in by_id(whole).items():
        post = truth.posts[id_]
        assert row["guid"] == unescape(post["guid"])
        assert row["slug"] == post["slug"]
        assert row["title"] == plain_text(post["title"].replace("<", "&lt;"))
        assert row["published"] == published(post)


def test_every_author_is_right(whole: Crawl, truth: Truth) -> None:
    for id_, row in by_id(whole).items():
        author = truth.authors[truth.posts[id_]["author"]]
        told = [(name["id"], name["name"], name["slug"]) for name in row["authors"]]
        assert told == [(author["id"], author["name"], author["slug"])]


def test_every_term_is_right(whole: Crawl, truth: Truth) -> None:
    for id_, row in by_id(whole).items():
        lists = {"category": row["categories"], "post_tag": row["tags"], **row["terms"]}
        assert set(lists) == {"category", "post_tag", "region"}
        for taxonomy, names in lists.items():
            terms = truth.terms[id_][taxonomy]
            told = {name["id"]: (name["name"], name["slug"]) for name in names}
            assert told == {i: (unescape(t["name"]), t["slug"]) for i, t in terms.items()}


def test_every_image_is_right(whole: Crawl, truth: Truth) -> None:
    for id_, row in by_id(whole).items():
        image = truth.images.get(id_)
        assert (row["image"] or {}).get("id") == (image or {}).get("id")
        if image:
            assert row["image"]["url"].endswith(f"/wp-content/uploads/{image['file']}")


def test_a_deleted_image_leaves_the_post_whole(whole: Crawl, truth: Truth) -> None:
    missing = [
        row
        for row in whole.rows
        for link in row["relations"]
        if link["rel"] == "wp:featuredmedia" and link["status"] == "missing"
    ]
    assert missing
    assert all(row["id"] not in truth.images and row["content_text"] for row in missing)
    assert whole.ledger["relations"]["wp:featuredmedia"]["missing"] == len(missing)


def test_it_costs_at_most_35_requests_per_1000_posts(whole: Crawl, truth: Truth) -> None:
    requests = int(whole.environment["requests"])
    assert requests <= 35 * len(truth.posts) / 1000
    assert whole.ledger["requests"] == requests


def test_two_partitions_and_every_kind(everything: Crawl, truth: Truth) -> None:
    assert everything.status == 0, everything.stderr[-2000:]
    assert set(by_id(everything)) == set(truth.posts)
    kinds = everything.kinds()
    assert kinds["site"] == 1
    assert kinds["author"] == len({post["author"] for post in truth.posts.values()})
    images = {image["id"] for post, image in truth.images.items() if post in truth.posts}
    attached = {id_ for id_, media in truth.media.items() if media["post"] in truth.posts}
    assert set(by_id(everything, "media")) == images | attached
    used = {(t, i) for p in truth.posts for t, ids in truth.terms[p].items() for i in ids}
    assert {(r["taxonomy"], r["id"]) for r in everything.rows if r["kind"] == "term"} == used


def test_two_crawls_differ_in_nothing_but_the_time(
    wordpress: WordPressSite, whole: Crawl, tmp_path: Path
) -> None:
    """Two requests at a time cut the walk in parts; what is written stays the same."""
    option = ("-s", "CONCURRENT_REQUESTS_PER_DOMAIN=2")
    other = by_id(crawl(tmp_path / "posts.jsonl", *option, site=wordpress.url))
    for id_, row in by_id(whole).items():
        assert row | {"fetched_at": ""} == other[id_] | {"fetched_at": ""}


def test_every_row_is_valid(everything: Crawl) -> None:
    validators = {kind.__name__.lower(): Draft202012Validator(schema_of(kind)) for kind in ITEMS}
    for row in everything.rows:
        validators[row["kind"]].validate(row)


@pytest.mark.parametrize("kind", ITEMS)
def test_the_schemas_are_those_of_the_classes(kind: type) -> None:
    path = PROJECT / "newscrawl" / "schemas" / name_of(kind)
    assert path.read_bytes() == text_of(kind), "run: python -m newscrawl.schema"


def test_csv_json_and_xml_hold_the_same_values(wordpress: WordPressSite, tmp_path: Path) -> None:
    feeds = {name: tmp_path / f"posts.{name}" for name in ("jsonl", "json", "csv", "xml")}
    extra = [part for name in ("json", "csv", "xml") for part in ("-O", str(feeds[name]))]
    lines = crawl(feeds["jsonl"], *extra, site=wordpress.url, limit=150).rows
    assert len(lines) == 150
    assert json.loads(feeds["json"].read_text(encoding="utf-8")) == lines
    assert not feeds["csv"].read_bytes().startswith(b"\xef\xbb\xbf")
    with feeds["csv"].open(encoding="utf-8", newline="") as file:
        cells = list(csv.DictReader(file))
    elements = list(ET.parse(feeds["xml"]).getroot())  # noqa: S314 - our own file
    for row, cell, element in zip(lines, cells, elements, strict=True):
        assert_same(row, cell, element)


def assert_same(row: dict[str, Any], cell: dict[str, str], element: ET.Element) -> None:
    for name in ("id", "guid", "title", "published", "content_text", "excerpt"):
        text = "" if row[name] is None else str(row[name])
        assert cell[name] == text
        assert (element.findtext(name) or "") == text
    assert cell["tags"] == "; ".join(tag["name"] for tag in row["tags"])
    assert [tag.findtext("name") for tag in element.find("tags") or ()] == [
        tag["name"] for tag in row["tags"]
    ]
    assert cell["image_url"] == ((row["image"] or {}).get("url") or "")
    assert json.loads(cell["relations"]) == row["relations"]


CONSTRUCTS = """It’s a “quoted” word — and a dash… & 5 < 6.

می‌روم به کتاب‌خانه‌ها

A family 👨‍👩‍👧 of three, a heart ❤️ and bold words.

Numbers & tables

City\t%
Lindenau\t12 000

if a < b:
    print("[not a shortcode]")

We go on.
— The mayor

one
two and a half

He said [sic] that [the president] left. 🙂"""


def test_what_editors_build_is_right_to_the_character(whole: Crawl) -> None:
    """Written by hand from tests/wordpress/php/seed/constructs.html, as WordPress renders it."""
    row = next(row for row in whole.rows if row["slug"] == "constructs")
    assert row["content_text"] == CONSTRUCTS
    images = [(i["src"].rsplit("/", 1)[-1], i["caption"], i["credit"]) for i in row["images"]]
    assert images == [
        ("one.jpg", "The first. Photo: AP", "AP"),
        ("two.jpg", "The second.", None),
        ("three.jpg", "A classic caption", None),
    ]
    video = "https://www.youtube.com/watch?v=dQw4w9WgXcQ"
    assert row["embeds"] == [{"provider": "youtube", "url": video}]
    assert row["tables"][0]["rows"] == [["City", "%"], ["Lindenau", "12\u00a0000"]]
    assert row["tables"][0]["caption"] == "By the census"
    assert row["quotes"] == [{"text": "We go on.", "source": "The mayor"}]
    assert row["headings"] == [{"level": 2, "text": "Numbers & tables"}]
    assert "**bold** words" in row["content_markdown"]
    assert row["lang"] == "en-US"


def test_shortcodes_that_nobody_rendered_are_counted(whole: Crawl) -> None:
    counted = whole.ledger["left_out"]["shortcodes"]
    assert counted["gone_slider"] == 1
    assert counted["unknown_slider"] > 10
    assert not any("[unknown_slider" in row["content_text"] for row in whole.rows)
