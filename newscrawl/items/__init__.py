"""The exported rows: one dataclass a kind; the order of the fields is the order of the columns.

Unknown is ``None``, never an empty string; a list is never ``None``; a time is RFC 3339 in UTC,
ending in ``Z``. The JSON Schemas in ``newscrawl/schemas/`` are generated from these classes.
"""

from dataclasses import dataclass, field
from typing import Literal

from newscrawl.items.parts import (
    Access,
    BodyEmbed,
    BodyHeading,
    BodyImage,
    BodyLink,
    BodyQuote,
    BodyTable,
    FeaturedImage,
    Name,
    Relation,
    Size,
    Source,
    Status,
)


@dataclass(slots=True, kw_only=True)
class Post:
    """An article with its author, image and terms joined in."""

    kind: Literal["post"] = "post"
    site: str
    type: str
    id: int
    guid: str | None
    url: str | None
    slug: str | None
    status: str | None
    lang: str | None
    title: str | None
    published: str | None
    modified: str | None
    authors: list[Name] = field(default_factory=list)
    categories: list[Name] = field(default_factory=list)
    tags: list[Name] = field(default_factory=list)
    terms: dict[str, list[Name]] = field(default_factory=dict)
    image: FeaturedImage | None = None
    excerpt: str | None
    content_html: str
    content_text: str = ""
    content_markdown: str = ""
    word_count: int = 0
    headings: list[BodyHeading] = field(default_factory=list)
    links: list[BodyLink] = field(default_factory=list)
    images: list[BodyImage] = field(default_factory=list)
    embeds: list[BodyEmbed] = field(default_factory=list)
    tables: list[BodyTable] = field(default_factory=list)
    quotes: list[BodyQuote] = field(default_factory=list)
    parent: int | None
    sticky: bool | None
    format: str | None
    protected: bool
    revision_count: int | None
    relations: list[Relation] = field(default_factory=list)
    change: Literal["new", "updated", "unchanged", "deleted"] | None = None
    content_hash: str | None = None
    source: Source
    source_url: str
    fetched_at: str


@dataclass(slots=True, kw_only=True)
class Author:
    """A user of the site who has published."""

    kind: Literal["author"] = "author"
    site: str
    id: int
    name: str | None
    slug: str | None
    url: str | None
    description: str | None
    website: str | None
    avatar: str | None
    source: Source
    source_url: str
    fetched_at: str


@dataclass(slots=True, kw_only=True)
class Media:
    """An uploaded file; ``filesize`` in bytes, width and height in pixels."""

    kind: Literal["media"] = "media"
    site: str
    id: int
    guid: str | None
    url: str | None
    file_url: str | None
    media_type: str | None
    mime_type: str | None
    width: int | None
    height: int | None
    filesize: int | None
    alt: str | None
    title: str | None
    caption: str | None
    credit: str | None
    description: str | None
    post: int | None
    author: int | None
    published: str | None
    modified: str | None
    sizes: list[Size]
    source: Source
    source_url: str
    fetched_at: str


@dataclass(slots=True, kw_only=True)
class Term:
    """A category, a tag or a term of any other taxonomy; ``count`` as the site gives it."""

    kind: Literal["term"] = "term"
    site: str
    taxonomy: str
    id: int
    name: str | None
    slug: str | None
    url: str | None
    description: str | None
    parent: int | None
    count: int | None
    source: Source
    source_url: str
    fetched_at: str


@dataclass(slots=True, kw_only=True)
class Site:
    """The site itself and what it lets an anonymous reader see."""

    kind: Literal["site"] = "site"
    site: str
    name: str | None
    description: str | None
    home: str
    api_root: str
    found_by: str
    timezone: str | None
    lang: str | None
    namespaces: list[str]
    types: list[str]
    taxonomies: list[str]
    access: dict[str, Access]
    source: Source
    source_url: str
    fetched_at: str


Item = Post | Author | Media | Term | Site
ITEMS: tuple[type[Item], ...] = (Post, Author, Media, Term, Site)

__all__ = [
    "ITEMS",
    "Access",
    "Author",
    "BodyEmbed",
    "BodyHeading",
    "BodyImage",
    "BodyLink",
    "BodyQuote",
    "BodyTable",
    "FeaturedImage",
    "Item",
    "Media",
    "Name",
    "Post",
    "Relation",
    "Site",
    "Size",
    "Source",
    "Status",
    "Term",
]
