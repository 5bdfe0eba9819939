"""What the next crawl is to know of a site: where it was found, what it repeats, its languages."""

from newscrawl.core.memory import Known
from newscrawl.core.site import Site


def described(site: Site) -> dict[str, object]:
    """Return the columns that describe a site.

    Sitemaps and feed are as they were when all was read, which is known at the end of a crawl only.
    """
    known = site.known or Known()
    whole = site.ledger.complete
    state = {
        "furniture": sorted(site.furniture),
        "sitemaps": {**known.sitemaps, **site.dated} if whole else known.sitemaps,
        "feed": site.validated if whole and not site.plan.narrows else known.feed,
        "beyond": site.beyond if whole else known.beyond,
        "marked": known.marked or site.showings.marked,
        "languages": {} if site.elder else _languages(site),
    }
    return {
        "api_root": site.root.index,
        "found_by": site.found_by,
        "lang": site.language_root or site.lang,
        "state": state,
    }


def _languages(site: Site) -> dict[str, list[str]]:
    return {address: sorted(types) for address, types in site.sisters.shown.items()}
