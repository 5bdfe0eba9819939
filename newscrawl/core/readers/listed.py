"""What a site's sitemaps list beside what its feed showed: those posts are read by their pages."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from newscrawl.core.discovery import language_root
from newscrawl.core.documents import Document, UnreadableDocument
from newscrawl.core.links import Link
from newscrawl.core.readers.locating import here, home_of, index_of
from newscrawl.core.readers.meeting import recall
from newscrawl.core.readers.standing import standing_links, unread_of
from newscrawl.core.readers.webpages import POSTS, webpage_links
from newscrawl.core.rss import Reading
from newscrawl.core.site import Site
from newscrawl.core.sitemaps import key_of, listed_in, sitemaps_in

LISTED_INDEX, LISTED = "index of what is listed", "what is listed"
POST, SITEMAP = "post", "sitemap"
UNTOLD = "nothing tells how many posts there are: {reason}; those of the feed were read to its end"
NOTHING = "no sitemap to read the posts by: {reason}"


@dataclass(slots=True)
class Listing:
    """What sitemaps list, by the key of each address, and those of them still to be read.

    `modified` is when what is at an address was modified, where they tell.
    """

    reading: Reading
    waiting: list[str] = field(default_factory=list)
    listed: dict[str, str] = field(default_factory=dict)
    modified: dict[str, str] = field(default_factory=dict)


def listed_link(site: Site, reading: Reading) -> Link:
    """Return the link to the index of the sitemaps of a site that was read by its feed."""
    return Link(LISTED_INDEX, index_of(site), purpose=Listing(reading))


def read_listed_index(site: Site, document: Document, link: Link) -> Iterator[Link]:
    """Go to the first sitemap of posts."""
    listing: Listing = link.purpose
    listing.waiting = [here(site, url) for url in sitemaps_in(document, POST)]
    yield Link(LISTED, listing.waiting.pop(0), purpose=listing)


def read_listed(site: Site, document: Document, link: Link) -> Iterator[Link]:
    """Take in what a sitemap lists; behind the last one go to what the feed did not show."""
    listing: Listing = link.purpose
    entries = listed_in(document)
    listing.listed |= {key_of(url): url for url in entries}
    listing.modified |= {key_of(url): time for url, time in entries.items() if time}
    if listing.waiting:
        yield Link(LISTED, listing.waiting.pop(0), purpose=listing)
    else:
        yield from _compare(site, listing, document)


def fail_listed(site: Site, link: Link, error: UnreadableDocument) -> Iterator[Link]:
    """Leave it open how many posts there are; a site without a feed may have no sitemap either."""
    listing: Listing = link.purpose
    told = UNTOLD if listing.reading.met else NOTHING
    if listing.reading.met or error.status != 404:
        site.ledger.refuse(error.url, error.status, told.format(reason=error.reason))
    return iter(())


def settle(site: Site, home: str, found_by: str, document: Document) -> None:
    """Take over what a document below the API says of its site, and open the account of posts."""
    site.home = site.home or home or home_of(site)
    site.found_by = site.found_by or found_by
    site.language_root = site.language_root or language_root(f"{site.home}/")
    site.read_at = document.fetched_at
    site.feed = site.feed or document.url
    site.ledger.site = site.home
    recall(site)
    site.ledger.walked.add(POSTS)
    account = site.ledger.collection(POSTS)
    account.read = account.untold = True
    account.lost = 0
    account.to_write = "post" in site.plan.kinds


def _compare(site: Site, listing: Listing, document: Document) -> Iterator[Link]:
    """Read the pages of posts that only sitemaps know, if the crawl is for all posts."""
    if not listing.reading.met:
        settle(site, "", SITEMAP, document)
    account = site.ledger.collection(POSTS)
    account.untold = False
    account.expected = account.found
    listing.listed.pop(key_of(site.home), None)
    absent = [key for key in listing.listed if key not in listing.reading.urls]
    account.expected += len(absent)
    if site.register:
        site.register.modified = listing.modified
    unread = [listing.listed[key] for key in unread_of(site, absent, account)]
    yield from webpage_links(site, [here(site, url) for url in reversed(unread)])
    yield from standing_links(site, listing.listed)
