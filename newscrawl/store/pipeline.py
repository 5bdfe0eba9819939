"""Every item passes the store on its way to the feeds: what is known already goes no further."""

import asyncio
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Self

from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.exceptions import DropItem
from scrapy.extensions.feedexport import FeedExporter
from sqlalchemy import Engine, insert
from sqlalchemy.exc import DBAPIError

from newscrawl.core.accounts import SHARED_GUID, account_of, site_of, sites_of
from newscrawl.core.endings import FEEDS_FAILED, STORE_FAILED
from newscrawl.core.identity import guid_key, named
from newscrawl.core.site import Site
from newscrawl.core.times import rfc3339
from newscrawl.items import Item, Post
from newscrawl.store.database import StoreError, complaint_of, naming, open_store, writing
from newscrawl.store.describing import described
from newscrawl.store.feeds import go_on, keep_sizes, sizes_of
from newscrawl.store.keeper import Keeper
from newscrawl.store.locks import locks_of
from newscrawl.store.tables import CRAWLS

MOST_WAITING = 100  # items, about a document of posts: then they are written
FAILED = "store_failed"
logger = logging.getLogger(__name__)


class StorePipeline:
    """Gives posts their `change`, drops what is as it was, and writes what the feeds have."""

    def __init__(self, crawler: Crawler, told: str) -> None:
        self.crawler = crawler
        self.told = told
        self.keeper: Keeper | None = None
        self.failed = False

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Return the pipeline of a crawl that was told a store."""
        pipeline = cls(crawler, getattr(crawler.spider, "args").store)  # noqa: B009 - Scrapy's Spider has none
        crawler.signals.connect(pipeline.item_scraped, signals.item_scraped)
        crawler.signals.connect(pipeline.spider_idle, signals.spider_idle)
        crawler.signals.connect(pipeline.spider_closed, signals.spider_closed)
        return pipeline

    def open_spider(self) -> None:
        """Open the store and begin an entry for this crawl; refuse what cannot be written."""
        try:
            engine = open_store(self.told)
            with naming(self.told):
                self.keeper = self._begin(engine)
        except StoreError as error:
            self._refuse(error)
            return
        for site in self.sites:
            site.memory = self.keeper

    def _begin(self, engine: Engine) -> Keeper:
        """Return the memory of this crawl; the feeds of an interrupted one are cut back."""
        exporter = self.crawler.get_extension(FeedExporter)
        arguments = getattr(self.crawler.spider, "args").model_dump(mode="json")  # noqa: B009 - Scrapy's Spider has none
        locks = locks_of(engine)
        with writing(engine) as connection:
            begun = go_on(connection, exporter, locks) if exporter else {}
            new = insert(CRAWLS).values(arguments=arguments, started=_now())
            crawl = connection.execute(new.returning(CRAWLS.c.pk)).scalar_one()
            keep_sizes(connection, crawl, begun)
        return Keeper(engine, locks, crawl, arguments["same_as"], sizes=begun)

    @property
    def sites(self) -> list[Site]:
        """Return the sites of the spider."""
        return sites_of(self.crawler.spider)

    def process_item(self, item: Item) -> Item:
        """Return an item that is new or changed; drop one that is stored as it is."""
        assert self.keeper is not None  # noqa: S101 - the spider is open
        with self._asking(item) as keeper:
            is_news = self._weigh(keeper, item) if isinstance(item, Post) else keeper.judge(item)
        if is_news:
            return item
        if account := account_of(self.sites, item):
            account.unchanged += 1
        raise DropItem(f"{item.source_url} is unchanged", log_level="DEBUG")

    def _weigh(self, keeper: Keeper, post: Post) -> bool:
        """Return whether a post is news; drop one whose GUID a stored one has that stands, too."""
        if post.change == "deleted":
            post.fetched_at = _now()
            return True
        stored = keeper.stored(post)
        if stored and not stored["deleted"] and self._is_second(post, stored["type"], stored["id"]):
            if account := account_of(self.sites, post):
                account.duplicates += 1
                shared = SHARED_GUID.format(id=stored["id"], site=post.site)
                account.unreadable[named(post)] = shared
            raise DropItem(f"{post.source_url} has the GUID of another", log_level="DEBUG")
        return keeper.judge_post(post, stored)

    def _is_second(self, post: Post, type_: str, id_: int | None) -> bool:
        """Return whether a post has the GUID of that of its type and an id, which stands."""
        site = site_of(self.sites, post)
        if site is None or type_ != post.type or id_ is None or post.id in {id_, None}:
            return False
        first = site.vanished.met.get(guid_key(post.guid or ""), post.id)
        return first not in {post.id, None} or any(
            id_ in walk.same for walk in site.walks.values() if walk.type == type_
        )

    @contextmanager
    def _asking(self, item: Item) -> Iterator[Keeper]:
        """Give what is to be asked about an item; drop the item if the store is lost."""
        assert self.keeper is not None  # noqa: S101 - the spider is open
        try:
            yield self.keeper
        except DBAPIError as error:
            self._fail(error)
            raise DropItem(f"{item.source_url} cannot be compared") from error

    def item_scraped(self, item: Item) -> None:
        """Take an item that the feeds have; write when enough of them wait."""
        assert self.keeper is not None  # noqa: S101 - the spider is open
        self.keeper.take(item)
        if self.keeper.waiting >= MOST_WAITING:
            self._commit()

    def spider_idle(self) -> None:
        """Write what waits."""
        self._commit()

    def close_spider(self) -> None:
        """Write what waits, before the feeds are closed."""
        self._commit()

    def spider_closed(self, reason: str) -> None:
        """Note how the crawl ended."""
        if self.keeper is None:
            return
        try:
            self.keeper.end({"finished": _now(), "reason": reason})
        except DBAPIError as error:
            self._fail(error)

    def _commit(self) -> None:
        if self.keeper is None or self.failed or self.crawler.stats.get_value(FEEDS_FAILED):
            return  # the store never runs ahead of the feeds
        for site in self.sites:
            if site.known:
                self.keeper.told[site.home] = described(site)
        try:
            self.keeper.commit(self._sizes())
        except (DBAPIError, StoreError) as error:
            self._fail(error)

    def _sizes(self) -> Iterator[tuple[str, int]]:
        exporter = self.crawler.get_extension(FeedExporter)
        return sizes_of(exporter) if exporter else iter(())

    def _refuse(self, error: StoreError) -> None:
        """Let no site be asked for anything: there is nowhere to keep it."""
        for site in self.sites:
            site.bad_argument = f"store: {error}"

    def _fail(self, error: DBAPIError | StoreError) -> None:
        """End the crawl: what was committed stays, the feeds are cut back by the next one."""
        if self.failed:
            return
        self.failed = True
        logger.error("store: %s cannot be written: %s", self.told, complaint_of(error))
        self.crawler.stats.inc_value(STORE_FAILED)
        engine = self.crawler.engine
        if self.crawler.crawling and engine is not None:
            closing = engine.close_spider_async(reason=FAILED)
            self.closing = asyncio.ensure_future(closing)


def _now() -> str:
    return rfc3339(datetime.now(UTC))
