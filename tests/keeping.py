"""A store that is written without a crawl, by a keeper of a test's own."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Engine, insert

from newscrawl.items import Link, Post
from newscrawl.store.database import open_store, writing
from newscrawl.store.keeper import Keeper
from newscrawl.store.locks import locks_of
from newscrawl.store.tables import CRAWLS

WHEN = "2024-05-16T07:53:48Z"
UNTOLD = dict.fromkeys(("slug", "status", "lang", "excerpt", "parent", "sticky", "format"))


def post_of(site: str, id_: int, **told: Any) -> Post:  # noqa: ANN401 - the values of any field
    """Return a new post of a site, of which little is told."""
    html = told.get("content_html", f"<p>{id_}</p>")
    url = f"{site}/?p={id_}"
    values: dict[str, Any] = {"type": "post", "guid": url, "url": url, "source_url": url}
    values |= {"title": f"Post {id_}", "published": WHEN, "modified": WHEN, "fetched_at": WHEN}
    values |= {"content_html": html, "content_hash": hashlib.sha256(html.encode()).hexdigest()}
    values |= {"protected": False, "revision_count": None, "source": "rest", "change": "new"}
    return Post(site=site, id=id_, **UNTOLD | values | told)


def link_of(site: str, id_: int, **told: Any) -> Link:  # noqa: ANN401 - the values of any field
    """Return a link of a post of a site that leads nowhere."""
    values: dict[str, Any] = {"from_kind": "post", "from_id": id_, "rel": "self", "href": site}
    values |= {"to_kind": None, "to_id": None, "to_ids": [], "status": "resolved"}
    values |= {"source": "rest", "source_url": site, "fetched_at": WHEN}
    return Link(site=site, **values | told)


@contextmanager
def keeping(store: str, *sites: str) -> Iterator[Keeper]:
    """Give the keeper of a crawl of sites; it ends well, or as if it had been killed."""
    keeper = keeper_of(open_store(store), *sites)
    try:
        yield keeper
        keeper.end({"finished": WHEN, "reason": "finished"})
    finally:
        keeper.locks.release()
        keeper.engine.dispose()


def keeper_of(engine: Engine, *sites: str) -> Keeper:
    """Return the keeper of a crawl of sites that has begun."""
    with writing(engine) as connection:
        new = insert(CRAWLS).values(arguments={}, started=WHEN).returning(CRAWLS.c.pk)
        crawl = connection.execute(new).scalar_one()
    keeper = Keeper(engine, locks_of(engine), crawl)
    for site in sites:
        keeper.recall(site, site)
    return keeper
