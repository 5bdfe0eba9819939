"""A survey of a site's posts: those modified last, then its sitemaps, then what these leave open.

The posts modified since the last crawl are listed first: they show whether a cache holds the
sitemaps. What sitemaps do not show and is known (a password, a plugin's `noindex`) is asked for by
its id, what is at an address that nobody knows by its slug.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from newscrawl.core.batches import parts_of
from newscrawl.core.documents import Document, UnreadableDocument
from newscrawl.core.links import Link
from newscrawl.core.readers.steps import size_of
from newscrawl.core.readers.surveys import (
    conclude,
    first_sitemap,
    give_up,
    here,
    index_link,
    index_of,
    is_far,
    known_of,
    named_link,
    newest_link,
    sitemap_link,
)
from newscrawl.core.readers.tracing import compare, note_same
from newscrawl.core.site import Site
from newscrawl.core.sitemaps import (
    Survey,
    key_of,
    modified_in,
    names_of,
    sitemap_of_core,
    sitemaps_in,
)
from newscrawl.core.sizes import asked
from newscrawl.core.times import utc
from newscrawl.core.values import address
from newscrawl.core.walk import Walk

MOST_NEWEST = 10  # documents of posts that were modified last
MOST_NAMES = 30  # of 200 bytes each, in one address
MANY = "more posts differ than sitemaps are good for"
STALE = "sitemaps that do not show yet what was modified last"
UNTOLD = "the site does not tell how many posts it has"


def read_newest(site: Site, document: Document, link: Link) -> Iterator[Link]:
    """List posts that were modified last, back to one that is as it was; then go to sitemaps."""
    walk, survey, page = link.purpose
    rows = document.resources()
    if document.total is None:
        raise UnreadableDocument(document.url, UNTOLD, document.status)
    survey.total = document.total
    if page > MOST_NEWEST or is_far(site, walk, abs(survey.total - known_of(site, walk))):
        raise UnreadableDocument(document.url, MANY, document.status)
    walk.open -= 1
    _note(site, walk, survey, rows)
    reached = page * document.page_size(asked(link.href)) >= survey.total
    if reached or (rows and rows[-1]["id"] in walk.same):
        yield first_sitemap(site, walk, survey)
    else:
        yield newest_link(site, walk, survey, page + 1)


def read_index(site: Site, document: Document, link: Link) -> Iterator[Link]:
    """Go to the first sitemap of the walk's type."""
    walk, survey = link.purpose
    survey.waiting = [here(site, url) for url in sitemaps_in(document, walk.type)]
    walk.open -= 1
    yield sitemap_link(walk, survey)


def read_core_sitemap(site: Site, document: Document, link: Link) -> Iterator[Link]:
    """Take in the first sitemap of core; what it holds tells how many more there are."""
    walk, survey = link.purpose
    survey.modified = modified_in(document)
    walk.open -= 1
    if sitemap_of_core(document.url, walk.type, 1) != document.url:  # led to a plugin's own
        yield index_link(site, walk, survey)
        return
    count = -(-survey.total // (len(survey.modified) or survey.total))
    survey.waiting = [
        sitemap_of_core(document.url, walk.type, number) for number in range(2, count + 1)
    ]
    yield from _go_on(site, walk, survey)


def read_sitemap(site: Site, document: Document, link: Link) -> Iterator[Link]:
    """Take in when the posts of a sitemap were modified; behind the last one see what is left."""
    walk, survey = link.purpose
    survey.modified |= modified_in(document)
    walk.open -= 1
    yield from _go_on(site, walk, survey)


def read_named(site: Site, document: Document, link: Link) -> Iterator[Link]:
    """Take in what a list shows of the posts that it was asked for."""
    walk, survey = link.purpose
    rows = document.resources()
    walk.open -= 1
    _note(site, walk, survey, rows)
    yield from _ask(site, walk, survey)


def fail_survey(site: Site, link: Link, error: UnreadableDocument) -> Iterator[Link]:
    """Sweep all posts: one document that cannot be had, and sitemaps tell nothing for sure."""
    walk = link.purpose[0]
    walk.open -= 1
    yield from give_up(site, walk, error)


def fail_core_sitemap(site: Site, link: Link, error: UnreadableDocument) -> Iterator[Link]:
    """Look into the index: a plugin brings sitemaps of its own."""
    walk, survey = link.purpose
    if error.status != 404:
        yield from fail_survey(site, link, error)
        return
    walk.open -= 1
    yield index_link(site, walk, survey)


def fail_sitemap(site: Site, link: Link, error: UnreadableDocument) -> Iterator[Link]:
    """Take a sitemap that is not there for the end of them; whether they add up is seen then."""
    walk, survey = link.purpose
    if error.status != 404 or not survey.modified:
        yield from fail_survey(site, link, error)
        return
    walk.open -= 1
    yield from _weigh(site, walk, survey)


def _go_on(site: Site, walk: Walk, survey: Survey) -> Iterator[Link]:
    if survey.waiting:
        yield sitemap_link(walk, survey)
    else:
        yield from _weigh(site, walk, survey)


def _note(site: Site, walk: Walk, survey: Survey, resources: Sequence[Mapping[str, Any]]) -> None:
    """Take in what a list shows of posts."""
    compare(site, walk, resources)
    known = site.known.ids(walk.type) if site.known else set()
    for row in resources:
        key = key_of(address(row.get("link")) or "")
        survey.ids.add(row["id"])
        survey.listed[key] = utc(row.get("modified_gmt"), row.get("modified"), site.zone) or ""
        if row["id"] not in known:
            survey.fresh.add(key)


def _weigh(site: Site, walk: Walk, survey: Survey) -> Iterator[Link]:
    """Compare the sitemaps with what is known; ask for what they leave open, if that is little."""
    assert site.memory and site.known  # noqa: S101, PT018 - nothing else is traced
    if survey.is_stale:
        yield from give_up(site, walk, UnreadableDocument(index_of(site), STALE))
        return
    same, others = survey.compare(site.memory.stamps(site.home, walk.type))
    note_same(site, walk, same)
    survey.tried.add(key_of(site.home))
    absent = sorted(site.known.ids(walk.type) - survey.ids)
    if is_far(site, walk, others + len(absent) + len(survey.unknown)):
        yield from give_up(site, walk, UnreadableDocument(index_of(site), MANY))
        return
    batches = parts_of(absent, size_of(site, walk))
    survey.asked = [("include", ",".join(map(str, ids))) for ids in batches]
    yield from _ask(site, walk, survey)


def _ask(site: Site, walk: Walk, survey: Survey) -> Iterator[Link]:
    """Ask lists for what is still open; addresses that lists have named meanwhile are not."""
    if not survey.asked:
        survey.asked = list(_names(survey.unknown))
        survey.tried.update(survey.unknown)
    if survey.asked:
        yield named_link(site, walk, survey)
    else:
        yield from conclude(site, walk, survey)


def _names(keys: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Yield the parameters of lists that hold the posts at these addresses."""
    wanted: dict[str, list[str]] = {}
    for parameter, name in names_of(keys):
        wanted.setdefault(parameter, []).append(name)
    for parameter, names in wanted.items():
        for start in range(0, len(names), MOST_NAMES):
            yield parameter, ",".join(names[start : start + MOST_NAMES])
