"""The resource that the page of a post names: where it is open it tells more than the page."""

from collections.abc import Iterator
from dataclasses import replace

from newscrawl.core.counterparts import EMBEDDED, POSTS, completed, counterpart_of
from newscrawl.core.documents import Document, UnreadableDocument
from newscrawl.core.fence import objection, web_address
from newscrawl.core.links import Link
from newscrawl.core.place import Resource
from newscrawl.core.readers.arrivals import kept
from newscrawl.core.readers.locating import here
from newscrawl.core.roots import ApiRoot
from newscrawl.core.site import Site
from newscrawl.core.stand_ins import is_like
from newscrawl.core.values import identifier, mapping, rendered, string
from newscrawl.core.webpage import IN_PARTS
from newscrawl.items import Item, Post

COUNTERPART = "counterpart of a page"
MOST_REFUSED = 2  # in a row: the site shows its resources to nobody
ANOTHER = "not the resource that the page of the post names"
BEFORE_OTHERS = 1  # urgency: the answer says whether other pages' are asked for


def counterpart_link(site: Site, document: Document, post: Post) -> Link | None:
    """Return the link to the resource of a post's page, None where it is not to be asked for.

    What stands before a page, or before the whole API, is not gone around.
    """
    is_closed = site.shuns_guests or post.content_refused not in {None, IN_PARTS}
    if is_closed or site.singles[COUNTERPART] == MOST_REFUSED:
        return None
    named = counterpart_of(document)
    if not named or named.route != POSTS or objection(named.root.url, [document.url, site.home]):
        return None
    if post.id not in {None, named.id}:
        return None
    root = ApiRoot(here(site, named.root.url))
    href = root.address(f"{POSTS}/{named.id}", EMBEDDED)
    return Link(COUNTERPART, href, purpose=(post, root, named.id), urgency=BEFORE_OTHERS)


def read_counterpart(site: Site, document: Document, link: Link) -> Iterator[Item]:
    """Yield the post of a resource; one of another post, or without a content, is passed over."""
    page, root, id_ = link.purpose
    resource = document.mapping()
    content = mapping(resource.get("content"))
    is_posts = identifier(resource.get("id")) == id_ and _is_at(page, resource)
    if not is_posts or content.get("protected") or not rendered(content):
        raise UnreadableDocument(document.url, ANOTHER, document.status)
    site.singles[COUNTERPART] = 0
    place = replace(site.place(POSTS, document), root=root)
    yield kept(site, completed(page, {**resource, "id": id_}, place), resource)


def _is_at(page: Post, resource: Resource) -> bool:
    """Return whether a resource says that it is the one of a page; plain ones may tell no link."""
    told = web_address(string(resource.get("link")) or "")
    return told is None or is_like(page.source_url, told) or is_like(page.url or "", told)


def fail_counterpart(site: Site, link: Link, error: UnreadableDocument) -> Iterator[Item]:
    """Yield the post as its page tells it; of a site that refuses, no other is asked for."""
    if not site.singles[COUNTERPART]:
        site.ledger.refuse(error.url, error.status, error.reason)
    site.singles[COUNTERPART] = min(site.singles[COUNTERPART] + 1, MOST_REFUSED)
    yield link.purpose[0]
