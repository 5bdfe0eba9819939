"""What a site's sitemaps list beside what its feed showed: those posts are read by their pages.

Where no sitemap is named as one of posts, those of no other type are read, and each page says
whether it is of a post.
"""

from collections.abc import Iterator

from newscrawl.core.discovery import language_root
from newscrawl.core.documents import Document, UnreadableDocument
from newscrawl.core.links import Link
from newscrawl.core.listing import Listing
from newscrawl.core.readers.locating import here, home_of, sitemaps_named, usual_sitemaps
from newscrawl.core.readers.meeting import recall
from newscrawl.core.readers.standing import standing_links, unread_of
from newscrawl.core.readers.webpages import POSTS, webpage_links
from newscrawl.core.rss import Reading
from newscrawl.core.site import Site
from newscrawl.core.sitemap_names import chosen
from newscrawl.core.sitemaps import contents_in, key_of

LISTED = "what is listed"
SITEMAP = "sitemap"
NO_POSTS = "no sitemaps of posts"
NOTHING = "no sitemap to read the posts by: {reason}"
UNTOLD = "nothing tells how many posts there are: {reason}; those of the {rung} were read"


def listed_link(site: Site, reading: Reading) -> Link:
    """Return the link to the first sitemap of a site that was read by its feed."""
    listing = Listing(reading, spare=usual_sitemaps(site))
    listing.wait(chosen(sitemaps_named(site)) or [listing.spare.pop(0)])
    return _next_link(listing)


def read_listed(site: Site, document: Document, link: Link) -> Iterator[Link]:
    """Take in what a sitemap lists; behind the last one go to what the feed did not show."""
    listing, due = link.purpose
    contents = contents_in(document)
    if not contents.is_index:
        if not (listing.read or listing.reading.met):
            settle(site, "", SITEMAP, document)
        listing.take(contents, due)
    elif found := chosen(contents.addresses):
        listing.wait([here(site, url) for url in found], due)
    else:
        raise UnreadableDocument(document.url, NO_POSTS, document.status)
    yield from _go_on(site, listing)


def fail_listed(site: Site, link: Link, error: UnreadableDocument) -> Iterator[Link]:
    """Read the others, and leave it open how many posts there are.

    What a site names and has no more is looked for where sitemaps usually are.
    """
    listing, _ = link.purpose
    listing.error = listing.error or error
    if error.status == 404 and listing.spare and not (listing.waiting or listing.read):
        listing.error = None
        listing.wait([listing.spare.pop(0)])
    yield from _go_on(site, listing)


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


def _next_link(listing: Listing) -> Link:
    due = listing.waiting.popleft()
    return Link(LISTED, due.url, purpose=(listing, due))


def _go_on(site: Site, listing: Listing) -> Iterator[Link]:
    if listing.waiting:
        yield _next_link(listing)
    elif listing.read:
        yield from _compare(site, listing)
    elif listing.error and (listing.reading.met or listing.error.status != 404):
        _leave_open(site, listing)


def _compare(site: Site, listing: Listing) -> Iterator[Link]:
    """Read the pages of posts that only sitemaps know, if the crawl is for all posts."""
    account = site.ledger.collection(POSTS)
    account.untold = listing.objection() is not None
    if account.untold:
        _leave_open(site, listing)
    listing.listed.pop(key_of(site.home), None)
    absent = listing.absent()
    account.expected = account.found + len(absent)
    if site.register:
        site.register.modified = listing.modified
    unread = {key: absent[key] for key in unread_of(site, absent, account)}
    doubted = {here(site, url) for key, url in unread.items() if key not in listing.sure}
    yield from webpage_links(site, [here(site, url) for url in reversed(unread.values())], doubted)
    yield from standing_links(site, listing.listed)


def _leave_open(site: Site, listing: Listing) -> None:
    """Say why nothing tells how many posts there are, or that there is nothing to read them by."""
    error = listing.error or UnreadableDocument(site.home, listing.objection() or "")
    told = UNTOLD if listing.reading.met or listing.read else NOTHING
    rung = "feed" if listing.reading.met else "sitemaps"
    site.ledger.refuse(error.url, error.status, told.format(reason=error.reason, rung=rung))
