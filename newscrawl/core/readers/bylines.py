"""All authors of a post in their order, where Co-Authors Plus tells them by its own endpoint.

A post's field `coauthors` holds ids of terms, in the order of their names (WordPress primes its
cache of terms so); the real order and the guests' names are told post by post. Posts of one author
share the answer of the first of them, so that a request is spent for each author and for each post
of several.
"""

from collections.abc import Iterator

from newscrawl.core.batches import Batch
from newscrawl.core.bylines import authors_told, coauthor_of, coauthor_terms
from newscrawl.core.documents import Document, UnreadableDocument
from newscrawl.core.join import Byline, Key
from newscrawl.core.links import Link
from newscrawl.core.place import Resource
from newscrawl.core.readers.arrivals import answer
from newscrawl.core.site import Site
from newscrawl.core.values import mapping
from newscrawl.items import Item

BYLINE = "byline"
ROUTE, PARAMETER = "coauthors/v1/coauthors", "post_id"
COAUTHORS = f"{ROUTE}?{PARAMETER}"
FIELDS = "id,display_name,user_nicename,link"


def byline_keys(site: Site, resource: Resource) -> Iterator[Key]:
    """Yield what a post waits for until its authors are known; nothing if it tells them itself."""
    terms = coauthor_terms(resource)
    if terms and site.people.tells_coauthors and not authors_told(resource):
        alone = len(terms) == 1
        asked = (
            site.people.bylines.setdefault(terms[0], resource["id"]) if alone else resource["id"]
        )
        yield COAUTHORS, asked


def byline_link(site: Site, batch: Batch) -> Link:
    """Return the link to the authors of one post."""
    query = {PARAMETER: str(batch.ids[0]), "_fields": FIELDS}
    return Link(BYLINE, site.root.address(ROUTE, query), purpose=batch, urgency=1)


def read_byline(site: Site, document: Document, link: Link) -> Iterator[Item]:
    """Yield the posts that waited for these authors."""
    rows = document.json()
    told = [coauthor_of(mapping(row), site.people.users) for row in rows if isinstance(row, dict)]
    names = tuple(name for name in told if name["name"])
    yield from answer(site, COAUTHORS, link.purpose.ids, Byline(names))


def fail_byline(site: Site, link: Link, error: UnreadableDocument) -> Iterator[Item]:
    """Leave the posts to the author that WordPress itself tells; ask no more if it is closed."""
    site.ledger.refuse(error.url, error.status, error.reason)
    unanswered = list(link.purpose.ids)
    if error.status:
        site.people.tells_coauthors = False
        unanswered += site.batches.withdraw(COAUTHORS)
    yield from answer(site, COAUTHORS, unanswered, Byline(()))
