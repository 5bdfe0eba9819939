"""What a page asks of its reader: a login, proof of a person, a subscription.

Forms in heads, sidebars and among comments are there beside an article, not before it.
"""

from selectolax.lexbor import LexborHTMLParser

from newscrawl.core.shown import BESIDE

ELSEWHERE = (
    *BESIDE,
    *("header", "#header", ".header", "#masthead", "#footer", "#sidebar", "#secondary", "#respond"),
    *(".topbar", ".top-bar", ".site-header", ".sidebar", ".footer", ".wpcf7"),
    *("noscript", "dialog", '[role="dialog"]', 'div[class*="modal" i]', 'div[class*="popup" i]'),
    *(".mfp-hide", ".offcanvas", ".off-canvas"),
    *("[hidden]", '[aria-hidden="true"]', '[style*="display:none"]', '[style*="display: none"]'),
)
BEFORE = f":not({', '.join(f'{place} *' for place in ELSEWHERE)})"
WIDGET = ":is(div, span, form, fieldset, iframe, input, textarea, button)"
TERMS = '[class*="tag-"], [class*="category-"]'  # of a post (``get_post_class()``)
LOGIN = 'input[type="password" i]'
PERSON = (
    *(f'{WIDGET}[class*="captcha" i]:not({TERMS})', f'{WIDGET}[id*="captcha" i]'),
    *("altcha-widget", '[name*="captcha" i]:not([type="hidden" i])'),
    *('iframe[src*="captcha" i]', 'form img[src*="captcha" i]', 'img[src*="captcha" i] ~ input'),
    *('[action*="captcha" i]', ".cf-turnstile"),
)
ASKS_FOR_A_PERSON = "its page asks for proof that a person reads it (a CAPTCHA)"
ASKS_FOR_A_LOGIN = "its page asks for a login"
NOT_FREE = "the page says that it is not free to read"
DOORS = frozenset({ASKS_FOR_A_PERSON, ASKS_FOR_A_LOGIN, NOT_FREE})


def asked_in(tree: LexborHTMLParser) -> str | None:
    """Return what a page asks of its reader before all else, None where it asks nothing."""
    if any(tree.css_first(f"{selector}{BEFORE}") for selector in PERSON):
        return ASKS_FOR_A_PERSON
    return ASKS_FOR_A_LOGIN if tree.css_first(f"{LOGIN}{BEFORE}") else None
