"""Before posts are taken for gone: a page that is there is asked for.

A site may answer as if nothing were there. Where it does so for a page that is, nothing is deleted.
"""

from collections.abc import Iterator

from newscrawl.core.documents import Document, UnreadableDocument
from newscrawl.core.links import Link
from newscrawl.core.readers.locating import here
from newscrawl.core.site import Site
from newscrawl.items import Item

CONTROL = "page that is there"
UNSURE = "nothing is sure to be gone: {url}, which is there, cannot be read either ({reason})"


def control_link(site: Site) -> Link:
    """Return the link to the page of a known post that was met, else to the site's home."""
    posts, met = (site.register.posts, site.register.met) if site.register else ({}, set())
    known = (post.url for post in posts.values() if post.key in met)
    return Link(CONTROL, here(site, next(known, f"{site.home}/")))


def read_control(site: Site, document: Document, _link: Link) -> Iterator[Item | Link]:
    """Strike the posts that may be gone."""
    document.raise_for_status()
    for post, reason in site.vanished.suspected:
        site.vanished.strike(post, reason)
    site.vanished.suspected.clear()
    return iter(())


def fail_control(site: Site, link: Link, error: UnreadableDocument) -> Iterator[Item | Link]:
    """Leave the posts as they are, and say why nobody knows."""
    reason = UNSURE.format(url=link.href, reason=error.reason)
    site.ledger.refuse(error.url, error.status, reason)
    site.vanished.unsure += [(post, reason) for post, _ in site.vanished.suspected]
    site.vanished.suspected.clear()
    return iter(())
