"""Posts that are met below the API, and what a store knows of them."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import urlsplit

from newscrawl.core.collection import PASSWORD
from newscrawl.core.fence import objection
from newscrawl.core.identity import known_by
from newscrawl.core.memory import Memory
from newscrawl.core.rungs import PAGES
from newscrawl.core.showings import OF_NO_EXCERPT, SAME
from newscrawl.core.site import Site
from newscrawl.core.sitemaps import key_of
from newscrawl.core.standing import Register, Standing
from newscrawl.core.vanished import READDRESSED, struck
from newscrawl.items import Item, Post


def recall(site: Site) -> None:
    """Take over what a store knows of a site that is read below its API."""
    if site.memory is None or site.register is not None:
        return
    if site.known is None:
        place = site.feed.partition("://")[2].removeprefix("www.")
        site.known = site.memory.recall(site.home, place)
        site.furniture = site.known.furniture
    standing = site.memory.standing(site.home)
    hosts = Counter(urlsplit(post.url).netloc for post in standing)
    moved = max(hosts, key=hosts.__getitem__, default="")
    site.register = Register.of(_here(site, post, moved) for post in standing)


def _here(site: Site, post: Standing, moved: str) -> Standing:
    """Return a known post at its address on the site's present host: it may have moved.

    The address of a post may be on another host altogether (plugins that lead it there).
    """
    is_own = objection(post.url, [site.home, site.url]) is None
    if is_own or urlsplit(post.url).netloc != moved:
        return post
    home = urlsplit(site.home)
    url = urlsplit(post.url)._replace(scheme=home.scheme, netloc=home.netloc).geturl()
    return replace(post, url=url)


def meet(site: Site, post: Post) -> None:
    """Take in that a site has a post; its page is spared while sitemaps tell the same of it."""
    if site.memory is None or site.register is None:
        return
    _recognize(site, site.memory, site.register, post)
    displaced = site.register.meet(post)
    site.vanished.meet(post, post.id)
    if displaced and (other := site.memory.at(site.home, displaced.key)):
        site.vanished.displaced.append((other, READDRESSED))
    trace = site.register.trace_at(key_of(post.url or post.source_url))
    if trace and _is_sure(site, post):
        site.memory.trace(site.home, post.type, known_by(post), trace)


def _is_sure(site: Site, post: Post) -> bool:
    """Return whether a post was read by its page, and that page showed it for sure."""
    if post.source == "feed" or post.content_refused in {SAME, OF_NO_EXCERPT}:
        return False
    return known_by(post) not in site.showings.mute


def _recognize(site: Site, memory: Memory, register: Register, post: Post) -> None:
    """Let a post have the GUID of the known one that it is, or that one what a feed tells."""
    known = register.known_as(post)
    if known is None or known.key == known_by(post):
        return
    if post.source in PAGES and known.guid:
        post.guid = known.guid
    elif (post.guid or not known.guid) and memory.rename(site.home, known.key, post):
        register.posts[key_of(known.url)] = replace(known, key=known_by(post), guid=post.guid)


def withhold(site: Site, post: Post) -> Iterator[Item]:
    """Yield a post that is known as deleted, now that a password stands before it."""
    meet(site, post)
    if site.memory and (known := site.memory.same(site.home, post)):
        yield struck(known, PASSWORD)
