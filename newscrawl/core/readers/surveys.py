"""The links of a survey, and how it ends: it adds up, or all posts are swept instead.

What sitemaps show is believed only where it comes, with what lists show, to the site's own total.
"""

from collections.abc import Iterator, Mapping

from newscrawl.core.documents import UnreadableDocument
from newscrawl.core.links import Link
from newscrawl.core.readers.closing import proceed
from newscrawl.core.readers.locating import first_of_core, index_of
from newscrawl.core.readers.steps import size_of, sweep_link
from newscrawl.core.readers.tracing import forget_same
from newscrawl.core.site import Site
from newscrawl.core.stages import Stage
from newscrawl.core.survey import Survey
from newscrawl.core.walk import Walk

NEWEST, NAMED, FIRST_INDEX = "newest", "named", "first sitemap index"
SITEMAP_INDEX, CORE_SITEMAP, SITEMAP = "sitemap index", "core sitemap", "sitemap"
MOST_DIFFERING = 10  # of a hundred known posts: to look for more of them costs what a sweep does
FEW = 100  # posts that one request asks for
SWEPT = "{reason}; all posts are listed instead"


def trace_link(site: Site, walk: Walk) -> Link:
    """Return the first link of the tracing of a walk: of a survey where that is cheaper."""
    if 0 < site.plan.sitemaps_from <= known_of(site, walk):
        return newest_link(site, walk, Survey(), 1)
    return sweep_link(site, walk, walk.span)


def first_index_link(site: Site, walk: Walk) -> Iterator[Link]:
    """Yield the link to when a large site's sitemaps were modified, for the next crawl."""
    if site.known and not site.plan.narrows and 0 < site.plan.sitemaps_from <= (walk.total or 0):
        yield Link(FIRST_INDEX, index_of(site), purpose=walk.type)


def newest_link(site: Site, walk: Walk, survey: Survey, page: int) -> Link:
    """Return the link to the posts that were modified last, and the total of all."""
    query = {
        "per_page": str(size_of(site, walk)),
        "ignore_sticky": "true",
        "orderby": "modified",
        "order": "desc",
        "page": str(page),
    }
    return _list_link(site, walk, NEWEST, query, (walk, survey, page))


def sitemap_link(walk: Walk, survey: Survey, rel: str = SITEMAP) -> Link:
    """Return the link to the next sitemap of those that wait."""
    walk.open += 1
    return Link(rel, survey.waiting.pop(0), purpose=(walk, survey))


def named_link(site: Site, walk: Walk, survey: Survey) -> Link:
    """Return the link to the next posts of those that are asked for by id, by slug or by date."""
    parameter, names = survey.asked.pop(0)
    query = {parameter: names, "per_page": str(size_of(site, walk)), "ignore_sticky": "true"}
    return _list_link(site, walk, NAMED, query, (walk, survey))


def first_sitemap(site: Site, walk: Walk, survey: Survey) -> Link:
    """Return the link to the first sitemap of core, which needs no index, or to another's index."""
    first = first_of_core(site, walk.type)
    if first is None:
        return index_link(site, walk, survey)
    survey.waiting = [first]
    return sitemap_link(walk, survey, CORE_SITEMAP)


def index_link(site: Site, walk: Walk, survey: Survey) -> Link:
    """Return the link to the index of the site's sitemaps."""
    walk.open += 1
    return Link(SITEMAP_INDEX, index_of(site), purpose=(walk, survey))


def known_of(site: Site, walk: Walk) -> int:
    """Return how many posts of a walk's type are known, those withheld among them."""
    return len(site.known.ids(walk.type)) if site.known else 0


def is_far(site: Site, walk: Walk, differing: int) -> bool:
    """Return whether so many posts differ that a sweep is as cheap."""
    return differing > max(FEW, known_of(site, walk) * MOST_DIFFERING // 100)


def conclude(site: Site, walk: Walk, survey: Survey) -> Iterator[Link]:
    """Take a survey that shows as many posts as the site counts for a sweep of all."""
    if len(survey.ids) != survey.total:
        reason = f"sitemaps and lists show {len(survey.ids)} of {survey.total} posts"
        yield from give_up(site, walk, UnreadableDocument(index_of(site), reason))
        return
    walk.swept, walk.listed, walk.sweep_total = set(survey.ids), set(survey.ids), survey.total
    yield from proceed(site, walk)


def give_up(site: Site, walk: Walk, error: UnreadableDocument) -> Iterator[Link]:
    """Forget a survey that came to nothing, and sweep all posts."""
    if site.sitemaps or error.status != 404:
        site.ledger.refuse(error.url, error.status, SWEPT.format(reason=error.reason))
    forget_same(site, walk)
    walk.stage = Stage.TRACING
    yield sweep_link(site, walk, walk.span)


def _list_link(site: Site, walk: Walk, rel: str, query: Mapping[str, str], purpose: object) -> Link:
    walk.open += 1
    fields = ",".join(dict.fromkeys(["id", "date", "link", "modified_gmt", *walk.traced]))
    return Link(rel, site.root.address(walk.route, {**query, "_fields": fields}), purpose=purpose)
