"""What every item passes through: one pipeline, one job."""

import hashlib
from typing import NamedTuple, Self

from scrapy.crawler import Crawler
from scrapy.exceptions import DropItem

from newscrawl.core.accounts import SHARED_GUID, account_of, site_of, sites_of
from newscrawl.core.collection import Collection
from newscrawl.core.identity import guid_key, named, own_id
from newscrawl.core.languages import language_of
from newscrawl.core.normalize import Normalized, excerpt_text, normalize
from newscrawl.core.rungs import PAGES
from newscrawl.core.site import Site
from newscrawl.items import Comment, Item, Post, Revision


class Met(NamedTuple):
    """What is remembered of a post that passed; not its content, of fifty thousand.

    Its GUID `is_own` where it is the shortlink of its site: no other post of that has it.
    """

    name: int | str
    site: str
    source_url: str
    address: str
    source: str
    is_own: bool

    @classmethod
    def of(cls, post: Post) -> Self:
        """Return what is remembered of a post; a query counts where it says which post it is."""
        key = guid_key(post.url or post.source_url)
        bare, _, query = key.partition("?")
        address = key if query.startswith("p=") else bare
        is_own = own_id(post.guid, post.site) is not None
        return cls(named(post), post.site, post.source_url, address, post.source, is_own)

    def is_again(self, other: Self) -> bool:
        """Return whether two with one GUID are one post.

        They are by their resource, or below the API by their id, address, or a page's shortlink.
        """
        if self.source == other.source == "rest":
            return self.source_url == other.source_url
        same_name = (self.site, self.name) == (other.site, other.name)
        by_shortlink = self.is_own and not PAGES.isdisjoint({self.source, other.source})
        return same_name or self.address == other.address or by_shortlink


class Pipeline:
    """A pipeline that knows the crawler's stats and the accounts of its sites."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Return the pipeline of a crawler."""
        return cls(crawler)

    @property
    def sites(self) -> list[Site]:
        """Return the sites of the spider; a spider of another kind has none."""
        return sites_of(self.crawler.spider)

    def account(self, item: Item) -> Collection | None:
        """Return the account of the collection that an item was read from."""
        return account_of(self.sites, item)

    def count(self, event: str) -> None:
        """Count an event of this room."""
        self.crawler.stats.inc_value(f"newscrawl/pipelines/{event}")


class DedupePipeline(Pipeline):
    """Lets one row pass for each post: by its GUID, and by its API root, type and id.

    A page without a shortlink tells neither: its post is known by its address and title.
    """

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self.guids: dict[str, Met] = {}
        self.resources: set[tuple[str, int]] = set()

    def process_item(self, item: Item) -> Item:
        """Return the item, or drop a post whose key was seen."""
        if not isinstance(item, Post) or item.change == "deleted":
            return item
        met = Met.of(item)
        key = item.guid or (f"{item.url} {item.title}" if item.id is None else None)
        first = self.guids.setdefault(guid_key(key), met) if key else met
        if (item.source_url, item.id) in self.resources or first is not met:
            raise self._duplicate(item, met, first)
        if item.id is not None:
            self.resources.add((item.source_url, item.id))
        return item

    def _duplicate(self, item: Post, met: Met, first: Met) -> DropItem:
        """Enter a duplicate in the books: the same post again, or another one with its GUID."""
        self.count("duplicate")
        reason = f"{item.source_url} is {first.source_url} again"
        if account := self.account(item):
            is_again = met.is_again(first)
            if is_again and item.source != "rest":
                account.take_back()
                return DropItem(reason, log_level="DEBUG")
            account.duplicates += 1
            if not is_again and not self._is_kin(item, first):
                account.unreadable[named(item)] = SHARED_GUID.format(id=first.name, site=first.site)
        return DropItem(reason, log_level="DEBUG")

    def _is_kin(self, item: Post, first: Met) -> bool:
        """Return whether a post was met at the root of another language of its site."""
        named_by = {site.home: site.named for site in self.sites}
        same = named_by.get(item.site) == named_by.get(first.site)
        return item.site != first.site and same and named(item) == first.name


class NormalizePipeline(Pipeline):
    """Turns HTML as the site renders it into what is exported of it."""

    def process_item(self, item: Item) -> Item:
        """Return the item with its content normalized and everything that is drawn from it."""
        site = site_of(self.sites, item)
        if isinstance(item, Post) and item.change == "deleted":
            return item  # as it was stored
        if isinstance(item, Post | Revision):
            self._shorten(item, site)
        if isinstance(item, Post):
            self._normalize(item, site)
        elif isinstance(item, Comment | Revision):
            body = normalize(item.content_html, item.site)
            item.content_html, item.content_text = body.html, body.text
            if site:
                site.ledger.shortcodes.update(body.shortcodes)
            self._note_refusal(item, body.refused)
        return item

    def _shorten(self, item: Post | Revision, site: Site | None) -> None:
        """Turn an excerpt into text."""
        excerpt = excerpt_text(item.excerpt or "")
        item.excerpt = excerpt.text or None
        if site:
            site.ledger.shortcodes.update(excerpt.shortcodes)

    def _normalize(self, post: Post, site: Site | None) -> None:
        furniture = site.furniture if site else frozenset()
        body = normalize(post.content_html, post.url or post.site, furniture)
        _fill(post, body)
        if site:
            post.lang = post.lang or language_of(body.text, site.language_root or site.lang)
            site.ledger.shortcodes.update(body.shortcodes)
            site.ledger.furniture.update(set(body.furniture))
        post.content_refused = body.refused or post.content_refused
        self._note_refusal(post, post.content_refused)

    def _note_refusal(self, item: Post | Comment | Revision, refused: str | None) -> None:
        if refused and (account := self.account(item)):
            account.unreadable[named(item)] = refused


class LedgerPipeline(Pipeline):
    """Counts the items that are written; it comes last."""

    def process_item(self, item: Item) -> Item:
        """Return the item as it is."""
        deleted = isinstance(item, Post) and item.change == "deleted"
        if account := self.account(item):
            account.deleted += deleted
            account.written += not deleted
        if isinstance(item, Post) and (site := site_of(self.sites, item)):
            site.ledger.sources[item.source] += not deleted
        return item


def _fill(post: Post, body: Normalized) -> None:
    """Put a normalized body where a post carries it."""
    post.content_html = body.html
    post.content_text = body.text
    post.content_markdown = body.markdown
    post.word_count = body.word_count
    post.headings = body.headings
    post.links = body.links
    post.images = body.images
    post.embeds = body.embeds
    post.tables = body.tables
    post.quotes = body.quotes
    post.content_hash = hashlib.sha256(body.html.encode()).hexdigest()
