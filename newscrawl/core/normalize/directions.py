"""The direction and the language that an element states, at the blocks that can tell them."""

from collections.abc import Sequence

from newscrawl.core.normalize.model import (
    Block,
    Details,
    Group,
    Heading,
    Listing,
    Paragraph,
    Quote,
)
from newscrawl.core.normalize.page import Page
from newscrawl.core.normalize.tree import Node, attribute

DIRECTIONS = frozenset({"ltr", "rtl", "auto"})


def may_state_direction(html: str) -> bool:
    """Return whether an element of a body may state its direction or its language."""
    return "dir=" in html or "lang=" in html or "DIR=" in html or "LANG=" in html


def stated(blocks: list[Block], node: Node, page: Page) -> list[Block]:
    """Return the blocks of an element, each with what the element states and it does not."""
    if page.states_direction:
        told = attribute(node, "dir").lower()
        _state(blocks, told if told in DIRECTIONS else "", attribute(node, "lang"))
    return blocks


def _state(blocks: Sequence[Block], direction: str, language: str) -> None:
    for block in blocks if direction or language else ():
        if isinstance(block, Paragraph | Heading | Listing):
            block.direction = block.direction or direction
            block.language = block.language or language
        elif isinstance(block, Quote | Details | Group):
            _state(block.blocks, direction, language)
