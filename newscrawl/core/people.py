"""What is known of a site's authors while it is crawled."""

from dataclasses import dataclass, field

from newscrawl.items import Name, Status


@dataclass(slots=True)
class People:
    """The authors of a site.

    `users` are those that it shows, by slug; `posts_of` is a post of each, by id; `withheld` are
    those that it does not show: the collection that they were asked of, and what became of that.
    `tells_coauthors` says whether Co-Authors Plus tells the authors of a post, `bylines` which post
    was asked for each of its terms.
    """

    users: dict[str, Name] = field(default_factory=dict)
    posts_of: dict[int, int] = field(default_factory=dict)
    withheld: dict[int, tuple[str, Status]] = field(default_factory=dict)
    tells_coauthors: bool = False
    bylines: dict[int, int] = field(default_factory=dict)
