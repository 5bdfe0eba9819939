"""From a resource of wp/v2 to the item that is exported: one `x_of` a kind, nothing guessed."""

from collections.abc import Mapping
from typing import Any

from newscrawl.core.place import Place, Resource, text_of
from newscrawl.core.times import utc
from newscrawl.core.values import address, identifier, integer, mapping, rendered, string
from newscrawl.items import Author, Comment, FeaturedImage, Media, Size, Term


def author_of(resource: Resource, place: Place) -> Author:
    """Return the author of a users resource (WP_REST_Users_Controller)."""
    return Author(
        site=place.site,
        id=resource["id"],
        **_named(resource),
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
        id=resource["id"],
        **_named(resource),
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


def comment_of(resource: Resource, place: Place) -> Comment:
    """Return the comment of a comments resource (WP_REST_Comments_Controller)."""
    return Comment(
        site=place.site,
        id=resource["id"],
        post=identifier(resource.get("post")),
        parent=identifier(resource.get("parent")),
        author=identifier(resource.get("author")),
        author_name=text_of(resource.get("author_name")),
        author_url=address(resource.get("author_url")),
        url=address(resource.get("link")),
        published=utc(resource.get("date_gmt"), resource.get("date"), place.zone),
        content_html=rendered(resource.get("content")),
        **place.provenance(resource["id"]),
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


def _named(resource: Resource) -> dict[str, Any]:
    """Return what names an author or a term; names are HTML-escaped in REST."""
    return {
        "name": text_of(resource.get("name")),
        "slug": string(resource.get("slug")),
        "url": address(resource.get("link")),
    }


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
