"""The arguments that narrow a walk, turned into ids where the user wrote slugs."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from urllib.parse import unquote

from newscrawl.core.documents import BadArgument, Document, UnreadableDocument
from newscrawl.core.links import Link
from newscrawl.core.reach import PostType
from newscrawl.core.readers.walk import begin
from newscrawl.core.site import Site

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
    """Take over the ids of the slugs; look numbers that are no slug up as ids; begin the walks.

    Slugs come first: a tag of the year 2024 has the slug ``2024`` and another id.
    """
    argument, wanted, found, types = link.purpose
    rows = document.resources()
    found |= {unquote(str(row.get("slug"))): str(row["id"]) for row in rows}
    found |= {str(row["id"]): str(row["id"]) for row in rows if str(row["id"]) in _missing(link)}
    missing = _missing(link)
    numbers = [name for name in missing if name.isdecimal()]
    if missing and numbers == missing and "slug=" in link.href:
        yield _lookup(site, link.purpose, {"include": ",".join(numbers)})
        return
    if missing:
        unknown = next((name for name in missing if name not in numbers), missing[0])
        raise BadArgument(f"{argument}: {site.home} has no {unknown!r}")
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


def _missing(link: Link) -> list[str]:
    _, wanted, found, _ = link.purpose
    return [name for name in wanted if unquote(name) not in found]


def _lookups(site: Site, types: Sequence[PostType]) -> Iterator[Link]:
    for argument in ROUTES:
        wanted: tuple[str, ...] = getattr(site.plan, argument)
        if wanted:
            yield _lookup(site, (argument, wanted, {}, types), {"slug": ",".join(wanted)})


def _lookup(site: Site, purpose: tuple[Any, ...], selection: Mapping[str, str]) -> Link:
    query = {**selection, "per_page": "100", "_fields": "id,slug"}
    return Link(LOOKUP, site.root.address(ROUTES[purpose[0]], query), purpose=purpose)
