"""Posts that a walk had lost are asked for by their ids; what cannot be had is named."""

from collections.abc import Iterator

from newscrawl.core.documents import Document, UnreadableDocument
from newscrawl.core.links import Link
from newscrawl.core.readers.closing import fail_walk, proceed
from newscrawl.core.readers.posts import take
from newscrawl.core.readers.rows import MOST_BROKEN
from newscrawl.core.readers.steps import MEND, confirm_link, mend_links
from newscrawl.core.site import Site
from newscrawl.core.sizes import asked, is_too_large
from newscrawl.items import Item

MOST_REFUSED = 20  # documents of posts by id, before all the others are taken for refused


def read_mend(site: Site, document: Document, link: Link) -> Iterator[Item | Link]:
    """Yield the posts that the walk had lost; what is not returned is gone from the site."""
    walk, (ids, others) = link.purpose
    resources = document.resources()
    walk.open -= 1
    walk.documents += 1
    yield from take(site, walk, document, resources)
    absent = set(ids) - {resource["id"] for resource in resources}
    if len(absent) < len(ids):  # a site may cap what is asked for by id, too
        others = (*absent, *others)
    elif absent:
        yield confirm_link(site, walk, absent)
    yield from mend_links(site, walk, others)
    yield from proceed(site, walk)


def read_confirm(site: Site, document: Document, link: Link) -> Iterator[Link]:
    """Note the posts that a site still lists, and did not return: they are missing, not gone."""
    walk, ids = link.purpose
    walk.open -= 1
    listed = {row["id"] for row in document.resources()} & ids
    walk.unreturned |= listed
    if listed and listed < ids:
        yield confirm_link(site, walk, ids - listed)
    else:
        walk.gone |= ids - listed
    yield from proceed(site, walk)


def fail_mend(site: Site, link: Link, error: UnreadableDocument) -> Iterator[Link]:
    """Ask for half of what failed; name the post that could not be had, and go on behind it.

    A site that refuses one document of posts after another refuses the others, too.
    """
    walk, (ids, others) = link.purpose
    if is_too_large(error) and len(ids) > 1:
        site.sizes.shrink(walk.route, asked(link.href))
    site.singles[MEND] += not is_too_large(error)
    if site.singles[MEND] > MOST_REFUSED or len(walk.unread) >= MOST_BROKEN:
        ids, others = (*ids, *others), ()
    elif len(ids) > 1:
        walk.open -= 1
        yield from mend_links(site, walk, (*ids, *others), len(ids) // 2)
        return
    walk.unread |= dict.fromkeys(ids, error.reason)
    yield from mend_links(site, walk, others)
    yield from fail_walk(site, link, error)
