"""What every projection needs: where a resource was read, and its rendered fields as text."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import tzinfo
from typing import Any

from newscrawl.core.normalize import plain_text
from newscrawl.core.roots import ApiRoot
from newscrawl.core.values import rendered

Resource = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Place:
    """Where and when a resource was read: its site, its collection's route and its clock."""

    site: str
    root: ApiRoot
    route: str
    zone: tzinfo
    fetched_at: str

    def provenance(self, id_: int) -> dict[str, Any]:
        """Return the fields that tell where an item comes from."""
        return {
            "source": "rest",
            "source_url": self.root.address(f"{self.route}/{id_}"),
            "fetched_at": self.fetched_at,
        }


def text_of(value: object) -> str | None:
    """Return a rendered field as text, None when it says nothing."""
    html = rendered(value)
    return plain_text(html) or None if html else None
