"""The link to the id of a row that breaks whatever shows it."""

from w3lib.url import add_or_replace_parameter

from newscrawl.core.documents import UnreadableDocument
from newscrawl.core.links import Link
from newscrawl.core.site import Site
from newscrawl.core.sizes import asked, is_too_large

ROW, UNNAMED = "row", "unnamed row of "
MOST_BROKEN = 50  # rows of a collection that break, before it is taken to be broken itself


def is_one_row(site: Site, link: Link, error: UnreadableDocument) -> bool:
    """Return whether one row broke a document, of a collection that has borne others."""
    reading, _ = link.purpose
    alone = is_too_large(error) and asked(link.href) == 1
    return alone and site.singles[ROW + reading.route] < MOST_BROKEN


def row_link(site: Site, failed: Link, error: UnreadableDocument) -> Link:
    """Return the link to the id of the one row that a failed document was to show."""
    reading, _ = failed.purpose
    site.singles[ROW + reading.route] += 1
    href = add_or_replace_parameter(failed.href, "_fields", "id")
    return Link(ROW, href, purpose=(failed, error), urgency=failed.urgency, private=failed.private)
