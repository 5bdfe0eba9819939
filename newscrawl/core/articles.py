"""From a posts-controller's resource to a post, and from a saved state of one to a revision."""

from newscrawl.core.place import Place, Resource, text_of
from newscrawl.core.times import utc
from newscrawl.core.translations import (
    LANGUAGE,
    TRANSLATIONS,
    language_told,
    translations_told,
)
from newscrawl.core.values import address, identifier, mapping, rendered, string
from newscrawl.items import Post, Revision

POST_FIELDS = [
    "id",
    "date",
    "date_gmt",
    "modified",
    "modified_gmt",
    "guid",
    "slug",
    "status",
    "type",
    "link",
    "title",
    "content",
    "parent",
    "sticky",
    "format",
    *LANGUAGE,
    *TRANSLATIONS,
    "authors",
    "coauthors",
]


def post_of(resource: Resource, place: Place) -> Post:
    """Return the post of a posts-controller resource, its relations still to be joined.

    `content_html` and `excerpt` are as the site rendered them
    (WP_REST_Posts_Controller::prepare_item_for_response).
    """
    id_ = resource["id"]
    return Post(
        site=place.site,
        type=string(resource.get("type")) or "post",
        id=id_,
        guid=address(rendered(resource.get("guid"))),
        url=address(resource.get("link")),
        slug=string(resource.get("slug")),
        status=string(resource.get("status")),
        lang=language_told(resource),
        translations=translations_told(resource),
        title=text_of(resource.get("title")),
        published=utc(resource.get("date_gmt"), resource.get("date"), place.zone),
        modified=utc(resource.get("modified_gmt"), resource.get("modified"), place.zone),
        excerpt=rendered(resource.get("excerpt")) or None,
        content_html=rendered(resource.get("content")),
        parent=identifier(resource.get("parent")),
        sticky=_flag(resource.get("sticky")),
        format=string(resource.get("format")),
        protected=bool(mapping(resource.get("content")).get("protected")),
        revision_count=None,
        **place.provenance(id_),
    )


def revision_of(resource: Resource, place: Place) -> Revision:
    """Return the revision of a revisions resource (WP_REST_Revisions_Controller)."""
    return Revision(
        site=place.site,
        id=resource["id"],
        guid=address(rendered(resource.get("guid"))),
        post=identifier(resource.get("parent")),
        author=identifier(resource.get("author")),
        published=utc(resource.get("date_gmt"), resource.get("date"), place.zone),
        modified=utc(resource.get("modified_gmt"), resource.get("modified"), place.zone),
        title=text_of(resource.get("title")),
        excerpt=rendered(resource.get("excerpt")) or None,
        content_html=rendered(resource.get("content")),
        **place.provenance(resource["id"]),
    )


def _flag(value: object) -> bool | None:
    return value if isinstance(value, bool) else None
