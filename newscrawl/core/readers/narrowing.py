"""The arguments that narrow a walk, turned into ids where the user wrote slugs."""

from collections.abc import Iterator, Sequence
from urllib.parse import unquote

from newscrawl.core.documents import BadArgument, Document, UnreadableDocument
from newscrawl.core.links import Link
from newscrawl.core.readers.walk import begin
from newscrawl.core.site import PostType, Site

LOOKUP = "lookup"
ROUTES = {"categories": "wp/v2/categories", "tags": "wp/v2/tags", "authors": "wp/v2/users"}
PARAMETERS = {"categories": "categories", "tags": "tags", "authors": "author"}


def narrow(site: Site, types: Sequence[PostType]) -> Iterator[Link]:
    """Yield a look-up for each argument given by slug, or the walks where there is none."""
    if site.plan.search:
        site.narrowed["search"] = site.plan.search
    if site.plan.lang:
        site.narrowed["lang"] = site.plan.lang  # Polylang Pro and WPML select by it
    lookups = list(_lookups(site, types))
    yield from lookups or begin(site, types)


def read_lookup(site: Site, document: Document, link: Link) -> Iterator[Link]:
    """Take over the ids of the slugs; begin the walks when all are known."""
    argument, wanted, types = link.purpose
    found = {unquote(str(row.get("slug"))): str(row["id"]) for row in document.resources()}
    found |= {name: name for name in wanted if name.isdecimal()}
    unknown = [name for name in wanted if unquote(name) not in found]
    if unknown:
        raise BadArgument(f"{argument}: {site.home} has no {unknown[0]!r}")
    site.narrowed[PARAMETERS[argument]] = ",".join(found[unquote(name)] for name in wanted)
    if not [name for name in PARAMETERS if _asked(site, name)]:
        yield from begin(site, types)


def fail_lookup(site: Site, link: Link, error: UnreadableDocument) -> Iterator[Link]:
    """Refuse the crawl: without the ids it would read what was not asked for."""
    site.ledger.refuse(error.url, error.status, f"{link.purpose[0]}: {error.reason}")
    return iter(())


def _asked(site: Site, argument: str) -> bool:
    wanted: tuple[str, ...] = getattr(site.plan, argument)
    return bool(wanted) and PARAMETERS[argument] not in site.narrowed


def _lookups(site: Site, types: Sequence[PostType]) -> Iterator[Link]:
    for argument, route in ROUTES.items():
        wanted: tuple[str, ...] = getattr(site.plan, argument)
        slugs = [name for name in wanted if not name.isdecimal()]
        if wanted and not slugs:
            site.narrowed[PARAMETERS[argument]] = ",".join(wanted)
        if slugs:
            query = {"slug": ",".join(slugs), "per_page": "100", "_fields": "id,slug"}
            yield Link(LOOKUP, site.root.address(route, query), purpose=(argument, wanted, types))
