"""What is on a page and not of the article: left out by a rule each, in this order.

A rule sees an element's tag, its classes and id as one string, its style and whether it is hidden.
Classes decide, never words: ``.code-block`` may hold code, ``.code-block-3`` is Ad Inserter's.
"""

import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any, NamedTuple

from newscrawl.core.normalize.tree import Node


class Element(NamedTuple):
    """What a rule may know of an element; `names` are its classes and, if a plugin's, its id."""

    tag: str
    names: str
    style: str
    hidden: bool


Rule = Callable[[Element], bool]
UNSEEN = frozenset(
    {"script", "style", "template", "noembed", "noframes", "object", "svg", "canvas"}
    | {"form", "input", "button", "select", "textarea", "option", "datalist", "dialog", "map"}
    | {"head", "title", "meta", "link", "base", "area", "param", "source", "track"}
    | {"annotation", "annotation-xml"}  # MathML shows its formula without them
)
HIDDEN_STYLE = re.compile(
    r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.IGNORECASE
)
OPENING = re.compile(r"accordion|toggle|faq|question")  # WordPress core, Kadence, Spectra
IDS = frozenset({"wpdcom", "ez-toc-container", "toc_container", "jp-relatedposts", "respond"})


def drops_unseen_elements(element: Element) -> bool:
    """Return whether an element shows nothing or asks for input; what opens a part heads it."""
    opens = element.tag == "button" and OPENING.search(element.names)
    return element.tag in UNSEEN and not opens


def drops_accordion_icons(element: Element) -> bool:
    """WordPress core, Accordion block (6.9): the plus beside a heading."""
    return _named(element, r"wp-block-accordion-heading__toggle-icon")


def drops_hidden_elements(element: Element) -> bool:
    """Return whether an element is hidden by attribute or by style."""
    return element.hidden or bool(HIDDEN_STYLE.search(element.style))


def drops_screen_reader_text(element: Element) -> bool:
    """WordPress core, Bootstrap, Tailwind: what only screen readers say beside an icon."""
    return _named(element, r"screen-reader-text|sr-only|visually-hidden")


def drops_file_buttons(element: Element) -> bool:
    """WordPress core, File block: the download button beside the file's own link."""
    return _named(element, r"wp-block-file__button")


def drops_tables_of_contents(element: Element) -> bool:
    """Gutenberg and what makes tables of contents for it, from Rank Math to Elementor."""
    return _named(
        element,
        r"wp-block-(?:table-of-contents|rank-math-toc-block|yoast-seo-table-of-contents)"
        r"|wp-block-(?:kadence-tableofcontents|uagb-table-of-contents|aioseo-table-of-contents)"
        r"|ub_table-of-contents\S*|simpletoc\S*|elementor-widget-table-of-contents"
        r"|ez-toc-container\S*|lwptoc\S*|toc_container",
    )


def drops_comment_forms(element: Element) -> bool:
    """WordPress core: the comments and their form, where a theme puts them into the content."""
    return _named(element, r"comment-respond|comments-area|comment-form")


def drops_wpdiscuz(element: Element) -> bool:
    """Comments by wpDiscuz."""
    return _named(element, r"wpdiscuz\S*|wpd-(?:thread|comment|form)\S*|wpdcom")


def drops_jetpack_sharing(element: Element) -> bool:
    """Jetpack: share buttons, likes, related posts."""
    return _named(
        element,
        r"sharedaddy|sd-sharing\S*|jp-relatedposts\S*|jp-post-flair|wp-block-jetpack-(?:related|sharing)\S*",
    )


def drops_addtoany(element: Element) -> bool:
    """AddToAny: share buttons."""
    return _named(element, r"addtoany_\S+|a2a_\S+")


def drops_heateor(element: Element) -> bool:
    """Sassy Social Share (Heateor): share buttons."""
    return _named(element, r"heateor\S*")


def drops_share_bars(element: Element) -> bool:
    """Social Warfare, Shareaholic, Easy Social Share, and themes' own bars by their usual names."""
    return _named(
        element,
        r"social-share\S*|share-buttons\S*|swp_social\S*|shareaholic-\S+|essb_links\S*",
    )


def drops_yarpp(element: Element) -> bool:
    """Yet Another Related Posts Plugin."""
    return _named(element, r"yarpp\S*")


def drops_related_posts(element: Element) -> bool:
    """Contextual Related Posts, and themes' own boxes of related posts."""
    return _named(element, r"crp_related|related-posts\S*")


def drops_ad_inserter(element: Element) -> bool:
    """Ad Inserter: its blocks are numbered."""
    return _named(element, r"code-block-\d+")


def drops_advertisements(element: Element) -> bool:
    """AdSense, Advanced Ads, tagDiv, AMP, and containers that say what they are."""
    named = r"adsbygoogle|advads-\S+|ad-container|td-a-rec\S*"
    return element.tag == "amp-ad" or _named(element, named)


def drops_newsletter_boxes(element: Element) -> bool:
    """Mailchimp for WordPress, MailPoet, Newsletter, Jetpack's subscriptions."""
    return _named(
        element,
        r"mc4wp-form\S*|mailpoet_form\S*|tnp-\S+|wp-block-jetpack-subscriptions\S*|newsletter-(?:form|sign-?up|box|subscri\S+|widget)\S*",
    )


RULES: tuple[Rule, ...] = (
    drops_unseen_elements,
    drops_accordion_icons,
    drops_hidden_elements,
    drops_screen_reader_text,
    drops_file_buttons,
    drops_tables_of_contents,
    drops_comment_forms,
    drops_wpdiscuz,
    drops_jetpack_sharing,
    drops_addtoany,
    drops_heateor,
    drops_share_bars,
    drops_yarpp,
    drops_related_posts,
    drops_ad_inserter,
    drops_advertisements,
    drops_newsletter_boxes,
)


def is_noise(node: Node) -> bool:
    """Return whether any rule leaves an element out."""
    attributes = node.attributes
    if not attributes:
        return node.tag in UNSEEN
    names, id_ = attributes.get("class") or "", attributes.get("id")
    if id_ in IDS:  # any other id may be a heading's own words
        names = f"{names} {id_}"
    style = attributes.get("style") or ""
    hidden = "hidden" in attributes and not _is_shown_later(attributes)
    return _is_noise(node.tag or "", names, style, hidden)


def _is_shown_later(attributes: Mapping[str, str | None]) -> bool:
    """Return whether what is hidden is a part of the page that a click or a search opens."""
    return attributes.get("hidden") == "until-found" or attributes.get("role") == "tabpanel"


@lru_cache(maxsize=8192)
def _is_noise(*told: Any) -> bool:  # noqa: ANN401 - the fields of an element
    element = Element(*told)
    return any(rule(element) for rule in RULES)


def _named(element: Element, names: str) -> bool:
    """Return whether a class or the id of an element is one of the names."""
    return bool(element.names) and bool(_pattern(names).search(element.names))


@lru_cache(maxsize=64)
def _pattern(names: str) -> re.Pattern[str]:
    return re.compile(rf"(?:^|\s)(?:{names})(?:\s|$)")
