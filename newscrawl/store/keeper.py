"""The memory of a crawl: what a store knows of its sites, and what is to be written of them."""

from collections.abc import Collection, Iterable
from contextlib import suppress
from dataclasses import dataclass, field

from sqlalchemy import Connection, Engine, RowMapping, update
from sqlalchemy.exc import DBAPIError

from newscrawl.core.changes import COMPARED, changed_fields, differs
from newscrawl.core.memory import Entrance, Family, Known, Stamp
from newscrawl.core.standing import Standing
from newscrawl.items import Item, Link, Post
from newscrawl.items import Site as SiteItem
from newscrawl.store.database import losing, writing
from newscrawl.store.feeds import keep_sizes
from newscrawl.store.locks import Locks, take_for, writer_of
from newscrawl.store.reading import (
    entrance_of,
    is_empty,
    is_sketch,
    known_of,
    post_at,
    post_of,
    resources_of,
    row_like,
    stamps_of,
    standing_of,
)
from newscrawl.store.rows import row_of
from newscrawl.store.sites import claim_sites, enter_site
from newscrawl.store.tables import CRAWLS, POSTS, SITES
from newscrawl.store.versions import keep_contents
from newscrawl.store.writing import Page, find, others_of, rename, same_as

BETWEEN_RUNGS = ("source", "modified", "content_text", "content_refused")
COMPARED_COLUMNS = [POSTS.c[name] for name in (*COMPARED, *BETWEEN_RUNGS, "id", "deleted")]


@dataclass(slots=True)
class Keeper:
    """What is remembered and what waits to be written, by the home of each site.

    `told` are columns of each site's own row, `sizes` how far each feed has come; `waiting`
    counts what waits, `fresh` are the sites that the store did not know.
    """

    engine: Engine
    locks: Locks
    crawl: int
    same_as: str | None = None
    pages: dict[str, Page] = field(default_factory=dict)
    told: dict[str, dict[str, object]] = field(default_factory=dict)
    portraits: list[SiteItem] = field(default_factory=list)
    fresh: set[str] = field(default_factory=set)
    sizes: dict[str, int] = field(default_factory=dict)
    waiting: int = 0

    def entrance(self, url: str) -> Entrance | None:
        """Return where the site with this home was found."""
        with suppress(DBAPIError), self.engine.connect() as connection:
            return entrance_of(connection, url)
        return None  # `recall` tells that the database is lost

    def recall(self, home: str, place: str) -> Known:
        """Return what is known of a site, locked for this crawl; `BadArgument` if it is in use."""
        with losing():
            take_for(home, self.locks, place)
            with writing(self.engine) as connection:
                pk, state = enter_site(connection, home, self.same_as)
                take_for(home, self.locks, writer_of(pk))
                known = known_of(connection, pk, state)
                if is_empty(connection, pk):
                    self.fresh.add(home)
        self.pages.setdefault(home, Page(pk, self.crawl))
        return known

    def post(self, site: str, type_: str, id_: int) -> Post | None:
        """Return a post as it was last stored."""
        with losing(), self.engine.connect() as connection:
            return post_of(connection, self.pages[site].site, site, type_, id_)

    def same(self, site: str, post: Post) -> Post | None:
        """Return a post as it was last stored, by whatever id; None if it does not stand."""
        with losing(), self.engine.connect() as connection:
            return same_as(connection, self.pages[site].site, post)

    def others(self, site: str, post: Post) -> list[Post]:
        """Return the stored posts that stand with the type and the id of a post, and are not it."""
        with losing(), self.engine.connect() as connection:
            return others_of(connection, self.pages[site].site, post)

    def standing(self, site: str) -> list[Standing]:
        """Return the posts of a site that stand, of type ``post``."""
        with losing(), self.engine.connect() as connection:
            return standing_of(connection, self.pages[site].site)

    def at(self, site: str, key: str) -> Post | None:
        """Return a post as it was last stored, by the key of its GUID; None if it is deleted."""
        with losing(), self.engine.connect() as connection:
            return post_at(connection, self.pages[site].site, site, key)

    def rename(self, site: str, key: str, post: Post) -> bool:
        """Let a known post be known by what one that was met is; return whether it is."""
        with losing(), writing(self.engine) as connection:
            return rename(connection, self.pages[site].site, key, post)

    def resources(self, site: str, family: Family) -> frozenset[int]:
        """Return the ids of the resources that were read for their own sake, and stand."""
        with losing(), self.engine.connect() as connection:
            return resources_of(connection, self.pages[site].site, family)

    def forget(self, site: str, family: Family, ids: Collection[int]) -> None:
        """Take in that a site has these resources no more."""
        self.pages[site].gone.setdefault(family, set()).update(ids)

    def stamps(self, site: str, type_: str) -> list[Stamp]:
        """Return the stamp of each post of a type that stands."""
        with losing(), self.engine.connect() as connection:
            return stamps_of(connection, self.pages[site].site, type_)

    def trace(self, site: str, type_: str, id_: int | str, trace: str) -> None:
        """Take in the trace of a post that is read now; below the API by the key of its GUID."""
        self.pages[site].traces[type_, id_] = trace

    def withhold(self, site: str, type_: str, id_: int, trace: str) -> None:
        """Take in the trace of a post that the site withholds."""
        self.pages[site].withheld[type_, id_] = trace

    def judge(self, item: Item) -> bool:
        """Return whether an item that is no post is new, or differs from what is stored.

        Links have no state of their own: they are written each time.
        """
        if isinstance(item, Link | SiteItem):
            return True
        with self.engine.connect() as connection:
            stored = row_like(connection, self.pages[item.site].site, item)
        return stored is None or is_sketch(stored) or differs(stored, item)

    def stored(self, post: Post) -> RowMapping | None:
        """Return what is compared of the stored row of a post: that of its GUID, else of its id."""
        if post.site in self.fresh:
            return None
        with self.engine.connect() as connection:
            return find(connection, self.pages[post.site].site, post, *COMPARED_COLUMNS)

    def judge_post(self, post: Post, stored: RowMapping | None) -> bool:
        """Say what became of a post since it was stored; return whether that is anything."""
        if stored is None or stored["deleted"]:
            post.change = "new"
        else:
            post.changed = changed_fields(stored, post)
            post.change = "updated" if post.changed else "unchanged"
        if post.change == "unchanged":
            self.pages[post.site].unchanged.append(post)
            self.waiting += 1
        return post.change != "unchanged"

    def take(self, item: Item) -> None:
        """Let an item that was exported wait to be written."""
        if isinstance(item, SiteItem):
            self.portraits.append(item)
        else:
            self.pages[item.site].items.append(item)
        self.waiting += 1

    def commit(self, sizes: Iterable[tuple[str, int]]) -> None:
        """Write all that waits, and how far each feed has come, in one transaction.

        Raise `StoreError` if the locks of its sites are lost.
        """
        pages = self.pages.values()
        with writing(self.engine) as connection:
            claim_sites(connection, self.locks, [page.site for page in pages])
            keep_contents(connection, (post for page in pages for post in page.posts))
            for page in pages:
                page.write(connection)
            for home, row in self.told.items():
                self._describe(connection, home, row)
            for item in self.portraits:
                self._describe(connection, item.site, row_of(item))
            self.sizes.update(sizes)
            keep_sizes(connection, self.crawl, self.sizes)
        self.portraits.clear()
        self.waiting = 0
        for page in pages:
            page.clear()

    def _describe(self, connection: Connection, home: str, row: dict[str, object]) -> None:
        pk = self.pages[home].site
        connection.execute(update(SITES).where(SITES.c.pk == pk).values(row))

    def end(self, values: dict[str, object]) -> None:
        """Note how the crawl ended, and let its sites go."""
        with writing(self.engine) as connection:
            connection.execute(update(CRAWLS).where(CRAWLS.c.pk == self.crawl).values(values))
        self.locks.release()
        self.engine.dispose()
