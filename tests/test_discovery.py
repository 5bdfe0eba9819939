"""Any address of a site leads to its API root."""

from dataclasses import replace
from importlib.resources import files
from pathlib import Path

import pytest

from newscrawl.core.discovery import candidates, language_of, language_root
from newscrawl.core.documents import Document
from newscrawl.demo.recording import Answer, Recording
from newscrawl.demo.server import serving
from tests.crawls import crawl
from tests.wordpress.site import Testbed, WordPressSite
from tests.wordpress.truth import Truth

PAGE = "https://news.example/en/2024/05/story/"
ADVERTISED = (
    b'<html lang="en-GB"><link rel="https://api.w.org/" href="https://old.example/en/api/" />'
)


def first(document: Document, count: int = 3) -> list[str]:
    return [candidate.url for candidate in candidates(document)][:count]


def test_the_link_header_comes_first_and_the_answering_host_before_the_advertised() -> None:
    header = {"link": '<https://old.example/en/wp-json/>; rel="https://api.w.org/"'}
    assert first(Document(PAGE, 200, ADVERTISED, header)) == [
        "https://news.example/en/wp-json/",
        "https://old.example/en/wp-json/",
        "https://news.example/en/api/",
    ]


def test_then_the_link_element() -> None:
    assert first(Document(PAGE, 200, ADVERTISED), 2) == [
        "https://news.example/en/api/",
        "https://old.example/en/api/",
    ]


def test_then_guesses_below_the_language_root_and_the_host() -> None:
    guesses = first(Document("https://news.example/en/", 200, b""), 6)
    assert guesses == [
        "https://news.example/en/wp-json/",
        "https://news.example/en/?rest_route=/",
        "https://news.example/en/index.php/wp-json/",
        "https://news.example/wp-json/",
        "https://news.example/?rest_route=/",
        "https://news.example/index.php/wp-json/",
    ]


def test_dates_and_files_are_no_subdirectories() -> None:
    guesses = first(Document("https://news.example/2024/05/story.html", 200, b""), 1)
    assert guesses == ["https://news.example/wp-json/"]


def test_the_language_of_a_page_and_of_a_root() -> None:
    assert language_of(Document(PAGE, 200, ADVERTISED)) == "en-GB"
    assert language_root("https://news.example/en/wp-json/") == "en"
    assert language_root("https://news.example/pt-br/?rest_route=/") == "pt-br"
    assert language_root("https://news.example/wp-json/") is None


@pytest.mark.parametrize(
    "where", ["", "wp-json/", "wp-json/wp/v2/posts", "?rest_route=/", "{post}"]
)
def test_any_address_of_a_real_site(
    wordpress: WordPressSite, truth: Truth, tmp_path: Path, where: str
) -> None:
    id_ = max(truth.posts)
    url = wordpress.url + where.format(post=f"?p={id_}")
    done = crawl(tmp_path / "all.jsonl", site=url, limit=3, items="posts,sites")
    assert done.status == 0, done.stderr
    assert done.kinds() == {"post": 3, "site": 1}
    assert done.rows[-1]["home"] == wordpress.home


def test_a_site_of_plain_permalinks(testbed: Testbed, tmp_path: Path) -> None:
    site = testbed.add("plain")
    site.php("seed.php", "300")
    site.php("plain.php")
    testbed.serve()
    done = crawl(tmp_path / "all.jsonl", site=site.url, items="posts,sites")
    assert done.status == 0, done.stderr
    roots = [row["api_root"] for row in done.rows if row["kind"] == "site"]
    assert roots == [f"{site.url}index.php?rest_route=/"]
    posts = [row for row in done.rows if row["kind"] == "post"]
    assert {row["id"] for row in posts} == set(Truth(site).posts)
    assert all(row["authors"][0]["name"] for row in posts)


class Unadvertised(Recording):
    """A recorded site whose pages say nothing of its API."""

    def answer(self, url: str) -> Answer:
        """Return the answer without its Link header, the page without its link element."""
        answer = super().answer(url)
        body = answer.body.replace(b"api.w.org", b"example")
        return replace(answer, headers={**answer.headers, "Link": ""}, body=body)


def test_a_site_that_advertises_nothing_is_found_by_guessing(tmp_path: Path) -> None:
    recorded = Recording.load(files("newscrawl.demo") / "site")
    silent = Unadvertised(
        recorded.home,
        recorded.page,
        recorded.page_headers,
        recorded.documents,
        recorded.collections,
    )
    with serving(silent) as url:
        done = crawl(tmp_path / "all.jsonl", site=url, items="posts,sites", limit=2)
        assert done.status == 0, done.stderr
        assert done.rows[-1]["found_by"] == "guess wp-json/"
        assert done.rows[-1]["api_root"] == f"{url}wp-json/"
        assert done.rows[-1]["lang"] == "en"
        assert {row["guid"].partition("?")[0] for row in done.rows[:2]} == {"https://ameforum.net/"}
