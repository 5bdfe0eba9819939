"""Authors whom the site withholds: what the documents of their posts tell of them all the same.

A few posts of each author are enough, and a request reads those of many. The author embedded in
them is the user himself; Yoast's schema names who is in the byline, so it is believed where posts
agree. Of whom neither tells, the oEmbed answer of a post may: it names the post's user; and at last
the page of a post, which shows its byline to everybody.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from newscrawl.core.batches import MOST_IDS, Batch
from newscrawl.core.bylines import authors_of_schema
from newscrawl.core.documents import Document, UnreadableDocument
from newscrawl.core.indexes import namespaces
from newscrawl.core.join import Withheld
from newscrawl.core.kinds import AUTHOR
from newscrawl.core.links import Link
from newscrawl.core.people import MOST_POSTS
from newscrawl.core.place import Resource, text_of
from newscrawl.core.readers.arrivals import answer
from newscrawl.core.readers.locating import here
from newscrawl.core.site import Site
from newscrawl.core.values import address, identifier, mapping, string
from newscrawl.core.webpage import post_of
from newscrawl.items import Item, Name, Status

WITHHELD, OEMBED, BYLINE_SHOWN = "withheld author", "oembed", "page of a withheld author's post"
AUTHORS_OF = "authors of "  # and the route of their posts
OEMBED_NAMESPACE = "oembed/1.0"
EMBEDDED = {"_embed": "author"}
MOST_ALONE = 50  # authors a site
FIELDS = "id,author,link,yoast_head_json.schema,_links.author,_embedded"


def withhold(site: Site, collection: str, ids: Iterable[int], status: Status) -> Iterator[Item]:
    """Tell what became of ids that the site withholds; authors are looked for elsewhere first."""
    reached = site.reached.get(collection)
    for id_ in ids:
        posts = site.people.posts_of.get(id_) if reached and reached.kind is AUTHOR else None
        if posts:
            site.people.withheld[id_] = (collection, status)
            among = AUTHORS_OF + site.owners[posts[0]]
            site.batches.sizes[among] = MOST_IDS // MOST_POSTS
            site.batches.want(among, [id_])
        else:
            yield from answer(site, collection, [id_], status)


def withheld_link(site: Site, batch: Batch, extra: Mapping[str, str] = EMBEDDED) -> Link:
    """Return the link to posts of each author, the author embedded unless told otherwise."""
    posts = sorted(post for id_ in batch.ids for post in site.people.posts_of[id_])
    query = {
        "include": ",".join(map(str, posts)),
        "per_page": str(MOST_IDS),
        "_fields": FIELDS,
        **extra,
    }
    route = batch.collection.removeprefix(AUTHORS_OF)
    return Link(WITHHELD, site.root.address(route, query), purpose=batch, urgency=1)


def read_withheld(site: Site, document: Document, link: Link) -> Iterator[Item | Link]:
    """Yield the posts whose author is told, and the links to what may tell the others."""
    rows = document.resources()
    for id_ in link.purpose.ids:
        posts = [row for row in rows if identifier(row.get("author")) == id_]
        name = _embedded(id_, posts) or _in_schema(id_, posts, least=2)
        other = _in_schema(id_, posts, least=1)
        url = address(posts[0].get("link")) if posts else None
        if name or not url or site.singles[OEMBED] >= MOST_ALONE:
            yield from _tell(site, id_, name or other)
        else:
            yield from _ask_alone(site, id_, url, other)


def fail_withheld(site: Site, link: Link, error: UnreadableDocument) -> Iterator[Item | Link]:
    """Ask again without embedding, which a closed users route can break; then do without names."""
    if error.status and error.status >= 500 and "_embed=" in link.href:
        yield withheld_link(site, link.purpose, {})
        return
    site.ledger.refuse(error.url, error.status, error.reason)
    for id_ in link.purpose.ids:
        yield from _tell(site, id_, None)


def read_oembed(site: Site, document: Document, link: Link) -> Iterator[Item | Link]:
    """Yield the posts of an author whom a post's oEmbed answer names (get_oembed_response_data)."""
    id_, url, other = link.purpose
    told = document.mapping()
    name, author_url = text_of(told.get("author_name")), address(told.get("author_url"))
    if name:
        yield from _tell(site, id_, Name(id=id_, name=name, slug=None, url=author_url))
    else:
        yield from _after_oembed(site, id_, url, other)


def fail_oembed(site: Site, link: Link, _error: UnreadableDocument) -> Iterator[Item | Link]:
    """Be content with what the schema of the author's only post tells, or look at its page."""
    yield from _after_oembed(site, *link.purpose)


def read_byline_shown(site: Site, document: Document, link: Link) -> Iterator[Item]:
    """Yield the posts of an author whom the page of one of them names alone."""
    shown = post_of(document, site.home).authors
    only = shown[0] | {"id": link.purpose} if len(shown) == 1 else None
    yield from _tell(site, link.purpose, only)


def fail_byline_shown(site: Site, link: Link, _error: UnreadableDocument) -> Iterator[Item]:
    """Yield the posts of an author whom nothing names."""
    yield from _tell(site, link.purpose, None)


def _after_oembed(site: Site, id_: int, url: str, other: Name | None) -> Iterator[Item | Link]:
    if other:
        yield from _tell(site, id_, other)
    else:
        yield Link(BYLINE_SHOWN, here(site, url), purpose=id_, urgency=1)


def _ask_alone(site: Site, id_: int, url: str, other: Name | None) -> Iterator[Item | Link]:
    """Yield the link to the oEmbed answer of one post, or what comes where none is offered."""
    site.singles[OEMBED] += 1
    if OEMBED_NAMESPACE in namespaces(site.index):
        query = {"url": url, "_fields": "author_name,author_url"}
        href = site.root.address(f"{OEMBED_NAMESPACE}/embed", query)
        yield Link(OEMBED, href, purpose=(id_, url, other), urgency=1)
    else:
        yield from _after_oembed(site, id_, url, other)


def _tell(site: Site, id_: int, name: Name | None) -> Iterator[Item]:
    collection, status = site.people.withheld[id_]
    yield from answer(site, collection, [id_], Withheld(status, name) if name else status)


def _embedded(id_: int, posts: Sequence[Resource]) -> Name | None:
    """Return the embedded author; where that is refused, too, an error object is embedded."""
    for post in posts:
        rows = mapping(post.get("_embedded")).get("author")
        told = mapping(rows[0]) if isinstance(rows, list) and rows else {}
        name = None if "code" in told else text_of(told.get("name"))
        if name:
            slug, url = string(told.get("slug")), address(told.get("link"))
            return Name(id=id_, name=name, slug=slug, url=url)
    return None


def _in_schema(id_: int, posts: Sequence[Resource], *, least: int) -> Name | None:
    """Return whom most of an author's posts, and at least so many, name alone."""
    authors = [told[0] for post in posts if len(told := authors_of_schema(post)) == 1]
    counted = Counter((author["name"], author["url"]) for author in authors)
    for (name, url), count in counted.most_common(1):
        if count >= least and count > len(authors) / 2:
            return Name(id=id_, name=name, slug=None, url=url)
    return None
