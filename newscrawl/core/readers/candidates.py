"""The addresses that may be that of a site's API, asked one after the other for its index."""

from collections.abc import Iterator
from itertools import islice

from newscrawl.core.discovery import Candidate, candidates
from newscrawl.core.documents import Document
from newscrawl.core.hosted import root_of
from newscrawl.core.links import Link
from newscrawl.core.readers.sisters import abandon, own_candidates
from newscrawl.core.site import Site

INDEX = "index"
INDEX_FIELDS = "name,description,url,home,gmt_offset,timezone_string,namespaces"
MOST_CANDIDATES = 9


def ask_any(site: Site, document: Document) -> Iterator[Link]:
    """Yield the first of the candidates that a page shows, as far as they may be the site's.

    Where the API was closed at the last crawl the likeliest alone is tried again.
    """
    most = 1 if site.entrance else MOST_CANDIDATES
    found = list(ask_next(islice(own_candidates(site, candidates(document)), most)))
    if not found:
        abandon(site)
    yield from found


def ask_next(waiting: Iterator[Candidate]) -> Iterator[Link]:
    """Yield the link to the next candidate, if there is one; it remembers the others."""
    candidate = next(waiting, None)
    if candidate:
        yield index_link(candidate, waiting)


def index_link(candidate: Candidate, waiting: Iterator[Candidate] | None) -> Link:
    """Return the link to what may be the index, and the others that may be; None: one was."""
    root = root_of(candidate.url)
    query = {"_fields": f"{INDEX_FIELDS},_links"}
    return Link(INDEX, root.address("", query), purpose=(candidate, waiting))
