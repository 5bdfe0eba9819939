"""The API roots that a site has for its other languages: its sisters, each read as a site."""

from dataclasses import dataclass, field


@dataclass(slots=True)
class Sisters:
    """What all sisters share.

    `shown` are the language roots that pages and posts tell, and of each the types of which the
    site's own lists show posts below it; `begun` are those that are read, one after the other,
    `ended` the addresses of what is done; `met` are the posts that were met so far, by route.
    """

    shown: dict[str, set[str]] = field(default_factory=dict)
    begun: set[str] = field(default_factory=set)
    ended: set[str] = field(default_factory=set)
    met: dict[str, set[int]] = field(default_factory=dict)
