"""The tables: one for each kind of item, made of its fields, and what a store keeps beside them.

`pk` is the store's own key; `id` is the site's. Scalars have a column each, lists and objects are
JSON. Times are RFC 3339 in UTC, as in the exports: text that sorts.
"""

from collections.abc import Sequence
from dataclasses import fields
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
)
from sqlalchemy.dialects.postgresql import JSONB

from newscrawl.items import Author, Comment, Item, Link, Media, Post, Revision, Site, Term

METADATA = MetaData()
Key = BigInteger().with_variant(Integer, "sqlite")  # SQLite numbers rows by INTEGER alone
Json = JSON(none_as_null=True).with_variant(JSONB(none_as_null=True), "postgresql")
SCALARS: dict[Any, Any] = {str: Text, int: BigInteger, bool: Boolean}
KEPT_ELSEWHERE = {"kind", "site", "raw", "change", "changed", "reason"}


def columns_of(kind: type[Item]) -> list[str]:
    """Return the fields of a kind that have a column of their own."""
    return [field.name for field in fields(kind) if field.name not in KEPT_ELSEWHERE]


def _type_of(hint: Any) -> Any:  # noqa: ANN401 - a type, as it is written
    """Return the type of a column: a scalar's own, JSON for what is nested."""
    if isinstance(hint, UnionType) or get_origin(hint) is Union:
        parts = [part for part in get_args(hint) if part is not NoneType]
        return _type_of(parts[0]) if len(parts) == 1 else Text  # a number or a slug
    return Text if get_origin(hint) is Literal else SCALARS.get(hint, Json)


def _columns(kind: type[Item]) -> list[Column[Any]]:
    hints = get_type_hints(kind)
    return [Column(name, _type_of(hints[name])) for name in columns_of(kind)]


def _key() -> Column[Any]:
    return Column("pk", Key, primary_key=True)


def _to(table: str, name: str, **options: Any) -> Column[Any]:  # noqa: ANN401 - Column's own
    return Column(name, Key, ForeignKey(f"{table}.pk", ondelete="CASCADE"), **options)


def _table(name: str, kind: type[Item], *key: str, more: Sequence[Any] = ()) -> Table:
    site = _to("sites", "site", nullable=False)
    return Table(
        name, METADATA, _key(), site, *_columns(kind), *more, UniqueConstraint("site", *key)
    )


def _deleted() -> Column[Any]:
    """Return the column that says when a site was seen to have a resource no more."""
    return Column("deleted", Text)


def _joins(name: str, target: str) -> Table:
    """Return the table that says which of the targets a post carries."""
    return Table(
        name,
        METADATA,
        _to("posts", "post", primary_key=True),
        _to(f"{target}s", target, primary_key=True, index=True),
    )


SITES = Table(
    "sites",
    METADATA,
    _key(),
    Column("key", Text, nullable=False, unique=True),
    Column("state", Json),
    *_columns(Site),
)
CRAWLS = Table(
    "crawls",
    METADATA,
    _key(),
    Column("arguments", Json, nullable=False),
    Column("started", Text, nullable=False),
    Column("finished", Text),
    Column("reason", Text),
    Column("ledger", Json),
)
POSTS = _table(
    "posts",
    Post,
    "guid_key",
    more=(
        Column("guid_key", Text, nullable=False),
        Column("trace", Text),  # of what a sweep shows of the post
        Column("first_seen", Text, nullable=False),
        _deleted(),
        Column("deleted_because", Text),
        Index("posts_by_id", "site", "id"),
    ),
)
AUTHORS = _table("authors", Author, "id", more=[_deleted()])
MEDIA = _table("media", Media, "id", more=[_deleted()])
TERMS = _table("terms", Term, "taxonomy", "id", more=[_deleted()])
COMMENTS = _table("comments", Comment, "id", more=[_deleted()])
REVISIONS = _table("revisions", Revision, "id")
LINKS = _table(
    "links",
    Link,
    *("from_kind", "from_id", "digest"),
    more=[Column("digest", Text)],  # of its relation and its address, however long
)
POST_TERMS = _joins("post_terms", "term")
POST_AUTHORS = _joins("post_authors", "author")
CONTENTS = Table(
    "contents",
    METADATA,
    Column("hash", Text, primary_key=True),
    Column("html", LargeBinary, nullable=False),  # compressed by zlib
)
VERSIONS = Table(
    "versions",
    METADATA,
    _key(),
    _to("posts", "post", nullable=False, index=True),
    _to("crawls", "crawl"),
    Column("seen", Text, nullable=False),
    Column("title", Text),
    Column("modified", Text),
    Column("hash", Text, ForeignKey("contents.hash"), nullable=False, index=True),
)
CHANGES = Table(
    "changes",
    METADATA,
    _key(),
    _to("posts", "post", nullable=False, index=True),
    _to("crawls", "crawl", index=True),
    Column("seen", Text, nullable=False, index=True),
    Column("change", Text, nullable=False),
    Column("fields", Json, nullable=False),
    Column("reason", Text),
)
FEEDS = Table(
    "feeds",
    METADATA,
    _to("crawls", "crawl", primary_key=True),
    Column("uri", Text, primary_key=True),
    Column("size", BigInteger, nullable=False),
    Column("tail", Text),  # a digest of what stands before it
)
WITHHELD = Table(
    "withheld",
    METADATA,
    _to("sites", "site", primary_key=True),
    Column("type", Text, primary_key=True),
    Column("id", BigInteger, primary_key=True),
    Column("trace", Text, nullable=False),
)
TABLES: dict[type[Item], Table] = {
    Post: POSTS,
    Author: AUTHORS,
    Media: MEDIA,
    Term: TERMS,
    Comment: COMMENTS,
    Revision: REVISIONS,
    Link: LINKS,
}
TABLES_OF: dict[str, Table] = {kind.__name__.lower(): table for kind, table in TABLES.items()}
