"""The exported rows: one dataclass a kind; the order of the fields is the order of the columns.

Unknown is ``None``, never an empty string; a list is never ``None``; a time is RFC 3339 in UTC,
ending in ``Z``. The JSON Schemas in ``newscrawl/schemas/`` are generated from these classes.
"""

from newscrawl.items.graph import Link, Site
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
    Node,
    Relation,
    Size,
    Source,
    Status,
)
from newscrawl.items.posts import Post
from newscrawl.items.resources import Author, Comment, Media, Revision, Term

Item = Post | Author | Media | Term | Comment | Revision | Link | Site
ITEMS: tuple[type[Item], ...] = (Post, Author, Media, Term, Comment, Revision, Link, Site)

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
    "Comment",
    "FeaturedImage",
    "Item",
    "Link",
    "Media",
    "Name",
    "Node",
    "Post",
    "Relation",
    "Revision",
    "Site",
    "Size",
    "Source",
    "Status",
    "Term",
]
