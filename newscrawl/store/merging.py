"""What is written of a post over its row: what a rung below the API does not tell stays."""

from newscrawl.core.identity import known_by
from newscrawl.core.rungs import Row as Stored
from newscrawl.core.rungs import holds_more
from newscrawl.items import Post
from newscrawl.store.rows import Row, row_of

BY_TAXONOMY = ("categories", "tags")
CONTENT = (
    *("content_html", "content_text", "content_markdown", "content_hash", "content_refused"),
    *("word_count", "lang", "headings", "links", "images", "embeds", "tables", "quotes"),
)
FACTS = ("id", "url", "title", "published", "modified", "excerpt")  # where they are told
NAMES = ("authors", "terms", "translations")  # where they changed
READ = ("source", "source_url", "fetched_at")


def merged(stored: Stored | None, post: Post) -> Row:
    """Return the columns of a post that is new, or that differs from its row."""
    row = row_of(post)
    if stored is None or post.source == "rest":
        return row | {"guid_key": known_by(post)}
    told = [name for name in FACTS if row[name] is not None]
    changed = [name for name in NAMES if name in post.changed]
    is_cut = post.content_refused and not stored["content_refused"]
    content = () if is_cut or holds_more(stored, post) else CONTENT
    return {name: row[name] for name in (*READ, *told, *changed, *content)}


def touched(stored: Stored, post: Post) -> Row:
    """Return the columns of a post that is as it was; by another rung it is told otherwise.

    A row that holds more of its content than a feed tells stays the API's, to be compared again.
    """
    is_cut = post.source == "feed" and holds_more(stored, post)
    if stored["source"] != post.source and not is_cut:
        return merged(stored, post)
    told = ("id", "url", "modified", "source_url", "fetched_at")
    row = {name: value for name in told if (value := getattr(post, name)) is not None}
    return row | ({"translations": post.translations} if post.source == "rest" else {})
