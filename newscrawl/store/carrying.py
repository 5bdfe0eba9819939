"""What posts carry of their authors, terms and images, and that they carry them."""

from collections.abc import Iterable

from sqlalchemy import Connection, Table, delete, insert

from newscrawl.items import Name, Post
from newscrawl.store.rows import Row
from newscrawl.store.tables import AUTHORS, MEDIA, POST_AUTHORS, POST_TERMS, TERMS
from newscrawl.store.upserts import upsert

COLUMNS_OF_IMAGE = {"url": "file_url"}  # what a post calls the address of the file


def write_carried(connection: Connection, site: int, pk: int, post: Post) -> None:
    """Write what a post carries of its authors, terms and image, and that it carries them."""
    terms = {"category": post.categories, "post_tag": post.tags, **post.terms}
    authors = [_named(site, name) for name in post.authors if name["id"]]
    named = [
        _named(site, name) | {"taxonomy": taxonomy}
        for taxonomy, names in terms.items()
        for name in names
        if name["id"]
    ]
    _join(connection, POST_AUTHORS, "author", pk, upsert(connection, AUTHORS, authors))
    _join(connection, POST_TERMS, "term", pk, upsert(connection, TERMS, named))
    if post.image and post.image["id"]:
        image = {COLUMNS_OF_IMAGE.get(name, name): value for name, value in post.image.items()}
        upsert(connection, MEDIA, [{"site": site, **image}])


def _named(site: int, name: Name) -> Row:
    """Return the columns of an author or a term, of those that a post carries and are told."""
    return {"site": site} | {column: value for column, value in name.items() if value is not None}


def _join(connection: Connection, table: Table, name: str, pk: int, targets: Iterable[int]) -> None:
    connection.execute(delete(table).where(table.c.post == pk))
    if pairs := [{"post": pk, name: target} for target in dict.fromkeys(targets)]:
        connection.execute(insert(table), pairs)
