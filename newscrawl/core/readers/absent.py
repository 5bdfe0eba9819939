"""What only sitemaps know, once every feed was read: its pages, and what is told of the whole."""

from collections.abc import Iterator

from newscrawl.core.documents import UnreadableDocument
from newscrawl.core.ledger import POSTS
from newscrawl.core.links import Link
from newscrawl.core.listing import Listing
from newscrawl.core.readers.locating import here
from newscrawl.core.readers.sisters import name_unread
from newscrawl.core.readers.webpages import webpage_links
from newscrawl.core.site import Site

NOTHING = "no sitemap to read the posts by: {reason}"
UNTOLD = "nothing tells how many posts there are: {reason}; those of the {rung} were read"


def absent_links(site: Site, listing: Listing) -> Iterator[Link]:
    """Yield the links to pages of posts that no feed showed, and settle whether that is all."""
    account = site.ledger.collection(POSTS)
    account.untold = listing.objection() is not None
    if account.untold:
        leave_open(site, listing)
    absent = listing.absent()
    name_unread(site, listing.listed, listing.reading.urls)
    account.expected = account.found + len(absent)
    doubted = {here(site, url) for key, url in absent.items() if key not in listing.sure}
    yield from webpage_links(site, [here(site, url) for url in reversed(absent.values())], doubted)


def leave_open(site: Site, listing: Listing) -> None:
    """Say why nothing tells how many posts there are, or that there is nothing to read them by."""
    error = listing.error or UnreadableDocument(site.home, listing.objection() or "")
    told = UNTOLD if listing.reading.met or listing.read else NOTHING
    rung = "feed" if listing.reading.met else "sitemaps"
    site.ledger.refuse(error.url, error.status, told.format(reason=error.reason, rung=rung))
