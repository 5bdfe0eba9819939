"""How the collections of a site are reached: those of posts, and those that posts link to."""

from dataclasses import dataclass

from newscrawl.core.kinds import Kind
from newscrawl.core.relations import Relation


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


@dataclass(frozen=True, slots=True)
class Reached:
    """How what is wanted of a collection is asked for; `kind` is None where posts are."""

    route: str
    kind: Kind | None
    relation: Relation
