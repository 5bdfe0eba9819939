"""What is known of one site while it is crawled: the state that its readers share."""

from dataclasses import dataclass, field
from datetime import UTC, tzinfo
from typing import Any

from newscrawl.core.batches import Batches
from newscrawl.core.documents import Document
from newscrawl.core.join import Join, Key
from newscrawl.core.ledger import Ledger
from newscrawl.core.plan import Plan
from newscrawl.core.projections import Place, text_of
from newscrawl.core.relations import Target
from newscrawl.core.roots import ApiRoot
from newscrawl.core.values import string
from newscrawl.items import Access, Status
from newscrawl.items import Site as SiteItem


@dataclass(frozen=True, slots=True)
class PostType:
    """A public post type: its slug, its collection's route and its taxonomies' slugs."""

    slug: str
    route: str
    taxonomies: tuple[str, ...] = ()

    @property
    def base(self) -> str:
        """Return the last part of the route, by which the ledger calls the collection."""
        return self.route.rpartition("/")[2]


@dataclass(slots=True)
class Site:
    """One site: where its API is, what it has, what waits and what came of it all.

    `types` and `taxonomies` are None until the site has told them. `narrowed` are the query
    parameters that the plan narrows the walk by, `reached` the relation by which each collection
    is reached, `closed` the status of what is asked of a closed one, `unclaimed` the resources
    that came unasked with a collection's head. `outstanding` counts the links that left and were
    not answered yet: the site is done when none is outstanding and nothing waits.
    """

    url: str
    plan: Plan
    ledger: Ledger
    home: str = ""
    root: ApiRoot = field(default_factory=lambda: ApiRoot(""))
    found_by: str = ""
    index: dict[str, Any] = field(default_factory=dict)
    read_at: str = ""
    zone: tzinfo = UTC
    lang: str | None = None
    language_root: str | None = None
    types: dict[str, PostType] | None = None
    taxonomies: dict[str, str] | None = None
    access: dict[str, Access] = field(default_factory=dict)
    narrowed: dict[str, str] = field(default_factory=dict)
    reached: dict[str, str] = field(default_factory=dict)
    closed: dict[str, Status] = field(default_factory=dict)
    unclaimed: dict[Key, Target] = field(default_factory=dict)
    batches: Batches = field(default_factory=Batches)
    join: Join = field(default_factory=Join)
    outstanding: int = 0
    done: bool = False
    bad_argument: str | None = None

    def place(self, route: str, document: Document) -> Place:
        """Return where and when the resources of a document were read."""
        return Place(
            self.home, self.root, route, self.zone, self.language_root, document.fetched_at
        )

    def note_access(self, route: str, reason: str | None) -> None:
        """Note that a collection is open (`reason` None) or closed and why."""
        name = route.rpartition("/")[2]
        self.access[name] = Access(open=reason is None, reason=reason)


def site_of(site: Site) -> SiteItem:
    """Return the item of the site itself, once its collections are known to be open or closed."""
    index = site.index
    return SiteItem(
        site=site.home,
        name=text_of(index.get("name")),
        description=text_of(index.get("description")),
        home=site.home,
        api_root=site.root.url,
        found_by=site.found_by,
        timezone=string(index.get("timezone_string")) or _offset(index.get("gmt_offset")),
        lang=site.language_root or site.lang,
        namespaces=[str(name) for name in index.get("namespaces") or ()],
        types=list(site.types or ()),
        taxonomies=list(site.taxonomies or ()),
        access=dict(sorted(site.access.items())),
        source="rest",
        source_url=site.root.url,
        fetched_at=site.read_at,
    )


def _offset(hours: object) -> str | None:
    """Return a site's `gmt_offset` as an offset of ISO 8601.

    >>> _offset("5.5"), _offset(-3), _offset("")
    ('+05:30', '-03:00', None)
    """
    try:
        minutes = round(float(str(hours)) * 60)
    except ValueError:
        return None
    return f"{'-' if minutes < 0 else '+'}{abs(minutes) // 60:02}:{abs(minutes) % 60:02}"
