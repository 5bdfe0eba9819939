"""What is done with all blocks of a body together: repetitions out, the notes to the end."""

import re
from collections.abc import Sequence

from newscrawl.core.normalize.emit_text import text_of
from newscrawl.core.normalize.model import Block, Notes, Quote

NOT_A_WORD = re.compile(r"\W+")


def without_repeated(blocks: Sequence[Block]) -> list[Block]:
    """Return the blocks without the pull quotes whose words the article has, too."""
    pulled = [block for block in blocks if isinstance(block, Quote) and block.pulled]
    if not pulled:
        return list(blocks)
    words = _words(text_of([block for block in blocks if block not in pulled]))
    repeated = [block for block in pulled if _words(text_of(block.blocks)) in words]
    return [block for block in blocks if block not in repeated]


def ordered(blocks: Sequence[Block]) -> list[Block]:
    """Return the blocks with the footnotes at the end."""
    return sorted(blocks, key=lambda block: isinstance(block, Notes))


def _words(text: str) -> str:
    return f" {NOT_A_WORD.sub(' ', text).strip().casefold()} "
