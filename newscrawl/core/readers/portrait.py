"""The item of the site itself."""

from collections.abc import Mapping

from newscrawl.core.indexes import namespaces, offset_of
from newscrawl.core.place import text_of
from newscrawl.core.site import Site
from newscrawl.core.values import string
from newscrawl.items import Site as SiteItem
from newscrawl.items.parts import Source

BELOW: Mapping[str, Source] = {"feed": "feed", "sitemap": "sitemap", "page": "page"}


def site_of(site: Site) -> SiteItem:
    """Return the item of the site itself, once its collections are known to be open or closed."""
    index = site.index
    return SiteItem(
        site=site.home,
        name=text_of(index.get("name")),
        description=text_of(index.get("description")),
        home=site.home,
        api_root=site.root.index or None,
        found_by=site.found_by,
        timezone=string(index.get("timezone_string")) or offset_of(index.get("gmt_offset")),
        lang=site.language_root or site.lang,
        namespaces=namespaces(index),
        types=list(site.types or ()),
        taxonomies=list(site.taxonomies or ()),
        access=dict(sorted(site.access.items())),
        source=_source(site),
        source_url=site.root.index or site.feed,
        fetched_at=site.read_at,
    )


def _source(site: Site) -> Source:
    """Return by what a site was known: its API, its feed, its sitemaps alone, or its pages."""
    if site.root.url:
        return "rest"
    return BELOW[site.found_by]
