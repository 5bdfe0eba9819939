"""The crawl of one site: which reader a document goes to, and what follows from all of them.

`read` and `fail` are all that a spider needs: each link that they yield is answered by one of
them, sooner or later, and the site is done when nothing is left to ask.
"""

import re
from collections.abc import Iterator, Sequence

from newscrawl.core.challenges import refusal_of
from newscrawl.core.documents import (
    SERVER_ERROR,
    BadArgument,
    Damaged,
    Document,
    UnreadableDocument,
)
from newscrawl.core.links import Link
from newscrawl.core.readers import entry, sisters, steps
from newscrawl.core.readers.directory import READERS
from newscrawl.core.readers.edges import settle_edges
from newscrawl.core.readers.gather import gather
from newscrawl.core.readers.portrait import site_of
from newscrawl.core.readers.striking import settle_vanished
from newscrawl.core.site import Site
from newscrawl.items import Item

MOST_ATTEMPTS = 2  # at a document that came broken, beside the first
MOST_FAILURES = 30  # in a row
NO_ANSWER = re.compile(r"^\w+Error:")  # the name of what the network did
MOST_HELD = 1000  # posts that wait for what they carry before the walk waits for it, too


def start(site: Site) -> Link:
    """Return the first link of a site's crawl."""
    site.outstanding += 1
    return entry.entry_link(site)


def read(site: Site, document: Document, link: Link) -> Iterator[Item | Link]:
    """Yield the items that a document completes and the links that are to be followed."""
    reader, _ = READERS[link.rel]
    if refusal := refusal_of(document):
        site.ledger.block(document.url, document.status, refusal)
        return fail(site, link, UnreadableDocument(document.url, refusal, document.status))
    try:
        found = list(reader(site, document, link))
    except Damaged as error:
        return _again(site, link, error)
    except UnreadableDocument as error:
        return fail(site, link, error)
    except BadArgument as error:
        site.bad_argument = str(error)
        found = []
    site.ledger.damage.update(document.damage)
    site.failures = 0
    return _followed(site, found)


def follow(site: Site) -> Site | None:
    """Return the site to begin when one is done: what it is in another language; None if none."""
    return sisters.next_sister(site) if site.done else None


def _again(site: Site, link: Link, error: Damaged) -> Iterator[Item | Link]:
    """Yield the link of a broken document once more: the next one may be whole."""
    if link.attempt >= MOST_ATTEMPTS or site.ledger.blocked:
        return fail(site, link, error)
    _note_failure(site, error)
    site.ledger.damage[f"{error.reason}, asked for again"] += 1
    return _followed(site, [link.again()])


def fail(site: Site, link: Link, error: UnreadableDocument) -> Iterator[Item | Link]:
    """Yield what follows when a link's document could not be had."""
    _, fallback = READERS[link.rel]
    _note_failure(site, error)
    return _followed(site, list(fallback(site, link, error)))


def _note_failure(site: Site, error: UnreadableDocument) -> None:
    """Give a site up of which document after document breaks; what it refuses is an answer."""
    broken = (error.status or 0) >= SERVER_ERROR or isinstance(error, Damaged)
    if broken or (error.status is None and NO_ANSWER.match(error.reason)):
        site.failures += 1
    if site.failures > MOST_FAILURES:
        reason = f"{site.failures} documents in a row could not be read: {error.reason}"
        site.ledger.block(error.url, error.status, reason)


def _followed(site: Site, found: Sequence[Item | Link]) -> Iterator[Item | Link]:
    """Return what was found with the batches that are now due; end the crawl when that is all.

    The count of outstanding links is settled before the first of them leaves.
    """
    links = [result for result in found if isinstance(result, Link)]
    site.outstanding += len(links) - 1
    due = list(gather(site))
    site.outstanding += len(due)
    site.done = not site.outstanding
    ending = _ending(site) if site.done and site.home else ()
    return iter([*due, *_paced(site, found), *ending])


def _paced(site: Site, found: Sequence[Item | Link]) -> Iterator[Item | Link]:
    """Yield what was found; the walk's next documents wait while too many posts do."""
    for result in found:
        if isinstance(result, Link) and result.rel == steps.POSTS and site.join.held > MOST_HELD:
            site.parked.append(result)
        else:
            yield result
    if site.join.held <= MOST_HELD or site.outstanding == len(site.parked):
        yield from site.parked
        site.parked.clear()


def _ending(site: Site) -> Iterator[Item]:
    """Yield what is known only when all has been read, and settle the accounts."""
    yield from settle_edges(site)
    yield from settle_vanished(site)
    site.ledger.settle()
    if "site" in site.plan.kinds:
        yield site_of(site)
