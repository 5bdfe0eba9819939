"""Pages that a site shows in place of a post's: of errors, its home, a login, something else."""

import re
from urllib.parse import unquote, urlsplit

from selectolax.lexbor import LexborHTMLParser

from newscrawl.core.documents import Document
from newscrawl.core.identity import guid_key, id_of
from newscrawl.core.marks import is_of_a_post
from newscrawl.core.obstacles import asked_in
from newscrawl.core.shown import body_classes, type_in

NOT_FOUND = "its page says that nothing is found"
OF_ANOTHER = "its address leads to the page of another post"
AT_HOME = "its address leads to the site's home page"
LED_AWAY = "its address leads to {url}, which does not say that it is of a post"
ERROR = "error404"  # the class of the body (``get_body_class()``), whatever the status is
PART = re.compile(r"/(?:amp|feed|\d+)/?$")  # what is behind the address of a post


def stand_in(document: Document, tree: LexborHTMLParser, site: str) -> str | None:
    """Return as what a page stands in for that of a post, None for one that does not."""
    if ERROR in body_classes(tree):
        return NOT_FOUND
    if guid_key(document.url) == guid_key(site):
        return AT_HOME
    told, led = asked_in(tree) or led_away(document), LED_AWAY.format(url=document.url)
    if not told and guid_key(document.asked or document.url) == guid_key(document.url):
        return None
    of_a_post = type_in(tree) or is_of_a_post(document)
    return None if of_a_post else told or (led if of_a_post is False else None)


def led_away(document: Document) -> str | None:
    """Return that a site led from the address that was asked for to one of another name, if so."""
    asked, url = document.asked, document.url
    return None if not asked or is_like(asked, url) else LED_AWAY.format(url=url)


def is_like(url: str, other: str) -> bool:
    """Return whether an address may be another one of the post at `url`: it has the same slug.

    >>> is_like("https://a.example/2024/one/amp/", "https://a.example/one/")
    True
    >>> is_like("https://a.example/2024/one/", "https://a.example/news/")
    False
    >>> is_like("https://a.example/?p=7", "https://a.example/one/")
    True
    """
    path = unquote(urlsplit(url).path)
    slugs = {_slug(path), _slug(PART.sub("", path))}
    by_id = id_of(url) is not None or id_of(other) is not None
    return by_id or _slug(unquote(urlsplit(other).path)) in slugs


def _slug(path: str) -> str:
    return path.rstrip("/").rpartition("/")[2].lower()
