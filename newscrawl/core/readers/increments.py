"""Collections that a store knows: what is new is read, and what is gone is told.

Each is read newest first, where it has dates, until what was met and what is known make the site's
own total. Where they do not, it is read whole, and what is known and was not met is gone.
"""

from collections.abc import Iterator

from newscrawl.core.documents import Document
from newscrawl.core.gathering import Gathering, Way
from newscrawl.core.kinds import TERM
from newscrawl.core.memory import Family
from newscrawl.core.site import Site


def remember(site: Site, gathering: Gathering) -> None:
    """Let a gathering know what a store has of its collection."""
    if site.memory:
        gathering.known = site.memory.resources(site.home, _family(site, gathering))


def is_caught_up(gathering: Gathering, total: int | None) -> bool:
    """Return whether what is known and what was met are as many as the site counts."""
    return bool(gathering.known) and total == len(gathering.known | gathering.seen)


def catch_up(site: Site, gathering: Gathering, document: Document) -> None:
    """End the reading of a collection; posts that are read anew ask for theirs by themselves."""
    unread = gathering.known - gathering.seen
    account = site.account(gathering.route)
    account.told = document.total
    account.found += len(unread)
    account.unchanged += len(unread)
    gathering.way = Way.BATCHES
    for name in names_of(gathering):
        site.batches.head_read(name)


def strike(site: Site, gathering: Gathering) -> None:
    """Tell a store what a collection has no more, if the site counts just what was met."""
    gone = gathering.known - gathering.seen
    if site.memory and gone and gathering.seen and gathering.total == len(gathering.seen):
        site.account(gathering.route).deleted += len(gone)
        site.memory.forget(site.home, _family(site, gathering), gone)


def names_of(gathering: Gathering) -> Iterator[str]:
    """Yield by which names its members are wanted: by their own ids, and by their owners'."""
    yield gathering.route
    if gathering.collection:
        yield gathering.collection


def _family(site: Site, gathering: Gathering) -> Family:
    if gathering.kind is not TERM:
        return Family(gathering.kind.name)
    taxonomies = (site.taxonomies or {}).items()
    return Family(TERM.name, next(slug for slug, route in taxonomies if route == gathering.route))
