"""The report of a probe: what a site allows, what is closed and by what, what it would cost."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict
from typing import Any
from urllib.parse import urljoin

from newscrawl.core.cost import below_api, everything, main_job
from newscrawl.core.documents import ERROR_CODE
from newscrawl.core.indexes import namespaces
from newscrawl.core.place import text_of
from newscrawl.core.probe import MOST_DOCUMENTS, Finding, Probe
from newscrawl.core.readers.probing import COMMENTS, MEDIA, USERS
from newscrawl.core.readers.sisters import roots_told
from newscrawl.core.readers.sounding import ITS_FEED, MAP
from newscrawl.core.site import Site
from newscrawl.core.sitemaps import CORE_INDEX

PLUGINS: Mapping[str, str] = {  # by the first part of their namespace
    "yoast": "Yoast SEO",
    "rankmath": "Rank Math",
    "aioseo": "All in One SEO",
    "coauthors": "Co-Authors Plus",
    "publishpress-authors": "PublishPress Authors",
    "pll": "Polylang",
    "wpml": "WPML",
    "jetpack": "Jetpack",
    "wpcom": "WordPress.com",
}
ADDED_BY: Mapping[str, str] = {  # by a field of posts
    "authors": "PublishPress Authors",
    "coauthors": "Co-Authors Plus",
    "lang": "languages of posts",
}
WORDS: Mapping[str, str] = {
    "rest_no_route": "no such route: a plugin took it away",
    "rest_user_cannot_view": "shown to editors only",
    "rest_forbidden_context": "shown to editors only",
    "rest_cannot_read": "shown to editors only",
    "rest_post_invalid_parent": "the post is not shown",
}
LOGIN, FORBIDDEN, ABSENT = "for who is logged in", "forbidden", "not there"
BY_STATUS: Mapping[int | None, str] = {401: LOGIN, 403: FORBIDDEN, 404: ABSENT, 410: ABSENT}
GONE = frozenset({404, 410})
MANY, ENOUGH = "NEWSCRAWL_MOST_DOCUMENTS", f"{MOST_DOCUMENTS} documents were not enough"
BY_SERVER = "refused by a server or a firewall"
NEEDED = {"posts": "wp/v2/posts", "users": USERS, "media": MEDIA, "comments": COMMENTS}
NAMES = {MAP: "sitemaps", ITS_FEED: "feed"}


def report_of(site: Site, probe: Probe) -> dict[str, Any]:
    """Return all that a probe found, as its JSON tells it; the table is made of it, too."""
    return {
        "url": site.url,
        "open": is_open(probe),
        "name": text_of(site.index.get("name")),
        "home": site.home or None,
        "api_root": site.root.index or None,
        "found_by": site.found_by or None,
        "lang": site.language_root or site.lang,
        "languages": roots_told(site),
        "features": list(_features(site, probe)),
        "types": list(_types(site, probe)),
        "taxonomies": list(_taxonomies(site, probe)),
        "collections": list(_collections(probe)),
        "feed": asdict(probe.feed) if probe.feed else None,
        "sitemaps": [asdict(sitemap) for sitemap in probe.sitemaps],
        "not_asked": [NAMES.get(q.rel) or q.route for q in probe.waiting],
        "robots": {
            "read": probe.robots_read,
            "forbids": probe.forbidden,
            "crawl_delay": probe.crawl_delay,
        },
        "cost": _costs(probe),
        "tried": [
            {"url": url, "reason": access["reason"]}
            for url, access in site.access.items()
            if "://" in url and access["reason"] != site.ledger.blocked
        ],
        "refusals": list(_refusals(site, probe)),
        "documents": site.ledger.requests,
    }


def is_open(probe: Probe) -> bool:
    """Return whether the posts can be read by the API."""
    found = probe.found.get(probe.main)
    return found is not None and found.reason is None


def needed(site: Site) -> dict[str, str]:
    """Return the addresses that a crawl needs, by what it needs them for."""
    root = site.root.url or next(iter(site.access), urljoin(site.url, "/wp-json/"))
    return {
        "home page": site.url,
        "API": root,
        **{name: f"{root}{route}" for name, route in NEEDED.items()},
        "feed": next(iter(site.feeds), urljoin(site.url, "/feed/")),
        "sitemaps": next(iter(site.sitemaps), urljoin(site.url, f"/{CORE_INDEX}")),
    }


def words(status: int | None, reason: str) -> str:
    """Return in words by what something is closed: WordPress's code is told with what it means.

    >>> words(401, "rest_user_cannot_view"), words(403, "HTTP 403")
    ('401 rest_user_cannot_view: shown to editors only', '403: refused by a server or a firewall')
    >>> words(403, "Cloudflare's challenge"), words(None, "forbidden by the site's robots.txt")
    ("Cloudflare's challenge (403)", "forbidden by the site's robots.txt")
    """
    if MANY in reason:
        return ENOUGH
    if reason == f"HTTP {status}":
        return f"{status}: {ABSENT if status in GONE else BY_SERVER}"
    if status is None or not ERROR_CODE.match(reason):
        return reason if status in {None, *GONE} else f"{reason} ({status})"
    meaning = WORDS.get(reason) or BY_STATUS.get(status)
    return f"{status} {reason}: {meaning}" if meaning else f"{status} {reason}"


def _refusals(site: Site, probe: Probe) -> Iterator[dict[str, Any]]:
    """Yield what led to nothing; that an open site has more to ask for is none."""
    for row in site.ledger.refusals:
        if not (is_open(probe) and MANY in row["reason"]):
            yield row | {"words": words(row["status"], row["reason"])}


def _features(site: Site, probe: Probe) -> Iterator[str]:
    told = [PLUGINS.get(name.partition("/")[0]) for name in namespaces(site.index)]
    added = [ADDED_BY[name] for name in sorted(probe.sample.fields)]
    yield from dict.fromkeys(name for name in [*told, *added] if name)


def _types(site: Site, probe: Probe) -> Iterator[dict[str, Any]]:
    for type_ in (site.types or {}).values():
        yield {"slug": type_.slug, "route": type_.route, "total": _total(probe, type_.route)}


def _taxonomies(site: Site, probe: Probe) -> Iterator[dict[str, Any]]:
    for slug, route in (site.taxonomies or {}).items():
        yield {"slug": slug, "route": route, "total": _total(probe, route)}


def _total(probe: Probe, route: str) -> int | None:
    found = probe.found.get(route)
    return found.total if found else None


def _collections(probe: Probe) -> Iterator[dict[str, Any]]:
    """Yield what became of each collection that was asked for."""
    for route, found in probe.found.items():
        yield {
            "name": route.rpartition("/")[2],
            "route": route,
            "open": found.reason is None,
            "total": found.total,
            "status": found.status,
            "reason": found.reason,
            "words": _words(found),
        }


def _words(found: Finding) -> str | None:
    return words(found.status, found.reason) if found.reason else None


def _costs(probe: Probe) -> dict[str, Any] | None:
    """Return what crawls would cost; None where nobody knows how many posts there are.

    Below the API nothing but the posts is read.
    """
    main, whole = below_api(probe), None
    if is_open(probe):
        told = _total(probe, probe.main) is not None
        main, whole = (main_job(probe), everything(probe)) if told else (None, None)
    if main is None:
        return None
    return {
        "delay": max(probe.delay, probe.crawl_delay or 0.0),
        "main": asdict(main),
        "everything": asdict(whole) if whole else None,
    }
