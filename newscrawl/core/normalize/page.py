"""What is known of the page while its body is read, and what is noted of it."""

from collections import Counter
from dataclasses import dataclass, field

NOTE = "data-fn"  # where WordPress's footnotes block and our own HTML keep the id of a note


@dataclass(slots=True)
class Page:
    """The page that a body is of.

    `base_url` is its address, `notes` the number of each footnote by its id, `shortcodes` the
    names of those that nobody rendered and how often, `closed` the names that the body closes.
    """

    base_url: str
    notes: dict[str, int] = field(default_factory=dict)
    shortcodes: Counter[str] = field(default_factory=Counter)
    closed: frozenset[str] = frozenset()
