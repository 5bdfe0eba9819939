"""Sites that order, count, cap or repeat otherwise than they say: no loss without a word."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import orjson
import pytest

from newscrawl.core.pages import Pages
from newscrawl.demo.recording import Answer, Recording
from newscrawl.demo.server import serving
from tests.bent import COPIES, Bend, Bending, Bent, Query, later
from tests.crawls import Crawl, crawl
from tests.test_truth import POSTS, capped

Order = Callable[[dict[str, Any]], object]
WHOLE = {"items": "all", "types": "all"}


def newest_first(row: dict[str, Any]) -> float:
    return -datetime.fromisoformat(row["date"]).timestamp()


def listed(recording: Recording, query: Query, route: str = "posts") -> Answer:
    return recording.answer(f"{recording.home}/wp-json/wp/v2/{route}?{urlencode(query)}")


def ordered(
    recording: Recording,
    order: Order,
    most: int,
    collection: str = "posts",
) -> Bend:
    """Return a bend that lists what it is asked for, `most` at a time, in an order of its own."""

    def bend(route: str, query: Query, answer: Answer) -> Answer:
        if route != collection or "include" in query:
            return answer
        whole = {name: query[name] for name in query if name not in {"page", "order", "orderby"}}
        rows: list[dict[str, Any]] = []
        for page in range(1, 2 + int(answer.headers.get("X-WP-Total", "0")) // 100):
            told = listed(recording, whole | {"per_page": "100", "page": str(page)}, route)
            rows += orjson.loads(told.body) if told.status == 200 else []
        rows.sort(key=order)  # type: ignore[arg-type] # one kind of key in each
        size = min(most, int(query["per_page"]))
        first = (int(query.get("page", "1")) - 1) * size
        pages = str(-(-len(rows) // size))
        headers = answer.headers | {"X-WP-Total": str(len(rows)), "X-WP-TotalPages": pages}
        body = orjson.dumps(rows[first : first + size])
        return replace(answer, status=200, body=body, headers=headers)

    return bend


@pytest.fixture
def misordered(recording: Recording, tmp_path: Path) -> Callable[[Order], Crawl]:
    def crawled(order: Order) -> Crawl:
        with serving(Bent(recording, ordered(recording, order, 10))) as url:
            return crawl(tmp_path / "posts.jsonl", site=url)

    return crawled


def test_a_site_that_orders_as_it_likes_loses_no_post(grown: Recording, tmp_path: Path) -> None:
    with serving(Bent(grown, ordered(grown, lambda row: row["id"] * 7919 % 1013, 100))) as url:
        done = crawl(tmp_path / "posts.jsonl", site=url)
    assert (done.status, len(done.rows)) == (0, COPIES * POSTS)
    assert done.ledger["collections"]["posts"]["expected"] == COPIES * POSTS
    assert done.ledger["requests"] < 80


def test_a_site_that_begins_with_the_oldest_loses_no_post(
    misordered: Callable[[Order], Crawl],
) -> None:
    done = misordered(lambda row: row["id"])
    assert (done.status, len(done.rows)) == (0, POSTS)


def test_a_post_that_heads_each_list_hides_no_other(
    misordered: Callable[[Order], Crawl],
    recording: Recording,
) -> None:
    pinned = recording.collections["posts"][60]["id"]
    done = misordered(lambda row: (row["id"] != pinned, -row["id"]))
    assert (done.status, len(done.rows)) == (0, POSTS)


def test_media_of_a_site_that_orders_as_it_likes_are_not_lost(
    bent: Bending,
    recording: Recording,
) -> None:
    done = bent(ordered(recording, lambda row: row["id"] * 7919 % 1013, 10, "media"), **WHOLE)
    media = done.ledger["collections"]["media"]
    assert done.kinds()["media"] == media["found"] == media["expected"] == 94


def test_dates_that_are_shown_otherwise_than_compared_lose_no_post(
    bent: Bending,
    recording: Recording,
) -> None:
    def shown(route: str, query: Query, answer: Answer) -> Answer:
        answer = ordered(recording, newest_first, 10)(route, query, answer)
        if route != "posts" or answer.status != 200:
            return answer
        rows = [later(row, -2) for row in orjson.loads(answer.body)]
        return replace(answer, body=orjson.dumps(rows))

    done = bent(shown)
    assert (done.status, len(done.rows)) == (0, POSTS)


def test_a_post_that_is_redated_while_another_is_deleted_is_not_lost(
    recording: Recording,
    tmp_path: Path,
) -> None:
    newest, *others = sorted(
        recording.collections["posts"], key=lambda row: str(row["date"]), reverse=True
    )
    bumped = others[40]
    moved = [later(row, 900) if row is bumped else row for row in others]
    changed = replace(recording, collections={**recording.collections, "posts": moved})
    asked: list[str] = []

    def change(route: str, query: Query, answer: Answer) -> Answer:
        if route == "posts":
            asked.append(route)
        if len(asked) > 1 and route == "posts":
            answer = listed(changed, query)
        return capped(route, query, answer)

    with serving(Bent(recording, change)) as url:
        done = crawl(tmp_path / "posts.jsonl", site=url)
    assert {row["id"] for row in done.rows} == {newest["id"], *(row["id"] for row in others)}
    assert done.status == 0


@pytest.mark.parametrize("told", [True, False])
def test_a_limit_is_not_met_by_a_list_that_came_empty(bent: Bending, *, told: bool) -> None:
    asked: list[Query] = []

    def empty(route: str, query: Query, answer: Answer) -> Answer:
        if route != "posts":
            return answer
        asked.append(query)
        answer = capped(route, query, answer)
        headers = answer.headers if told else {"Content-Type": "application/json"}
        body = b"[]" if len(asked) == 3 else answer.body
        return replace(answer, body=body, headers=headers)

    done = bent(empty, limit=50)
    assert len(done.rows) == 50 or done.status == 3


def with_comments(recording: Recording, many: int) -> Recording:
    posts = recording.collections["posts"]
    comments = [
        {
            "id": number,
            "post": posts[number % POSTS]["id"],
            "date": f"2024-01-01T00:{number // 60:02}:{number % 60:02}",
        }
        for number in range(1, many + 1)
    ]
    return replace(recording, collections={**recording.collections, "comments": comments})


def of_posts(recording: Recording, most: int, *, pages: bool) -> Bend:
    """Return a bend that shows `most` comments of the posts asked for; by pages or the same."""
    comments = with_comments(recording, 300).collections["comments"]

    def bend(route: str, query: Query, answer: Answer) -> Answer:
        if route != "comments" or "post" not in query:
            return answer
        owners = set(map(int, query["post"].split(",")))
        rows = [row for row in comments if row["post"] in owners]
        first = (int(query.get("page", "1")) - 1) * most if pages else 0
        headers = {"Content-Type": "application/json", "X-WP-Total": str(len(rows))}
        return Answer(200, orjson.dumps(rows[first : first + most]), headers)

    return bend


def test_comments_of_a_site_that_caps_without_a_word_are_not_hidden(
    recording: Recording,
    tmp_path: Path,
) -> None:
    with serving(Bent(recording, of_posts(recording, 10, pages=True))) as url:
        done = crawl(tmp_path / "rows.jsonl", site=url, items="posts,comments")
    assert done.status == 0
    assert done.kinds()["comment"] == 300
    assert done.ledger["collections"]["comments"]["hidden"] == 0


def test_comments_that_are_the_same_on_each_page_end_with_a_gap(
    recording: Recording,
    tmp_path: Path,
) -> None:
    with serving(Bent(recording, of_posts(recording, 100, pages=False))) as url:
        done = crawl(tmp_path / "rows.jsonl", site=url, items="posts,comments")
    assert done.status == 3
    assert done.kinds()["post"] == POSTS
    assert done.ledger["requests"] < 60


@pytest.mark.parametrize(
    "refusal",
    [
        Answer(403, b'{"code":"rest_forbidden","data":{"status":403}}', {}),
        Answer(200, b"<!doctype html><body>Please log in</body>", {"Content-Type": "text/html"}),
    ],
    ids=["403", "a page"],
)
def test_a_site_that_refuses_what_it_lists_is_not_stormed(
    grown: Recording, tmp_path: Path, refusal: Answer
) -> None:
    def refusing(route: str, query: Query, answer: Answer) -> Answer:
        behind = "before" in query or "include" in query
        content = "content" in query.get("_fields", "")
        return refusal if route == "posts" and behind and content else answer

    with serving(Bent(grown, refusing)) as url:
        done = crawl(tmp_path / "posts.jsonl", site=url)
    assert done.status == 3
    assert len(done.rows) == 100
    assert len(done.ledger["collections"]["posts"]["unreadable"]) == COPIES * POSTS - 100
    assert done.ledger["requests"] < 90


def test_what_is_found_by_its_id_is_hidden_no_more(bent: Bending) -> None:
    def halved(route: str, _query: Query, answer: Answer) -> Answer:
        if route != "media" or answer.status != 200:
            return answer
        return replace(answer, body=orjson.dumps(orjson.loads(answer.body)[::2]))

    media = bent(halved, **WHOLE).ledger["collections"]["media"]
    assert media["expected"] == 94
    assert media["found"] + media["hidden"] == 94


def breaking(route: str, id_: int) -> Bend:
    """Return a bend that answers 500 to whatever would show one resource."""

    def bend(asked: str, _query: Query, answer: Answer) -> Answer:
        rows = orjson.loads(answer.body) if asked == route and answer.status == 200 else []
        return Answer(500, b"", {}) if any(row["id"] == id_ for row in rows) else answer

    return bend


def test_an_author_who_breaks_takes_no_other_along(bent: Bending, recording: Recording) -> None:
    broken = recording.collections["users"][2]["id"]
    done = bent(breaking("users", broken))
    unnamed = {a["id"] for row in done.rows for a in row["authors"] if a["name"] is None}
    assert (done.status, unnamed) == (3, {broken})


def test_posts_that_are_listed_and_cannot_be_had_by_id_are_missing(
    bent: Bending,
    recording: Recording,
) -> None:
    def deaf(route: str, query: Query, answer: Answer) -> Answer:
        if route == "posts" and "include" in query:
            return replace(answer, body=b"[]", headers={"Content-Type": "application/json"})
        return ordered(recording, lambda row: row["id"] * 7919 % 1013, 10)(route, query, answer)

    done = bent(deaf)
    missing = done.ledger["collections"]["posts"]["missing"]
    assert (done.status, len(done.rows) + len(missing)) == (3, POSTS)


def without_totals(bend: Bend) -> Bend:
    def untold(route: str, query: Query, answer: Answer) -> Answer:
        told = bend(route, query, answer).headers.items()
        headers = {name: value for name, value in told if not name.startswith("X-WP-")}
        return replace(bend(route, query, answer), headers=headers)

    return untold


@pytest.mark.parametrize("order", [lambda row: row["id"] * 7919 % 1013, lambda row: row["id"]])
def test_order_is_not_trusted_where_no_total_is_told(
    grown: Recording, tmp_path: Path, order: Order
) -> None:
    with serving(Bent(grown, without_totals(ordered(grown, order, 100)))) as url:
        done = crawl(tmp_path / "posts.jsonl", site=url)
    assert (done.status, len(done.rows)) == (0, COPIES * POSTS)


def test_images_that_are_cut_without_a_word_are_asked_for_again(bent: Bending) -> None:
    def cut(route: str, _query: Query, answer: Answer) -> Answer:
        if route != "media":
            return answer
        return replace(answer, body=orjson.dumps(orjson.loads(answer.body)[:10]))

    done = bent(cut)
    assert done.status == 0
    assert all(row["image"] for row in done.rows)


def test_comments_that_are_cut_short_are_no_hidden_ones(
    recording: Recording,
    tmp_path: Path,
) -> None:
    def cut(route: str, query: Query, answer: Answer) -> Answer:
        whole = of_posts(recording, 100, pages=True)(route, query, answer)
        if route != "comments":
            return answer
        return replace(whole, body=orjson.dumps(orjson.loads(whole.body)[:10]))

    with serving(Bent(recording, cut)) as url:
        done = crawl(tmp_path / "rows.jsonl", site=url, items="posts,comments")
    assert done.status == 3


def test_a_site_deaf_to_ids_that_tells_no_total_comes_to_an_end(
    bent: Bending,
    recording: Recording,
) -> None:
    def deaf(route: str, _query: Query, answer: Answer) -> Answer:
        if route != "media":
            return answer
        return listed(recording, {"per_page": "20"}, "media")

    done = bent(without_totals(deaf))
    assert (done.status, len(done.rows)) == (3, POSTS)
    assert done.ledger["requests"] < 60


def test_posts_without_a_date_on_a_site_deaf_to_pages_come_to_an_end(
    grown: Recording, tmp_path: Path
) -> None:
    def undated(route: str, query: Query, answer: Answer) -> Answer:
        if route != "posts" or "include" in query:
            return answer
        first = listed(grown, {name: query[name] for name in ("per_page", "_fields")})
        rows = [row | {"date": None} for row in orjson.loads(first.body)]
        return replace(first, body=orjson.dumps(rows))

    with serving(Bent(grown, undated)) as url:
        done = crawl(tmp_path / "posts.jsonl", site=url)
    assert done.status == 3
    assert done.ledger["requests"] < 60


def test_the_place_in_pages_is_kept_where_a_site_caps_them() -> None:
    fourth = Pages(4, total=275, shown=60)  # of twenty, where a hundred were asked for
    halved = fourth.resized(100, 50)
    assert (halved.page - 1) * 50 <= 60


def test_mending_asks_for_what_the_site_bears(grown: Recording, tmp_path: Path) -> None:
    scrambled = ordered(grown, lambda row: row["id"] * 7919 % 1013, 100)

    def heavy(route: str, query: Query, answer: Answer) -> Answer:
        answer = scrambled(route, query, answer)
        rows = orjson.loads(answer.body) if route == "posts" else []
        return Answer(500, b"", {}) if len(rows) > 12 and "content" in rows[0] else answer

    with serving(Bent(grown, heavy)) as url:
        done = crawl(tmp_path / "posts.jsonl", site=url)
    assert (done.status, len(done.rows)) == (0, COPIES * POSTS)
    assert done.ledger["requests"] < 300


def test_a_post_that_goes_while_another_comes_is_not_missing(
    recording: Recording, tmp_path: Path
) -> None:
    """A post that only the ids show goes before it is read, and the total is as it was."""
    newest, *others = sorted(
        recording.collections["posts"], key=lambda row: str(row["date"]), reverse=True
    )
    mortal = others[20]
    gone: list[int] = []

    def now(rows: list[dict[str, Any]]) -> Recording:
        return replace(recording, collections={**recording.collections, "posts": rows})

    def changing(route: str, query: Query, answer: Answer) -> Answer:
        if route != "posts":
            return answer
        if "include" in query:
            gone.append(mortal["id"])
        dead = mortal if gone else None
        told = listed(now([*([newest] if gone else []), *(r for r in others if r != dead)]), query)
        if "content" not in query["_fields"]:
            return told
        rows = [row for row in orjson.loads(told.body) if row["id"] != mortal["id"]]
        return replace(told, body=orjson.dumps(rows))

    with serving(Bent(now(others), changing)) as url:
        done = crawl(tmp_path / "posts.jsonl", site=url)
    assert gone
    assert done.ledger["collections"]["posts"]["missing"] == []
    assert done.status == 0


def test_a_post_that_goes_while_a_known_site_is_listed_costs_no_walk(
    grown: Recording, tmp_path: Path
) -> None:
    standing = sorted(grown.collections["posts"], key=newest_first)
    gone: list[int] = []

    def changing(route: str, query: Query, answer: Answer) -> Answer:
        if route.startswith("posts/"):
            return Answer(404, orjson.dumps({"code": "rest_post_invalid_id"}))
        if route != "posts":
            return answer
        now = replace(grown, collections={**grown.collections, "posts": list(standing)})
        if query["_fields"].startswith("id,date,modified,") and not gone:
            gone.append(standing.pop()["id"])
        return listed(now, query)

    with serving(Bent(grown, changing)) as url:
        first, second = (
            crawl(tmp_path / feed, site=url, store=str(tmp_path / "news.db"))
            for feed in ("1.jsonl", "2.jsonl")
        )
    assert len(first.rows) == COPIES * POSTS
    assert [(row["change"], row["id"]) for row in second.rows] == [("deleted", gone[0])]
    assert second.status == 0
    assert second.ledger["requests"] < 25


def test_posts_that_go_while_the_ids_are_swept_are_no_gap(grown: Recording, tmp_path: Path) -> None:
    """One goes behind the walk, so that its ids are swept; in each sweep another goes unseen."""
    standing = sorted(grown.collections["posts"], key=newest_first)
    swept: list[Query] = []

    def changing(route: str, query: Query, answer: Answer) -> Answer:
        if route != "posts":
            return answer
        now = replace(grown, collections={**grown.collections, "posts": list(standing)})
        if query["_fields"] == "id,date":
            swept.append(query)
            standing.pop()
        elif len(standing) == COPIES * POSTS:
            standing.pop(0)
        return listed(now, query)

    with serving(Bent(grown, changing)) as url:
        done = crawl(tmp_path / "posts.jsonl", site=url)
    assert len(swept) > COPIES * POSTS // 100
    assert done.status == 0, done.ledger["collections"]["posts"]
