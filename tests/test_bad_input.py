"""What is wrong is said in one line that names it, with the right exit status and no traceback."""

import socket
from collections.abc import Iterator
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

from newscrawl.demo.recording import Recording
from newscrawl.demo.server import serving
from tests.crawls import crawl, scrapy

SITE = "https://news.example.org/"
WRONG_ARGUMENTS = [
    ({}, "site: no site was given"),
    ({"site": "not a url"}, "site: 'not a url' is not the address of a site"),
    ({"site": "ftp://news.example.org/"}, "site: 'ftp://news.example.org/'"),
    ({"site": "https://news.example.org:99999/"}, "site: 'https://news.example.org:99999/'"),
    ({"sites": "/no/such/file"}, "sites: /no/such/file cannot be read"),
    ({"site": "https://me:secret@news.example.org/"}, "site: a name and password do not belong"),
    ({"site": SITE, "items": ""}, "items: it names nothing; choose among posts"),
    ({"site": SITE, "items": "none"}, "items: 'none' is not known; choose among posts"),
    ({"site": SITE, "types": ","}, "types: it names no post type"),
    ({"site": SITE, "raw": "perhaps"}, "raw: 'perhaps' is neither yes nor no"),
    ({"site": SITE, "before": "9999-12-31T23:59:59"}, "before: '9999-12-31T23:59:59': no site has"),
    ({"site": SITE, "follow": "friends"}, "follow: 'friends' is not known; choose among author"),
    ({"site": SITE, "items": "cats"}, "items: 'cats' is not known; choose among posts"),
    ({"site": SITE, "after": "yesterday"}, "after: 'yesterday' is not a date"),
    ({"site": SITE, "after": "2024-02-01", "before": "2024-01-01"}, "after: it must be earlier"),
    ({"site": SITE, "lang": "all of them"}, "lang: 'all of them': "),
    ({"site": SITE, "limit": "many"}, "limit: 'many': "),
    ({"site": SITE, "limit": "0"}, "limit: '0': "),
    ({"site": SITE, "same_as": "old.example"}, "same_as: it is for a store that knows the site"),
    (
        {"site": f"{SITE},http://other.example/", "same_as": "old.example", "store": "news.db"},
        "same_as: it is of one site",
    ),
    ({"site": SITE, "colour": "red"}, "colour: there is no such argument; there are site, sites"),
]


@pytest.fixture
def plain_site() -> Iterator[str]:
    """Serve a site that is not WordPress: a page for its home, 404 for all else."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = b"<html lang=en><title>Hello</title></html>"
            self.send_response(200 if self.path == "/" else 404)
            self.send_header("Content-Type", "text/html")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Log nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


@pytest.mark.parametrize(("arguments", "complaint"), WRONG_ARGUMENTS)
def test_a_wrong_argument_is_refused_in_one_line(
    tmp_path: Path, arguments: dict[str, str], complaint: str
) -> None:
    done = crawl(tmp_path / "posts.jsonl", **arguments)
    assert done.status == 2
    said = done.stderr.strip().splitlines()
    assert [line for line in said if line.startswith("scrapy crawl: ")] == said[-1:]
    assert complaint in said[-1]
    assert "secret" not in said[-1]
    assert list(tmp_path.iterdir()) == []


def test_an_unknown_spider_is_refused() -> None:
    done = scrapy("crawl", "wordpres")
    assert done.returncode == 2
    assert "there is no spider 'wordpres'; there are: wordpress" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("name", ["posts.jsonl/below.jsonl", "posts.jsonl"])
def test_an_unwritable_feed_is_refused_before_the_crawl(tmp_path: Path, name: str) -> None:
    (tmp_path / "posts.jsonl").mkdir() if name == "posts.jsonl" else (
        tmp_path / "posts.jsonl"
    ).write_text("kept")
    done = crawl(tmp_path / name, site=SITE)
    assert done.status == 2
    assert str(tmp_path / name) in done.stderr
    assert "Traceback" not in done.stderr


def test_an_unwritable_ledger_is_refused_before_the_crawl(tmp_path: Path) -> None:
    (tmp_path / "posts.jsonl.ledger.json").mkdir()
    done = crawl(tmp_path / "posts.jsonl", site=SITE)
    assert done.status == 2
    assert "the ledger, " in done.stderr.splitlines()[-1]


def test_a_job_directory_is_refused(tmp_path: Path) -> None:
    done = crawl(tmp_path / "posts.jsonl", "-s", f"JOBDIR={tmp_path / 'job'}", site=SITE)
    assert done.status == 2
    assert "JOBDIR: a crawl keeps its state in memory" in done.stderr


def test_a_csv_of_several_kinds_is_refused_with_the_line_that_does_it_right(
    tmp_path: Path,
) -> None:
    done = crawl(tmp_path / "all.csv", site=SITE, items="all")
    assert done.status == 2
    assert "a CSV holds one kind of item" in done.stderr
    assert f"-a items=posts -O {tmp_path}/all.csv" in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_site_that_is_not_wordpress_is_named(plain_site: str, tmp_path: Path) -> None:
    earlier = tmp_path / "posts.jsonl"
    earlier.write_text("the export of an earlier day\n")
    done = crawl(earlier, site=plain_site)
    assert done.status == 1
    assert "no WordPress REST API found" in done.stderr
    assert "Traceback" not in done.stderr
    assert earlier.read_text() == "the export of an earlier day\n"
    assert done.ledger["complete"] is False
    assert [row["url"] for row in done.ledger["refusals"]] == [plain_site]


def test_a_host_that_does_not_answer_is_named(tmp_path: Path) -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{closed.getsockname()[1]}/"
        done = crawl(tmp_path / "posts.jsonl", "-s", "RETRY_TIMES=0", site=url)
    assert done.status == 1
    assert f"refused: {url} (no answer)" in done.stderr
    assert "Traceback" not in done.stderr
    assert not done.feed.exists()


def test_an_unknown_type_is_named_with_those_there_are(
    recording: Recording,
    tmp_path: Path,
) -> None:
    with serving(recording) as url:
        done = crawl(tmp_path / "posts.jsonl", site=url, types="posst")
    assert done.status == 2
    assert (
        "types: https://ameforum.net/en has no post type 'posst'; it has post, page" in done.stderr
    )
    assert "Traceback" not in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_site_that_does_not_tell_its_languages_is_named(
    recording: Recording,
    tmp_path: Path,
) -> None:
    with serving(recording) as url:
        done = crawl(tmp_path / "posts.jsonl", site=url, lang="fr")
    assert done.status == 2
    assert "lang: https://ameforum.net/en does not tell the language of its posts" in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_language_root_is_of_its_language(
    recording: Recording,
    tmp_path: Path,
) -> None:
    with serving(recording) as url:
        done = crawl(tmp_path / "posts.jsonl", site=url, lang="en-GB")
    assert done.status == 0
    assert len(done.rows) == 80


def test_one_of_several_sites_may_have_what_another_has_not(
    recording: Recording,
    plain_site: str,
    tmp_path: Path,
) -> None:
    with serving(recording) as url:
        done = crawl(tmp_path / "posts.jsonl", site=f"{plain_site},{url},{url}wp-json/")
    assert done.status == 3
    assert len(done.rows) == 80
    told = {ledger["site"]: ledger["complete"] for ledger in done.ledger["sites"]}
    assert told == {plain_site: False, "https://ameforum.net/en": True}


@pytest.mark.parametrize("tags", ["796", "winter", "2024"])
def test_a_tag_is_named_by_slug_or_by_id(
    recording: Recording,
    tmp_path: Path,
    tags: str,
) -> None:
    """A slug of digits comes before an id of the same digits."""
    rows = recording.collections["tags"]
    years = [row | {"slug": "2024"} if row["id"] == 800 else row for row in rows]
    site = replace(recording, collections=recording.collections | {"tags": years})
    id_ = next(row["id"] for row in years if tags in {row["slug"], str(row["id"])})
    with serving(site) as url:
        done = crawl(tmp_path / "posts.jsonl", site=url, tags=tags, follow="none")
    wanted = {row["id"] for row in recording.collections["posts"] if id_ in row["tags"]}
    assert {row["id"] for row in done.rows} == wanted != set()


@pytest.mark.parametrize("tags", ["796,999999", "999999", "winter,999999"])
def test_an_unknown_id_is_named(
    recording: Recording,
    tmp_path: Path,
    tags: str,
) -> None:
    with serving(recording) as url:
        done = crawl(tmp_path / "posts.jsonl", site=url, tags=tags)
    assert done.status == 2
    assert "tags: https://ameforum.net/en has no '999999'" in done.stderr


def test_an_unknown_category_is_named(
    recording: Recording,
    tmp_path: Path,
) -> None:
    with serving(recording) as url:
        done = crawl(tmp_path / "posts.jsonl", site=url, categories="main-news,maine-news")
    assert done.status == 2
    assert "categories: https://ameforum.net/en has no 'maine-news'" in done.stderr
