"""A survey of a site's posts: those modified last, then its sitemaps, then what these leave open.

The posts modified since the last crawl are listed first: they show whether a cache holds the
sitemaps. What sitemaps do not show and is known (a password, a plugin's `noindex`) is asked for by
its id, what is at an address that nobody knows by its slug.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from newscrawl.core.documents import Document, UnreadableDocument
from newscrawl.core.links import Link
from newscrawl.core.readers.locating import here
from newscrawl.core.readers.surveys import (
    first_sitemap,
    give_up,
    index_link,
    is_far,
    known_of,
    newest_link,
    sitemap_link,
)
from newscrawl.core.readers.tracing import compare
from newscrawl.core.readers.weighing import MANY, ask, weigh
from newscrawl.core.site import Site
from newscrawl.core.sitemaps import (
    key_of,
    modified_in,
    sitemap_of_core,
    sitemaps_in,
)
from newscrawl.core.sizes import asked
from newscrawl.core.survey import Survey
from newscrawl.core.times import utc
from newscrawl.core.values import address
from newscrawl.core.walk import Walk

MOST_NEWEST = 10  # documents of posts that were modified last
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


def read_first_index(site: Site, document: Document, link: Link) -> Iterator[Link]:
    """Note when the sitemaps of a type were modified."""
    site.dated[link.purpose] = sitemaps_in(document, link.purpose)
    return iter(())


def fail_first_index(_site: Site, _link: Link, _error: UnreadableDocument) -> Iterator[Link]:
    """Do without: the next crawl reads each sitemap."""
    return iter(())


def read_index(site: Site, document: Document, link: Link) -> Iterator[Link]:
    """Go to the first sitemap of the walk's type that was modified since all was read."""
    walk, survey = link.purpose
    known = site.known.sitemaps.get(walk.type, {}) if site.known else {}
    dated = site.dated[walk.type] = sitemaps_in(document, walk.type)
    same = {url for url, time in dated.items() if time and known.get(url) == time}
    survey.spared = [here(site, url) for url in dated if url in same]
    survey.waiting = [here(site, url) for url in dated if url not in same]
    survey.newest = max(dated.values())
    walk.open -= 1
    yield from _go_on(site, walk, survey)


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
    yield from ask(site, walk, survey)


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
    yield from weigh(site, walk, survey)


def _go_on(site: Site, walk: Walk, survey: Survey) -> Iterator[Link]:
    if survey.waiting:
        yield sitemap_link(walk, survey)
    else:
        yield from weigh(site, walk, survey)


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
