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
from newscrawl.core.normalize.tree import Node

DIRECTIONS = frozenset({"ltr", "rtl", "auto"})


def stated(blocks: list[Block], node: Node) -> list[Block]:
    """Return the blocks of an element, each with what the element states and it does not."""
    told = node.attributes
    if "dir" in told or "lang" in told:
        direction = (told.get("dir") or "").lower()
        _state(blocks, direction if direction in DIRECTIONS else "", told.get("lang") or "")
    return blocks


def _state(blocks: Sequence[Block], direction: str, language: str) -> None:
    for block in blocks:
        if isinstance(block, Paragraph | Heading | Listing):
            block.direction = block.direction or direction
            block.language = block.language or language
        elif isinstance(block, Quote | Details | Group):
            _state(block.blocks, direction, language)
