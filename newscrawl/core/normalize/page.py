"""What is known of the page while its body is read, and what is noted of it."""

from dataclasses import dataclass, field


@dataclass(slots=True)
class Page:
    """The page that a body is of.

    `base_url` is its address, `notes` the number of each footnote by its id, `shortcodes` the
    names of those that nobody rendered, as they come.
    """

    base_url: str
    notes: dict[str, int] = field(default_factory=dict)
    shortcodes: list[str] = field(default_factory=list)
