"""What a site's sitemaps list and its API does not show: a check in the other direction.

The API's own total proves that all of its posts were read; a plugin may keep posts out of it. Of a
site that a store knows it is asked again where there were any.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field

from newscrawl.core.documents import Document, UnreadableDocument
from newscrawl.core.fence import web_address
from newscrawl.core.identity import guid_key
from newscrawl.core.ledger import POSTS
from newscrawl.core.links import Link
from newscrawl.core.marks import is_of_a_post
from newscrawl.core.markup import tree_of
from newscrawl.core.obstacles import asked_in
from newscrawl.core.readers.browsing import name_door
from newscrawl.core.readers.locating import here, index_of
from newscrawl.core.readers.showing import post_shown
from newscrawl.core.readers.standing import GONE
from newscrawl.core.readers.webpages import take
from newscrawl.core.site import Site
from newscrawl.core.sitemap_names import is_of_posts
from newscrawl.core.sitemaps import contents_in, key_of
from newscrawl.core.stand_ins import led_away
from newscrawl.core.walk import Walk
from newscrawl.items import Item

BEYOND_MAP, BEYOND = "sitemap beside the API", "page beside the API"
MOST_BEYOND = 200  # pages
MOST_KNOWN = 3  # pages in a row: then the site's posts have two addresses each
FOUND = "its sitemaps list {count:,} posts that its API does not show; they are read by their pages"
TWO_ADDRESSES = "its sitemaps list posts by other addresses than its API; {count:,} were not read"
TOO_MANY = "its sitemaps list {count:,} addresses that its API does not show; {most} are read"


@dataclass(slots=True)
class Beyond:
    """What is listed beside the posts of a walk: sitemaps and pages that are still to be read.

    `stored` are hashes of the addresses of posts that a store has: those are asked for otherwise.
    `known` counts the pages in a row that are of posts of the walk, `found` those of others,
    `left` those that are too many to be read.
    """

    walk: Walk
    stored: Collection[int] = ()
    sitemaps: list[str] = field(default_factory=list)
    pages: list[str] = field(default_factory=list)
    known: int = 0
    found: int = 0
    left: int = 0


def beyond_links(site: Site, walk: Walk) -> Iterator[Link]:
    """Yield the link to the index of sitemaps, where all posts were to be read by the API."""
    known = site.known
    due = not known or not known.posts or known.beyond
    in_part = site.elder or site.sisters.shown or site.root.lang or site.language_root
    wanted = walk.type == "post" and site.plan.sitemaps_from and not site.plan.narrows
    if wanted and due and not in_part and web_address(site.home):
        stored = site.memory.standing(site.home) if site.memory and known and known.posts else ()
        site.beyond = known.beyond if known else 0
        beyond = Beyond(walk, {hash(key_of(post.url)) for post in stored})
        yield Link(BEYOND_MAP, index_of(site), purpose=beyond)


def read_beyond_map(site: Site, document: Document, link: Link) -> Iterator[Link]:
    """Take in what a sitemap of posts lists; of an index go to those named as of posts."""
    beyond: Beyond = link.purpose
    contents = contents_in(document)
    if contents.is_index:
        beyond.sitemaps += [here(site, url) for url in contents.addresses if is_of_posts(url)]
    elif is_of_posts(document.url):
        own = {hash(key_of(site.home)), *site.shown, *beyond.stored}
        beyond.pages += [url for url in contents.addresses if hash(key_of(url)) not in own]
    yield from _next(site, beyond)


def fail_beyond_map(site: Site, link: Link, error: UnreadableDocument) -> Iterator[Link]:
    """Name a sitemap that is there and cannot be read; where there is none nothing is told."""
    if error.status not in GONE:
        site.ledger.refuse(error.url, error.status, error.reason)
    yield from _next(site, link.purpose)


def read_beyond(site: Site, document: Document, link: Link) -> Iterator[Item | Link]:
    """Yield the post of a page that the API does not show; pages of other things are passed by."""
    beyond: Beyond = link.purpose
    tree, of_a_post = tree_of(document), is_of_a_post(document)
    if of_a_post:
        post = post_shown(site, document, "page")
        is_known = post.id in beyond.walk.known
        beyond.known = beyond.known + 1 if is_known else 0
        if not is_known:
            beyond.found += 1
            site.vanished.meet(post, post.id)
            yield from take(site, document, post)
    elif (led := led_away(document)) or of_a_post is None:
        is_home = guid_key(document.url) == guid_key(site.home)
        if told := asked_in(tree) or (None if is_home else led):
            raise UnreadableDocument(document.url, told, document.status)
    yield from _next_page(site, beyond)


def fail_beyond(site: Site, link: Link, error: UnreadableDocument) -> Iterator[Link]:
    """Name a page that may be a post's; what is gone is listed by a stale sitemap."""
    name_door(site, error)
    if error.status not in GONE:
        site.ledger.collection(POSTS).unreadable[link.href] = error.reason
    yield from _next_page(site, link.purpose)


def _next(site: Site, beyond: Beyond) -> Iterator[Link]:
    if beyond.sitemaps:
        yield Link(BEYOND_MAP, beyond.sitemaps.pop(0), purpose=beyond)
        return
    if len(beyond.pages) > MOST_BEYOND:
        reason = TOO_MANY.format(count=len(beyond.pages), most=MOST_BEYOND)
        site.ledger.refuse(site.home, None, reason)
        beyond.left = len(beyond.pages) - MOST_BEYOND
        del beyond.pages[MOST_BEYOND:]
    yield from _next_page(site, beyond)


def _next_page(site: Site, beyond: Beyond) -> Iterator[Link]:
    if beyond.known == MOST_KNOWN:
        site.ledger.refuse(site.home, None, TWO_ADDRESSES.format(count=len(beyond.pages)))
    elif beyond.pages:
        yield Link(BEYOND, here(site, beyond.pages.pop()), purpose=beyond)
    elif beyond.found:
        site.beyond = beyond.found
        site.ledger.collection(POSTS).lost += beyond.left
        site.ledger.refuse(site.home, None, FOUND.format(count=beyond.found))
