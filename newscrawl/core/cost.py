"""What a crawl of a site would cost, from what a probe found: requests, and time at its pace.

Each part is what the readers ask for (`readers.walk`, `gather`, `collections`): a document for each
hundred of what is read, one at the end of a walk, one for the head of what posts refer to.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from math import ceil
from statistics import median

from newscrawl.core.batches import MOST_IDS
from newscrawl.core.people import MOST_POSTS
from newscrawl.core.probe import Finding, Probe
from newscrawl.core.readers.probing import COMMENTS, MEDIA, USERS
from newscrawl.core.readers.sounding import MOST_OF_CORE
from newscrawl.core.readers.withheld import MOST_ALONE

CLOSED = 2  # requests for what is closed: a refusal counts when it is told twice
COUNT = 1  # at the end of a walk
HEAD = 1  # of authors and terms, and what decides how comments are read
FEEDS_TRIED = 2
EMPTY = 1  # what is behind the last page of a feed
CORE, MOST_OF_OTHERS = "/wp-sitemap-posts-", 1000  # addresses in a sitemap
MAP_INDEX = 1
CLOSED_REVISIONS = 1  # one post's: they are shown to nobody anonymous


@dataclass(frozen=True, slots=True)
class Cost:
    """What a crawl would cost a site."""

    requests: int
    seconds: int


def main_job(probe: Probe) -> Cost:
    """Return the cost of the posts with all that is joined into them."""
    return _cost(probe, sum(_main(probe)))


def everything(probe: Probe) -> Cost:
    """Return the cost of all kinds and relations of the posts (``items=all follow=all``)."""
    groups = (_group(probe, route) for route in (MEDIA, COMMENTS))
    return _cost(probe, sum(_main(probe)) + sum(groups) + _revisions(probe))


def below_api(probe: Probe) -> Cost | None:
    """Return the cost of the posts below the API, None where no sitemap tells how many there are.

    Each document of the feed holds what the first one did; the last one is empty. Sitemaps prove
    the whole. A post of which it holds an excerpt is read by its page, as each is without a feed.
    """
    posts = _listed(probe)
    if posts is None:
        return None
    feed = probe.feed if probe.feed and probe.feed.entries else None
    documents = ceil(posts / feed.entries) + EMPTY if feed else FEEDS_TRIED
    pages = ceil(posts * feed.excerpts / feed.entries) if feed else posts
    proof = MAP_INDEX + max(1, probe.maps)
    requests = probe.way_in + documents + proof + pages
    others = median(probe.took) if probe.took else 0.0
    return Cost(requests, ceil(requests * _gap(probe, others)))


def _listed(probe: Probe) -> int | None:
    """Return how many posts sitemaps list, None where one of those that tell it was not read.

    All but one, the last or the first, are as full as the other. One that is full, and no index
    says that it is the only one, does not tell.

    >>> from newscrawl.core.probe import Sitemap
    >>> maps = [Sitemap("1", False, 1000, True), Sitemap("3", False, 20, True)]
    >>> _listed(Probe(sitemaps=maps, maps=3)), _listed(Probe(sitemaps=maps[:1], maps=3))
    (2020, None)
    """
    read = [sitemap.entries for sitemap in probe.sitemaps if not sitemap.is_index]
    if len(read) < max(1, min(probe.maps, 2)):
        return None
    if probe.maps:
        return max(read[0], read[-1]) * (probe.maps - 1) + min(read[0], read[-1])
    most = MOST_OF_CORE if CORE in probe.sitemaps[0].url else MOST_OF_OTHERS
    return read[0] if read[0] < most else None


def _cost(probe: Probe, requests: int) -> Cost:
    """Return the cost of so many requests; documents of posts take their own time.

    `DOWNLOAD_DELAY` is between two departures, a Crawl-delay between an answer and a departure.

    >>> _cost(Probe(took=[0.5, 0.5, 9.0], posts_took=4.0), 4).seconds
    6
    >>> _cost(Probe(took=[0.5], posts_took=4.0, crawl_delay=5.0), 4).seconds
    26
    """
    walk = _walk(probe)
    others = median(probe.took) if probe.took else 0.0
    seconds = walk * _gap(probe, probe.posts_took) + (requests - walk) * _gap(probe, others)
    return Cost(requests, ceil(seconds))


def _gap(probe: Probe, took: float) -> float:
    return max(probe.delay, took + (probe.crawl_delay or 0.0))


def _main(probe: Probe) -> Iterator[int]:
    yield probe.way_in
    yield _walk(probe) + COUNT
    yield _head(probe, USERS)
    yield from (_head(probe, route) for route in probe.own)
    yield _images(probe)
    yield _withheld(probe)
    yield _beyond(probe)
    yield _of_all(probe, probe.sample.several) + probe.sample.shared


def _walk(probe: Probe) -> int:
    return max(1, _documents(probe, _posts(probe)))


def _posts(probe: Probe) -> int:
    return _found(probe, probe.main).total or probe.sample.posts


def _head(probe: Probe, route: str) -> int:
    """Return the requests for what many posts share: the head, and batches of what is not in it."""
    found = _found(probe, route)
    if found.reason:
        return CLOSED
    return HEAD + _documents(probe, max(0, (found.total or 0) - MOST_IDS))


def _images(probe: Probe) -> int:
    """Return the batches of featured images, if as many posts have their own as of the newest."""
    media = _found(probe, MEDIA)
    images = _of_all(probe, probe.sample.images)
    if media.reason:
        return CLOSED if images else 0
    return _documents(probe, images if media.total is None else min(images, media.total))


def _withheld(probe: Probe) -> int:
    """Return the requests that look for the names of withheld authors in their posts.

    Whom these do not name oEmbed is asked for, or the page of a post, one by one.
    """
    if not _found(probe, USERS).reason:
        return 0
    authors = probe.sample.authors
    alone = min(authors, MOST_ALONE) if probe.asks_alone else 0
    return ceil(authors / (MOST_IDS // MOST_POSTS)) + alone


def _beyond(probe: Probe) -> int:
    """Return the requests for what sitemaps list beside the API: their index, those of posts."""
    if not probe.asks_beyond:
        return 0
    return MAP_INDEX + (ceil(_posts(probe) / MOST_OF_CORE) if probe.sitemaps else 0)


def _group(probe: Probe, route: str) -> int:
    """Return the requests for what belongs to posts: walked where there is less of it than posts.

    A hundred posts are asked for theirs at once.
    """
    found, posts = _found(probe, route), _posts(probe)
    if found.reason:
        return CLOSED
    walk = _documents(probe, found.total or 0)
    if posts <= MOST_IDS:
        return max(1, walk)
    return HEAD + walk + (ceil(posts / MOST_IDS) if (found.total or 0) > posts else 0)


def _revisions(probe: Probe) -> int:
    """Return the requests for revisions: one where they are closed, else one a post at the most."""
    first = next((f for route, f in probe.found.items() if route.endswith("/revisions")), None)
    return _posts(probe) if first and not first.reason else CLOSED_REVISIONS


def _of_all(probe: Probe, sampled: int) -> int:
    """Return how many there are in all posts of what so many of the newest have.

    >>> _of_all(Probe(), 7)
    0
    """
    sample = probe.sample
    return ceil(sampled * max(_posts(probe), sample.posts) / sample.posts) if sample.posts else 0


def _documents(probe: Probe, rows: int) -> int:
    return ceil(rows / min(MOST_IDS, probe.sample.size))


def _found(probe: Probe, route: str) -> Finding:
    return probe.found.get(route) or Finding("")
