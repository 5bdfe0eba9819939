"""The relations of WordPress's link graph: one row each.

A row says which field of a post holds the target's id, in which collection many targets are
asked for at once, which fields of a target an item needs, and how an item is made of it. What a
site does otherwise (another route, a renamed base) is learnt from its own links (`linkmap`).
Sources: WP_REST_Posts_Controller::prepare_links() and the controllers of the targets.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from newscrawl.core.projections import Place, author_of, media_of, term_of
from newscrawl.items import Author, Media, Term

Target = Author | Media | Term
Projection = Callable[[Mapping[str, Any], Place], Target]

JOINED_TERM = "id,name,slug,link,taxonomy"
JOINED_AUTHOR = "id,name,slug,link"
JOINED_MEDIA = "id,source_url,alt_text,caption,mime_type,media_details"


@dataclass(frozen=True, slots=True)
class Relation:
    """How the targets of a relation are found, fetched and read.

    `joined` are the fields that a post needs of a target, `whole` those that the target's own
    item needs. `head` names the order in which a collection's first hundred are read instead of
    single ids: few authors and the most used terms serve most posts, and the site tells at once
    whether that was all of them.
    """

    kind: str
    project: Projection
    joined: str
    whole: str
    field: str | None = None
    route: str | None = None
    head: Mapping[str, str] | None = None


RELATIONS: Mapping[str, Relation] = {
    "author": Relation(
        kind="author",
        project=author_of,
        joined=JOINED_AUTHOR,
        whole=f"{JOINED_AUTHOR},description,url,avatar_urls",
        field="author",
        route="wp/v2/users",
        head={"orderby": "id"},
    ),
    "wp:featuredmedia": Relation(
        kind="media",
        project=media_of,
        joined=JOINED_MEDIA,
        whole=f"{JOINED_MEDIA},link,guid,media_type,title,description,post,author,"
        "date,date_gmt,modified,modified_gmt",
        field="featured_media",
        route="wp/v2/media",
    ),
    "wp:term": Relation(
        kind="term",
        project=term_of,
        joined=JOINED_TERM,
        whole=f"{JOINED_TERM},description,parent,count",
        head={"orderby": "count", "order": "desc"},
    ),
}
