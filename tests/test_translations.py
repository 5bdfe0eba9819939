"""Sites in several languages: each post once, with its language and what it is in the others.

Polylang and WPML are not among Debian's packages: the test sites answer as their source says that
they do (polylang.pro/doc/rest-api, shawnhooper/wpml-rest-api).
"""

import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections import defaultdict
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from tests.crawls import PROJECT, Crawl, crawl, lines, scrapy
from tests.wordpress.site import Testbed, WordPressSite

POSTS = 120
TRUTH = """
  SELECT p.ID id, l.meta_value lang, g.meta_value translation_group, p.post_password <> '' withheld
  FROM wp_posts p
  JOIN wp_postmeta l ON l.post_id = p.ID AND l.meta_key = 'language'
  JOIN wp_postmeta g ON g.post_id = p.ID AND g.meta_key = 'translation_group'
  WHERE p.post_type = 'post' AND p.post_status = 'publish'
"""
CATEGORY = """
  SELECT term_id id FROM wp_term_taxonomy WHERE taxonomy = 'category' ORDER BY count DESC LIMIT 1
"""
SITES = {  # by name: the plugin, and its options
    "polylang": ("polylang", []),
    "polylang_pro": ("polylang", ["newscrawl_pro"]),
    "wpml": ("wpml", []),
    "wpml_fields": ("wpml", ["newscrawl_fields"]),
    "wpml_one_root": ("wpml", ["newscrawl_one_root"]),
    "wpml_parameter": ("wpml", ["newscrawl_parameter"]),
}
LANGUAGES = ("en", "es", "fr")
Told = dict[int, tuple[str, dict[str, int]]]


@pytest.fixture(scope="module")
def sites(testbed: Testbed) -> dict[str, WordPressSite]:
    """Return a site for each plugin, and for what it may be set to."""
    found = {}
    for name, (plugin, options) in SITES.items():
        site = found[name] = testbed.add(name, plugins=plugin)
        site.php("seed.php", str(POSTS))
        site.php("translate.php", *options)
    testbed.serve()
    return found


def truth(site: WordPressSite) -> Told:
    """Return the language and the translations of each post that is to be seen, by the database."""
    rows = site.query(TRUTH)
    groups: dict[str, dict[str, int]] = defaultdict(dict)
    for row in rows:
        groups[row["translation_group"]][row["lang"]] = row["id"]
    return {
        row["id"]: (row["lang"], _others(groups[row["translation_group"]], row["lang"]))
        for row in rows
        if not row["withheld"]
    }


def _others(group: dict[str, int], lang: str) -> dict[str, int]:
    return {name: id_ for name, id_ in group.items() if name != lang}


def told(done: Crawl) -> Told:
    """Return the language and the translations of each post as it was written."""
    return {row["id"]: (_short(row), _ids(row["translations"])) for row in done.rows}


def _short(row: dict[str, Any]) -> str:
    return str(row["lang"]).partition("-")[0]


def _ids(translations: list[dict[str, Any]]) -> dict[str, int]:
    return {_short(one): one["id"] for one in translations}


def test_polylang_tells_the_language_and_the_translations_of_each_post(
    sites: dict[str, WordPressSite], tmp_path: Path
) -> None:
    site = sites["polylang_pro"]
    done = crawl(tmp_path / "posts.jsonl", site=site.url)
    assert done.status == 0, done.stderr[-2000:]
    assert told(done) == truth(site)
    assert {len(row["translations"]) for row in done.rows} == {0, 1, 2}


def test_wpml_s_addon_tells_them_with_their_addresses(
    sites: dict[str, WordPressSite], tmp_path: Path
) -> None:
    site = sites["wpml_fields"]
    done = crawl(tmp_path / "posts.jsonl", site=f"{site.url}es/")
    assert done.status == 0, done.stderr[-2000:]
    spanish = {id_: post for id_, post in truth(site).items() if post[0] == "es"}
    assert told(done) == spanish
    urls = {
        one["url"] for row in done.rows for one in row["translations"] if one["lang"] == "fr-FR"
    }
    assert urls
    assert all(url.startswith(f"{site.home}/fr/") for url in urls)


@pytest.mark.parametrize("name", SITES)
def test_each_post_of_every_language_comes_once(
    name: str, sites: dict[str, WordPressSite], tmp_path: Path
) -> None:
    """Polylang has all in one list, which is read once; WPML has a root for each language."""
    site, posts = sites[name], truth(sites[name])
    done = crawl(tmp_path / "posts.jsonl", site=site.url)
    assert done.status == 0, done.stderr[-3000:]
    assert sorted(row["id"] for row in done.rows) == sorted(posts)
    accounts = done.ledger.get("sites", [done.ledger])
    assert len(accounts) == (1 if name.startswith("polylang") else len(LANGUAGES))
    assert sum(each["collections"]["posts"]["written"] for each in accounts) == len(posts)
    if name in {"polylang_pro", "wpml_fields"}:
        assert told(done) == posts


def test_what_is_in_no_language_comes_once(sites: dict[str, WordPressSite], tmp_path: Path) -> None:
    """WPML shows types that it does not translate at each root."""
    site = sites["wpml"]
    done = crawl(tmp_path / "all.jsonl", site=site.url, types="all", items="posts,comments")
    assert done.status == 0, done.stderr[-3000:]
    for type_, part in [("page", ""), ("liveblog", ""), ("post", "AND post_password = ''")]:
        query = (
            f"SELECT ID id FROM wp_posts WHERE post_type = %s AND post_status = 'publish' {part}"
        )
        ids = [row["id"] for row in done.rows if row.get("type") == type_]
        assert sorted(ids) == sorted(row["id"] for row in site.query(query, [type_]))
    assert [each["collections"]["pages"]["found"] for each in done.ledger["sites"]] == [20, 0, 0]


@pytest.mark.parametrize(
    "narrowed", [{"limit": "200"}, {"lang": "en"}, {"categories": "{category}"}]
)
def test_what_is_narrowed_to_a_language_leads_to_no_other(
    narrowed: dict[str, str], sites: dict[str, WordPressSite], tmp_path: Path
) -> None:
    site = sites["wpml_fields"]
    category = site.query(CATEGORY)[0]["id"]
    asked = {name: value.format(category=category) for name, value in narrowed.items()}
    done = crawl(tmp_path / "posts.jsonl", site=site.url, **asked)
    assert done.status == 0, done.stderr[-3000:]
    assert "sites" not in done.ledger
    assert {_short(row) for row in done.rows} == {"en"}


@pytest.mark.parametrize("address", ["es/", "?lang=es", "wp-json/?lang=es"])
def test_who_names_a_language_root_wants_that_language(
    address: str, sites: dict[str, WordPressSite], tmp_path: Path
) -> None:
    site = sites["wpml" if address == "es/" else "wpml_parameter"]
    done = crawl(tmp_path / "posts.jsonl", site=f"{site.url}{address}")
    assert done.status == 0, done.stderr[-3000:]
    spanish = [id_ for id_, (lang, _) in truth(site).items() if lang == "es"]
    assert sorted(row["id"] for row in done.rows) == sorted(spanish)
    assert "sites" not in done.ledger


@pytest.mark.parametrize("name", ["wpml_fields", "wpml_parameter"])
def test_a_store_knows_each_language(
    name: str, sites: dict[str, WordPressSite], tmp_path: Path
) -> None:
    """The second crawl costs each language what it costs a site: its index, catalog and list."""
    site, feed = sites[name], tmp_path / "posts.jsonl"
    asked = {"site": site.url, "store": str(tmp_path / "news.db"), "types": "post,page"}
    crawl(feed, **asked, limit=5)
    first = crawl(feed, **asked)
    assert {row["change"] for row in first.rows} == {"new"}
    before = len(site.requests())
    again = crawl(feed, **asked)
    assert (again.status, again.rows) == (0, []), again.stderr[-3000:]
    assert len(site.requests()) - before <= 6 * len(LANGUAGES) + 1
    spanish = next(id_ for id_, (lang, _) in truth(site).items() if lang == "es")
    site.php("edit.php", json.dumps([["edit", spanish, "<p>Otra huelga.</p>"]]))
    changed = crawl(feed, **asked).rows
    assert [(row["id"], row["change"]) for row in changed] == [(spanish, "updated")]
    with closing(sqlite3.connect(tmp_path / "news.db")) as store:
        kept = store.execute("SELECT id FROM posts WHERE type = 'post' AND deleted IS NULL")
        assert sorted(id_ for (id_,) in kept) == sorted(truth(site))


def test_a_store_that_does_not_know_the_languages_has_the_page_read_once(
    sites: dict[str, WordPressSite], tmp_path: Path
) -> None:
    """It was written before they were kept; its posts are not read again for it."""
    site, asked = sites["wpml"], {"store": str(tmp_path / "news.db")}
    english = crawl(tmp_path / "english.jsonl", site=site.url, lang="en", **asked)
    assert english.status == 0, english.stderr[-3000:]
    with closing(sqlite3.connect(asked["store"])) as store, store:
        store.execute("UPDATE sites SET state = json_remove(state, '$.languages')")
    pages = []
    for _ in range(2):
        before = len(site.requests())
        others = crawl(tmp_path / "posts.jsonl", site=site.url, **asked)
        pages.append(sum("GET / " in line for line in site.requests()[before:]))
        if pages == [1]:
            found = {row["id"] for row in [*english.rows, *others.rows]}
            assert found == truth(site).keys()
            assert len(others.rows) + len(english.rows) == len(found)
    assert pages == [1, 0]


def test_a_crawl_that_was_killed_in_another_language_is_gone_on_with(
    sites: dict[str, WordPressSite], tmp_path: Path
) -> None:
    site, feed = sites["wpml"], tmp_path / "posts.jsonl"
    told = [f"site={site.url}", f"store={tmp_path / 'news.db'}"]
    command = [
        *(sys.executable, "-m", "scrapy", "crawl", "wordpress", "-o", str(feed)),
        *("-s", "DOWNLOAD_DELAY=0.1", *(part for each in told for part in ("-a", each))),
    ]
    environment = os.environ | {"PYTHONPATH": str(PROJECT)}
    before, began = len(site.requests()), time.monotonic()
    with subprocess.Popen(command, cwd=PROJECT, env=environment, stderr=subprocess.DEVNULL) as run:
        while not any("/es/wp-json/wp/v2/posts" in line for line in site.requests()[before:]):
            assert time.monotonic() - began < 60
            time.sleep(0.01)
        run.send_signal(signal.SIGKILL)
    done = subprocess.run(
        command, cwd=PROJECT, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr[-3000:]
    assert sorted(row["id"] for row in lines(feed)) == sorted(truth(site))


def test_a_probe_tells_the_language_roots(sites: dict[str, WordPressSite]) -> None:
    wpml = sites["wpml"]
    report = json.loads(scrapy("probe", wpml.url, "--json").stdout)
    assert report["languages"] == [f"{wpml.url}es/", f"{wpml.url}fr/"]
    assert f"languages   each read by itself: {wpml.url}es/" in scrapy("probe", wpml.url).stdout
    polylang = scrapy("probe", sites["polylang_pro"].url, "--json")
    assert json.loads(polylang.stdout)["languages"] == []
