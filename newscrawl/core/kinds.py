"""The kinds of resources that posts lead to: how each is asked for and read."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from newscrawl.core.articles import revision_of
from newscrawl.core.place import Place, Resource
from newscrawl.core.projections import author_of, comment_of, media_of, term_of
from newscrawl.items import Author, Comment, Media, Node, Revision, Term

Target = Author | Media | Term | Comment | Revision
Projection = Callable[[Resource, Place], Target]
DATES = "date,date_gmt,modified,modified_gmt"


@dataclass(frozen=True, slots=True)
class Kind:
    """How the resources of a kind are read.

    `joined` are the fields that a post needs of one, `whole` those that its own item needs.
    `head` names the order in which a collection's first hundred are read instead of single ids:
    few authors and the most used terms serve most posts, and the site tells at once whether that
    was all of them. `dated` kinds can be walked by date, the others by id.
    """

    name: Node
    project: Projection
    joined: str
    whole: str
    head: Mapping[str, str] | None = None
    dated: bool = False


AUTHOR = Kind(
    name="author",
    project=author_of,
    joined="id,name,slug,link",
    whole="id,name,slug,link,description,url,avatar_urls",
    head={"orderby": "id"},
)
MEDIA = Kind(
    name="media",
    project=media_of,
    joined="id,source_url,alt_text,caption,mime_type,media_details",
    whole="id,source_url,alt_text,caption,mime_type,media_details,link,guid,media_type,title,"
    f"description,post,author,{DATES}",
    dated=True,
)
TERM = Kind(
    name="term",
    project=term_of,
    joined="id,name,slug,link,taxonomy",
    whole="id,name,slug,link,taxonomy,description,parent,count",
    head={"orderby": "count", "order": "desc"},
)
COMMENT = Kind(
    name="comment",
    project=comment_of,
    joined="id,post,date",
    whole="id,post,parent,author,author_name,author_url,link,date,date_gmt,content",
    dated=True,
)
REVISION = Kind(
    name="revision",
    project=revision_of,
    joined="id,parent",
    whole=f"id,guid,parent,author,slug,title,excerpt,content,{DATES}",
)
