"""What a site's sitemaps list beside what its feed showed: those posts are read by their pages.

Where no sitemap is named as one of posts, those of no other type are read, and each page says
whether it is of a post.
"""

from collections.abc import Iterator

from newscrawl.core.documents import Document, UnreadableDocument
from newscrawl.core.ledger import POSTS
from newscrawl.core.links import Link
from newscrawl.core.listing import Due, Listing
from newscrawl.core.readers.absent import leave_open
from newscrawl.core.readers.archives import archive_link
from newscrawl.core.readers.branches import branch_links
from newscrawl.core.readers.locating import here, sitemaps_named, usual_sitemaps
from newscrawl.core.readers.settling import settle
from newscrawl.core.readers.standing import spare
from newscrawl.core.reading import Reading
from newscrawl.core.site import Site
from newscrawl.core.sitemap_names import chosen, of_archives
from newscrawl.core.sitemaps import Contents, contents_in, key_of

LISTED = "what is listed"
SITEMAP = "sitemap"
NO_POSTS = "no sitemaps of posts"


def listed_link(site: Site, reading: Reading) -> Link:
    """Return the link to the first sitemap of a site that was read by its feed."""
    listing = Listing(reading, spare=usual_sitemaps(site))
    listing.archives = of_archives(sitemaps_named(site))
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
    else:
        _take_index(site, document, contents, listing, due)
    yield from _go_on(site, listing)


def fail_listed(site: Site, link: Link, error: UnreadableDocument) -> Iterator[Link]:
    """Read the others, and leave it open how many posts there are.

    Where none lists posts they are looked for where sitemaps usually are.
    """
    listing, _ = link.purpose
    listing.error = listing.error or error
    yield from _go_on(site, listing)


def _take_index(
    site: Site, document: Document, contents: Contents, listing: Listing, due: Due
) -> None:
    """Let the sitemaps of posts wait that an index names, and remember those of archives."""
    urls = [here(site, url) for url in contents.addresses]
    found = chosen(urls)
    listing.archives += of_archives(urls)
    listing.wait(found, due)
    if not found:
        raise UnreadableDocument(document.url, NO_POSTS, document.status)


def _next_link(listing: Listing) -> Link:
    due = listing.waiting.popleft()
    return Link(LISTED, due.url, purpose=(listing, due))


def _go_on(site: Site, listing: Listing) -> Iterator[Link]:
    listing.listed.pop(key_of(site.home), None)
    listing.turn_to_spare()
    if listing.waiting:
        yield _next_link(listing)
        return
    spare(site, listing)
    if listing.makes_up:
        site.ledger.collection(POSTS).lost = 0
    if not listing.read and listing.error and _is_told(listing, listing.error):
        leave_open(site, listing)
    if listing.listed or listing.reading.is_read:
        yield from branch_links(site, listing)
    else:
        yield archive_link(site)


def _is_told(listing: Listing, error: UnreadableDocument) -> bool:
    """Return whether it is told that there is no sitemap: where there is no feed either it is not.

    That it is refused is told.
    """
    return bool(listing.reading.met) or error.status != 404
