"""What a site's sitemaps list, beside what its feed showed: the proof that nothing is missing."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from newscrawl.core.documents import Document, UnreadableDocument
from newscrawl.core.links import Link
from newscrawl.core.readers.locating import here, index_of
from newscrawl.core.rss import Reading
from newscrawl.core.site import Site
from newscrawl.core.sitemaps import addresses_in, key_of, sitemaps_in

LISTED_INDEX, LISTED = "index of what is listed", "what is listed"
POSTS, POST = "posts", "post"
UNTOLD = "nothing tells how many posts there are: {reason}; those of the feed were read to its end"
NOT_SHOWN = "a sitemap lists it, and the feed does not show it"


@dataclass(slots=True)
class Listing:
    """What sitemaps list, by the key of each address, and those of them still to be read."""

    reading: Reading
    waiting: list[str] = field(default_factory=list)
    listed: dict[str, str] = field(default_factory=dict)


def listed_link(site: Site, reading: Reading) -> Link:
    """Return the link to the index of the sitemaps of a site that was read by its feed."""
    return Link(LISTED_INDEX, index_of(site), purpose=Listing(reading))


def read_listed_index(site: Site, document: Document, link: Link) -> Iterator[Link]:
    """Go to the first sitemap of posts."""
    listing: Listing = link.purpose
    listing.waiting = [here(site, url) for url in sitemaps_in(document, POST)]
    yield Link(LISTED, listing.waiting.pop(0), purpose=listing)


def read_listed(site: Site, document: Document, link: Link) -> Iterator[Link]:
    """Take in what a sitemap lists; behind the last one compare it with what the feed showed."""
    listing: Listing = link.purpose
    listing.listed |= {key_of(url): url for url in addresses_in(document)}
    if listing.waiting:
        yield Link(LISTED, listing.waiting.pop(0), purpose=listing)
    else:
        _compare(site, listing)


def fail_listed(site: Site, _link: Link, error: UnreadableDocument) -> Iterator[Link]:
    """Leave it open how many posts there are."""
    site.ledger.refuse(error.url, error.status, UNTOLD.format(reason=error.reason))
    return iter(())


def _compare(site: Site, listing: Listing) -> None:
    """Name the posts that only sitemaps know; a crawl of some of the posts was for no others."""
    account = site.ledger.collection(POSTS)
    account.untold = False
    account.expected = account.found
    if site.plan.narrows:
        return
    listing.listed.pop(key_of(site.home), None)
    absent = listing.listed.keys() - listing.reading.urls
    account.unreadable |= {listing.listed[key]: NOT_SHOWN for key in absent}
    account.expected += len(absent)
