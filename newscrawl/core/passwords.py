"""The form that asks for a password in place of a content (``get_the_password_form()``)."""

from selectolax.lexbor import LexborHTMLParser, LexborNode

from newscrawl.core.normalize import plain_text
from newscrawl.core.normalize.extracts import word_count

MARK = "post-password-form"
OF_OTHERS = ("ul", "ol", "aside", "nav", "footer")  # where posts beside the article are shown
FORM = f"form.{MARK}:not({', '.join(f'{place} *' for place in OF_OTHERS)})"
FEW = 30  # words beside it: buttons to share, where the post appeared first


def form_in(html: str) -> LexborNode | None:
    """Return the form that stands in place of a content, None where there is a content."""
    body = LexborHTMLParser(html).body if MARK in html else None
    return form_of(body) if body else None


def form_of(content: LexborNode) -> LexborNode | None:
    """Return the form that a content is, but for a few words, None for any other content."""
    form = content.css_first(FORM)
    if form is None:
        return None
    beside = word_count(_text(content)) - word_count(_text(form))
    return form if beside <= FEW else None


def _text(node: LexborNode) -> str:
    return plain_text(node.html or "")
