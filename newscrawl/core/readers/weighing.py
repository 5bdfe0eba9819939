"""What a survey shows beside what is known; what it leaves open is asked for by id or by slug."""

from collections.abc import Iterable, Iterator

from newscrawl.core.batches import parts_of
from newscrawl.core.documents import UnreadableDocument
from newscrawl.core.links import Link
from newscrawl.core.readers.locating import index_of
from newscrawl.core.readers.steps import size_of
from newscrawl.core.readers.surveys import (
    conclude,
    give_up,
    is_far,
    named_link,
    sitemap_link,
)
from newscrawl.core.readers.tracing import note_same
from newscrawl.core.site import Site
from newscrawl.core.sitemaps import key_of, names_of
from newscrawl.core.survey import Survey
from newscrawl.core.walk import Walk

MOST_NAMES = 30  # of 200 bytes each, in one address
PUBLISHED_LAST = "orderby", "date"  # one that was scheduled may have been modified long ago
MANY = "more posts differ than sitemaps are good for"
STALE = "sitemaps that do not show yet what was modified last"


def weigh(site: Site, walk: Walk, survey: Survey) -> Iterator[Link]:
    """Compare the sitemaps with what is known; ask for what they leave open, if that is little."""
    assert site.memory and site.known  # noqa: S101, PT018 - nothing else is traced
    if survey.is_stale:
        yield from give_up(site, walk, UnreadableDocument(index_of(site), STALE))
        return
    same, others = survey.compare(site.memory.stamps(site.home, walk.type))
    note_same(site, walk, same)
    survey.tried.add(key_of(site.home))
    open_ = others if survey.spared else site.known.ids(walk.type) - survey.ids
    if is_far(site, walk, len(open_ - others) + len(survey.unknown)):
        yield from give_up(site, walk, UnreadableDocument(index_of(site), MANY))
        return
    batches = parts_of(sorted(open_), size_of(site, walk))
    survey.asked = [("include", ",".join(map(str, ids))) for ids in batches]
    if survey.spared:
        survey.asked.append(PUBLISHED_LAST)
    yield from ask(site, walk, survey)


def ask(site: Site, walk: Walk, survey: Survey) -> Iterator[Link]:
    """Ask lists for what is still open; addresses that lists have named meanwhile are not."""
    if not survey.asked:
        survey.asked = list(_names(survey.unknown))
        survey.tried.update(survey.unknown)
    if survey.asked:
        yield named_link(site, walk, survey)
    elif survey.spared:
        yield from _believe(site, walk, survey)
    else:
        yield from conclude(site, walk, survey)


def _believe(site: Site, walk: Walk, survey: Survey) -> Iterator[Link]:
    """Take the posts of spared sitemaps for unchanged if all add up, else read these as well."""
    assert site.known  # noqa: S101 - nothing else is traced
    rest = set(site.known.ids(walk.type) - survey.ids)
    spared, survey.spared = survey.spared, []
    if len(survey.ids) + len(rest) == survey.total:
        survey.ids |= rest
        note_same(site, walk, rest)
        yield from conclude(site, walk, survey)
    else:
        survey.waiting = spared
        yield sitemap_link(walk, survey)


def _names(keys: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Yield the parameters of lists that hold the posts at these addresses."""
    wanted: dict[str, list[str]] = {}
    for parameter, name in names_of(keys):
        wanted.setdefault(parameter, []).append(name)
    for parameter, names in wanted.items():
        for start in range(0, len(names), MOST_NAMES):
            yield parameter, ",".join(names[start : start + MOST_NAMES])
