"""The counterpart of a post's page: its resource, and the post that it is with what it carries.

WordPress names it by a header and by an element (``rest_output_link_header()``, since 5.5). A site
that closes its lists may leave it open; asked for with ``_embed`` it brings author, image, terms.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any, NamedTuple

from selectolax.lexbor import LexborHTMLParser

from newscrawl.core.articles import POST_FIELDS, post_of
from newscrawl.core.documents import Document
from newscrawl.core.markup import hrefs_in, html_of
from newscrawl.core.place import Place, Resource
from newscrawl.core.projections import author_of, image_of, media_of, term_of
from newscrawl.core.roots import ApiRoot
from newscrawl.core.values import mapping, string
from newscrawl.items import Author, Name, Post, Term

ELEMENT = 'link[rel="alternate"][type="application/json"]'
HEADER = re.compile(
    r'<([^<>]*)>(?=[^<]*\brel="?alternate\b)(?=[^<]*\btype="?application/json(?![+\w]))'
)
RESOURCE = re.compile(
    r"(https?://[^?#]*/|https?://[^?#]*\?rest_route=/)(wp/v2/[\w-]+)/(\d{1,18})/?"
)
POSTS = "wp/v2/posts"
IDS = ("categories", "tags")
EMBEDDED = {
    "_embed": "author,wp:featuredmedia,wp:term",
    "_fields": ",".join([*POST_FIELDS, *IDS, "_links", "_embedded"]),
}


class Counterpart(NamedTuple):
    """Where a resource is: its API root, the route of its collection, its id."""

    root: ApiRoot
    route: str
    id: int


def counterpart_of(document: Document) -> Counterpart | None:
    """Return the resource that a page names as its other form, None where it names none."""
    elements = hrefs_in(LexborHTMLParser(html_of(document)), ELEMENT, document.url)
    hrefs = [*HEADER.findall(document.headers.get("link", "")), *elements]
    found = next(filter(None, map(RESOURCE.fullmatch, hrefs)), None)
    return Counterpart(ApiRoot(found[1]), found[2], int(found[3])) if found else None


def completed(page: Post, resource: Resource, place: Place) -> Post:
    """Return the post of a resource; what that does not tell is as its page tells it.

    A time that has no other in UTC is not taken: nobody has told the zone of the site.
    """
    post = post_of(resource, place)
    embedded = mapping(resource.get("_embedded"))
    media = [media_of(medium, place) for medium in _found(embedded.get("wp:featuredmedia"))]
    authors = [author_of(author, place) for author in _found(embedded.get("author"))]
    names, is_whole = _terms(resource, place)
    return replace(
        post,
        published=post.published if resource.get("date_gmt") else page.published,
        modified=post.modified if resource.get("modified_gmt") else page.modified,
        authors=[_name(author) for author in authors] or page.authors,
        categories=names.pop("category", []),
        tags=names.pop("post_tag", []),
        terms=names if is_whole else page.terms | names,
        excerpt=post.excerpt or page.excerpt,
        image=next(map(image_of, media), None),
    )


def _terms(resource: Resource, place: Place) -> tuple[dict[str, list[Name]], bool]:
    """Return the terms of a post by taxonomy, and whether those of each are told.

    A post without any embeds none (``WP_REST_Server::embed_links()``).
    """
    links = mapping(resource.get("_links")).get("wp:term")
    told = mapping(resource.get("_embedded")).get("wp:term")
    if told is None and isinstance(links, list) and not any(map(resource.get, IDS)):
        told = [[] for _ in links]
    if not isinstance(links, list) or not isinstance(told, list) or len(links) != len(told):
        return {}, False
    found = [list(_found(terms)) for terms in told]
    taxonomies = [string(mapping(link).get("taxonomy")) for link in links]
    names = {
        taxonomy: [_name(term_of(term, place)) for term in terms]
        for taxonomy, terms in zip(taxonomies, found, strict=True)
        if taxonomy
    }
    return names, found == told and all(taxonomies)


def _found(embedded: object) -> Iterator[dict[str, Any]]:
    """Yield the resources that are embedded under a link; an error has no id."""
    for entry in embedded if isinstance(embedded, list) else []:
        if isinstance(entry, dict) and isinstance(entry.get("id"), int):
            yield entry


def _name(item: Author | Term) -> Name:
    return Name(id=item.id, name=item.name, slug=item.slug, url=item.url)
