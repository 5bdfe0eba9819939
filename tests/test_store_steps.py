"""Stores of older versions: brought up to date with all that they hold."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import text

from newscrawl.items.parts import Translation
from newscrawl.store import migrations
from newscrawl.store.database import open_store, writing
from tests.crawls import PROJECT
from tests.keeping import keeping, link_of, post_of
from tests.test_store import read

SITE = "https://news.example"
OLD = """
    INSERT INTO sites (pk, key, home, source, source_url, fetched_at)
    VALUES (7, 'news.example', 'https://news.example', 'rest', '', '');
    INSERT INTO posts (site, id, guid_key, first_seen, title, content_text)
    VALUES (7, 1, 'news.example?p=1', '', 'The strike', 'goes on');
    INSERT INTO links (site, from_kind, from_id, rel, href, status)
    VALUES (7, 'post', '1', 'self', 'https://news.example', 'failed')
"""


@pytest.fixture
def old(store: str, monkeypatch: pytest.MonkeyPatch) -> str:
    """Return a store as it was before its third step."""
    with monkeypatch.context() as patch:
        patch.setattr(migrations, "STEPS", migrations.STEPS[:2])
        engine = open_store(store)
    with writing(engine) as connection:
        for statement in OLD.split(";"):
            connection.execute(text(statement))
    engine.dispose()
    return store


def test_links_of_an_old_store_are_the_same_to_a_new_one(old: str) -> None:
    with keeping(old, SITE) as keeper:
        keeper.take(link_of(SITE, 1))
        keeper.take(link_of(SITE, 1, rel="about"))
        keeper.commit([])
    kept = read(old, "SELECT rel, href, status FROM links ORDER BY pk")
    assert kept == [
        {"rel": "self", "href": SITE, "status": "resolved"},
        {"rel": "about", "href": SITE, "status": "resolved"},
    ]


def detected(path: Path) -> list[str]:
    """Return the full-text index that Datasette and sqlite-utils find of `posts`.

    The query is that of Datasette's `detect_fts_sql` (datasette/utils/__init__.py).
    """
    query = """
        SELECT name FROM sqlite_master WHERE rootpage = 0 AND (
            sql LIKE '%VIRTUAL TABLE%USING FTS%content="posts"%'
            OR sql LIKE '%VIRTUAL TABLE%USING FTS%content=[posts]%'
            OR (tbl_name = 'posts' AND sql LIKE '%VIRTUAL TABLE%USING FTS%')
        )
    """
    with closing(sqlite3.connect(path)) as connection:
        return [name for (name,) in connection.execute(query)]


@pytest.mark.parametrize("store", ["sqlite"], indirect=True)
def test_datasette_finds_the_words(old: str) -> None:
    open_store(old).dispose()
    assert detected(Path(old)) == ["posts_fts"]
    words = "SELECT rowid FROM posts_fts WHERE posts_fts MATCH '{}'"
    assert len(read(old, words.format("strike"))) == 1
    with closing(sqlite3.connect(old)) as connection, connection:
        connection.execute("UPDATE posts SET title = 'The talks'")
    assert read(old, words.format("strike")) == []
    assert len(read(old, words.format("talks"))) == 1
    with closing(sqlite3.connect(old)) as connection, connection:
        connection.execute("DELETE FROM posts")
    assert read(old, words.format("talks")) == []
    with closing(sqlite3.connect(old)) as connection:
        connection.execute("INSERT INTO posts_fts(posts_fts, rank) VALUES ('integrity-check', 1)")


@pytest.mark.parametrize("store", ["postgresql"], indirect=True)
def test_the_index_of_words_on_a_server_is_that_of_the_page(old: str) -> None:
    """What docs/store.md tells to ask takes the index, also that of a store that was there."""
    engine = open_store(old)
    page = (PROJECT / "docs/store.md").read_text(encoding="utf-8")
    asked = page.partition("### Words on PostgreSQL\n\n```sql\n")[2].partition("```")[0]
    assert [row["id"] for row in read(old, asked)] == [1]
    with engine.connect() as connection:
        connection.execute(text("SET enable_seqscan = off"))
        plan = connection.execute(text(f"EXPLAIN {asked}")).scalars().all()
    engine.dispose()
    assert any("posts_fts" in line for line in plan)


def test_a_post_of_an_old_store_is_not_another_for_its_translations(old: str) -> None:
    """Nobody had asked for them; they are kept from then on."""
    told = [Translation(lang="fr", id=3, url=None)]
    first = post_of(SITE, 2, title="The strike")
    with keeping(old, SITE) as keeper:
        keeper.take(first)
        keeper.commit([])
    engine = open_store(old)
    with writing(engine) as connection:
        connection.execute(text("UPDATE posts SET translations = NULL"))
    engine.dispose()
    with keeping(old, SITE) as keeper:
        stored = keeper.post(SITE, "post", 2)
        assert stored is not None
        assert stored.translations == []
        same = post_of(SITE, 2, title="The strike", translations=told)
        assert not keeper.judge_post(same, keeper.stored(same))
        keeper.commit([])
        other = post_of(SITE, 2, title="The strike")
        assert keeper.judge_post(other, keeper.stored(other))
        assert other.changed == ["translations"]
