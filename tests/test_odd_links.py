"""A link that is odd costs no post and no request beyond the site."""

from typing import Any

import pytest

from newscrawl.demo.recording import Recording
from tests.bent import Bending, on_rows

API = "https://ameforum.net/en/wp-json"
POSTS = f"{API}/wp/v2/posts"
ODD: list[tuple[str, Any, str]] = [
    ("x:a", [{"href": f"{POSTS}/0"}], "missing"),
    ("x:a", [{"href": f"{POSTS}/99999999999999999999999"}], "missing"),
    ("x:a", [{"href": f"{POSTS}/5"}], "missing"),
    ("x:a", [{"href": f"{POSTS}/11667/revisions/11670"}], "missing"),
    ("x:a", [{"href": f"{API}/acme/v1/thing?post=5"}], "missing"),
    ("x:a", [{"href": f"{POSTS}/{{id}}", "templated": True}], "invalid"),
    ("x:a", [{"href": f"{API}/../../../admin/delete"}], "invalid"),
    ("x:a", [{"href": f"{API}/%2e%2e/admin"}], "invalid"),
    ("x:a", [{"href": "https://other.example/wp-json/wp/v2/posts/11667"}], "invalid"),
    ("x:a", [{"href": "http://10.0.0.5/wp-json/wp/v2/posts/11667"}], "invalid"),
    ("x:a", [{"href": "file:///etc/passwd"}], "invalid"),
    ("x:a", [{"href": None}], "invalid"),
    ("x:a", [{"href": f"{POSTS}/11667", "targetHints": {"allow": 7}}], "resolved"),
    ("x:a", [{"href": f"{POSTS}/11667", "targetHints": {"allow": ["POST"]}}], "forbidden"),
    ("x:a", f"{POSTS}/11667", "resolved"),
    ("up", [{"href": f"{POSTS}/11667"}], "resolved"),
    ("curies", [{"name": "all", "href": "{rel}"}], "not followed"),
]


@pytest.mark.parametrize(("rel", "target", "status"), ODD)
def test_an_odd_link_is_told_and_nothing_is_lost(
    bent: Bending,
    rel: str,
    target: Any,  # noqa: ANN401 - JSON is any value
    status: str,
) -> None:
    def add(row: dict[str, Any]) -> None:
        if row["id"] > 11700 and "_links" in row:
            row["_links"][rel] = target

    done = bent(on_rows("posts", add), items="posts,links", follow="all")
    assert "Traceback" not in done.stderr, done.stderr[-3000:]
    assert (done.status, len([r for r in done.rows if r["kind"] == "post"])) == (0, 80)
    told = {row["status"] for row in done.rows if row["kind"] == "link" and row["rel"] == rel}
    assert told == {status}
    tried = [row for row in done.ledger["refusals"] if "ameforum.net/en/wp-json" in row["url"]]
    assert not tried, "a request left the machine"


def test_a_plain_crawl_invents_no_link(
    bent: Bending,
    recording: Recording,
) -> None:
    def add(row: dict[str, Any]) -> None:
        if row["id"] > 11700 and "_links" in row:
            row["_links"]["x:ev"] = [{"href": f"{API}/acme/v1/events/{row['id']}"}]

    done = bent(on_rows("posts", add))
    assert len(done.rows) == len(recording.collections["posts"])
    assert "x:ev" not in {link["rel"] for row in done.rows for link in row["relations"]}
