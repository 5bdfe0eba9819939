"""The questions of a probe: one light document a collection, as many as may be spent.

They are asked one after another, each when the one before is answered, so that the count of what
was asked is true when the next is about to leave.
"""

from collections.abc import Iterator
from dataclasses import replace

from newscrawl.core.batches import MOST_IDS
from newscrawl.core.documents import Document, UnreadableDocument
from newscrawl.core.indexes import namespaces
from newscrawl.core.links import Link
from newscrawl.core.probe import (
    MOST_DOCUMENTS,
    SAMPLED,
    SPARE,
    Finding,
    Probe,
    Question,
    sample_of,
)
from newscrawl.core.readers.editing import has_password
from newscrawl.core.readers.sounding import ITS_FEED, MAIN, MAP, address_of
from newscrawl.core.readers.walk import SCHEMA_NAMESPACE
from newscrawl.core.relations import RELATIONS
from newscrawl.core.site import Site
from newscrawl.core.sizes import asks_too_much

PROBE, SAMPLE = "probe", "probe of the posts"
USERS, MEDIA, COMMENTS = (RELATIONS[rel].route for rel in ("author", "wp:featuredmedia", "replies"))
REVISIONS = "/revisions"
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
        address = question.route or address_of(site, question.rel)
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


def _may_ask(site: Site, probe: Probe) -> bool:
    """Return whether a site that has answered at all may be asked for one document more."""
    has_answered = bool(probe.took) and not site.ledger.blocked
    return has_answered and site.ledger.requests < MOST_DOCUMENTS - SPARE
