"""The first step of every store: its tables as version 0.1.0 made them, and the full-text index.

A column is written ``name:type``, text where no type is told; the name of a table as a type is a
key of it, ``!`` marks what may not be null, ``*`` the primary key of tables without their own.
"""

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa
from alembic.operations import Operations
from sqlalchemy.dialects.postgresql import JSONB

SOURCE = "source source_url fetched_at"
TABLES: Mapping[str, str] = {
    "contents": "*hash html:blob!",
    "sites": "pk key! state:json name description home api_root found_by timezone lang "
    f"namespaces:json types:json taxonomies:json access:json {SOURCE}",
    "crawls": "pk arguments:json! started! finished reason ledger:json",
    "posts": "pk site:sites! type id:int guid url slug status lang title published modified "
    "authors:json categories:json tags:json terms:json image:json excerpt content_html "
    "content_text content_markdown word_count:int headings:json links:json images:json "
    "embeds:json tables:json quotes:json parent:int sticky:bool format protected:bool "
    f"revision_count:int relations:json content_hash content_refused {SOURCE} "
    "guid_key! trace first_seen! deleted deleted_because",
    "authors": f"pk site:sites! id:int name slug url description website avatar {SOURCE}",
    "media": "pk site:sites! id:int guid url file_url media_type mime_type width:int height:int "
    "filesize:int alt title caption credit description post:int author:int published modified "
    f"sizes:json {SOURCE}",
    "terms": "pk site:sites! taxonomy id:int name slug url description parent:int count:int "
    f"{SOURCE}",
    "comments": "pk site:sites! id:int post:int parent:int author:int author_name author_url url "
    f"published content_html content_text {SOURCE}",
    "revisions": "pk site:sites! id:int guid post:int author:int published modified title excerpt "
    f"content_html content_text {SOURCE}",
    "links": f"pk site:sites! from_kind from_id rel href to_kind to_id to_ids:json status {SOURCE}",
    "post_terms": "*post:posts *term:terms",
    "post_authors": "*post:posts *author:authors",
    "versions": "pk post:posts! crawl:crawls seen! title modified hash:contents!",
    "changes": "pk post:posts! crawl:crawls seen! change! fields:json! reason",
    "feeds": "*crawl:crawls *uri size:int!",
    "withheld": "*site:sites *type *id:int trace!",
}
KEYS: Mapping[str, str] = {
    "sites": "key",
    "posts": "site guid_key",
    "authors": "site id",
    "media": "site id",
    "terms": "site taxonomy id",
    "comments": "site id",
    "revisions": "site id",
    "links": "site from_kind from_id rel href",
}
INDEXES: Mapping[str, str] = {
    "posts_by_id": "posts site id",
    "ix_versions_post": "versions post",
    "ix_versions_hash": "versions hash",
    "ix_changes_post": "changes post",
    "ix_changes_crawl": "changes crawl",
    "ix_changes_seen": "changes seen",
    "ix_post_terms_term": "post_terms term",
    "ix_post_authors_author": "post_authors author",
}
KEY = sa.BigInteger().with_variant(sa.Integer, "sqlite")
JSON = sa.JSON(none_as_null=True).with_variant(JSONB(none_as_null=True), "postgresql")
TYPES: Mapping[str, Any] = {
    "int": sa.BigInteger(),
    "json": JSON,
    "bool": sa.Boolean(),
    "blob": sa.LargeBinary(),
}
TRIGGER = "CREATE TRIGGER posts_fts_{name} AFTER {event} ON posts BEGIN {body} END"
TAKE_OUT = (
    "INSERT INTO posts_fts(posts_fts, rowid, title, content_text) "
    "VALUES ('delete', old.pk, old.title, old.content_text); "
)
PUT_IN = (
    "INSERT INTO posts_fts(rowid, title, content_text) "
    "VALUES (new.pk, new.title, new.content_text); "
)
CHANGED = "UPDATE OF title, content_text"
INDEX = (
    "CREATE VIRTUAL TABLE posts_fts USING fts5(title, content_text, content='posts', "
    "content_rowid='pk', tokenize='unicode61 remove_diacritics 0')"
)
INDEX_OF_POSTGRESQL = (
    "CREATE INDEX posts_fts ON posts USING gin (to_tsvector('simple', "
    "coalesce(title, '') || ' ' || coalesce(content_text, '')))"
)
SEARCH: Mapping[str, tuple[str, ...]] = {  # words of titles and texts, in any language
    "sqlite": (
        INDEX,
        TRIGGER.format(name="new", event="INSERT", body=PUT_IN),
        TRIGGER.format(name="gone", event="DELETE", body=TAKE_OUT),
        TRIGGER.format(name="changed", event=CHANGED, body=TAKE_OUT + PUT_IN),
    ),
    "postgresql": (INDEX_OF_POSTGRESQL,),
}


def begin(operations: Operations) -> None:
    """Make the tables, their indexes, and what finds posts by their words."""
    for name, columns in TABLES.items():
        unique = [sa.UniqueConstraint(*KEYS[name].split())] if name in KEYS else []
        operations.create_table(name, *map(_column, columns.split()), *unique)
    for name, told in INDEXES.items():
        table, *columns_ = told.split()
        operations.create_index(name, table, columns_)
    for statement in SEARCH[operations.get_bind().dialect.name]:
        operations.execute(statement)


def _column(told: str) -> sa.Column[Any]:
    name, _, type_ = told.strip("*!").partition(":")
    options: dict[str, Any] = {"nullable": not told.endswith("!") and "*" not in told}
    if name == "pk":
        return sa.Column(name, KEY, primary_key=True)
    if "*" in told:
        options["primary_key"] = True
    if type_ in TABLES:
        target = "hash" if type_ == "contents" else "pk"
        key = sa.ForeignKey(f"{type_}.{target}", ondelete=None if target == "hash" else "CASCADE")
        of_key: Any = sa.Text() if target == "hash" else KEY
        return sa.Column(name, of_key, key, **options)
    return sa.Column(name, TYPES.get(type_, sa.Text()), **options)
