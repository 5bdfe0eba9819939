"""Where neither feed nor sitemaps list all posts: the archive that begins at the site's home."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field

from newscrawl.core.archives import next_in, posts_in
from newscrawl.core.documents import Document, UnreadableDocument
from newscrawl.core.fence import objection
from newscrawl.core.ledger import POSTS
from newscrawl.core.links import Link
from newscrawl.core.readers.locating import here, home_of
from newscrawl.core.readers.settling import settle
from newscrawl.core.readers.webpages import webpage_links
from newscrawl.core.site import Site
from newscrawl.core.sitemaps import key_of

ARCHIVE = "archive"
PAGE = "page"
NONE_LISTED = "no posts are listed at the site's home"
UNTOLD = "nothing tells how many posts there are: those of its archive were read"


@dataclass(slots=True)
class Archive:
    """The posts that an archive has listed so far, by the key of their address.

    `shown` are the keys of those that a feed has shown: they are not read again.
    """

    shown: Collection[str] = ()
    posts: dict[str, str] = field(default_factory=dict)


def archive_link(site: Site, shown: Collection[str] = ()) -> Link:
    """Return the link to the home of a site, which lists its newest posts."""
    return Link(ARCHIVE, here(site, f"{home_of(site)}/"), purpose=Archive(shown))


def read_archive(site: Site, document: Document, link: Link) -> Iterator[Link]:
    """Take in the posts of a page; go on to older ones, or behind the last to the posts."""
    archive: Archive = link.purpose
    found = {key_of(url): here(site, url) for url in posts_in(document)}
    if not found and not archive.posts:
        raise UnreadableDocument(document.url, NONE_LISTED, document.status)
    settle(site, "", PAGE, document)
    fresh = found.keys() - archive.posts.keys()
    archive.posts |= found
    following = next_in(document)
    sated = site.plan.limit and len(archive.posts) >= site.plan.limit
    if fresh and following and not sated and objection(following, site.addresses) is None:
        yield Link(ARCHIVE, here(site, following), purpose=archive)
    else:
        yield from _read_all(site, archive)


def fail_archive(site: Site, link: Link, error: UnreadableDocument) -> Iterator[Link]:
    """Read the posts that were listed so far; a page that is no archive is not worth a word."""
    if error.reason != NONE_LISTED:
        site.ledger.refuse(error.url, error.status, error.reason)
    if link.purpose.posts:
        yield from _read_all(site, link.purpose)


def _read_all(site: Site, archive: Archive) -> Iterator[Link]:
    account = site.ledger.collection(POSTS)
    absent = [url for key, url in archive.posts.items() if key not in archive.shown]
    account.expected = account.found + len(absent)
    site.ledger.refuse(site.home, None, UNTOLD)
    yield from webpage_links(site, absent)
