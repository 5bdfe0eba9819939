"""The exported rows: one dataclass a kind; the order of the fields is the order of the columns.

Unknown is ``None``, never an empty string; a list is never ``None``; a time is RFC 3339 in UTC,
ending in ``Z``. The JSON Schemas in ``newscrawl/schemas/`` are generated from these classes.
"""

from dataclasses import dataclass, field
from typing import Any, Literal

from typing_extensions import TypedDict

Source = Literal["rest", "feed", "sitemap", "page", "rendered"]
Status = Literal["resolved", "empty", "missing", "forbidden", "not followed", "invalid", "failed"]


class Name(TypedDict):
    """An author or a term as a post carries it; only the id is known where the target is closed."""

    id: int
    name: str | None
    slug: str | None
    url: str | None


class FeaturedImage(TypedDict):
    """The featured image of a post, joined in from its media resource."""

    id: int
    url: str
    alt: str | None
    caption: str | None
    credit: str | None
    width: int | None
    height: int | None
    mime_type: str | None


class Relation(TypedDict):
    """One link of a post and what became of it."""

    rel: str
    href: str
    status: Status


class Heading(TypedDict):
    """A heading in the body; ``level`` 1 to 6."""

    level: int
    text: str


class BodyLink(TypedDict):
    """A hyperlink in the body."""

    url: str
    text: str
    rel: str | None
    internal: bool


class BodyImage(TypedDict):
    """An image in the body: ``src`` is the largest known source."""

    src: str
    alt: str | None
    caption: str | None
    credit: str | None
    width: int | None
    height: int | None
    original: str | None


class Embed(TypedDict):
    """A player or a quoted post from another site, by its canonical address."""

    provider: str
    url: str


class Size(TypedDict):
    """One rendition of a media file; width and height in pixels."""

    name: str
    url: str
    width: int | None
    height: int | None


class Access(TypedDict):
    """Whether a collection of the site may be read, and why not."""

    open: bool
    reason: str | None


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
    headings: list[Heading] = field(default_factory=list)
    links: list[BodyLink] = field(default_factory=list)
    images: list[BodyImage] = field(default_factory=list)
    embeds: list[Embed] = field(default_factory=list)
    tables: list[dict[str, Any]] = field(default_factory=list)
    quotes: list[dict[str, Any]] = field(default_factory=list)
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
