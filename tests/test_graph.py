"""The whole link graph of a real WordPress, compared with its database and loaded as a graph."""

import json
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

import networkx as nx
import pytest
from jsonschema import Draft202012Validator

from newscrawl.items import ITEMS
from newscrawl.schema import schema_of
from tests.crawls import Crawl, crawl
from tests.wordpress.site import WordPressSite
from tests.wordpress.truth import ALL_TERMS, COMMENTS, PUBLISHING, REVISIONS, Truth

SINCE = "2022-01-01"
EVERYTHING = {"items": "all", "types": "all", "follow": "all"}


class Asked:
    """The requests that a site answers during a crawl."""

    def __init__(self, site: WordPressSite) -> None:
        self.site, self.before = site, len(site.requests())

    def of(self, part: str) -> list[str]:
        """Return those whose target holds a text."""
        return [line for line in self.site.requests()[self.before :] if part in line]


@pytest.fixture(scope="module")
def anonymous(wordpress: WordPressSite, tmp_path_factory: pytest.TempPathFactory) -> Crawl:
    """Crawl all there is as an anonymous reader, the original JSON kept."""
    asked = Asked(wordpress)
    feed = tmp_path_factory.mktemp("anonymous") / "all.jsonl"
    done = crawl(feed, site=wordpress.url, raw="yes", **EVERYTHING)
    done.environment |= {
        "all": str(len(asked.of(""))),
        "revisions": str(len(asked.of("/revisions"))),
        "private": str(len(asked.of("users/me"))),
        "index": str(len(asked.of("GET /wp-json/?"))),
        "401": str(len([line for line in asked.of("") if line.endswith(" 401")])),
    }
    return done


@pytest.fixture(scope="module")
def editor(wordpress: WordPressSite, tmp_path_factory: pytest.TempPathFactory) -> Crawl:
    folder = tmp_path_factory.mktemp("editor")
    netrc = wordpress.editor(folder)
    done = crawl(
        folder / "r.jsonl", netrc=netrc, site=wordpress.url, items="revisions,links", types="all"
    )
    done.environment["password"] = netrc.read_text().split('"')[1]
    return done


def rows(done: Crawl, kind: str) -> dict[int, dict[str, Any]]:
    found = [row for row in done.rows if row["kind"] == kind]
    by_id = {row["id"]: row for row in found}
    assert len(by_id) == len(found), f"a {kind} was written twice"
    return by_id


def links(done: Crawl) -> list[dict[str, Any]]:
    return [row for row in done.rows if row["kind"] == "link"]


def test_every_kind_is_that_of_the_database(anonymous: Crawl, truth: Truth) -> None:
    assert anonymous.status == 0, anonymous.stderr[-2000:]
    posts = rows(anonymous, "post")
    of_type = defaultdict(set)
    for id_, row in posts.items():
        of_type[row["type"]].add(id_)
    assert of_type == {name: truth.of_type(name) for name in ("post", "page", "liveblog")}
    assert set(rows(anonymous, "author")) == truth.ids(PUBLISHING)
    assert set(rows(anonymous, "media")) == set(truth.media)
    assert any(media["post"] == 0 for media in truth.media.values())
    assert set(rows(anonymous, "term")) == truth.ids(ALL_TERMS)


def test_comments_and_their_threads(anonymous: Crawl, truth: Truth) -> None:
    told = {row["id"]: row for row in truth.site.query(COMMENTS)}
    found = rows(anonymous, "comment")
    assert set(found) == set(told)
    assert any(row["parent"] for row in told.values())
    for id_, row in found.items():
        comment = told[id_]
        assert (row["post"], row["parent"] or 0) == (comment["post"], comment["parent"])
        assert (row["author"] or 0, row["author_name"]) == (comment["author"], comment["name"])
        assert row["content_text"]


def test_an_editor_reads_every_revision_in_order(
    editor: Crawl, truth: Truth, anonymous: Crawl
) -> None:
    told = truth.site.query(REVISIONS)
    found = [row for row in editor.rows if row["kind"] == "revision"]
    assert Counter(row["id"] for row in found) == Counter(row["id"] for row in told)
    order = defaultdict(list)
    for row in found:
        order[row["post"]].append(row["id"])
    assert order == {post: [row["id"] for row in told if row["post"] == post] for post in order}
    latest = {post: ids[-1] for post, ids in order.items()}
    predecessor = {
        link["from_id"]: (link["to_id"], link["status"])
        for link in links(editor)
        if link["rel"] == "predecessor-version" and link["from_id"] not in truth.protected
    }
    assert predecessor == {post: (id_, "resolved") for post, id_ in latest.items()}
    counts = {id_: row["revision_count"] for id_, row in rows(anonymous, "post").items()}
    assert {id_: count for id_, count in counts.items() if count} == {
        post: len(ids) for post, ids in order.items()
    }


def test_the_password_is_in_nothing_that_is_written(editor: Crawl) -> None:
    password = editor.environment["password"]
    assert password
    written = [path.read_text() for path in editor.feed.parent.iterdir() if path.name != "netrc"]
    for text in [editor.stdout, editor.stderr, *written]:
        assert password not in text
        assert "Basic " not in text


def test_a_wrong_password_is_named_and_the_crawl_goes_on(
    wordpress: WordPressSite, tmp_path: Path
) -> None:
    netrc = tmp_path / "netrc"
    netrc.write_text("machine 127.0.0.1 login author1 password mistaken-0815\n")
    netrc.chmod(0o600)
    feed = tmp_path / "r.jsonl"
    done = crawl(feed, netrc=netrc, site=wordpress.url, items="revisions,posts", limit=150)
    assert len(rows(done, "post")) == 150
    assert not rows(done, "revision")
    assert "the site does not take the name and Application Password" in done.stderr
    assert "mistaken-0815" not in done.stderr
    assert done.status == 3


def test_anonymous_revisions_cost_one_request(anonymous: Crawl, truth: Truth) -> None:
    assert anonymous.environment["revisions"] == "1"
    assert anonymous.environment["private"] == "0"
    told = {
        link["status"]
        for link in links(anonymous)
        if link["rel"] == "version-history" and link["from_id"] not in truth.protected
    }
    assert told == {"forbidden", "empty"}


def test_everything_costs_at_most_80_requests_per_1000_posts(
    anonymous: Crawl, truth: Truth
) -> None:
    assert int(anonymous.environment["all"]) <= 80 * len(truth.posts) / 1000
    assert anonymous.ledger["requests"] == int(anonymous.environment["all"])


def test_a_deleted_image_does_not_download_the_index(anonymous: Crawl) -> None:
    deleted = [
        link
        for link in links(anonymous)
        if link["rel"] == "wp:featuredmedia" and link["href"].endswith("/wp-json/")
    ]
    assert deleted
    assert {link["status"] for link in deleted} == {"missing"}
    assert anonymous.environment["index"] == "1"


def test_the_links_of_protected_posts_are_edges_too(anonymous: Crawl, truth: Truth) -> None:
    """Their content is withheld, their place in the graph is not."""
    protected = [link for link in links(anonymous) if link["from_id"] in truth.protected]
    told = {link["from_id"] for link in protected if link["from_kind"] == "post"}
    assert told == truth.protected


def test_every_href_that_was_read_is_one_edge(anonymous: Crawl, truth: Truth) -> None:
    told = Counter(
        (row["kind"], row["id"], target.get("href", ""))
        for row in anonymous.rows
        if row["kind"] not in {"link", "site"}
        for targets in row["raw"].get("_links", {}).values()
        for target in targets
    )
    written = Counter(
        (link["from_kind"], link["from_id"], link["href"])
        for link in links(anonymous)
        if link["from_kind"] not in {"site", "type", "taxonomy"}
        and (link["from_kind"], link["from_id"]) not in {("post", id_) for id_ in truth.protected}
    )
    assert written == told


def test_the_ledger_adds_up_to_the_links(anonymous: Crawl) -> None:
    told = Counter((link["rel"], link["status"]) for link in links(anonymous))
    counted = {
        (rel, status): count
        for rel, counts in anonymous.ledger["relations"].items()
        for status, count in counts.items()
    }
    assert counted == dict(told)


def test_the_graph_of_the_site(anonymous: Crawl, truth: Truth) -> None:
    graph = nx.DiGraph()
    for link in links(anonymous):
        origin = (link["from_kind"], link["from_id"])
        for target in link["to_ids"] or [link["to_id"]]:
            if link["status"] == "resolved" and target is not None:
                graph.add_edge(origin, (link["to_kind"], target), rel=link["rel"])
    for id_, post in truth.posts.items():
        reached = set(graph[("post", id_)])
        assert ("author", post["author"]) in reached
        terms = {i for taxonomy in truth.terms[id_].values() for i in taxonomy}
        assert {("term", i) for i in terms} <= reached
        if id_ in truth.images:
            assert ("media", truth.images[id_]["id"]) in reached
    for comment in truth.site.query(COMMENTS):
        assert nx.has_path(graph, ("comment", comment["id"]), ("post", comment["post"]))
        assert nx.has_path(graph, ("post", comment["post"]), ("comment", comment["id"]))


def test_rows_that_keep_their_json_are_valid(anonymous: Crawl) -> None:
    validators = {kind.__name__.lower(): Draft202012Validator(schema_of(kind)) for kind in ITEMS}
    for row in anonymous.rows:
        validators[row["kind"]].validate(row)
    post = next(row for row in anonymous.rows if row["kind"] == "post")
    assert post["raw"]["content"]["rendered"]
    assert list(post)[-1] == "raw"


def test_batches_find_what_the_walk_finds(
    wordpress: WordPressSite, anonymous: Crawl, tmp_path: Path
) -> None:
    """Few posts have fewer than the site's comments: they are asked for by post, page by page."""
    asked = Asked(wordpress)
    done = crawl(
        tmp_path / "few.jsonl", site=wordpress.url, limit=400, items="posts,comments,media"
    )
    ids = set(rows(done, "post"))
    assert len(ids) == 400
    assert asked.of("comments?post=")
    assert asked.of("media?parent=")
    whole = rows(anonymous, "comment")
    assert set(rows(done, "comment")) == {i for i, row in whole.items() if row["post"] in ids}
    assert done.status == 0


def test_a_protected_post_does_not_lose_its_batch(
    wordpress: WordPressSite, truth: Truth, tmp_path: Path
) -> None:
    """Their comments are there, and a batch that named one of them would be refused whole."""
    held = """SELECT comment_ID id FROM wp_comments JOIN wp_posts ON ID = comment_post_ID
        WHERE post_password <> '' AND post_date_gmt >= %s"""
    assert wordpress.query(held, (SINCE,))
    asked = Asked(wordpress)
    done = crawl(tmp_path / "few.jsonl", site=wordpress.url, after=SINCE, items="comments")
    posts = {row["post"] for row in done.rows}
    assert asked.of("comments?post=") or asked.of("comments?per_page")
    assert not [line for line in asked.of("comments?post=") if line.endswith(" 401")]
    since = f"SELECT ID id FROM wp_posts WHERE post_date_gmt >= '{SINCE}' AND post_password = ''"
    shown = truth.ids(since)
    told = [row for row in wordpress.query(COMMENTS) if row["post"] in shown]
    assert set(rows(done, "comment")) == {row["id"] for row in told if row["post"] in truth.posts}
    assert posts


@pytest.fixture(scope="module")
def related(testbed: Any, tmp_path_factory: pytest.TempPathFactory) -> Crawl:  # noqa: ANN401
    """Crawl a site whose posts have a plugin's relations."""
    site = testbed.seeded("related", 150, plugins="relations")
    asked = Asked(site)
    feed = tmp_path_factory.mktemp("related") / "all.jsonl"
    done = crawl(feed, site=site.url, items="posts,links", follow="all")
    done.environment |= {"requests": json.dumps(asked.of(""))}
    return done


def test_plugin_relations_are_followed_within_the_api(related: Crawl) -> None:
    assert related.status == 0, related.stderr[-2000:]
    told = {
        rel: {link["status"] for link in links(related) if link["rel"] == rel}
        for rel in ("acf:post", "acme:size", "acme-query", "acme-secret", "acme-elsewhere")
    }
    assert told == {
        "acf:post": {"resolved"},
        "acme:size": {"resolved"},
        "acme-query": {"resolved"},
        "acme-secret": {"forbidden"},
        "acme-elsewhere": {"invalid"},
    }
    for rel in ("acme-pattern", "acme-nothing"):
        assert {link["status"] for link in links(related) if link["rel"] == rel} <= {"invalid"}
    pages = {row["id"] for row in related.rows if row["kind"] == "post" and row["type"] == "page"}
    assert {link["to_id"] for link in links(related) if link["rel"] == "acf:post"} <= pages


def test_each_target_of_a_plugin_is_asked_for_once(related: Crawl) -> None:
    requests = json.loads(related.environment["requests"])
    assert len([line for line in requests if "acme/v1/sizes" in line]) == 4
    assert len([line for line in requests if "acme/v1/secret" in line]) == 1
    assert not [line for line in requests if "elsewhere" in line or "(?P" in line]
    again = [line for line in set(requests) if requests.count(line) > 1]
    assert all("media?per_page=100&include=90000097&" in line for line in again), "it is missing"
    assert len(requests) - len(set(requests)) <= 1, "something else was asked for twice"
