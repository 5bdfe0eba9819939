"""The crawl of one site: which reader a document goes to, and what follows from all of them.

`read` and `fail` are all that a spider needs: each link that they yield is answered by one of
them, sooner or later, and the site is done when nothing is left to ask.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence

from newscrawl.core.challenges import refusal_of
from newscrawl.core.documents import (
    SERVER_ERROR,
    BadArgument,
    Damaged,
    Document,
    UnreadableDocument,
)
from newscrawl.core.links import Link
from newscrawl.core.readers import (
    archives,
    branches,
    bylines,
    candidates,
    catalog,
    closing,
    collections,
    counterparts,
    editing,
    entry,
    excerpts,
    feeds,
    listed,
    members,
    mending,
    narrowing,
    probing,
    rendered,
    resources,
    rows,
    sisters,
    sitemaps,
    standing,
    stepping,
    steps,
    striking,
    surveys,
    sweeping,
    walk,
    webpages,
    withheld,
)
from newscrawl.core.readers.edges import settle_edges
from newscrawl.core.readers.gather import gather
from newscrawl.core.readers.portrait import site_of
from newscrawl.core.readers.striking import settle_vanished
from newscrawl.core.site import Site
from newscrawl.items import Item

Reader = Callable[[Site, Document, Link], Iterator[Item | Link]]
Fallback = Callable[[Site, Link, UnreadableDocument], Iterator[Item | Link]]

READERS: Mapping[str, tuple[Reader, Fallback]] = {
    entry.ENTRY: (entry.read_entry, entry.fail_entry),
    candidates.INDEX: (entry.read_index, entry.fail_index),
    catalog.TYPES: (catalog.read_types, catalog.fail_catalog),
    catalog.TAXONOMIES: (catalog.read_taxonomies, catalog.fail_catalog),
    narrowing.LOOKUP: (narrowing.read_lookup, narrowing.fail_lookup),
    steps.POSTS: (walk.read_posts, closing.fail_posts),
    steps.OLDEST: (walk.read_oldest, walk.fail_oldest),
    steps.COUNT: (closing.read_count, closing.fail_walk),
    steps.SWEEP: (sweeping.read_sweep, sweeping.fail_sweep),
    surveys.NEWEST: (sitemaps.read_newest, sitemaps.fail_survey),
    surveys.FIRST_INDEX: (sitemaps.read_first_index, sitemaps.fail_first_index),
    surveys.SITEMAP_INDEX: (sitemaps.read_index, sitemaps.fail_survey),
    surveys.CORE_SITEMAP: (sitemaps.read_core_sitemap, sitemaps.fail_core_sitemap),
    surveys.SITEMAP: (sitemaps.read_sitemap, sitemaps.fail_sitemap),
    surveys.NAMED: (sitemaps.read_named, sitemaps.fail_survey),
    steps.CONFIRM: (mending.read_confirm, closing.fail_walk),
    steps.VANISHED: (striking.read_vanished, striking.fail_vanished),
    rows.ROW: (stepping.read_row, stepping.fail_row),
    steps.MEND: (mending.read_mend, mending.fail_mend),
    resources.RESOURCES: (resources.read_resources, resources.fail_resources),
    members.MEMBERS: (members.read_members, members.fail_members),
    collections.COLLECTION: (collections.read_collection, collections.fail_collection),
    bylines.BYLINE: (bylines.read_byline, bylines.fail_byline),
    withheld.WITHHELD: (withheld.read_withheld, withheld.fail_withheld),
    withheld.OEMBED: (withheld.read_oembed, withheld.fail_oembed),
    withheld.BYLINE_SHOWN: (withheld.read_byline_shown, withheld.fail_byline_shown),
    excerpts.EXCERPT: (excerpts.read_excerpt, excerpts.fail_excerpt),
    feeds.FEED: (feeds.read_feed, feeds.fail_feed),
    listed.LISTED: (listed.read_listed, listed.fail_listed),
    branches.ARCHIVES: (branches.read_archives, branches.fail_source),
    branches.SIGNPOST: (branches.read_signpost, branches.fail_source),
    branches.BRANCH: (branches.read_branch, branches.fail_branch),
    archives.ARCHIVE: (archives.read_archive, archives.fail_archive),
    webpages.WEBPAGE: (webpages.read_webpage, webpages.fail_webpage),
    standing.STANDS: (standing.read_standing, standing.fail_standing),
    webpages.RENDERED: (rendered.read_rendered, rendered.fail_rendered),
    counterparts.COUNTERPART: (counterparts.read_counterpart, counterparts.fail_counterpart),
    editing.ME: (editing.read_me, editing.fail_me),
    probing.SAMPLE: (probing.read_sample, probing.fail_sample),
    probing.PROBE: (probing.read_probe, probing.fail_probe),
    probing.MAP: (probing.read_map, probing.fail_map),
    probing.ITS_FEED: (probing.read_its_feed, probing.fail_its_feed),
}
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
