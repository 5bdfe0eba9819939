"""The feeds of categories and authors, where the site's own shows few of its posts.

One request gives ten posts, where a page gives one. What names their addresses are the sitemaps of
categories and authors, else the pages of the oldest posts that the feed shows.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from newscrawl.core.branches import Branches, archives_in
from newscrawl.core.documents import Document, UnreadableDocument
from newscrawl.core.fence import objection
from newscrawl.core.links import Link
from newscrawl.core.listing import Listing
from newscrawl.core.readers.absent import absent_links
from newscrawl.core.readers.archives import archive_link
from newscrawl.core.readers.entries import addresses_of, fresh_in, is_past, posts_of
from newscrawl.core.readers.locating import here
from newscrawl.core.readers.standing import standing_links
from newscrawl.core.reading import Reading
from newscrawl.core.rss import feed_in, key_of, link_of
from newscrawl.core.site import Site
from newscrawl.core.sitemaps import contents_in
from newscrawl.items import Item

BRANCH, ARCHIVES, SIGNPOST = "branch of the feed", "sitemap of archives", "page naming archives"
FEW = 20  # posts that are read by their pages without more ado
WORTH = 5  # a fifth of all is absent: branches show what the feed showed, too
MOST_SIGNPOSTS = 10


def branch_links(site: Site, listing: Listing) -> Iterator[Link]:
    """Yield the link by which branches are found, or those to the pages of what is absent.

    Branches are read where sitemaps know much more than a feed shows, or where it repeats itself
    and no sitemap tells what there is.
    """
    absent = set(listing.absent())
    many = len(absent) > max(FEW, len(listing.listed) // WORTH)
    if site.plan.limit or not listing.reading.met or not (many or _is_lost(listing)):
        yield from _finish(site, listing)
        return
    branches = Branches(listing)
    if listing.read:
        branches.absent, branches.budget = absent, len(absent)
    for url in listing.archives:
        branches.sources.append((ARCHIVES, here(site, url)))
    if not listing.archives:
        _name_signposts(site, branches, listing.reading.oldest[:MOST_SIGNPOSTS])
    yield from _go_on(site, branches)


def read_archives(site: Site, document: Document, link: Link) -> Iterator[Link]:
    """Take in the addresses that a sitemap of categories or authors lists."""
    branches: Branches = link.purpose
    branches.wait(here(site, url) for url in contents_in(document).addresses)
    yield from _go_on(site, branches)


def read_signpost(site: Site, document: Document, link: Link) -> Iterator[Link]:
    """Take in the addresses of archives that the page of a post names, the site's own only."""
    branches: Branches = link.purpose
    found = [here(site, url) for url in archives_in(document)]
    branches.wait(url for url in found if objection(url, [document.url]) is None)
    yield from _go_on(site, branches)


def read_branch(site: Site, document: Document, link: Link) -> Iterator[Item | Link]:
    """Yield the posts of a branch that no feed has shown.

    It ends with a page that is not full, or that shows nothing new to it.
    """
    branches, reading = link.purpose
    entries = feed_in(document).entries
    fresh = fresh_in(branches.listing.reading, entries)
    yield from posts_of(site, document, fresh)
    branches.show(key for entry in fresh for key in addresses_of(entry))
    own = {key_of(entry) for entry in entries} - reading.met
    reading.met.update(own)
    goes_on = bool(own) and len(entries) == branches.listing.reading.size
    reading.oldest = list(filter(None, map(link_of, fresh))) or reading.oldest
    if goes_on and not branches.ended and not is_past(site, entries):
        yield _link(branches, replace(reading, page=reading.page + 1))
    else:
        yield from _end(site, branches, reading)


def fail_branch(site: Site, link: Link, _error: UnreadableDocument) -> Iterator[Link]:
    """Go on to the next: behind the last page of a branch there is none."""
    yield from _end(site, *link.purpose)


def fail_source(site: Site, link: Link, _error: UnreadableDocument) -> Iterator[Link]:
    """Do without: pages complete what branches do not show."""
    yield from _go_on(site, link.purpose)


def _is_lost(listing: Listing) -> bool:
    return listing.reading.is_capped and not listing.read


def _name_signposts(site: Site, branches: Branches, posts: Iterable[str]) -> None:
    branches.sources.extend((SIGNPOST, here(site, url)) for url in posts)


def _end(site: Site, branches: Branches, reading: Reading) -> Iterator[Link]:
    """Go on from the end of a branch; where no sitemap tells of others, its oldest post may."""
    if branches.absent is None:
        _name_signposts(site, branches, reading.oldest[-1:])
    yield from _go_on(site, branches)


def _go_on(site: Site, branches: Branches) -> Iterator[Link]:
    """Go to the next source, then to the next branch, at last to pages."""
    listing = branches.listing
    if branches.sources:
        yield Link(*branches.sources.popleft(), purpose=branches)
    elif branches.waiting and not branches.ended:
        yield _link(branches, Reading(branches.waiting.popleft()))
    else:
        yield from _finish(site, listing)


def _finish(site: Site, listing: Listing) -> Iterator[Link]:
    """Yield the links to pages of what is absent, and of what is known and absent itself.

    Behind a capped feed without sitemaps the archive may list more.
    """
    if listing.read:
        yield from absent_links(site, listing)
    elif listing.reading.is_capped:
        yield archive_link(site, listing.reading.urls)
    if listing.shows_all:
        yield from standing_links(site, listing)


def _link(branches: Branches, reading: Reading) -> Link:
    return Link(BRANCH, reading.url, purpose=(branches, reading))
