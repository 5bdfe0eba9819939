"""The link graph's edges, and the site that it belongs to."""

from dataclasses import dataclass
from typing import Literal

from newscrawl.items.parts import Access, Node, Source, Status


@dataclass(slots=True, kw_only=True)
class Link:
    """One edge of the link graph; a link to one resource has ``to_id``, one to many ``to_ids``.

    Types and taxonomies have no row of their own; they are named by their slug.
    """

    kind: Literal["link"] = "link"
    site: str
    from_kind: Node
    from_id: int | str | None
    rel: str
    href: str
    to_kind: Node | None
    to_id: int | str | None
    to_ids: list[int]
    status: Status
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
    api_root: str | None
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
