"""From a resource of wp/v2 to the item that is exported: one `x_of` a kind, nothing guessed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import tzinfo
from typing import Any

from newscrawl.core.normalize import excerpt_text, plain_text
from newscrawl.core.roots import ApiRoot
from newscrawl.core.times import utc
from newscrawl.core.values import address, identifier, integer, mapping, rendered, string
from newscrawl.items import Author, FeaturedImage, Media, Name, Post, Size, Term

Resource = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Place:
    """Where and when a resource was read: its site, its collection's route and its clock."""

    site: str
    root: ApiRoot
    route: str
    zone: tzinfo
    lang: str | None
    fetched_at: str

    def provenance(self, id_: int) -> dict[str, Any]:
        """Return the fields that tell where an item comes from."""
        return {
            "source": "rest",
            "source_url": self.root.address(f"{self.route}/{id_}"),
            "fetched_at": self.fetched_at,
        }


def post_of(resource: Resource, place: Place) -> Post:
    """Return the post of a posts-controller resource, its relations still to be joined.

    `content_html` is as the site rendered it (WP_REST_Posts_Controller::prepare_item_for_response).
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
        lang=string(resource.get("lang")) or place.lang,
        title=text_of(resource.get("title")),
        published=utc(resource.get("date_gmt"), resource.get("date"), place.zone),
        modified=utc(resource.get("modified_gmt"), resource.get("modified"), place.zone),
        excerpt=excerpt_text(rendered(resource.get("excerpt"))).text or None,
        content_html=rendered(resource.get("content")),
        parent=identifier(resource.get("parent")),
        sticky=_flag(resource.get("sticky")),
        format=string(resource.get("format")),
        protected=bool(mapping(resource.get("content")).get("protected")),
        revision_count=None,
        **place.provenance(id_),
    )


def author_of(resource: Resource, place: Place) -> Author:
    """Return the author of a users resource (WP_REST_Users_Controller)."""
    return Author(
        site=place.site,
        **name_of(resource),
        description=text_of(resource.get("description")),
        website=address(resource.get("url")),
        avatar=_largest_avatar(mapping(resource.get("avatar_urls"))),
        **place.provenance(resource["id"]),
    )


def term_of(resource: Resource, place: Place) -> Term:
    """Return the term of a taxonomy's resource (WP_REST_Terms_Controller)."""
    return Term(
        site=place.site,
        taxonomy=string(resource.get("taxonomy")) or place.route.rsplit("/", 1)[-1],
        **name_of(resource),
        description=text_of(resource.get("description")),
        parent=identifier(resource.get("parent")),
        count=integer(resource.get("count")),
        **place.provenance(resource["id"]),
    )


def media_of(resource: Resource, place: Place) -> Media:
    """Return the media of an attachment resource (WP_REST_Attachments_Controller)."""
    details = mapping(resource.get("media_details"))
    return Media(
        site=place.site,
        id=resource["id"],
        guid=address(rendered(resource.get("guid"))),
        url=address(resource.get("link")),
        file_url=address(resource.get("source_url")),
        media_type=string(resource.get("media_type")),
        mime_type=string(resource.get("mime_type")),
        width=identifier(details.get("width")),
        height=identifier(details.get("height")),
        filesize=identifier(details.get("filesize")),
        alt=text_of(resource.get("alt_text")),
        title=text_of(resource.get("title")),
        caption=text_of(resource.get("caption")),
        credit=text_of(mapping(details.get("image_meta")).get("credit")),
        description=text_of(resource.get("description")),
        post=identifier(resource.get("post")),
        author=identifier(resource.get("author")),
        published=utc(resource.get("date_gmt"), resource.get("date"), place.zone),
        modified=utc(resource.get("modified_gmt"), resource.get("modified"), place.zone),
        sizes=_sizes(mapping(details.get("sizes"))),
        **place.provenance(resource["id"]),
    )


def name_of(resource: Resource) -> Name:
    """Return what a post carries of its author or term; names are HTML-escaped in REST."""
    return Name(
        id=resource["id"],
        name=text_of(resource.get("name")),
        slug=string(resource.get("slug")),
        url=address(resource.get("link")),
    )


def image_of(media: Media) -> FeaturedImage | None:
    """Return what a post carries of its featured image, None for media without a file."""
    if not media.file_url:
        return None
    return FeaturedImage(
        id=media.id,
        url=media.file_url,
        alt=media.alt,
        caption=media.caption,
        credit=media.credit,
        width=media.width,
        height=media.height,
        mime_type=media.mime_type,
    )


def text_of(value: object) -> str | None:
    """Return a rendered field as text, None when it says nothing."""
    html = rendered(value)
    return plain_text(html) or None if html else None


def _sizes(sizes: Mapping[str, Any]) -> list[Size]:
    return [
        Size(
            name=name,
            url=url,
            width=identifier(mapping(size).get("width")),
            height=identifier(mapping(size).get("height")),
        )
        for name, size in sizes.items()
        if (url := address(mapping(size).get("source_url")))
    ]


def _largest_avatar(avatars: Mapping[str, Any]) -> str | None:
    sizes = sorted(avatars, key=lambda size: integer(size) or 0)
    return address(avatars[sizes[-1]]) if sizes else None


def _flag(value: object) -> bool | None:
    return value if isinstance(value, bool) else None
