"""From a run of inlines between two blocks to paragraphs."""

from newscrawl.core.normalize.asides import Reading
from newscrawl.core.normalize.characters import collapsed
from newscrawl.core.normalize.embeds import known_embed
from newscrawl.core.normalize.inlines import run_of
from newscrawl.core.normalize.model import Block, Embed, Paragraph
from newscrawl.core.normalize.runs import Break, Run, holds_anchor, plain
from newscrawl.core.normalize.shortcodes import captioned, has_brackets, without_shortcodes
from newscrawl.core.normalize.tidy import tidy
from newscrawl.core.normalize.tree import Node, only_text


def plain_paragraph(node: Node) -> Paragraph | None:
    """Return the paragraph of an element that holds one text and nothing else: most of them."""
    text = only_text(node)
    if text is None or "[" in text or "://" in text:
        return None
    run = tidy([collapsed(text)])
    return Paragraph(run) if run else None


def words_of(node: Node, reading: Reading) -> Run:
    """Return the words of an element that holds words alone: a heading, a caption, a cell."""
    run = run_of(node, reading)
    return tidy(without_shortcodes(run, reading.page) if has_brackets(run) else run)


def paragraphs_of(run: Run, reading: Reading) -> list[Block]:
    """Return the paragraphs of a run, parted at double breaks, and what was set aside in it."""
    if not run:
        return reading.aside
    out: list[Block] = []
    if has_brackets(run):
        run = without_shortcodes(captioned(run, reading.aside), reading.page)
    for part in _parted(run):
        text = plain(part)
        embed = known_embed(text, reading.page.base_url)
        if embed and not holds_anchor(part):  # WordPress embeds bare addresses only
            out.append(Embed(*embed))
        elif text:
            out.append(Paragraph(part))
    return out + reading.aside


def _parted(run: Run) -> list[Run]:
    whole = tidy(run)
    if Break not in map(type, whole):
        return [whole] if whole else []
    parts: list[Run] = [[]]
    breaks = 0
    for part in whole:
        breaks = breaks + 1 if isinstance(part, Break) else 0
        if breaks == 2:
            parts.append([])
        parts[-1].append(part)
    return [tidied for part in parts if (tidied := tidy(part))]
