"""A store and a site below its API: what is known stands, is spared, or asked for by its page."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain

from newscrawl.core.documents import Document, UnreadableDocument
from newscrawl.core.fence import objection
from newscrawl.core.identity import known_by, own_id
from newscrawl.core.ledger import POSTS
from newscrawl.core.links import Link
from newscrawl.core.listing import Listing
from newscrawl.core.readers.control import control_link
from newscrawl.core.readers.locating import here
from newscrawl.core.readers.tracing import MANY_VANISHED, MOST_VANISHED
from newscrawl.core.readers.webpages import take
from newscrawl.core.reading import Reading
from newscrawl.core.site import Site
from newscrawl.core.sitemaps import key_of, keys_of
from newscrawl.core.stand_ins import OF_ANOTHER, is_like
from newscrawl.core.standing import Standing
from newscrawl.core.walk import Walk
from newscrawl.core.webpage import post_of
from newscrawl.items import Item, Post

STANDS = "page of a known post"
GONE = frozenset({404, 410})
ELSEWHERE = "its address leads to another page"
VALIDATORS = {"etag": "If-None-Match", "last-modified": "If-Modified-Since"}  # RFC 9110, 13.1


def remembered_feed(site: Site) -> tuple[str, Mapping[str, str]]:
    """Return the feed that an earlier crawl read, '' for none, and how it is asked for again."""
    if site.entrance:
        return site.entrance.feed, site.entrance.conditions
    known = site.known.feed if site.known else {}
    return known.get("url", ""), known.get("conditions", {})


def conditions(site: Site, address: str) -> dict[str, str]:
    """Return the headers that ask for a feed only if it is another than when all was read."""
    url, told = remembered_feed(site)
    return dict(told) if url == address and not site.plan.narrows else {}


def note_validators(site: Site, address: str, document: Document) -> None:
    """Note by which headers the next crawl may ask for a feed.

    A server that compresses marks WordPress's ETag as weak, and WordPress does not know it then
    (``WP::send_headers()``); without the mark it is the same to both (RFC 9110, section 8.8.3.2).
    """
    headers = {name: document.headers.get(name, "").removeprefix("W/") for name in VALIDATORS}
    told = {VALIDATORS[name]: value for name, value in headers.items() if value}
    site.validated = {"url": address, "conditions": told} if told else {}


def stand_all(site: Site, reading: Reading) -> None:
    """Take each known post for shown as it was; which of them are gone sitemaps tell."""
    account = site.ledger.collection(POSTS)
    if site.register:
        reading.is_unmodified = True
        reading.met.update(post.key for post in site.register.posts.values())
        for post in site.register.posts.values():
            reading.urls |= keys_of(post.url)
        account.found += len(site.register.posts)
        account.unchanged += len(site.register.posts)


def spare(site: Site, listing: Listing) -> None:
    """Take what sitemaps list as they did when its page was read for shown: it is as it was."""
    register, account = site.register, site.ledger.collection(POSTS)
    if register is None:
        return
    register.modified = listing.modified
    for address in filter(register.is_same, listing.absent()):
        register.met.add(register.posts[address].key)
        listing.reading.urls.add(address)
        account.found += 1
        account.unchanged += 1


def standing_links(site: Site, listing: Listing) -> Iterator[Link]:
    """Yield a link to the page of each known post that neither feed nor sitemaps show.

    One whose address is on another host stands: nothing is asked for there.
    """
    if site.register is None or site.plan.narrows:
        return
    own = [site.home, site.url]
    is_as_known = listing.reading.is_unmodified
    replaced = () if is_as_known else site.register.replaced()
    known = chain(site.register.absent(listing.listed), replaced)
    absent = [post for post in known if objection(post.url, own) is None]
    if len(absent) > MOST_VANISHED:
        told = MANY_VANISHED.format(count=len(absent), name=POSTS, most=MOST_VANISHED)
        site.ledger.refuse(site.feed, None, told)
    asked = absent[:MOST_VANISHED]
    if is_as_known:
        _take_back(site, len(asked))
    yield from _ask_for(site, asked)


def _ask_for(site: Site, posts: Sequence[Standing]) -> Iterator[Link]:
    site.singles[STANDS] += len(posts)
    for post in posts:
        yield Link(STANDS, here(site, post.url), purpose=post)


def _take_back(site: Site, count: int) -> None:
    """Take back that posts are as they were: they count when they are answered for."""
    account = site.ledger.collection(POSTS)
    account.found -= count
    account.unchanged -= count
    account.expected = max(0, (account.expected or 0) - count)


def unnumbered_links(site: Site, walk: Walk) -> Iterator[Link]:
    """Yield a link to the page of each post that a feed told and the API, read whole, does not."""
    if not site.memory or not site.known or walk.type != "post" or site.plan.narrows or walk.gap:
        return
    told = (post for post in site.memory.standing(site.home) if post.id is None)
    absent = [p for p in told if p.type == walk.type and p.key not in site.vanished.met]
    yield from _ask_for(site, absent)


def read_standing(site: Site, document: Document, link: Link) -> Iterator[Item | Link]:
    """Yield a post that is there, though nothing shows it.

    WordPress leads from an address that is gone to one that is like it
    (``redirect_guess_404_permalink()``), so that the post is asked for by its id, too.
    """
    known: Standing = link.purpose
    shown = post_of(document, site.home)
    id_ = known.id or own_id(known.guid, site.home)
    by_id = f"{site.home}/?p={id_}" if id_ else link.href
    if _is_one(site, known, shown):
        yield from take(site, document, shown)
        yield from _answered(site)
    elif link.href != here(site, by_id):
        yield replace(link, href=here(site, by_id))
    elif id_ is None and not is_like(link.href, document.url):
        _displace(site, known)
        yield from _answered(site)
    else:
        raise UnreadableDocument(link.href, ELSEWHERE, document.status)


def _displace(site: Site, known: Standing) -> None:
    """Note that the address of a known post, and that is all it is known by, leads to another's."""
    if site.memory and (post := site.memory.at(site.home, known.key)):
        site.vanished.displaced.append((post, OF_ANOTHER))


def _is_one(site: Site, known: Standing, shown: Post) -> bool:
    if known_by(shown) == known.key:
        return True
    if site.register:
        return site.register.known_as(shown) == known
    return key_of(shown.url or "") == key_of(known.url)


def fail_standing(site: Site, link: Link, error: UnreadableDocument) -> Iterator[Link]:
    """Note a post that is gone; by any other error it is unsure."""
    known: Standing = link.purpose
    post = site.memory.at(site.home, known.key) if site.memory else None
    if post and error.status in GONE:
        site.vanished.suspected.append((post, error.reason))
    elif post:
        site.vanished.unsure.append((post, error.reason))
        site.ledger.refuse(error.url, error.status, error.reason)
    yield from _answered(site)


def _answered(site: Site) -> Iterator[Link]:
    """Note that a post was answered for; behind the last, if any may be gone, see what is not."""
    site.singles[STANDS] -= 1
    if not site.singles[STANDS] and site.vanished.suspected:
        yield control_link(site)
