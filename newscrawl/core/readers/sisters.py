"""The languages that a site's own API root does not show, as WPML has it: which, and where.

A page tells what it is in other languages, and so do posts; the language roots that these lie below
are read when the site itself is, as if the user had named them. Polylang has all in one list.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain
from urllib.parse import urlsplit

from newscrawl.core.alternates import is_below, mark_of, root_of
from newscrawl.core.discovery import Candidate
from newscrawl.core.fence import objection
from newscrawl.core.indexes import namespaces
from newscrawl.core.ledger import Ledger
from newscrawl.core.roots import ROUTE_PARAMETER, ApiRoot
from newscrawl.core.site import Site
from newscrawl.core.sitemaps import key_of
from newscrawl.items import Post
from newscrawl.items.parts import Translation

POLYLANG, WPML = "pll/", "wpml/"  # their namespaces
SAME = "it shows the posts that were read at {home}, and no others"
UNREAD = "below the API one language is read; to read what there is in this one, -a site={url}"
MOST_ROOTS = 100  # a site that makes them up has no end
NO_API = "the language root has no API of its own; to read what it has, -a site={url}"


def note_alternates(site: Site, pages: Sequence[Translation]) -> None:
    """Note the language roots that a page in each language lies below.

    Who named a language root wants that language alone.
    """
    named = any(root_of(page["lang"], site.url) for page in pages)
    if site.elder or named:
        return
    for page in pages:
        root = root_of(page["lang"], page["url"] or "")
        if root and _is_of(site, root) and len(site.sisters.shown) < MOST_ROOTS:
            site.sisters.shown.setdefault(root, set())


def recall_languages(site: Site, known: Mapping[str, Collection[str]]) -> None:
    """Note the language roots that a store knows, and what was shown below them."""
    for address, types in known.items():
        site.sisters.shown.setdefault(address, set()).update(types)


def note_languages(site: Site, post: Post) -> None:
    """Note the language roots that a post tells, and the one that it lies below itself."""
    own = Translation(lang=post.lang, id=post.id, url=post.url)
    note_alternates(site, [own, *post.translations])
    note_shown(site, post.type, post.url)


def note_shown(site: Site, type_: str, url: object) -> None:
    """Note that a list of the site's own shows a post of a type below a language root."""
    for root, types in site.sisters.shown.items():
        if isinstance(url, str) and not site.elder and is_below(root, url):
            types.add(type_)


def next_sister(done: Site) -> Site | None:
    """Return the sister to read when a site or another sister of it is done, None if none is.

    It is returned once: documents that were read side by side may all end a site.
    """
    elder, sisters = done.elder or done, done.sisters
    if done.url in sisters.ended or done.ledger.blocked or not _has_sisters(elder):
        return None
    sisters.ended.add(done.url)
    _note_same(done)
    for walk in done.walks.values():
        sisters.met.setdefault(walk.route, set()).update(walk.known)
    waiting = (root for root in sisters.shown if root not in sisters.begun)
    address = next((root for root in waiting if _types(elder, root)), None)
    return _sister(elder, address) if address else None


def own_candidates(site: Site, found: Iterable[Candidate]) -> Iterator[Candidate]:
    """Yield the candidates for an API root; those of a sister lie below its language root.

    WPML knows the parameter `lang` at the site's own root, too.
    """
    if site.elder is None:
        yield from found
        return
    yield from (candidate for candidate in found if is_below(site.url, candidate.url))
    if ApiRoot.of(site.url).lang or _has(site.elder, WPML):
        root = replace(site.elder.root, lang=mark_of(site.url))
        yield Candidate(root.index, "guess ?lang=")


def is_elders(elder: Site, root: ApiRoot, home: str) -> bool:
    """Return whether an index that was found for a sister is the elder's.

    WordPress answers to ``?rest_route=`` at any path, also at one that it does not know.
    """
    anywhere = ROUTE_PARAMETER in root.url and not root.lang
    return root.index == elder.root.index or (anywhere and home.rstrip("/") == elder.home)


def roots_told(site: Site) -> list[str]:
    """Return the language roots that a site tells, where its own lists may not show them."""
    return [] if _has(site, POLYLANG) else [*site.sisters.shown]


def name_unread(site: Site, *shown: Collection[str]) -> None:
    """Name the language roots below which nothing lies of what was shown, by the keys of that."""
    for root in site.sisters.shown if site.plan.reads_languages else ():
        is_shown = any(is_below(root, f"https://{key}") for key in chain(*shown))
        if key_of(root) != key_of(site.home) and not is_shown:
            site.ledger.refuse(root, None, UNREAD.format(url=root))


def abandon(sister: Site) -> None:
    """Leave a sister that has no API of its own: the elder's ledger names it."""
    elder = sister.elder or sister
    elder.ledger.refuse(sister.url, None, NO_API.format(url=sister.url))
    sister.is_another = True


def _note_same(done: Site) -> None:
    """Name a sister that shows nothing but what was read already: it may be deaf to languages."""
    found = any(walk.found or walk.same for walk in done.walks.values())
    if done.elder and not found and any(walk.outside for walk in done.walks.values()):
        done.ledger.refuse(done.root.index, None, SAME.format(home=done.elder.home))


def _has_sisters(elder: Site) -> bool:
    """Return whether a site was read by its API, and other languages are wanted and elsewhere."""
    unread = elder.bad_argument or elder.probe or not elder.root.url
    wanted = elder.sisters.shown and elder.plan.reads_languages
    return bool(wanted) and not (unread or _has(elder, POLYLANG))


def _is_of(site: Site, root: str) -> bool:
    """Return whether a language root is on a host of a site's own, in the directory of the site."""
    above = urlsplit(root).path.rstrip("/").rpartition("/")[0]
    beside = f"{urlsplit(site.url).path}/".startswith(f"{above}/")
    return beside and objection(root, [site.url]) is None


def _has(site: Site, plugin: str) -> bool:
    return any(name.startswith(plugin) for name in namespaces(site.index))


def _types(elder: Site, address: str) -> set[str]:
    """Return the types of which the site's own lists show no post below a language root."""
    if any(is_below(address, f"https://{root}") for root in elder.roots):
        return set()
    walked = {walk.type for walk in elder.walks.values() if walk.name in elder.ledger.walked}
    return walked - elder.sisters.shown[address]


def _sister(elder: Site, address: str) -> Site:
    elder.sisters.begun.add(address)
    types = tuple(sorted(_types(elder, address)))
    shown = elder.sisters.shown[address]
    return Site(
        url=address,
        plan=replace(elder.plan, types=types) if shown else elder.plan,
        ledger=Ledger(address),
        elder=elder,
        sisters=elder.sisters,
        roots=elder.roots,
        sitemaps=list(elder.sitemaps),
        memory=elder.memory,
    )
