"""The contents that posts had: each is kept once, whichever of a store's sites have it."""

import zlib
from collections.abc import Iterable

from sqlalchemy import Connection, insert

from newscrawl.items import Post
from newscrawl.store.tables import CONTENTS, VERSIONS
from newscrawl.store.upserts import insert_once


def keep_contents(connection: Connection, posts: Iterable[Post]) -> None:
    """Keep what posts contain, unless it is kept.

    Contents are all that crawls of different sites write in common. Each crawl writes those of a
    transaction in the order of their hashes: none waits for one that waits for it.
    """
    contents = {post.content_hash: post.content_html for post in posts if post.content_hash}
    for hash_ in sorted(contents):
        html = zlib.compress(contents[hash_].encode())
        insert_once(connection, CONTENTS, {"hash": hash_, "html": html})


def note_version(connection: Connection, crawl: int, pk: int, post: Post) -> None:
    """Note that a post has this content now; it is kept already."""
    version = {
        "post": pk,
        "crawl": crawl,
        "seen": post.fetched_at,
        "title": post.title,
        "modified": post.modified,
        "hash": post.content_hash,
    }
    connection.execute(insert(VERSIONS), version)
