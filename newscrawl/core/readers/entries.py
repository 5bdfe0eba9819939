"""The entries of a feed: which are new, and the posts that are made of them."""

from collections.abc import Iterator, Sequence

from newscrawl.core.collection import PASSWORD
from newscrawl.core.documents import Document
from newscrawl.core.ledger import POSTS
from newscrawl.core.links import Link
from newscrawl.core.readers.asked import asked_for, leave
from newscrawl.core.readers.excerpts import excerpt_link
from newscrawl.core.readers.meeting import meet, withhold
from newscrawl.core.reading import Reading
from newscrawl.core.rss import Entry, is_protected, key_of, link_of, post_of, published
from newscrawl.core.site import Site
from newscrawl.core.sitemaps import keys_of
from newscrawl.core.times import moment
from newscrawl.items import Item


def fresh_in(reading: Reading, entries: Sequence[Entry]) -> list[Entry]:
    """Return the entries that a reading has not met, and take note of all of them.

    One that slipped from page to page has its address; another one with its GUID has not.
    """
    fresh = []
    for entry in entries:
        if not _was_met(reading, entry):
            fresh.append(entry)
            reading.met.add(key_of(entry))
            reading.urls |= addresses_of(entry)
            reading.told.add(hash((entry.get("link"), entry.get("title"))))
    reading.size = max(reading.size, len(entries))
    reading.oldest = list(filter(None, map(link_of, fresh))) or reading.oldest
    return fresh


def _was_met(reading: Reading, entry: Entry) -> bool:
    return key_of(entry) in reading.met and not addresses_of(entry).isdisjoint(reading.urls)


def posts_of(site: Site, document: Document, entries: Sequence[Entry]) -> Iterator[Item | Link]:
    """Yield the posts of a feed's entries that are asked for, or the links to complete them by."""
    account = site.ledger.collection(POSTS)
    for entry in entries:
        if account.found == site.plan.limit:
            break
        post = post_of(entry, site.home, document)
        if not asked_for(site, post):
            leave(site, post)
            continue
        account.found += 1
        meet(site, post)
        if is_protected(entry):
            account.unreadable[post.url or key_of(entry)] = PASSWORD
            yield from withhold(site, post)
        elif account.to_write:
            yield excerpt_link(site, post) if post.content_refused and post.url else post


def addresses_of(entry: Entry) -> set[str]:
    """Return the keys of the address of an entry's post."""
    return keys_of(str(entry.get("link")))


def is_past(site: Site, entries: Sequence[Entry]) -> bool:
    """Return whether what follows a page, newest first, is older than what the plan asks for.

    All that it shows is: one post that is pinned, or out of its order, tells nothing.
    """
    times = [published(entry) for entry in entries]
    told = [moment(time) for time in times if time]
    after = site.plan.after
    if not after or not told or len(told) < len(times):
        return False
    return max(told) < after and told[0] >= told[-1]
