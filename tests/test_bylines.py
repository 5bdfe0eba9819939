"""All authors of a post in their order, as plugins tell them; the plugins' shapes are stood in for.

Neither plugin is among Debian's packages: the test sites answer as their source says they do.
"""

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from tests.crawls import Crawl, crawl, is_near, scrapy
from tests.wordpress.site import Testbed, WordPressSite

BYLINES = """
  SELECT p.ID id, p.post_author author, m.meta_value byline
  FROM wp_posts p JOIN wp_postmeta m ON m.post_id = p.ID AND m.meta_key = 'byline'
  WHERE p.post_type = 'post' AND p.post_status = 'publish' AND p.post_password = ''
"""
USERS = "SELECT ID id, user_nicename slug, display_name name FROM wp_users"
POSTS = 80


@pytest.fixture(scope="module")
def sites(testbed: Testbed) -> dict[str, WordPressSite]:
    """Return a site for each plugin."""
    found = {}
    for name in ("coauthors", "publishpress", "yoast"):
        site = testbed.add(name, plugins=name)
        site.php("seed.php", str(POSTS))
        site.php("bylines.php")
        found[name] = site
    testbed.serve()
    return found


def told(site: WordPressSite) -> dict[int, list[tuple[int | None, str]]]:
    """Return the (id, name) of the authors of each post, by the database."""
    users = {row["slug"]: (row["id"], row["name"]) for row in site.query(USERS)}
    return {
        row["id"]: [
            users.get(slug) or (None, slug.replace("-", " ").title())
            for slug in row["byline"].split(",")
        ]
        for row in site.query(BYLINES)
    }


def found(done: Crawl) -> dict[int, list[tuple[int | None, str]]]:
    return {row["id"]: [(a["id"], a["name"]) for a in row["authors"]] for row in done.rows}


def statuses(done: Crawl) -> Counter[str]:
    return Counter(
        link["status"] for row in done.rows for link in row["relations"] if link["rel"] == "author"
    )


@pytest.mark.parametrize("plugin", ["coauthors", "publishpress"])
def test_a_probe_counts_what_bylines_cost(
    plugin: str, sites: dict[str, WordPressSite], tmp_path: Path
) -> None:
    report = json.loads(scrapy("probe", sites[plugin].url, "--json").stdout)
    done = crawl(tmp_path / "posts.jsonl", site=sites[plugin].url)
    assert is_near(report["cost"]["main"]["requests"], done.ledger["requests"])


@pytest.mark.parametrize("plugin", ["coauthors", "publishpress"])
def test_all_authors_in_their_order(
    sites: dict[str, WordPressSite], tmp_path: Path, plugin: str
) -> None:
    site = sites[plugin]
    before = len(site.requests())
    done = crawl(tmp_path / "posts.jsonl", site=site.url)
    assert done.status == 0, done.stderr[-2000:]
    truth = told(site)
    assert Counter(map(len, truth.values())).keys() == {1, 2, 3}
    assert found(done) == truth
    assert statuses(done) == {"resolved": len(done.rows)}
    asked = [line for line in site.requests()[before:] if "coauthors/v1" in line]
    several = [id_ for id_, names in truth.items() if len(names) > 1]
    alone = {names[0] for names in truth.values() if len(names) == 1}
    assert len(asked) <= len(several) + len(alone)


def test_users_that_are_closed_are_told_by_their_posts(
    sites: dict[str, WordPressSite], tmp_path: Path
) -> None:
    """Yoast's schema tells some, oEmbed the others; the relation says that the users are closed."""
    site = sites["yoast"]
    before = len(site.requests())
    done = crawl(tmp_path / "posts.jsonl", site=site.url)
    assert done.status == 0, done.stderr[-2000:]
    assert statuses(done) == {"forbidden": len(done.rows)}
    names = {row["id"]: row["name"] for row in site.query(USERS)}
    alone = [row for row in done.rows if len(row["authors"]) == 1]
    for row in alone:
        author = next(p["author"] for p in site.query(BYLINES) if p["id"] == row["id"])
        told_by_posts = [(a["id"], a["name"]) for a in row["authors"]]
        assert told_by_posts == [(author, names[author])]
    byline = told(site)
    for row in (row for row in done.rows if len(row["authors"]) > 1):
        assert [a["name"] for a in row["authors"]] == [name for _, name in byline[row["id"]]]
    assert {row["id"] for row in done.rows if len(row["authors"]) > 1} == {
        id_ for id_, authors in byline.items() if len(authors) > 1
    }
    asked = site.requests()[before:]
    authors = {row["author"] for row in site.query(BYLINES)}
    assert len([line for line in asked if "wp/v2/users" in line and "_embed" not in line]) == 2
    assert len([line for line in asked if "oembed/1.0" in line]) <= len(authors)
    told_by_posts = [line for line in asked if "include=" in line and "yoast_head_json" in line]
    assert told_by_posts[-1].endswith(" 200")
    assert "_embed=" not in told_by_posts[-1]


def test_an_embedded_author_is_enough() -> None:
    """What the pure core makes of the shapes that plugins give."""
    from newscrawl.core.bylines import authors_told  # noqa: PLC0415 - only this test is pure

    row: dict[str, Any] = json.loads(
        '{"coauthors": [{"id": 9, "display_name": "Zoë &amp; Co", "user_nicename": "zoe",'
        ' "link": "https://a.example/author/zoe/"}]}'
    )
    name = {"id": None, "name": "Zoë & Co", "slug": "zoe", "url": "https://a.example/author/zoe/"}
    assert authors_told(row) == [name]
    assert authors_told({"coauthors": [4, 5], "authors": False}) == []


def test_a_guest_is_no_user_though_their_ids_agree() -> None:
    """Co-Authors Plus: a guest's id is that of their profile, which is a post."""
    from newscrawl.core.bylines import coauthor_of  # noqa: PLC0415 - only this test is pure

    user = {"id": 9, "name": "Zoë", "slug": "zoe", "url": None}
    row = {"id": 9, "display_name": "A Guest", "user_nicename": "a-guest", "user_id": 9}
    assert coauthor_of(row, {"zoe": user})["id"] is None
    assert coauthor_of(row | {"user_nicename": "zoe"}, {"zoe": user}) == user
