"""Which posts the plan asks for, where the site cannot be told."""

from newscrawl.core.ledger import POSTS
from newscrawl.core.site import Site
from newscrawl.core.times import moment
from newscrawl.items import Post

UNDATED = "nothing tells when it was published: it may be of those asked for, or not"


def asked_for(site: Site, post: Post) -> bool:
    """Return whether a post was published when the plan asks for; one without a time was not."""
    after, before = site.plan.after, site.plan.before
    if not post.published or not (after or before):
        return not (after or before)
    published = moment(post.published)
    return (not after or published >= after) and (not before or published < before)


def leave(site: Site, post: Post) -> None:
    """Name a post that is not surely asked for, as it has no time; of others nothing is told."""
    if not post.published:
        site.ledger.collection(POSTS).unreadable[post.url or post.source_url] = UNDATED


def is_sated(site: Site) -> bool:
    """Return whether as many posts were found as the plan asks for."""
    return site.ledger.collection(POSTS).found == site.plan.limit
