"""The third step of every store: no post is too long for an index, and Datasette finds the words.

PostgreSQL refuses a row whose words come to more than 1 MB (``tsvector``), and one whose key has
more than 2,704 bytes (btree). Datasette and sqlite-utils know a full-text index by its declaration.
"""

import hashlib
from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa
from alembic.operations import Operations

OLD_KEY: Mapping[str, str] = {  # SQLite has no name for it, alembic gives it this one
    "sqlite": "uq_links",
    "postgresql": "links_site_from_kind_from_id_rel_href_key",
}
INDEX = (
    'CREATE VIRTUAL TABLE posts_fts USING fts5(title, content_text, content="posts", '
    "content_rowid='pk', tokenize='unicode61 remove_diacritics 0')"
)
INDEX_OF_POSTGRESQL = (  # 100,000 characters have come to 0.8 MB at the most: pairs of rare letters
    "CREATE INDEX posts_fts ON posts USING gin (to_tsvector('simple', "
    "left(coalesce(title, '') || ' ' || coalesce(content_text, ''), 100000)))"
)
SEARCH: Mapping[str, tuple[str, ...]] = {
    "sqlite": (
        "DROP TABLE posts_fts",
        INDEX,
        "INSERT INTO posts_fts(posts_fts) VALUES ('rebuild')",
    ),
    "postgresql": ("DROP INDEX posts_fts", INDEX_OF_POSTGRESQL),
}


def bound_indexes(operations: Operations) -> None:
    """Bound what is indexed of a post and of a link; declare the full text as tools look for it."""
    dialect = operations.get_bind().dialect.name
    for statement in SEARCH[dialect]:
        operations.execute(statement)
    operations.add_column("links", sa.Column("digest", sa.Text))
    if dialect == "sqlite":
        driver: Any = operations.get_bind().connection.driver_connection
        driver.create_function("md5", 1, _md5, deterministic=True)  # PostgreSQL's own
    operations.execute("UPDATE links SET digest = md5(rel || ' ' || href)")
    conventions = {"uq": OLD_KEY["sqlite"]}
    with operations.batch_alter_table("links", naming_convention=conventions) as links:
        links.drop_constraint(OLD_KEY[dialect], type_="unique")
        links.create_unique_constraint(
            "links_by_digest", ["site", "from_kind", "from_id", "digest"]
        )


def _md5(text: str | None) -> str | None:
    return None if text is None else hashlib.md5(text.encode(), usedforsecurity=False).hexdigest()
