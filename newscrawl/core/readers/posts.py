"""From the resources of a document to posts that wait for, or already have, what they carry."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from newscrawl.core.documents import BadArgument, Document
from newscrawl.core.join import Reference
from newscrawl.core.projections import post_of
from newscrawl.core.site import Site
from newscrawl.core.times import naive, rfc3339
from newscrawl.core.values import string
from newscrawl.core.walk import Walk
from newscrawl.items import Item, Post

TRANSLATORS = ("pll/", "polylang/", "wpml/")  # namespaces of what selects by `lang`
PASSWORD = "password-protected"  # noqa: S105 - a reason, not a password


def check_language(site: Site, resources: Sequence[Mapping[str, Any]]) -> None:
    """Raise `BadArgument` if a site ignores the language that the plan asks for.

    WordPress ignores parameters that it does not know; Polylang Pro and WPML know `lang`.
    """
    wanted = site.plan.lang
    if not wanted or not resources or _same_language(site.language_root, wanted):
        return
    namespaces = [str(name) for name in site.index.get("namespaces") or ()]
    told = any(string(resource.get("lang")) for resource in resources)
    if not told and not any(name.startswith(TRANSLATORS) for name in namespaces):
        raise BadArgument(
            f"lang: {site.home} does not tell the language of its posts; leave lang out, or give "
            f"the address of a language root, such as -a site={site.home}/{wanted}/"
        )


def take(
    site: Site, walk: Walk, document: Document, resources: Sequence[Mapping[str, Any]]
) -> Iterator[Item]:
    """Take the posts of a document in and yield those that are complete."""
    if walk.learning:
        for resource in resources:
            walk.map.learn(resource)
    place = site.place(walk.route, document)
    for resource in resources:
        if not walk.sated and resource["id"] not in walk.found:
            yield from _take_post(site, walk, post_of(resource, place), resource)


def release(site: Site, posts: Iterable[Post]) -> Iterator[Post]:
    """Count the links of complete posts and yield the posts if they are to be written."""
    for post in posts:
        site.ledger.count_relations((link["rel"], link["status"]) for link in post.relations)
        if post.kind in site.plan.kinds:
            yield post


def _take_post(site: Site, walk: Walk, post: Post, resource: Mapping[str, Any]) -> Iterator[Item]:
    if not _asked_for(site, post):
        walk.outside.add(post.id)
        return
    account = site.ledger.collection(walk.name)
    walk.found.add(post.id)
    account.found += 1
    date = naive(resource.get("date"))
    walk.newest = max(filter(None, (walk.newest, date)), default=None)
    if post.protected:
        account.unreadable[post.id] = PASSWORD
        return
    references = list(_references(site, walk, resource))
    for reference in references:
        yield from _reach(site, reference)
    yield from release(site, site.join.add(post, references))


def _references(site: Site, walk: Walk, resource: Mapping[str, Any]) -> Iterator[Reference]:
    for edge, link in walk.map.links(resource):
        followed = edge.rel in site.plan.relations
        yield Reference(edge, link, edge.targets(resource), followed)


def _reach(site: Site, reference: Reference) -> Iterator[Item]:
    """Want what a link leads to; yield what came unasked and is wanted now."""
    if not reference.followed:
        return
    route = reference.edge.route
    site.reached[route] = reference.edge.rel
    account = site.ledger.collection(route.rpartition("/")[2])
    for key in reference.targets():
        if item := site.unclaimed.pop(key, None):
            account.expected = (account.expected or 0) + 1
            account.found += 1
            if item.kind in site.plan.kinds:
                yield item
    new = site.batches.want(route, reference.ids)
    account.expected = (account.expected or 0) + len(new)
    if route in site.closed:
        for id_ in site.batches.withdraw(route):
            site.join.answers[route, id_] = site.closed[route]


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


def _same_language(one: str | None, other: str) -> bool:
    """Return whether two BCP 47 tags are of one language: ``en-US`` and ``en``, any case."""
    return one is not None and one.lower().split("-")[0] == other.lower().split("-")[0]
