"""The documents of a walk: its posts, window by window, from the newest to the oldest."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from newscrawl.core.bylines import SCHEMA_FIELD, authors_of_schema
from newscrawl.core.documents import BadArgument, Document, UnreadableDocument
from newscrawl.core.indexes import namespaces
from newscrawl.core.linkmap import LinkMap
from newscrawl.core.links import Link
from newscrawl.core.memory import TRACED
from newscrawl.core.normalize import furniture_of
from newscrawl.core.plan import Plan
from newscrawl.core.reach import PostType
from newscrawl.core.readers.closing import proceed
from newscrawl.core.readers.collections import begin_collections
from newscrawl.core.readers.editing import begin_editing
from newscrawl.core.readers.posts import check_authors, check_language, take
from newscrawl.core.readers.refusals import AGAIN
from newscrawl.core.readers.steps import oldest_link, posts_link, rows_of, size_of, sweep_link
from newscrawl.core.readers.surveys import first_index_link, trace_link
from newscrawl.core.site import Site
from newscrawl.core.sizes import asked
from newscrawl.core.stages import Stage
from newscrawl.core.times import local_span
from newscrawl.core.values import rendered
from newscrawl.core.walk import Walk
from newscrawl.core.windows import Part, Window, advance, partition
from newscrawl.items import Item

WORTH_PARTING = 3  # documents: below that, finding the oldest post costs more than it saves
SCHEMA_NAMESPACE = "yoast/v1"
EXTRA: Mapping[str, Callable[[Plan], bool]] = {  # fields, and the plans that ask for them
    "excerpt": lambda plan: plan.excerpts,
    "_links": lambda plan: plan.reads_links,
}
TAXONOMY_OF = {"categories": "category", "tags": "post_tag"}


def begin(site: Site, types: Sequence[PostType]) -> Iterator[Link]:
    """Yield the first link of the walk of each post type."""
    for type_ in (site.types or {}).values():
        site.walks[type_.route] = _walk_of(
            site, type_, _first_stage(site, type_) if type_ in types else Stage.CLOSED
        )
    yield from begin_collections(site)
    yield from begin_editing(site)
    for type_ in types:
        _check(site, type_)
        walk = site.walks[type_.route]
        site.ledger.walked.add(walk.name)
        site.ledger.collection(walk.name).to_write = "post" in site.plan.kinds
        if walk.stage is Stage.TRACING:
            yield trace_link(site, walk)
        else:
            yield posts_link(site, walk, walk.span)


def read_posts(site: Site, document: Document, link: Link) -> Iterator[Item | Link]:
    """Yield the posts that are complete, and the link to the window behind this one."""
    walk, window = link.purpose
    size = asked(link.href)
    resources = document.resources()
    site.sizes.bear(walk.route, size)
    if not walk.documents:
        check_language(site, resources)
        check_authors(site, walk, resources)
        _learn_furniture(site, resources)
    _count(site, link, document, resources)
    if walk.documents == 1:
        yield from first_index_link(site, walk)
    rows = rows_of(resources)
    _weigh_schema(walk, resources)
    stale = walk.is_stale(window, rows, walk.knows)
    yield from take(site, walk, document, resources)
    following = advance(window, rows, document.total, document.page_size(size))
    if stale and walk.stage is not Stage.HEAD:  # the newest end holds what is known, too
        walk.broken += 1
        site.ledger.refuse(document.url, document.status, AGAIN)
    elif following and walk.documents == 1 and site.elsewhere(walk.route) >= {r.id for r in rows}:
        walk.stage = Stage.SWEEPING  # of posts that are read already the ids will do
        yield sweep_link(site, walk, walk.span)
    elif following and not stale and not walk.sated:
        yield _next(site, walk, following.resized(size, size_of(site, walk)))
    yield from proceed(site, walk)


def read_oldest(site: Site, document: Document, link: Link) -> Iterator[Item | Link]:
    """Yield the link to each part of a window: they are walked side by side."""
    walk, window = link.purpose
    rows = rows_of(document.resources())
    walk.open -= 1
    oldest = rows[0].date if rows else None
    parts = partition(window, oldest, site.plan.side_by_side) if oldest else [window]
    for part in parts:
        yield posts_link(site, walk, part)


def fail_oldest(site: Site, link: Link, _error: UnreadableDocument) -> Iterator[Link]:
    """Walk the window in one part."""
    walk, window = link.purpose
    walk.open -= 1
    yield posts_link(site, walk, window)


def _first_stage(site: Site, type_: PostType) -> Stage:
    """Return how a walk begins: where posts are known, with what a light listing tells of them."""
    knows = site.known and site.known.posts.get(type_.slug)
    return Stage.TRACING if knows and site.plan.traces else Stage.WALKING


def _check(site: Site, type_: PostType) -> None:
    for argument, slug in TAXONOMY_OF.items():
        if argument in site.narrowed and slug not in type_.taxonomies:
            raise BadArgument(f"{argument}: posts of type {type_.slug!r} have none")


def _walk_of(site: Site, type_: PostType, stage: Stage) -> Walk:
    taxonomies = site.taxonomies or {}
    schema = [SCHEMA_FIELD] if SCHEMA_NAMESPACE in namespaces(site.index) else []
    used = [(slug, taxonomies[slug]) for slug in type_.taxonomies if slug in taxonomies]
    after, before = local_span(site.plan.after, site.plan.before, site.zone)
    return Walk(
        route=type_.route,
        map=LinkMap.of(site.root, used),
        span=Window(after, before),
        narrowed=dict(site.narrowed),
        extra=(*(name for name, asked in EXTRA.items() if asked(site.plan)), *schema),
        raw=site.plan.raw,
        limit=site.plan.limit,
        type=type_.slug,
        traced=(*TRACED, *(route.rpartition("/")[2] for _, route in used)),
        stage=stage,
    )


def _learn_furniture(site: Site, resources: Sequence[Mapping[str, Any]]) -> None:
    if site.plan.learns_furniture and not site.furniture:
        contents = (rendered(resource.get("content")) for resource in resources)
        site.furniture |= furniture_of(contents, site.home)


def _weigh_schema(walk: Walk, resources: Sequence[Mapping[str, Any]]) -> None:
    """Ask no more for Yoast's schema where it tells nobody beside the post's own author.

    It is by far the heaviest field of a post.
    """
    if SCHEMA_FIELD in walk.extra and not any(len(authors_of_schema(r)) > 1 for r in resources):
        walk.extra = tuple(name for name in walk.extra if name != SCHEMA_FIELD)


def _count(
    site: Site, link: Link, document: Document, resources: Sequence[Mapping[str, Any]]
) -> None:
    """Enter a document in the books: the span's total, and the rows that it held back."""
    walk, window = link.purpose
    walk.open -= 1
    walk.documents += 1
    walk.broken += bool(document.nameless)
    site.ledger.collection(walk.name).read = True
    site.note_access(walk.route, None)
    if document.total is None:
        return
    if window == walk.span:
        walk.total = document.total
        site.ledger.collection(walk.name).expected = document.total
    walk.shortfall += max(
        0, document.promised(asked(link.href), window.page) - len(resources) - document.nameless
    )


def _next(site: Site, walk: Walk, part: Part) -> Link:
    worth = (walk.total or 0) > WORTH_PARTING * site.sizes.of(walk.route)
    parted = walk.documents > 1 or site.plan.side_by_side < 2 or walk.limit is not None
    if isinstance(part, Window) and worth and not parted:
        return oldest_link(site, walk, part)
    return posts_link(site, walk, part)
