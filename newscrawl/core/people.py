"""What is known of a site's authors while it is crawled."""

from collections import defaultdict
from dataclasses import dataclass, field

from newscrawl.items import Name, Status

MOST_POSTS = 5  # of an author: enough to tell the usual byline from a guest's


@dataclass(slots=True)
class People:
    """The authors of a site.

    `users` are those that it shows, by slug; `posts_of` are a few posts of each, by id; `withheld`
    are those that it does not show: the collection that they were asked of, and what became of it.
    `tells_coauthors` says whether Co-Authors Plus tells the authors of a post, `bylines` which post
    was asked for each of its terms.
    """

    users: dict[str, Name] = field(default_factory=dict)
    posts_of: dict[int, list[int]] = field(default_factory=lambda: defaultdict(list))
    withheld: dict[int, tuple[str, Status]] = field(default_factory=dict)
    tells_coauthors: bool = False
    bylines: dict[int, int] = field(default_factory=dict)

    def has_written(self, author: int | None, post: int) -> None:
        """Note a post of an author, if few are known."""
        if author and len(self.posts_of[author]) < MOST_POSTS:
            self.posts_of[author].append(post)
