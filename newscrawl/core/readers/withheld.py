"""Authors whom the site withholds: what the documents of their posts tell of them all the same.

One post of each author is enough. Its embedded author and Yoast's schema are read for a hundred
authors in a request; for those of whom neither tells, its oEmbed answer is asked for.
"""

from collections.abc import Iterable, Iterator

from newscrawl.core.batches import MOST_IDS, Batch
from newscrawl.core.bylines import authors_of_schema
from newscrawl.core.documents import Document, UnreadableDocument
from newscrawl.core.indexes import namespaces
from newscrawl.core.join import Withheld
from newscrawl.core.kinds import AUTHOR
from newscrawl.core.links import Link
from newscrawl.core.place import Resource, text_of
from newscrawl.core.readers.arrivals import answer
from newscrawl.core.site import Site
from newscrawl.core.values import address, identifier, mapping, string
from newscrawl.items import Item, Name, Status

WITHHELD, OEMBED = "withheld author", "oembed"
AUTHORS_OF = "authors of "  # and the route of their posts
OEMBED_NAMESPACE = "oembed/1.0"
MOST_OEMBEDS = 50  # requests a site
FIELDS = "id,author,link,yoast_head_json.author,yoast_head_json.schema,_links.author,_embedded"


def withhold(site: Site, collection: str, ids: Iterable[int], status: Status) -> Iterator[Item]:
    """Tell what became of ids that the site withholds; authors are looked for elsewhere first."""
    reached = site.reached.get(collection)
    for id_ in ids:
        post = site.people.posts_of.get(id_) if reached and reached.kind is AUTHOR else None
        if post is None:
            yield from answer(site, collection, [id_], status)
        else:
            site.people.withheld[id_] = (collection, status)
            site.batches.want(AUTHORS_OF + site.owners[post], [id_])


def withheld_link(site: Site, batch: Batch) -> Link:
    """Return the link to one post of each author."""
    posts = sorted({site.people.posts_of[id_] for id_ in batch.ids})
    query = {
        "include": ",".join(map(str, posts)),
        "per_page": str(MOST_IDS),
        "_embed": "author",
        "_fields": FIELDS,
    }
    route = batch.collection.removeprefix(AUTHORS_OF)
    return Link(WITHHELD, site.root.address(route, query), purpose=batch, urgency=1)


def read_withheld(site: Site, document: Document, link: Link) -> Iterator[Item | Link]:
    """Yield the posts whose author is told, and the links to what may tell the others."""
    posts = {identifier(row.get("author")): row for row in document.resources()}
    for id_ in link.purpose.ids:
        post = posts.get(id_, {})
        name = _embedded(id_, post) or _in_schema(id_, post)
        if name:
            yield from _tell(site, id_, name)
        elif (permalink := address(post.get("link"))) and _asks_oembed(site):
            site.singles[OEMBED] += 1
            query = {"url": permalink, "_fields": "author_name,author_url"}
            href = site.root.address(f"{OEMBED_NAMESPACE}/embed", query)
            yield Link(OEMBED, href, purpose=id_, urgency=1)
        else:
            yield from _tell(site, id_, None)


def fail_withheld(site: Site, link: Link, error: UnreadableDocument) -> Iterator[Item]:
    """Leave the authors without names."""
    site.ledger.refuse(error.url, error.status, error.reason)
    for id_ in link.purpose.ids:
        yield from _tell(site, id_, None)


def read_oembed(site: Site, document: Document, link: Link) -> Iterator[Item]:
    """Yield the posts of an author whom a post's oEmbed answer names (get_oembed_response_data)."""
    told = document.mapping()
    name, url = text_of(told.get("author_name")), address(told.get("author_url"))
    known = Name(id=link.purpose, name=name, slug=None, url=url) if name else None
    yield from _tell(site, link.purpose, known)


def fail_oembed(site: Site, link: Link, _error: UnreadableDocument) -> Iterator[Item]:
    """Leave an author without a name."""
    yield from _tell(site, link.purpose, None)


def _tell(site: Site, id_: int, name: Name | None) -> Iterator[Item]:
    collection, status = site.people.withheld[id_]
    yield from answer(site, collection, [id_], Withheld(status, name) if name else status)


def _asks_oembed(site: Site) -> bool:
    offered = OEMBED_NAMESPACE in namespaces(site.index)
    return offered and site.singles[OEMBED] < MOST_OEMBEDS


def _embedded(id_: int, post: Resource) -> Name | None:
    """Return the embedded author; where that is refused, too, an error object is embedded."""
    rows = mapping(post.get("_embedded")).get("author")
    told = mapping(rows[0]) if isinstance(rows, list) and rows else {}
    name = None if "code" in told else text_of(told.get("name"))
    slug, url = string(told.get("slug")), address(told.get("link"))
    return Name(id=id_, name=name, slug=slug, url=url) if name else None


def _in_schema(id_: int, post: Resource) -> Name | None:
    authors = authors_of_schema(post)
    if len(authors) == 1:
        return Name(id=id_, name=authors[0]["name"], slug=None, url=authors[0]["url"])
    name = text_of(mapping(post.get("yoast_head_json")).get("author"))
    return Name(id=id_, name=name, slug=None, url=None) if name else None
