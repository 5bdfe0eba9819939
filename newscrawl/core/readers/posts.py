"""From the resources of a document to posts that wait for, or already have, what they carry."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from newscrawl.core.alternates import root_of
from newscrawl.core.articles import post_of
from newscrawl.core.bylines import authors_told
from newscrawl.core.collection import PASSWORD
from newscrawl.core.documents import BadArgument, Document
from newscrawl.core.gathering import Way
from newscrawl.core.indexes import namespaces
from newscrawl.core.join import Members, Reference
from newscrawl.core.reach import Reached
from newscrawl.core.readers.arrivals import answer, claim, kept, release
from newscrawl.core.readers.edges import Origin, leave, note_edges
from newscrawl.core.readers.references import HISTORY, references_of, revision_count
from newscrawl.core.readers.refusals import note_unreadable
from newscrawl.core.readers.sisters import note_languages
from newscrawl.core.readers.tracing import note_trace
from newscrawl.core.readers.withheld import withhold
from newscrawl.core.site import Site
from newscrawl.core.sitemaps import key_of
from newscrawl.core.times import naive, rfc3339
from newscrawl.core.translations import language_told
from newscrawl.core.values import identifier
from newscrawl.core.walk import Walk
from newscrawl.items import Item, Post

WANTED = frozenset({"categories", "tags", "author"})
TRANSLATORS = ("pll/", "polylang/", "wpml/")  # namespaces of what selects by `lang`


def check_language(site: Site, resources: Sequence[Mapping[str, Any]]) -> None:
    """Raise `BadArgument` if a site ignores the language that the plan asks for.

    WordPress ignores parameters that it does not know; Polylang Pro and WPML know `lang`. A site
    whose other languages have roots of their own shows that of its page.
    """
    wanted, roots = site.plan.lang, site.sisters.shown
    own = site.language_root or (site.lang if roots else None)
    if not wanted or not resources or _same_language(own, wanted):
        return
    told = any(language_told(resource) for resource in resources)
    if not told and not any(name.startswith(TRANSLATORS) for name in namespaces(site.index)):
        root = next((root for root in roots if root_of(wanted, root)), f"{site.home}/{wanted}/")
        raise BadArgument(
            f"lang: {site.home} does not tell the language of its posts; leave lang out, or give "
            f"the address of a language root, such as -a site={root}"
        )


def check_authors(site: Site, walk: Walk, resources: Sequence[Mapping[str, Any]]) -> None:
    """Raise `BadArgument` if posts are narrowed by author and have none: WordPress would not."""
    if "author" in site.narrowed and resources and "author" not in resources[0]:
        raise BadArgument(f"authors: the {walk.name} of {site.home} have none")


def take(
    site: Site, walk: Walk, document: Document, resources: Sequence[Mapping[str, Any]]
) -> Iterator[Item]:
    """Take the posts of a document in and yield those that are complete."""
    if walk.learning:
        for resource in resources:
            walk.map.learn(resource)
    place = site.place(walk.route, document)
    for resource in resources:
        site.ledger.damage.update(_odd_fields(resource))
        if not walk.sated and resource["id"] not in walk.found:
            post: Post = kept(site, post_of(resource, place), resource)
            yield from _take_post(site, walk, post, resource)


def _odd_fields(resource: Mapping[str, Any]) -> Iterator[str]:
    """Yield what is wrong with a post's own words: they are told as no text."""
    for name in ("title", "content"):
        told = resource.get(name, "")
        words = told.get("rendered", told.get("raw")) if isinstance(told, Mapping) else told
        if not isinstance(words, str):
            yield f"{name} that is no text"


def take_others(
    site: Site, route: str, document: Document, resources: Sequence[Mapping[str, Any]]
) -> Iterator[Item]:
    """Take in posts that links lead to, beside those that a walk is for."""
    walk = site.walks[route]
    place = site.place(route, document)
    for resource in resources:
        id_ = resource["id"]
        if not (id_ in walk.found or id_ in walk.others or id_ in site.elsewhere(route)):
            walk.others.add(id_)
            post = kept(site, post_of(resource, place), resource)
            yield from _enter(site, walk, post, resource)
        site.batches.settle(route, [resource["id"]])
        yield from answer(site, route, [resource["id"]], "resolved")


def _take_post(site: Site, walk: Walk, post: Post, resource: Mapping[str, Any]) -> Iterator[Item]:
    id_ = resource["id"]
    elsewhere = id_ in site.elsewhere(walk.route)
    if elsewhere or not _asked_for(site, post) or not _has_wanted(site, resource):
        walk.outside.add(id_)
        return
    note_languages(site, post)
    walk.found.add(id_)
    date = naive(resource.get("date"))
    walk.newest = max(filter(None, (walk.newest, date)), default=None)
    yield from _enter(site, walk, post, resource)
    site.batches.settle(walk.route, [id_])
    yield from answer(site, walk.route, [id_], "resolved")


def _enter(site: Site, walk: Walk, post: Post, resource: Mapping[str, Any]) -> Iterator[Item]:
    """Enter a post in the books and let it wait for what it carries."""
    id_, account = resource["id"], site.ledger.collection(walk.name)
    account.found += 1
    site.read["post"].add(id_)
    site.shown.add(hash(key_of(post.url or "")))
    yield from note_trace(site, walk, post, resource)
    if post.protected:
        account.unreadable[id_] = PASSWORD
        walk.withheld += 1
        yield from note_edges(site, Origin.of(post), resource, leave)
        return
    site.owners[id_] = walk.route
    site.people.has_written(identifier(resource.get("author")), id_)
    post.authors = authors_told(resource)
    if site.plan.reads_links:  # elsewhere only the first documents would tell
        post.revision_count = revision_count(resource)
    if HISTORY in site.plan.relations:
        revisions = site.ledger.collection("revisions")
        revisions.expected = (revisions.expected or 0) + (post.revision_count or 0)
    references = list(references_of(site, walk, resource))
    for reference in references:
        yield from _reach(site, reference)
    yield from release(site, site.join.add(post, references))


def _reach(site: Site, reference: Reference) -> Iterator[Item]:
    """Want what a link leads to; yield what came unasked and is wanted now."""
    edge = reference.edge
    for collection, id_ in reference.keys:
        route = collection.partition("?")[0]
        kind = edge.relation.kind or site.kind_at(route)
        site.reached.setdefault(collection, Reached(route, kind, edge.relation))
        yield from claim(site, collection, id_)
        gathering = site.gatherings.get(route)
        if collection in site.closed:
            yield from _refuse(site, collection, id_)
        elif gathering and gathering.way is Way.READ and collection == gathering.collection:
            site.batches.settle(collection, [id_])
            site.join.answers[collection, id_] = Members(gathering.members_of(id_))
        else:
            site.batches.want(collection, [id_])


def _refuse(site: Site, collection: str, id_: int) -> Iterator[Item]:
    """Tell of what a closed collection withholds; nothing is asked of it."""
    if not site.batches.knows(collection, id_):
        site.batches.settle(collection, [id_])
        note_unreadable(site, collection, [id_])
        yield from withhold(site, collection, [id_], site.closed[collection])


def _asked_for(site: Site, post: Post) -> bool:
    """Return whether a post lies between the plan's times, to the second, and is in its language.

    A post whose language nobody tells is taken for what the site selected.
    """
    after, before, published = site.plan.after, site.plan.before, post.published
    if site.plan.lang and post.lang and not _same_language(post.lang, site.plan.lang):
        return False
    if published is None:
        return after is None and before is None
    return not (after and published < rfc3339(after)) and not (
        before and published >= rfc3339(before)
    )


def _has_wanted(site: Site, resource: Mapping[str, Any]) -> bool:
    """Return whether a post has what the walk is narrowed to, as far as it tells: a site may not.

    A cache or a filter that ignores the query shows others, too.
    """
    for name in WANTED & site.narrowed.keys():
        told = resource.get(name)
        ids = {str(id_) for id_ in (told if isinstance(told, list) else [told])}
        if told is not None and not ids & set(site.narrowed[name].split(",")):
            return False
    return True


def _same_language(one: str | None, other: str) -> bool:
    """Return whether two BCP 47 tags are of one language: ``en-US`` and ``en``, any case."""
    return one is not None and one.lower().split("-")[0] == other.lower().split("-")[0]
