"""The main row: an article."""

from dataclasses import dataclass, field
from typing import Literal

from newscrawl.items.parts import (
    BodyEmbed,
    BodyHeading,
    BodyImage,
    BodyLink,
    BodyQuote,
    BodyTable,
    FeaturedImage,
    Name,
    Relation,
    Source,
    Translation,
)


@dataclass(slots=True, kw_only=True)
class Post:
    """An article with its author, image and terms joined in."""

    kind: Literal["post"] = "post"
    site: str
    type: str
    id: int | None
    guid: str | None
    url: str | None
    slug: str | None
    status: str | None
    lang: str | None
    translations: list[Translation] = field(default_factory=list)
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
    changed: list[str] = field(default_factory=list)
    reason: str | None = None
    content_hash: str | None = None
    content_refused: str | None = None
    source: Source
    source_url: str
    fetched_at: str
