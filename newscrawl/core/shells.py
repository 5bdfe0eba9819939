"""A page that comes without its article: a script fetches it, or lets nobody pass before it ran."""

import re

from selectolax.lexbor import LexborHTMLParser, LexborNode

from newscrawl.core.documents import Document
from newscrawl.core.markup import html_of
from newscrawl.core.metadata import facts_in, is_closed
from newscrawl.core.normalize import plain_text
from newscrawl.core.normalize.extracts import word_count
from newscrawl.core.obstacles import NOT_FREE, asked_in
from newscrawl.core.shown import CONTENT, type_in
from newscrawl.core.webpage import content_in, form_on, found_in, is_protected

SILENT = ["script", "style", "template", "noscript"]
SCRIPT = 'script:not([type*="json"])'
MOUNTS = "main, article, #root, #app, #__next, #__nuxt, #___gatsby"  # where scripts put articles
MEDIA = "img, picture, video, audio, iframe, object, embed, table, svg, canvas"
HARDLY_ANY = 3  # words of a content that is marked as one: "Loading …"
WAITING = re.compile(  # what scripts show until they have run, and what is shown without them
    r"(…|\.\.\.)$|javascript|\b(loading|wait|laden|geladen|lädt|warten|chargement|cargando|"
    r"carregando|caricamento|загрузка)\b",
    re.IGNORECASE,
)
FEW = 30  # of one that is not: the foot of a page


def is_shell(document: Document) -> bool:
    """Return whether a page has scripts and no article, or hardly a word of one."""
    return _is_scripted(document) and not article_in(html_of(document))


def is_empty(document: Document) -> bool:
    """Return whether a page has scripts and nothing that could be an article, however short."""
    if not _is_scripted(document):
        return False
    html = html_of(document)
    tree = _shown(html)
    return _has_empty_places(tree) or not content_in(tree, html)


def article_in(html: str) -> str:
    """Return the text of the article that a page shows, or of the password form in its place.

    It is "" where a page shows neither.
    """
    tree = _shown(html)
    if form := form_on(tree):
        return form.html or ""
    marked = tree.css(CONTENT)
    if len(marked) == 1:
        text = _text(marked[0])
        is_told = word_count(text) > HARDLY_ANY or _is_short_post(tree, text)
        return (text if is_told else "") or _media(marked[0])
    if _has_empty_places(tree):
        return ""
    text = plain_text(found_in(html) or "")
    return text if word_count(text) > FEW else ""


def obstacle(document: Document) -> str | None:
    """Return what a page without an article asks of its reader, None where a script may show it."""
    html = html_of(document)
    asked = asked_in(LexborHTMLParser(html))
    return asked or (NOT_FREE if is_closed(facts_in(html, document.url)[0]) else None)


def _is_scripted(document: Document) -> bool:
    """Return whether scripts are at work on a page that is open to its reader."""
    if document.has_error or not document.body.strip() or is_protected(document):
        return False
    return LexborHTMLParser(html_of(document)).css_first(SCRIPT) is not None


def _shown(html: str) -> LexborHTMLParser:
    """Return a page without what a reader does not see while scripts run."""
    tree = LexborHTMLParser(html)
    tree.strip_tags(SILENT, recursive=True)
    return tree


def _has_empty_places(tree: LexborHTMLParser) -> bool:
    """Return whether nothing is marked as a content, and where one would be nothing is."""
    if len(tree.css(CONTENT)) == 1:
        return False
    return not any(_text(place) for place in tree.css(MOUNTS) or tree.css("body"))


def _is_short_post(tree: LexborHTMLParser, text: str) -> bool:
    """Return whether WordPress says that a page is of a post, and its text is of no script."""
    return type_in(tree) is not None and not WAITING.search(text)


def _media(node: LexborNode) -> str:
    return " ".join(found.html or "" for found in node.css(MEDIA))


def _text(node: LexborNode) -> str:
    return plain_text(node.html or "")
