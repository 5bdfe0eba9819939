"""What a page is of, by its own marks: a post, another thing, or it does not say.

WordPress says it in the classes of the body (``get_body_class()``), and by the resource that it
names as its alternate. Those go before Open Graph's word: plugins call pages articles, too.
"""

import re

from selectolax.lexbor import LexborHTMLParser

from newscrawl.core.counterparts import POSTS, counterpart_of
from newscrawl.core.documents import Document
from newscrawl.core.identity import id_of
from newscrawl.core.markup import href_in, html_of, is_page
from newscrawl.core.metadata import facts_in, is_article
from newscrawl.core.shown import body_classes

OF_A_POST = "single-post"
OF_ANOTHER = re.compile(
    r"page-id-\d+|single-(?!post$|format-).+|home|blog|archive|search|error404|attachment|paged"
)
SHORTLINK = "link[rel=shortlink]"


def is_of_a_post(document: Document) -> bool | None:
    """Return whether a page is of a post, None where it says nothing of it."""
    if not is_page(document):
        return False
    html = html_of(document)
    tree = LexborHTMLParser(html)
    classes = body_classes(tree)
    if OF_A_POST in classes:
        return True
    if any(map(OF_ANOTHER.fullmatch, classes)):
        return False
    if named := counterpart_of(document):
        return named.route == POSTS
    facts, graph = facts_in(html, document.url)
    told = is_article(facts) or graph.get("og:type") == "article"
    return told or id_of(href_in(tree, SHORTLINK)) is not None or None
