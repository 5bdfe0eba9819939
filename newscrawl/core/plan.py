"""What the user wants of a site, as the core understands it."""

from dataclasses import dataclass
from datetime import datetime

KINDS = {"posts": "post", "authors": "author", "media": "media", "terms": "term", "sites": "site"}
FOLLOWED = {"author": "author", "media": "wp:featuredmedia", "terms": "wp:term"}


@dataclass(frozen=True, slots=True)
class Plan:
    """The arguments of a crawl: what to walk, to follow and to write.

    `types` and the narrowing fields are as the user wrote them (slugs, rest bases or ids);
    `kinds` are item kinds; `relations` are compact relations; `side_by_side` is how many
    requests the site's politeness allows at a time; `excerpts` asks for what makes the site render
    each content twice.
    """

    types: tuple[str, ...] = ("post",)
    relations: frozenset[str] = frozenset(FOLLOWED.values())
    kinds: frozenset[str] = frozenset({"post"})
    after: datetime | None = None
    before: datetime | None = None
    categories: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    search: str | None = None
    lang: str | None = None
    limit: int | None = None
    side_by_side: int = 1
    excerpts: bool = False
