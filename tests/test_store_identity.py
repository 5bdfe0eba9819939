"""A post is the same post in a store, whatever becomes of its id, its type and its GUID."""

from pathlib import Path

import pytest

from newscrawl.store.database import engine_of, open_store
from newscrawl.store.locks import locks_of
from tests.crawls import Crawl
from tests.living import Living, Row
from tests.test_truth import POSTS


def told(done: Crawl) -> list[tuple[str, int, list[str]]]:
    return sorted((row["change"], row["id"], row["changed"]) for row in done.rows)


def test_a_post_that_was_imported_again_is_the_same(living: Living) -> None:
    living.crawled()
    again = [row | {"id": row["id"] + 500_000} for row in living.posts[:3]]
    living.have("posts", [*again, *living.posts[3:]])
    done = living.crawled()
    assert (done.status, done.rows) == (0, [])
    known = {id_ for (id_,) in living.asked("SELECT id FROM posts WHERE deleted IS NULL")}
    assert known == {row["id"] for row in living.posts}
    assert living.crawled().rows == []


def reimported(rows: list[Row]) -> list[Row]:
    """Return posts as an import that begins at the first of their ids gives them anew."""
    ids = sorted(row["id"] for row in rows)
    return [row | {"id": id_} for row, id_ in zip(rows, ids, strict=False)]


@pytest.mark.parametrize("shift", [0, 1], ids=["other ids", "each the next one's id"])
def test_an_import_that_gives_the_ids_of_others_changes_no_post(living: Living, shift: int) -> None:
    living.crawled()
    rows = sorted(living.posts, key=lambda row: row["id"])
    deleted, kept = rows[0 if shift else 9], rows[1:] if shift else rows[:9] + rows[10:]
    living.have("posts", reimported(kept if shift else kept[::-1]))
    done = living.crawled()
    assert done.status == 0, done.ledger["collections"]["posts"]
    assert [(row["change"], row["guid"]) for row in done.rows] == [
        ("deleted", deleted["guid"]["rendered"])
    ]
    known = dict(living.asked("SELECT guid, id FROM posts WHERE deleted IS NULL"))
    assert known == {row["guid"]["rendered"]: row["id"] for row in living.posts}
    again = living.crawled()
    assert (again.status, again.rows) == (0, [])


def test_a_post_that_gets_a_password_and_anothers_id_at_once_is_deleted(living: Living) -> None:
    living.crawled()
    one, other, *rest = sorted(living.posts, key=lambda row: row["id"])
    form = {"rendered": "", "protected": True}
    withheld = one | {"id": other["id"], "content": form, "modified": "2030-01-01T00:00:00"}
    living.have("posts", [withheld, other | {"id": one["id"]}, *rest])
    done = living.crawled()
    assert [(row["change"], row["guid"], row["reason"]) for row in done.rows] == [
        ("deleted", one["guid"]["rendered"], "password-protected")
    ]
    assert living.crawled().rows == []


def test_a_post_whose_id_is_anothers_is_deleted_by_a_crawl_of_all_only(living: Living) -> None:
    living.crawled()
    newest, second, *others = living.posts
    living.have("posts", [newest, second | {"id": others[0]["id"]}, *others[1:]])
    assert living.crawled(limit=5).rows == []
    done = living.crawled()
    assert [(what, id_) for what, id_, _ in told(done)] == [("deleted", others[0]["id"])]
    assert done.status == 0
    assert living.crawled().rows == []


def test_a_post_that_becomes_a_page_is_updated(living: Living) -> None:
    living.crawled(types="all")
    page = living.posts[5] | {"type": "page"}
    living.have("posts", [row for row in living.posts if row["id"] != page["id"]])
    living.have("pages", [page])
    done = living.crawled(types="all")
    assert [(what, id_) for what, id_, _ in told(done)] == [("updated", page["id"])]
    assert "type" in done.rows[0]["changed"]
    assert done.status == 0
    assert living.crawled(types="all").rows == []


@pytest.mark.parametrize("same", [True, False], ids=["its GUID rewritten", "another post"])
def test_one_id_is_one_post(living: Living, *, same: bool) -> None:
    living.crawled()
    post = living.posts[5] | {"guid": {"rendered": "https://new.example/?p=9"}}
    if not same:
        post |= {
            "slug": "another",
            "date": "2020-01-01T00:00:00",
            "date_gmt": "2020-01-01T00:00:00",
        }
    post |= {"modified": "2030-01-01T00:00:00"}
    living.have("posts", [post, *(row for row in living.posts if row["id"] != post["id"])])
    done = living.crawled()
    events = ["updated"] if same else ["deleted", "new"]
    assert [(what, id_) for what, id_, _ in told(done)] == [(what, post["id"]) for what in events]
    noted = living.asked("SELECT change FROM changes WHERE crawl = 2 ORDER BY change")
    assert noted == [(what,) for what in events]
    standing = living.asked("SELECT count(*), count(DISTINCT id) FROM posts WHERE deleted IS NULL")
    assert standing == [(POSTS, POSTS)]
    assert living.crawled().rows == []


def test_posts_that_share_a_guid_change_nothing_by_turns(living: Living) -> None:
    first, second, *others = living.posts
    living.have("posts", [first, second | {"guid": first["guid"]}, *others])
    assert len(living.crawled().rows) == POSTS - 1
    for _ in range(2):
        done = living.crawled()
        assert (done.status, done.rows) == (3, [])
        assert len(done.ledger["collections"]["posts"]["unreadable"]) == 1


def test_terms_that_posts_carried_are_written_when_they_are_read(living: Living) -> None:
    living.crawled()
    kinds = {"items": "posts,authors,media,terms", "types": "all"}
    done = living.crawled(**kinds)
    whole = living.now.collections
    assert done.kinds()["term"] == len(whole["tags"]) + len(whole["categories"])
    assert living.crawled(**kinds).rows == []


def test_links_of_a_post_that_changed_are_those_that_it_has(living: Living) -> None:
    living.crawled(items="all")
    post = living.posts[5]
    other = next(row["author"] for row in living.posts if row["author"] != post["author"])
    href = post["_links"]["author"][0]["href"].replace(str(post["author"]), str(other))
    links = post["_links"] | {"author": [{"href": href, "embeddable": True}]}
    changed = post | {"author": other, "modified": "2030-01-01T00:00:00", "_links": links}
    living.have("posts", [changed if row is post else row for row in living.posts])
    living.crawled(items="all")
    query = "SELECT count(*) FROM links WHERE from_kind='post' AND from_id='{}' AND rel='author'"
    assert living.asked(query.format(post["id"])) == [(1,)]


def test_a_store_by_another_name_is_the_same_to_its_locks(tmp_path: Path) -> None:
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    store, link = tmp_path / "news.db", folder / "link.db"
    open_store(str(store)).dispose()
    link.symlink_to(store)
    one, other = (locks_of(engine_of(str(path))) for path in (store, link))
    assert one.take("site")
    assert not other.take("site")
    one.release()
