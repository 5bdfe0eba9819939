"""The posts that pages show, and what shows something else in their place at every address."""

from dataclasses import replace

from newscrawl.core.documents import Document, UnreadableDocument
from newscrawl.core.identity import known_by
from newscrawl.core.marks import is_of_a_post
from newscrawl.core.showings import ALIKE, SAME, Showing, holds, is_notice
from newscrawl.core.site import Site
from newscrawl.core.webpage import post_of
from newscrawl.items import Post
from newscrawl.items.parts import Source

MUTE = "its page does not say any more that it is of a post"
OF_NO_EXCERPT = "its page does not hold what its excerpt was cut from"


def post_shown(site: Site, document: Document, source: Source, excerpt: str | None = None) -> Post:
    """Return the post that a page shows, of which a feed may have told an excerpt.

    A site that stands behind a notice shows it everywhere. A page that does not say what it is of
    raises `UnreadableDocument` where it is that of a known post, where its words are another
    page's, or not those of the excerpt. One that is of a post holds less than all of it where its
    few words are those of two others.
    """
    post = post_of(document, site.home, source)
    is_told = post.id is not None or is_of_a_post(document)
    if told := None if is_told else _objection(site, post, excerpt):
        raise UnreadableDocument(post.source_url, told, document.status)
    others = site.showings.others(post, *([] if is_told else [post.title]))
    if is_told and not is_notice(post, others):
        return post
    for other in others:
        _read_again(site, other)
    if is_told:
        return replace(post, content_refused=post.content_refused or SAME)
    if others:
        raise UnreadableDocument(post.source_url, ALIKE, document.status)
    site.showings.mute.add(known_by(post))
    return post


def _objection(site: Site, post: Post, excerpt: str | None) -> str | None:
    """Return why a page that does not say what it is of shows another thing, None if it may not."""
    known = site.register.at_address_of(post) if site.register else None
    if known and known.id:
        return MUTE
    return None if holds(post.content_html, excerpt) else OF_NO_EXCERPT


def _read_again(site: Site, other: Showing) -> None:
    """Let the next crawl read a page again, whatever sitemaps tell of it."""
    if site.memory and site.register:
        site.memory.trace(site.home, other.type, other.key, "")
