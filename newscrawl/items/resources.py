"""The resources that posts lead to."""

from dataclasses import dataclass
from typing import Literal

from newscrawl.items.parts import Size, Source


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
class Comment:
    """An approved comment; ``parent`` is the comment that it answers, ``author`` a user's id."""

    kind: Literal["comment"] = "comment"
    site: str
    id: int
    post: int | None
    parent: int | None
    author: int | None
    author_name: str | None
    author_url: str | None
    url: str | None
    published: str | None
    content_html: str
    content_text: str = ""
    source: Source
    source_url: str
    fetched_at: str


@dataclass(slots=True, kw_only=True)
class Revision:
    """A saved state of a post, for those who may edit it; in one post the oldest comes first."""

    kind: Literal["revision"] = "revision"
    site: str
    id: int
    guid: str | None
    post: int | None
    author: int | None
    published: str | None
    modified: str | None
    title: str | None
    excerpt: str | None
    content_html: str
    content_text: str = ""
    source: Source
    source_url: str
    fetched_at: str
