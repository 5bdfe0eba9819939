"""Archives: pages of a site that list its posts, newest first, each with the address of the next.

Themes mark posts by the classes of ``get_post_class()`` (``post-7 type-post``), the link to older
ones by those of ``paginate_links()``, ``get_next_posts_link()`` or core's block of the query.
"""

from newscrawl.core.documents import Document
from newscrawl.core.markup import hrefs_in, tree_of

POST = ".type-post"
TO_POST = (
    'a[rel~="bookmark"][href], .entry-title a[href], .wp-block-post-title a[href], '
    "h1 a[href], h2 a[href], h3 a[href], a.wp-block-read-more[href]"
)
TO_NEXT = (
    "link[rel=next][href]",
    "a.next[href]",
    "a.wp-block-query-pagination-next[href]",
    ".nav-previous a[href]",  # of older posts (``get_the_posts_navigation()``)
)


def posts_in(document: Document) -> list[str]:
    """Return the addresses of the posts that an archive lists, each once, in its order.

    Raise `Refused` for an error.
    """
    tree = tree_of(document)
    linked = (next(hrefs_in(node, TO_POST, document.url), None) for node in tree.css(POST))
    return list(dict.fromkeys(filter(None, linked)))


def next_in(document: Document) -> str | None:
    """Return the address of the next page of an archive, None where it names none."""
    tree = tree_of(document)
    told = (url for selector in TO_NEXT for url in hrefs_in(tree, selector, document.url))
    return next(told, None)
