"""Site furniture: a block that stands in most posts of a site says nothing of any one of them.

Newsletter boxes, calls for donations, "read also": no list of class names knows them all, but a
site repeats them to the letter.
"""

from collections import Counter
from collections.abc import Iterable, Sequence

from newscrawl.core.normalize.characters import collapsed
from newscrawl.core.normalize.emit_text import text_of
from newscrawl.core.normalize.model import Block, Heading

LEAST_POSTS = 20  # of which a block must be met before it is believed
MOST_PART = 0.5  # of the posts that may lack it, and of a post's text that it may be
LONGEST = 1_000  # characters: what is longer is no box


def learn_furniture(bodies: Iterable[Sequence[Block]]) -> frozenset[str]:
    """Return the texts of the blocks that stand in most of the bodies, if these are enough."""
    texts = [{_text(block) for block in blocks} for blocks in bodies]
    counted = Counter(text for body in texts for text in body)
    often = len(texts) * MOST_PART
    return frozenset(
        text for text, count in counted.items() if text and count > often and count >= LEAST_POSTS
    )


def without_furniture(
    blocks: Sequence[Block], furniture: frozenset[str]
) -> tuple[list[Block], list[str]]:
    """Return the blocks of the article and the texts of those that are the site's furniture.

    A block that carries the article is never left out.
    """
    texts = [_text(block) for block in blocks] if furniture else []
    left_out = [text for text in texts if text in furniture]
    if not left_out or sum(map(len, left_out)) > MOST_PART * sum(map(len, texts)):
        return list(blocks), []
    kept = [block for block, text in zip(blocks, texts, strict=True) if text not in furniture]
    return kept, left_out


def _text(block: Block) -> str:
    if isinstance(block, Heading):  # "Background" heads many an article, and not the same words
        return ""
    text = text_of([block])
    return collapsed(text).strip() if len(text) <= LONGEST else ""
