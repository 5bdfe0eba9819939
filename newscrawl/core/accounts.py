"""Whose an item or an address is: its site, and the account of its collection."""

from collections.abc import Iterable

from newscrawl.core.collection import Collection
from newscrawl.core.fence import authority_of
from newscrawl.core.site import Site
from newscrawl.items import Item, Link
from newscrawl.items import Site as SiteItem

SHARED_GUID = "its GUID is that of post {id} of {site}"


def sites_of(spider: object) -> list[Site]:
    """Return the sites of a spider; one of another kind has none."""
    return [site for site in getattr(spider, "sites", ()) if isinstance(site, Site)]


def owner_of(sites: Iterable[Site], url: str) -> Site | None:
    """Return the site that has an address of its own on the host of a URL, None if none has."""
    host = authority_of(url)
    owned = ((site, map(authority_of, site.addresses)) for site in sites)
    return next((site for site, hosts in owned if host in hosts), None)


def site_of(sites: Iterable[Site], item: Item) -> Site | None:
    """Return the site that an item was read from: below its API, as two may give one home."""
    for site in sites:
        if site.home == item.site and _is_below(site, item):
            return site
    return None


def _is_below(site: Site, item: Item) -> bool:
    return item.source != "rest" or site.root.has(item.source_url)


def account_of(sites: Iterable[Site], item: Item) -> Collection | None:
    """Return the account of the collection that an item was read from; a site has none."""
    site = site_of(sites, item)
    if site is None or isinstance(item, SiteItem):
        return None
    return site.ledger.collection(_collection_of(item))


def _collection_of(item: Item) -> str:
    """Return what the ledger calls an item's collection; what is no resource is a post."""
    if isinstance(item, Link):
        return "links"
    return item.source_url.rsplit("/", 2)[-2] if item.source == "rest" else "posts"
