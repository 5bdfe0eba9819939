"""Sites in several languages: each post once, with its language and what it is in the others.

Polylang and WPML are not among Debian's packages: the test sites answer as their source says that
they do (polylang.pro/doc/rest-api, shawnhooper/wpml-rest-api).
"""

from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest

from tests.crawls import Crawl, crawl
from tests.wordpress.site import Testbed, WordPressSite

POSTS = 120
TRUTH = """
  SELECT p.ID id, l.meta_value lang, g.meta_value translation_group, p.post_password <> '' withheld
  FROM wp_posts p
  JOIN wp_postmeta l ON l.post_id = p.ID AND l.meta_key = 'language'
  JOIN wp_postmeta g ON g.post_id = p.ID AND g.meta_key = 'translation_group'
  WHERE p.post_type = 'post' AND p.post_status = 'publish'
"""
SITES = {  # by name: the plugin, and its options
    "polylang": ("polylang", []),
    "polylang_pro": ("polylang", ["newscrawl_pro"]),
    "wpml": ("wpml", []),
    "wpml_fields": ("wpml", ["newscrawl_fields"]),
    "wpml_parameter": ("wpml", ["newscrawl_parameter"]),
}
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
