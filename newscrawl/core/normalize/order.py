"""What is done with all blocks of a body together: repetitions out, the notes to the end."""

import re
from collections.abc import Sequence

from newscrawl.core.normalize.emit_text import text_of
from newscrawl.core.normalize.model import Block, Notes, Paragraph, Quote
from newscrawl.core.normalize.runs import Anchor, plain

APPEARED = re.compile(
    r"^The post .{1,500}? (?:first appeared|appeared first) on .{1,200}$", re.DOTALL
)
MOST_PULLED = 100  # in an article; more are none
NOT_A_WORD = re.compile(r"\W+")


def without_repeated(blocks: Sequence[Block]) -> list[Block]:
    """Return the blocks without the pull quotes whose words the article has, too."""
    pulled = {id(block): block for block in blocks if isinstance(block, Quote) and block.pulled}
    if not pulled or len(pulled) > MOST_PULLED:
        return list(blocks)
    words = _words(text_of([block for block in blocks if id(block) not in pulled]))
    repeated = {id_ for id_, block in pulled.items() if _words(text_of(block.blocks)) in words}
    return [block for block in blocks if id(block) not in repeated]


def without_origin(blocks: Sequence[Block]) -> list[Block]:
    """Return the blocks without the line that SEO plugins put at the end of what is syndicated.

    Yoast SEO: ``The post X appeared first on Y.``, both of them links.
    """
    last = blocks[-1] if blocks else None
    if isinstance(last, Paragraph) and APPEARED.match(plain(last.run)):
        linked = [part for part in last.run if isinstance(part, Anchor)]
        return list(blocks[:-1]) if len(linked) > 1 else list(blocks)
    return list(blocks)


def ordered(blocks: Sequence[Block]) -> list[Block]:
    """Return the blocks with the footnotes at the end."""
    return sorted(blocks, key=lambda block: isinstance(block, Notes))


def _words(text: str) -> str:
    return f" {NOT_A_WORD.sub(' ', text).strip().casefold()} "
