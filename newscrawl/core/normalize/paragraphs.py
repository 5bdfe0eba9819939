"""From a run of inlines between two blocks to paragraphs."""

import re

from newscrawl.core.normalize.embeds import known_embed
from newscrawl.core.normalize.inlines import Reading
from newscrawl.core.normalize.model import Block, Break, Embed, Paragraph, Run, plain
from newscrawl.core.normalize.runs import tidy
from newscrawl.core.normalize.tree import Node, attribute

# Left behind by a plugin that is gone; `[sic]` and `[video]` have no attributes and stay.
SHORTCODE = re.compile(r"\[/?[a-z][\w-]*(?:\s+[\w-]+=(?:\"[^\"]*\"|'[^']*'|[^\s\]]+))+\s*/?\]")
DIRECTIONS = frozenset({"ltr", "rtl", "auto"})


def paragraphs_of(run: Run, reading: Reading, node: Node) -> list[Block]:
    """Return the paragraphs of a run, parted at double breaks, and what was set aside in it."""
    direction = attribute(node, "dir") if attribute(node, "dir") in DIRECTIONS else ""
    out: list[Block] = []
    for part in _parted(run):
        text = plain(part)
        if embed := known_embed(text, reading.base_url):
            out.append(Embed(*embed))
        elif text:
            out.append(Paragraph(part, direction))
    return out + reading.aside


def _parted(run: Run) -> list[Run]:
    parts: list[Run] = [[]]
    breaks = 0
    for part in tidy([SHORTCODE.sub("", p) if isinstance(p, str) else p for p in run]):
        breaks = breaks + 1 if isinstance(part, Break) else 0
        if breaks == 2:
            parts.append([])
        parts[-1].append(part)
    return [tidied for part in parts if (tidied := tidy(part))]
