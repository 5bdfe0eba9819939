"""The rung below the API: the site's feed of posts, page by page, newest first.

It is read where the API is closed. A feed tells no total, so that its end proves nothing: the
site's sitemaps are asked what else there is.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from newscrawl.core.discovery import feeds
from newscrawl.core.documents import FORBIDDEN_BY_ROBOTS, Document, UnreadableDocument
from newscrawl.core.ledger import POSTS
from newscrawl.core.links import Link
from newscrawl.core.plan import EVERY_TYPE, KINDS, Plan
from newscrawl.core.readers.entries import fresh_in, is_past, posts_of
from newscrawl.core.readers.listed import listed_link
from newscrawl.core.readers.locating import here, home_of
from newscrawl.core.readers.settling import settle
from newscrawl.core.readers.standing import conditions, note_validators, remembered_feed, stand_all
from newscrawl.core.reading import Reading
from newscrawl.core.rss import Entry, feed_in
from newscrawl.core.site import Site
from newscrawl.items import Item

FEED = "feed"
MOST_FAILED = MOST_STALE = 2  # pages in a row
CAPPED = "the feed shows the same {shown} posts again, and no older ones"
NARROWED = "the feed cannot be narrowed by {argument}: it is not read in place of the API"
OTHER_TYPES = "the feed holds posts alone, not {types}: it is not read in place of the API"
UNREAD = "below the API posts alone are read, not {unread}"
READ = frozenset({"post", "site"})  # kinds
ITSELF = frozenset({"post", "posts"})  # the type, as users write it
NOT_MODIFIED = 304
OF_A_LANGUAGE = "the feed of a language root is not read in place of its API"


def feed_links(site: Site) -> Iterator[Link]:
    """Yield the link to the site's feed, where what the plan asks for can be read by it.

    A probe asks for it by itself.
    """
    if objection := _objection(site):
        site.ledger.refuse(site.url, None, objection)
    elif not site.probe:
        if unread := _unread(site.plan):
            site.ledger.refuse(site.url, None, UNREAD.format(unread=", ".join(unread)))
            site.ledger.leave_untold(unread)
        first, *waiting = site.feeds or _guessed(site)
        yield replace(_link(Reading(first, waiting)), conditions=conditions(site, first))


def read_feed(site: Site, document: Document, link: Link) -> Iterator[Item | Link]:
    """Yield the posts of a page of the feed, and the link to the page behind it."""
    reading: Reading = link.purpose
    if document.status == NOT_MODIFIED:
        yield from _pass_over(site, document, reading)
        return
    feed = feed_in(document)
    if not feed.entries and reading.waiting and not reading.met:
        yield _next_feed(reading)
        return
    if reading.page == 1:
        site.lang = site.lang or feed.lang
        settle(site, feed.home, FEED, document)
        note_validators(site, reading.address, document)
    reading.is_read = True
    known = len(reading.told)
    fresh = fresh_in(reading, feed.entries)
    reading.skipped += reading.failed if feed.entries else 0
    yield from posts_of(site, document, fresh)
    stale = 0 if len(reading.told) > known else reading.stale + 1
    if feed.entries and stale == MOST_STALE:
        reading.is_capped = True
        site.ledger.refuse(document.url, document.status, CAPPED.format(shown=len(reading.met)))
        yield listed_link(site, reading)
    elif not feed.entries:
        yield listed_link(site, reading)
    elif _sated(site, feed.entries):
        _close(site)
    else:
        yield _link(replace(reading, page=reading.page + 1, stale=stale, failed=0))


def fail_feed(site: Site, link: Link, error: UnreadableDocument) -> Iterator[Link]:
    """Look for the feed elsewhere; behind its last page is its end, one that breaks is a gap."""
    reading: Reading = link.purpose
    if reading.page == 1:
        if error.status != 404:
            site.ledger.refuse(error.url, error.status, error.reason)
        if reading.waiting and error.reason != FORBIDDEN_BY_ROBOTS:
            yield _next_feed(reading)
        else:
            yield listed_link(site, reading)
    elif error.status == 404:
        yield listed_link(site, reading)
    else:
        site.ledger.refuse(error.url, error.status, error.reason)
        site.ledger.collection(POSTS).lost += 1
        yield _behind_broken(site, replace(reading, failed=reading.failed + 1))


def _next_feed(reading: Reading) -> Link:
    """Return the link to the next of the addresses that may be the feed."""
    first, *waiting = reading.waiting
    return _link(Reading(first, waiting))


def _behind_broken(site: Site, reading: Reading) -> Link:
    """Return the link to the page behind one that broke; behind two the sitemaps are asked."""
    if reading.failed < MOST_FAILED:
        return _link(replace(reading, page=reading.page + 1))
    reading.is_capped = True
    return listed_link(site, reading)


def _objection(site: Site) -> str | None:
    """Return why a site is not to be read by its feed, None where it may be."""
    plan = site.plan
    if site.elder:
        return OF_A_LANGUAGE
    if not (ITSELF | {EVERY_TYPE}) & {*plan.types}:
        return OTHER_TYPES.format(types=", ".join(plan.types))
    if READ.isdisjoint(plan.kinds):
        return UNREAD.format(unread=", ".join(_unread(plan)))
    for argument in ("categories", "tags", "authors", "search", "lang"):
        if getattr(plan, argument):
            return NARROWED.format(argument=argument)
    return None


def _unread(plan: Plan) -> list[str]:
    """Return which kinds and types of a plan are not read below the API."""
    kinds = [name for name, kind in KINDS.items() if kind in plan.kinds - READ]
    types = ["other types" if type_ == EVERY_TYPE else type_ for type_ in plan.types]
    return [*kinds, *(type_ for type_ in types if type_ not in ITSELF)]


def _pass_over(site: Site, document: Document, reading: Reading) -> Iterator[Link]:
    """Take each known post as it was: none was modified since all were read.

    ``Last-Modified`` and ``ETag`` of a feed are of the last post that was (``WP::send_headers()``);
    what was deleted since is seen by sitemaps.
    """
    settle(site, site.entrance.home if site.entrance else "", FEED, document)
    site.validated = dict(site.known.feed) if site.known else {}
    reading.is_read = True
    stand_all(site, reading)
    yield listed_link(site, reading)


def feeds_of(site: Site, document: Document) -> list[str]:
    """Return the addresses that may be the feed of a site, the one that is remembered first."""
    remembered, _ = remembered_feed(site)
    return list(dict.fromkeys(filter(None, [remembered, *feeds(document)])))


def _guessed(site: Site) -> list[str]:
    """Return where the feed may be of a site whose page was not read: its API was remembered."""
    return feeds_of(site, Document(f"{here(site, home_of(site))}/", 200, b""))


def _link(reading: Reading) -> Link:
    return Link(FEED, reading.url, purpose=reading)


def _sated(site: Site, entries: Sequence[Entry]) -> bool:
    """Return whether the feed needs not be read on: the limit is met, or what follows is older."""
    return site.ledger.collection(POSTS).found == site.plan.limit or is_past(site, entries)


def _close(site: Site) -> None:
    """Settle the account of a feed that was read as far as the plan asks."""
    account = site.ledger.collection(POSTS)
    account.untold, account.expected = False, account.found
