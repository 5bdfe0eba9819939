"""What is on a page and not of the article: left out by a rule each, in this order."""

import re
from collections.abc import Callable
from functools import lru_cache

from newscrawl.core.normalize.tree import Node, attribute

UNSEEN = frozenset(
    {"script", "style", "template", "noembed", "noframes", "object", "svg", "math", "canvas"}
    | {"form", "input", "button", "select", "textarea", "option", "datalist", "dialog", "map"}
    | {"head", "title", "meta", "link", "base", "area", "param", "source", "track"}
)
HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
FURNITURE = re.compile(
    r"(?:^|\s)(?:"
    r"sharedaddy|sd-sharing\S*|jp-relatedposts|jp-post-flair"  # Jetpack
    r"|addtoany_\S+|a2a_\S+|heateor\S*|social-share\S*|share-buttons\S*"
    r"|yarpp\S*|crp_related|related-posts\S*|wp-block-jetpack-related-posts"
    r"|code-block-\d+|adsbygoogle|advads-\S+|ad-container"  # Ad Inserter, AdSense, Advanced Ads
    r"|ez-toc-container\S*|lwptoc\S*|toc_container|wp-block-table-of-contents"
    r"|wpdiscuz\S*|wpd-\S+|wpdcom|wp-block-file__button|comment-respond|comments-area|comment-form"
    r"|screen-reader-text|mc4wp-form|newsletter-\S+|wp-block-jetpack-subscriptions"
    r")(?:\s|$)"
)


def drops_unseen_elements(node: Node) -> bool:
    """Return whether an element shows nothing or asks for input."""
    return node.tag in UNSEEN


def drops_hidden_elements(node: Node) -> bool:
    """Return whether an element is hidden by attribute or by style."""
    attributes = node.attributes
    return "hidden" in attributes or bool(HIDDEN_STYLE.search(attributes.get("style") or ""))


def drops_furniture(node: Node) -> bool:
    """Return whether a class or an id names a plugin's share bar, ad, table of contents …."""
    return _names_furniture(attribute(node, "class")) or _names_furniture(attribute(node, "id"))


RULES: tuple[Callable[[Node], bool], ...] = (
    drops_unseen_elements,
    drops_hidden_elements,
    drops_furniture,
)


def is_noise(node: Node) -> bool:
    """Return whether any rule leaves an element out."""
    if not node.attributes:
        return drops_unseen_elements(node)
    return any(rule(node) for rule in RULES)


@lru_cache(maxsize=4096)
def _names_furniture(names: str) -> bool:
    return bool(names) and bool(FURNITURE.search(names))
