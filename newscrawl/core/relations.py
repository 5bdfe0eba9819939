"""The relations of WordPress's link graph: one row each, and how far each is followed.

A row says how the targets are reached, by which field of a post and in which collection they are
asked for, and of which kind they are. What a site does otherwise (another route, a renamed base)
is learnt from its own links (`linkmap`). Sources: ``prepare_links()`` of the posts, attachments,
revisions, users, terms and comments controllers, and of those of types and taxonomies.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum, auto

from newscrawl.core.kinds import AUTHOR, COMMENT, MEDIA, REVISION, TERM, Kind
from newscrawl.core.plan import EVERY_RELATION


class Reach(Enum):
    """How the targets of a relation are read."""

    INCLUDE = auto()  # many by their ids in a request
    GROUP = auto()  # what belongs to many posts in a request
    OWN = auto()  # what belongs to one post, post by post
    KNOWN = auto()  # read already, or read by another relation: never asked for
    NEVER = auto()  # no resource that a reader of news wants, or none at all
    PLUGIN = auto()  # a plugin's: followed into the same API where every relation is


@dataclass(frozen=True, slots=True)
class Relation:
    """One relation; `kind` is None where the target's route tells it.

    `field` of a post holds the target's id, in the collection at `route`. Of a `GROUP`, `parameter`
    selects by posts and `by` is the field of a member that holds its post's id.
    """

    reach: Reach
    kind: Kind | None = None
    field: str = ""
    route: str = ""
    parameter: str = ""
    by: str = ""


KNOWN, NEVER, PLUGIN = (Relation(reach) for reach in (Reach.KNOWN, Reach.NEVER, Reach.PLUGIN))
RELATIONS: Mapping[str, Relation] = {
    "author": Relation(Reach.INCLUDE, AUTHOR, field="author", route="wp/v2/users"),
    "wp:featuredmedia": Relation(Reach.INCLUDE, MEDIA, field="featured_media", route="wp/v2/media"),
    "wp:term": Relation(Reach.INCLUDE, TERM),
    "up": Relation(Reach.INCLUDE, field="parent"),
    "replies": Relation(Reach.GROUP, COMMENT, route="wp/v2/comments", parameter="post", by="post"),
    "wp:attachment": Relation(
        Reach.GROUP, MEDIA, route="wp/v2/media", parameter="parent", by="post"
    ),
    "version-history": Relation(Reach.OWN, REVISION),
    "predecessor-version": Relation(Reach.KNOWN, REVISION),
    "self": KNOWN,
    "about": KNOWN,
    "collection": KNOWN,
    "parent": KNOWN,
    "in-reply-to": Relation(Reach.KNOWN, COMMENT),
    "children": Relation(Reach.KNOWN, COMMENT),
    "wp:attached-to": KNOWN,
    "wp:items": KNOWN,
    "wp:post_type": KNOWN,
    "curies": NEVER,
    "help": NEVER,
    "wp:active-theme": NEVER,
    "wp:render-block": NEVER,
    "wp:install-plugin": NEVER,
    "wp:export-theme": NEVER,
}
ACTIONS = "wp:action-"  # what an editor may do, each a link to the post itself


def relation_of(rel: str) -> Relation:
    """Return the row of a relation in its compact form; a plugin's has the row of all unknown.

    >>> relation_of("wp:action-publish").reach, relation_of("acf:post").reach
    (<Reach.NEVER: 5>, <Reach.PLUGIN: 6>)
    """
    return RELATIONS.get(rel) or (NEVER if rel.startswith(ACTIONS) else PLUGIN)


def is_followed(rel: str, followed: frozenset[str]) -> bool:
    """Return whether a plan that follows these relations reads the targets of a relation."""
    if relation_of(rel).reach is Reach.PLUGIN:
        return EVERY_RELATION in followed
    return rel in followed
