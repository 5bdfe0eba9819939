"""The nested values of items: what a post carries of its author, image, terms and links."""

from typing import Literal

from typing_extensions import TypedDict

Source = Literal["rest", "feed", "sitemap", "page", "rendered"]
Node = Literal["post", "author", "media", "term", "comment", "revision", "site", "type", "taxonomy"]
Status = Literal["resolved", "empty", "missing", "forbidden", "not followed", "invalid", "failed"]


class Name(TypedDict):
    """An author or a term as a post carries it; only the id is known where the target is closed.

    A guest author, who is no user of the site, has no id.
    """

    id: int | None
    name: str | None
    slug: str | None
    url: str | None


class Translation(TypedDict):
    """A post in another language: by its id where the API tells it, by its address, or both."""

    lang: str | None
    id: int | None
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


class BodyHeading(TypedDict):
    """A heading in the body; ``level`` 1 to 6."""

    level: int
    text: str


class BodyLink(TypedDict):
    """A hyperlink in the body; `rel` holds ``nofollow``, ``sponsored`` and ``ugc``."""

    url: str
    text: str
    rel: list[str]
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


class BodyEmbed(TypedDict):
    """A player or a quoted post from another site, by its canonical address."""

    provider: str
    url: str


class BodyTable(TypedDict):
    """A table in the body, row by row; `header`: the first row is one."""

    caption: str | None
    header: bool
    rows: list[list[str]]


class BodyQuote(TypedDict):
    """A quotation in the body and whose it is."""

    text: str
    source: str | None


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
