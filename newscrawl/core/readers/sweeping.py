"""The ids of a walk's posts, newest first or in pages: what is to be found, or is known."""

from collections.abc import Iterator

from newscrawl.core.documents import Document, UnreadableDocument
from newscrawl.core.links import Link
from newscrawl.core.readers.closing import fail_walk, proceed
from newscrawl.core.readers.rows import is_one_row, row_link
from newscrawl.core.readers.steps import rows_of, size_of, sweep_link
from newscrawl.core.readers.tracing import compare
from newscrawl.core.site import Site
from newscrawl.core.sizes import asked, asks_too_much
from newscrawl.core.stages import Stage
from newscrawl.core.windows import advance


def read_sweep(site: Site, document: Document, link: Link) -> Iterator[Link]:
    """Note the ids of a window and go on to the one behind it."""
    walk, window = link.purpose
    resources = document.resources()
    rows = rows_of(resources)
    site.sizes.bear(walk.route, asked(link.href))
    if walk.stage is Stage.TRACING:
        compare(site, walk, resources)
    stale = walk.is_stale(window, rows, walk.swept.__contains__)
    walk.open -= 1
    walk.broken += stale or bool(document.nameless)
    walk.outside |= site.elsewhere(walk.route) & {row.id for row in rows}
    walk.note_swept(window, [row.id for row in rows], document.total)
    following = advance(window, rows, document.total, document.page_size(asked(link.href)))
    if following and not stale:
        yield sweep_link(site, walk, following.resized(asked(link.href), size_of(site, walk)))
    yield from proceed(site, walk)


def fail_sweep(site: Site, link: Link, error: UnreadableDocument) -> Iterator[Link]:
    """Ask for fewer ids where a hundred are too many, and step over the one that breaks."""
    walk, window = link.purpose
    if asks_too_much(error, link.href):
        walk.open -= 1
        yield sweep_link(site, walk, site.sizes.smaller(walk.route, link.href, window))
    elif is_one_row(site, link, error):
        yield row_link(site, link, error)
    else:
        yield from fail_walk(site, link, error)
