"""The questions of a probe below the API: the sitemaps and the feed of a site."""

from collections.abc import Iterable, Iterator

from newscrawl.core.discovery import FEEDS
from newscrawl.core.documents import Document, UnreadableDocument
from newscrawl.core.links import Link
from newscrawl.core.probe import Feed, Probe, Question, Sitemap
from newscrawl.core.readers.locating import (
    first_of_core,
    here,
    home_of,
    index_of,
    usual_sitemaps,
)
from newscrawl.core.rss import feed_in, is_cut
from newscrawl.core.site import Site
from newscrawl.core.sitemaps import entries_in, sitemaps_in

MAP, ITS_FEED = "probe of the sitemaps", "probe of the feed"
MAIN = "post"
MOST_OF_CORE = 2000  # addresses in a sitemap


def address_of(site: Site, rel: str) -> str:
    """Return where the feed is, or core's first sitemap of the posts, or another's index."""
    if rel == ITS_FEED:
        return next(iter(site.feeds), f"{here(site, home_of(site))}/{FEEDS[0]}")
    return first_of_core(site, MAIN) or index_of(site)


def read_map(site: Site, document: Document, link: Link) -> Iterator[Link]:
    """Note what a sitemap tells; an index leads to the first and the last of the posts' sitemaps.

    Where the API counts the posts, one without dates leads to the first; where it does not, one of
    core's that is full leads to their index.
    """
    probe, _ = link.purpose
    is_index, times = entries_in(document)
    dated = bool(times) and all(times.values())
    probe.sitemaps.append(Sitemap(document.url, is_index, len(times), dated))
    is_counted = probe.main in probe.found and probe.found[probe.main].reason is None
    if is_index and not (dated and is_counted):
        maps = [here(site, url) for url in sitemaps_in(document, MAIN)]
        probe.maps = len(maps)
        _ask_for_maps(probe, maps[:1] if is_counted else [maps[0], maps[-1]])
    elif not is_counted and len(times) == MOST_OF_CORE:
        _ask_for_maps(probe, [index_of(site)])
    return iter(())


def _ask_for_maps(probe: Probe, addresses: Iterable[str]) -> None:
    """Let sitemaps be asked for next that were not yet."""
    known = {sitemap.url for sitemap in probe.sitemaps}
    probe.waiting[:0] = [Question(MAP, url) for url in dict.fromkeys(addresses) if url not in known]


def read_its_feed(_site: Site, document: Document, link: Link) -> Iterator[Link]:
    """Note how many posts the feed shows at a time."""
    probe, _ = link.purpose
    entries = feed_in(document).entries
    probe.feed = Feed(document.url, len(entries), sum(map(is_cut, entries)))
    return iter(())


def fail_map(site: Site, link: Link, _error: UnreadableDocument) -> Iterator[Link]:
    """Look for the next that may be there; a site without sitemaps is no worse."""
    probe, _ = link.purpose
    known = [address_of(site, MAP), index_of(site), *usual_sitemaps(site)]
    probe.waiting[:0] = [Question(MAP, url) for url in _behind(link.href, known)]
    return iter(())


def fail_its_feed(site: Site, link: Link, _error: UnreadableDocument) -> Iterator[Link]:
    """Look for the next that may be the feed; a site without one is no worse."""
    probe, _ = link.purpose
    probe.waiting[:0] = [Question(ITS_FEED, url) for url in _behind(link.href, site.feeds)]
    return iter(())


def _behind(address: str, known: Iterable[str]) -> list[str]:
    """Return the address behind one of some known ones, none behind the last.

    >>> _behind("a", ["a", "b", "a", "c"]), _behind("b", ["a", "b"]), _behind("x", ["a", "b"])
    (['b'], [], [])
    """
    addresses = list(dict.fromkeys(known))
    place = addresses.index(address) + 1 if address in addresses else len(addresses)
    return addresses[place : place + 1]
