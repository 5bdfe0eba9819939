"""The posts that pages show, and what shows something else in their place at every address."""

from collections.abc import Iterable
from dataclasses import replace

from newscrawl.core.documents import Document, UnreadableDocument
from newscrawl.core.identity import known_by
from newscrawl.core.marks import is_of_a_post
from newscrawl.core.showings import ALIKE, OF_NO_EXCERPT, SAME, Showing, is_notice
from newscrawl.core.site import Site
from newscrawl.core.webpage import post_of
from newscrawl.items import Post
from newscrawl.items.parts import Source

MUTE = "its page does not say any more that it is of a post"


def post_shown(site: Site, document: Document, source: Source, excerpt: str | None = None) -> Post:
    """Return the post that a page shows, of which a feed may have told an excerpt.

    A site that stands behind a notice shows it everywhere. A page that does not say what it is of
    raises `UnreadableDocument` where it is that of a known post and the site's pages say it
    otherwise, where its words are another page's, or not those of the excerpt. One that is of a
    post holds something else where its few words are those of many others, or not the excerpt's.
    """
    post = post_of(document, site.home, source)
    if post.id is not None or is_of_a_post(document):
        site.showings.marked = True
        refused = post.content_refused or _doubt(site, post, excerpt)
        return replace(post, content_refused=refused)
    if told := _objection(site, post, excerpt):
        raise UnreadableDocument(post.source_url, told, document.status)
    site.showings.mute.add(known_by(post))
    return post


def _doubt(site: Site, post: Post, excerpt: str | None) -> str | None:
    """Return why the content of a page that is of a post may not be the post's, None if it is."""
    others = site.showings.others(post)
    if is_notice(post, others):
        _read_again(site, others)
        return SAME
    return OF_NO_EXCERPT if site.showings.contradicts(post.content_html, excerpt) else None


def _objection(site: Site, post: Post, excerpt: str | None) -> str | None:
    """Return why a page that does not say what it is of shows another thing, None if it may not."""
    known = site.register.at_address_of(post) if site.register else None
    is_marked = site.showings.marked or bool(site.known and site.known.marked)
    if known and known.id and is_marked:
        return MUTE
    if site.showings.contradicts(post.content_html, excerpt):
        return OF_NO_EXCERPT
    others = site.showings.others(post, post.title)
    _read_again(site, others)
    return ALIKE if others else None


def _read_again(site: Site, others: Iterable[Showing]) -> None:
    """Let the next crawl read pages again, whatever sitemaps tell of them."""
    for other in others:
        if site.memory and site.register:
            site.memory.trace(site.home, other.type, other.key, "")
