"""What a light listing tells beside what is known: which posts to read again, and which are gone.

A post that was trashed, made private or deleted is asked for by itself; it is gone when WordPress
says so, and stays as it is when anything else answers.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from newscrawl.core.collection import PASSWORD
from newscrawl.core.documents import UnreadableDocument
from newscrawl.core.links import Link
from newscrawl.core.memory import trace_of
from newscrawl.core.readers.sisters import note_shown
from newscrawl.core.readers.steps import vanished_link
from newscrawl.core.site import Site
from newscrawl.core.vanished import DISPLACED, struck
from newscrawl.core.walk import Walk
from newscrawl.items import Item, Post

GONE = frozenset({(404, "rest_post_invalid_id"), (401, "rest_forbidden"), (403, "rest_forbidden")})
MOST_VANISHED = 1000  # posts that are asked for one by one; the others are the next crawl's
MANY_VANISHED = (
    "{count:,} {name} are known and listed no more: {most:,} of them are asked for, the others by "
    "the next crawl"
)


def compare(site: Site, walk: Walk, resources: Sequence[Mapping[str, Any]]) -> None:
    """Note which posts of a listing left the trace that is known of them."""
    known = site.known
    same = {
        row["id"]
        for row in resources
        if known and known.same(walk.type, row["id"], trace_of(row, walk.traced))
    }
    for row in resources:
        note_shown(site, walk.type, row.get("link"))
    note_same(site, walk, same)


def note_same(site: Site, walk: Walk, same: set[int]) -> None:
    """Note that posts are as they are known: they are not read again."""
    account = site.ledger.collection(walk.name)
    account.read = True
    account.found += len(same - walk.same)
    account.unchanged += len(same - walk.same)
    walk.same |= same
    site.note_access(walk.route, None)


def forget_same(site: Site, walk: Walk) -> None:
    """Take back that posts are as they are known: what told so was not whole."""
    walk.forget_sweep()
    account = site.ledger.collection(walk.name)
    account.found = account.unchanged = 0


def note_trace(site: Site, walk: Walk, post: Post, resource: Mapping[str, Any]) -> Iterator[Item]:
    """Let a store know what a post looks like in a listing; yield one that is withheld now."""
    if site.memory is None:
        return
    id_, trace = resource["id"], trace_of(resource, walk.traced)
    site.vanished.meet(post, id_)
    site.vanished.displaced += [(other, DISPLACED) for other in _others(site, walk, post)]
    if not post.protected:
        site.memory.trace(site.home, walk.type, id_, trace)
        return
    site.memory.withhold(site.home, walk.type, id_, trace)
    if known := site.memory.same(site.home, post):
        yield struck(known, PASSWORD)


def _others(site: Site, walk: Walk, post: Post) -> Iterable[Post]:
    """Return the known posts that had the id of a post that is not one of them."""
    is_known = site.known and post.id in site.known.posts.get(walk.type, {})
    return site.memory.others(site.home, post) if site.memory and is_known else ()


def vanished_links(site: Site, walk: Walk) -> Iterator[Link]:
    """Yield a link to each post that is known and was not met, if the site was read whole."""
    whole = not (site.plan.narrows or walk.broken or walk.gap)
    if site.known and whole:
        known = site.known.posts.get(walk.type, {}).keys()
        vanished = sorted(known - walk.known - walk.listed)
        if len(vanished) > MOST_VANISHED:
            told = MANY_VANISHED.format(count=len(vanished), name=walk.name, most=MOST_VANISHED)
            site.ledger.refuse(site.root.address(walk.route), None, told)
        for id_ in vanished[:MOST_VANISHED]:
            yield vanished_link(site, walk, id_)


def is_gone(error: UnreadableDocument) -> bool:
    """Return whether it is WordPress that says that a post is not there, or not for readers."""
    return error.status == 410 or (error.status, error.reason) in GONE


def stored(site: Site, walk: Walk, id_: int) -> Post | None:
    """Return a post of a walk as a store has it, None if it has none that stands."""
    return site.memory.post(site.home, walk.type, id_) if site.memory else None
