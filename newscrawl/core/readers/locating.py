"""Where the sitemaps of a site are."""

import re
from urllib.parse import urljoin, urlsplit

from newscrawl.core.site import Site
from newscrawl.core.sitemaps import CORE_INDEX, sitemap_of_core

INDEX_BY_NAME = re.compile(r"index|/wp-sitemap\.xml$")


def index_of(site: Site) -> str:
    """Return where the index of sitemaps is: what robots.txt names below home, else core's own.

    A plugin that brings its own leads from core's to it.
    """
    named = sitemaps_named(site)
    indexes = [url for url in named if INDEX_BY_NAME.search(url)]
    return next(iter([*indexes, *named]), usual_sitemaps(site)[0])


def sitemaps_named(site: Site) -> list[str]:
    """Return the sitemaps below home that robots.txt names."""
    home = here(site, f"{home_of(site)}/")
    return [url for url in (here(site, url) for url in site.sitemaps) if url.startswith(home)]


def usual_sitemaps(site: Site) -> list[str]:
    """Return where sitemaps are when nothing names them.

    Core's index, where others begin, and core's index with plain permalinks.
    """
    home = here(site, f"{home_of(site)}/")
    return [urljoin(home, name) for name in (CORE_INDEX, "sitemap.xml", "?sitemap=index")]


def first_of_core(site: Site, type_: str) -> str | None:
    """Return the first sitemap of core, which needs no index; None where a plugin has its own."""
    index = index_of(site)
    return sitemap_of_core(index, type_, 1) if index.endswith(f"/{CORE_INDEX}") else None


def home_of(site: Site) -> str:
    """Return the home of a site; where nothing has told it, what its feed would be below."""
    if site.home or not site.feeds:
        return site.home or site.url.rstrip("/")
    return site.feeds[0].partition("?")[0].rstrip("/").removesuffix("/feed")


def _pages_of(site: Site) -> str:
    """Return an address on the host that answers for the pages of a site."""
    if site.root.answers_pages:
        return site.root.url
    return site.url if site.root.url else site.feed


def here(site: Site, url: str) -> str:
    """Return an address of the site's own on the host that answers, any other as it is."""
    parts, here = urlsplit(url), urlsplit(_pages_of(site))
    own = parts.netloc.lower().removeprefix("www.") in site.hosts
    return parts._replace(scheme=here.scheme, netloc=here.netloc).geturl() if own else url
