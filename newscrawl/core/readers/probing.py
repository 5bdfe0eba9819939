"""The questions of a probe: one light document a collection, as many as may be spent.

They are asked one after another, each when the one before is answered, so that the count of what
was asked is true when the next is about to leave.
"""

from collections.abc import Iterator
from dataclasses import replace

from newscrawl.core.batches import MOST_IDS
from newscrawl.core.discovery import FEEDS
from newscrawl.core.documents import Document, UnreadableDocument
from newscrawl.core.indexes import namespaces
from newscrawl.core.links import Link
from newscrawl.core.probe import (
    MOST_DOCUMENTS,
    SAMPLED,
    SPARE,
    Feed,
    Finding,
    Probe,
    Question,
    Sitemap,
    sample_of,
)
from newscrawl.core.readers.editing import has_password
from newscrawl.core.readers.locating import first_of_core, here, home_of, index_of
from newscrawl.core.readers.walk import SCHEMA_NAMESPACE
from newscrawl.core.relations import RELATIONS
from newscrawl.core.rss import feed_in, is_cut
from newscrawl.core.site import Site
from newscrawl.core.sitemaps import entries_in, sitemaps_in
from newscrawl.core.sizes import asks_too_much

PROBE, SAMPLE = "probe", "probe of the posts"
MAP, ITS_FEED = "probe of the sitemaps", "probe of the feed"
USERS, MEDIA, COMMENTS = (RELATIONS[rel].route for rel in ("author", "wp:featuredmedia", "replies"))
MAIN, REVISIONS = "post", "/revisions"
FIRST_TAXONOMIES = 2  # categories and tags


def new_probe() -> Probe:
    """Return a probe that asks for the sitemaps and the feed, whatever the API shows."""
    return Probe(waiting=[Question(MAP), Question(ITS_FEED)])


def begin_probe(site: Site, probe: Probe) -> None:
    """Let everything wait that is to be asked of a site whose catalog is known.

    What the main job reads comes first, other types and their taxonomies last.
    """
    types, routes = dict(site.types or {}), dict(site.taxonomies or {})
    main = types.pop(MAIN, None) or types.pop(next(iter(types)))
    own = [routes.pop(slug) for slug in main.taxonomies if slug in routes]
    first = [USERS, MEDIA, *own[:FIRST_TAXONOMIES], COMMENTS]
    last = [*own[FIRST_TAXONOMIES:], *(type_.route for type_ in types.values()), *routes.values()]
    probe.main, probe.own = main.route, own
    names = namespaces(site.index)
    probe.asks_alone = SCHEMA_NAMESPACE not in names
    probe.asks_beyond = not (site.language_root or site.root.lang)
    probe.waiting = [
        Question(SAMPLE, main.route, SAMPLED, MOST_IDS),
        *(Question(PROBE, route) for route in first),
        *probe.waiting,
        *(Question(PROBE, route) for route in last),
    ]


def probe_links(site: Site) -> Iterator[Link]:
    """Yield the link to the next that is to be asked, once nothing is left to be answered."""
    probe = site.probe
    if not probe or site.outstanding or not probe.waiting or not _may_ask(site, probe):
        return
    probe.way_in = probe.way_in or site.ledger.requests
    question = probe.waiting.pop(0)
    purpose = (probe, question)
    if question.rel in {MAP, ITS_FEED}:
        address = question.route or _address(site, question.rel)
        yield Link(question.rel, address, purpose=purpose)
        return
    query = {"per_page": str(question.rows), "_fields": question.fields}
    private = question.route.endswith(REVISIONS) and has_password(site)
    address = site.root.address(question.route, query)
    yield Link(question.rel, address, purpose=purpose, private=private)


def read_probe(_site: Site, document: Document, link: Link) -> Iterator[Link]:
    """Note how much a collection has."""
    probe, question = link.purpose
    document.resources()
    probe.found[question.route] = Finding(document.url, document.total, document.status)
    return iter(())


def fail_probe(site: Site, link: Link, error: UnreadableDocument) -> Iterator[Link]:
    """Note by what a collection is closed; one that the documents did not suffice for waits."""
    probe, question = link.purpose
    if error.status is None and site.ledger.requests >= MOST_DOCUMENTS - SPARE:
        probe.waiting.insert(0, question)
        return iter(())
    probe.found[question.route] = Finding(error.url, None, error.status, error.reason)
    return iter(())


def read_sample(site: Site, document: Document, link: Link) -> Iterator[Link]:
    """Note what the newest posts tell of all; the first of them is asked for its revisions."""
    probe, question = link.purpose
    posts = document.resources()
    if posts:
        probe.sample = sample_of(posts, document.page_size(question.rows))
        revisions = f"{question.route}/{posts[0]['id']}{REVISIONS}"
        probe.waiting.insert(0, Question(PROBE, revisions))
    return read_probe(site, document, link)


def fail_sample(site: Site, link: Link, error: UnreadableDocument) -> Iterator[Link]:
    """Ask for fewer posts where a hundred are too many."""
    probe, question = link.purpose
    if not asks_too_much(error, link.href):
        return fail_probe(site, link, error)
    probe.waiting.insert(0, replace(question, rows=max(1, question.rows // 10)))
    return iter(())


def read_map(site: Site, document: Document, link: Link) -> Iterator[Link]:
    """Note what a sitemap tells; an index without dates leads to a sitemap of the posts."""
    probe, _ = link.purpose
    is_index, times = entries_in(document)
    dated = bool(times) and all(times.values())
    probe.sitemaps.append(Sitemap(document.url, is_index, len(times), dated))
    if is_index and not dated:
        first = next(iter(sitemaps_in(document, MAIN)))
        probe.waiting.insert(0, Question(MAP, here(site, first)))
    return iter(())


def read_its_feed(_site: Site, document: Document, link: Link) -> Iterator[Link]:
    """Note how many posts the feed shows at a time."""
    probe, _ = link.purpose
    entries = feed_in(document).entries
    probe.feed = Feed(document.url, len(entries), sum(map(is_cut, entries)))
    return iter(())


def fail_map(site: Site, link: Link, _error: UnreadableDocument) -> Iterator[Link]:
    """Look for the index where there is no sitemap of core's; without one a site is no worse."""
    probe, question = link.purpose
    if not question.route:
        probe.waiting.insert(0, Question(MAP, index_of(site)))
    return iter(())


def fail_its_feed(_site: Site, _link: Link, _error: UnreadableDocument) -> Iterator[Link]:
    """Go on: a site without a feed is no worse."""
    return iter(())


def _address(site: Site, rel: str) -> str:
    """Return where the feed is, or core's first sitemap of the posts, or another's index."""
    if rel == ITS_FEED:
        return next(iter(site.feeds), f"{here(site, home_of(site))}/{FEEDS[0]}")
    return first_of_core(site, MAIN) or index_of(site)


def _may_ask(site: Site, probe: Probe) -> bool:
    """Return whether a site that has answered at all may be asked for one document more."""
    has_answered = bool(probe.took) and not site.ledger.blocked
    return has_answered and site.ledger.requests < MOST_DOCUMENTS - SPARE
