"""What is known of one site while it is crawled: the state that its readers share."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from datetime import UTC, tzinfo
from typing import Any

from newscrawl.core.batches import Batches
from newscrawl.core.collection import Collection
from newscrawl.core.documents import Document
from newscrawl.core.gathering import Gathering
from newscrawl.core.join import Join, Key
from newscrawl.core.kinds import AUTHOR, COMMENT, MEDIA, REVISION, TERM, Kind, Target
from newscrawl.core.ledger import Ledger
from newscrawl.core.links import Link
from newscrawl.core.memory import Entrance, Known, Memory
from newscrawl.core.people import People
from newscrawl.core.place import Place
from newscrawl.core.plan import Plan
from newscrawl.core.probe import Probe
from newscrawl.core.reach import PostType, Reached
from newscrawl.core.rendering import Rendering
from newscrawl.core.roots import ApiRoot
from newscrawl.core.showings import Showings
from newscrawl.core.sisters import Sisters
from newscrawl.core.sizes import Sizes
from newscrawl.core.standing import Register
from newscrawl.core.vanished import Vanished
from newscrawl.core.walk import Walk
from newscrawl.items import Access, Node, Status
from newscrawl.items import Link as Edge

KINDS_AT = {"wp/v2/users": AUTHOR, "wp/v2/media": MEDIA, "wp/v2/comments": COMMENT}


@dataclass(slots=True)
class Site:
    """One site: where its API is, what it has, what waits and what came of it all.

    `types` and `taxonomies` are None until the site has told them, `catalog` holds them as told.
    `advertised` is what became of the API that its page names, '' unless that is refused.
    `feeds` are addresses that may be that of its feed, `feed` is the one that was read;
    `rendering` is how its pages fare in a browser, `showings` is what they have shown.
    `narrowed` are the query parameters that the plan narrows the walk by. `reached` says how each
    collection is reached, `closed` what is told of all in a closed one, `reasons` why it is closed.
    `walks` and `gatherings` are read as a whole, by route; `owners` are the routes of the posts
    whose revisions are asked for. `read` are the ids of each kind that were met, `unclaimed` the
    resources that came unasked, `people` is what is known of the authors, `furniture` what posts
    repeat, `edges` are the links whose answer is known at the end.
    `sizes` are the rows that a document of each collection is asked for, `failures` the documents
    in a row that could not be read, `doubted` the ids that were asked for and not returned, once.
    `singles` counts what was asked for one by one, by relation, and what a collection refused in a
    row. `outstanding` counts the links that left and were not answered yet, `parked` are those of
    them that wait for others: the site is done when none is outstanding. One that turns out to be
    a site of the same crawl by another address `is_another`; `roots` are those of all sites.
    `sitemaps` are those that robots.txt names, `dated` when those of a type were modified, as their
    index tells, by address.
    `memory` is that of a store, `known` what it knows of the site; both are None without one.
    Below the API `entrance` is where an earlier crawl found the site, `register` holds the known
    posts, `validated` the feed and by which headers it may be asked for again.
    `shown` are hashes of the addresses of posts that the API shows, `beyond` counts those that
    sitemaps list and it does not. `vanished` are posts that are known and may be no more.
    `sisters` are its API roots in other languages; one of these has an `elder`, the site itself.
    A site that `shuns_guests` shows its API to nobody who is not logged in.
    A site that has a `probe` is asked what it allows, and not walked.
    """

    url: str
    plan: Plan
    ledger: Ledger
    home: str = ""
    root: ApiRoot = field(default_factory=lambda: ApiRoot(""))
    found_by: str = ""
    advertised: str = ""
    shuns_guests: bool = False
    feeds: list[str] = field(default_factory=list)
    feed: str = ""
    rendering: Rendering = field(default_factory=Rendering)
    showings: Showings = field(default_factory=Showings)
    index: dict[str, Any] = field(default_factory=dict)
    read_at: str = ""
    zone: tzinfo = UTC
    lang: str | None = None
    language_root: str | None = None
    types: dict[str, PostType] | None = None
    taxonomies: dict[str, str] | None = None
    catalog: list[tuple[Node, Mapping[str, Any]]] = field(default_factory=list)
    access: dict[str, Access] = field(default_factory=dict)
    narrowed: dict[str, str] = field(default_factory=dict)
    reached: dict[str, Reached] = field(default_factory=dict)
    closed: dict[str, Status] = field(default_factory=dict)
    reasons: dict[str, str] = field(default_factory=dict)
    walks: dict[str, Walk] = field(default_factory=dict)
    gatherings: dict[str, Gathering] = field(default_factory=dict)
    owners: dict[int, str] = field(default_factory=dict)
    read: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    unclaimed: dict[Key, Target] = field(default_factory=dict)
    furniture: frozenset[str] = frozenset()
    edges: list[Edge] = field(default_factory=list)
    doubted: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    singles: Counter[str] = field(default_factory=Counter)
    may_edit: bool = False
    people: People = field(default_factory=People)
    sizes: Sizes = field(default_factory=Sizes)
    batches: Batches = field(default_factory=Batches)
    join: Join = field(default_factory=Join)
    roots: set[str] = field(default_factory=set)
    failures: int = 0
    outstanding: int = 0
    parked: list[Link] = field(default_factory=list)
    done: bool = False
    is_another: bool = False
    bad_argument: str | None = None
    sitemaps: list[str] = field(default_factory=list)
    dated: dict[str, dict[str, str]] = field(default_factory=dict)
    shown: set[int] = field(default_factory=set)
    beyond: int = 0
    vanished: Vanished = field(default_factory=Vanished)
    memory: Memory | None = None
    known: Known | None = None
    entrance: Entrance | None = None
    register: Register | None = None
    validated: dict[str, Any] = field(default_factory=dict)
    probe: Probe | None = None
    elder: "Site | None" = None
    sisters: Sisters = field(default_factory=Sisters)

    def place(self, route: str, document: Document) -> Place:
        """Return where and when the resources of a document were read."""
        return Place(self.home, self.root, route, self.zone, document.fetched_at)

    @property
    def addresses(self) -> list[str]:
        """Return the addresses whose hosts are the site's own: the one given, and its API's."""
        return [self.url, self.root.url]

    @property
    def named(self) -> str:
        """Return the address that the user named."""
        return self.elder.url if self.elder else self.url

    @property
    def hosts(self) -> frozenset[str]:
        """Return the hosts by which the site knows itself: by its index, else by its feed."""
        return self.root.hosts or ApiRoot(self.feed).known_by(self.home).hosts

    @property
    def posts_counted(self) -> int:
        """Return how many posts the walks are for, as far as the site has told."""
        counted = sum(walk.total or 0 for walk in self.walks.values())
        return min(counted, self.plan.limit or counted)

    def account(self, route: str) -> Collection:
        """Return the account of a collection, which the ledger calls by its route's last part."""
        return self.ledger.collection(route.partition("?")[0].rpartition("/")[2])

    def kind_at(self, route: str) -> Kind | None:
        """Return the kind of a collection's resources; None for posts and for what is unknown."""
        if route in (self.taxonomies or {}).values():
            return TERM
        return KINDS_AT.get(route)

    def has_posts_at(self, route: str) -> bool:
        """Return whether a collection holds posts of a public type."""
        return any(type_.route == route for type_ in (self.types or {}).values())

    def node_at(self, route: str) -> Node | None:
        """Return of which kind the resources of a collection are, None for no kind of ours."""
        if self.has_posts_at(route):
            return "post"
        kind = REVISION if route.endswith("/revisions") else self.kind_at(route)
        return kind.name if kind else None

    def fields(self, fields: str) -> dict[str, str]:
        """Return the parameter that asks for some fields only; none where the JSON is kept."""
        if self.plan.raw:
            return {}
        links = ["_links"] if "link" in self.plan.kinds else []
        return {"_fields": ",".join(dict.fromkeys([*fields.split(","), *links]))}

    def gathering_fields(self, gathering: Gathering) -> dict[str, str]:
        """Return the parameter that asks for what a gathering's items, and its posts, need."""
        whole = gathering.kind.name in self.plan.kinds
        fields = gathering.kind.whole if whole else gathering.kind.joined
        return self.fields(f"{fields},{gathering.by}" if gathering.by else fields)

    def elsewhere(self, route: str) -> AbstractSet[int]:
        """Return the posts that are read already, in another language: those in no language.

        Ids of a site with an address of its own (multisite) are others.
        """
        same = self.elder and self.elder.index.get("url") == self.index.get("url")
        return self.sisters.met.get(route, frozenset()) if same else frozenset()

    def note_access(self, route: str, reason: str | None) -> None:
        """Note that a collection is open (`reason` None) or closed and why."""
        name = route.rpartition("/")[2]
        self.access[name] = Access(open=reason is None, reason=reason)
