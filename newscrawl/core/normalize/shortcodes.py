"""Shortcodes that nobody rendered: left behind by a plugin that is gone, noted, and left out.

What editors write in brackets stays: ``[sic]``, ``[the president]``, ``[video]``, ``[1]``. A
shortcode is known by its attributes, by its closing tag, or by a page builder's prefix.
"""

import re
from collections.abc import Sequence
from itertools import groupby

from newscrawl.core.normalize.characters import collapsed
from newscrawl.core.normalize.model import Block, Figure
from newscrawl.core.normalize.page import Page
from newscrawl.core.normalize.runs import Anchor, Break, Inline, Mark, Run, tidy, written

NAME = r"[a-z][a-z0-9_-]*"
VALUE = r"""(?:\"[^\"]*\"|'[^']*'|“[^”]*”|″[^″]*″|[^\s\]\"'“″][^\s\]]*)"""  # told by its first sign
ATTRIBUTES = rf"(?:\s+[\w-]+={VALUE})+"
BUILDERS = r"(?:vc|et_pb|fusion|av|tatsu|mk|su|cs|fl|wpb|td_block)_[a-z0-9_-]+"
SHORTCODE = re.compile(
    rf"\[(?P<with>{NAME}){ATTRIBUTES}\s*/?\]|\[/(?P<closing>{NAME})\]"
    rf"|\[(?P<builder>{BUILDERS})[^\]]{{0,2000}}\]"
)
EMBED = "embed"  # it is read as the embed that it stands for
CAPTION_OPENS = re.compile(r"\[(?:wp_)?caption\b[^\]]*\]")
CAPTION_CLOSES = re.compile(r"\[/(?:wp_)?caption\]")


def has_brackets(run: Run) -> bool:
    """Return whether a run may hold a shortcode."""
    return any(
        "[" in part if isinstance(part, str) else has_brackets(getattr(part, "run", []))
        for part in run
    )


def without_shortcodes(run: Run, page: Page) -> Run:
    """Return the run without shortcodes, their names noted on the page; those in code stay.

    WordPress writes a break for each newline in a shortcode that it does not know.
    """
    out: Run = []
    for is_text, parts in groupby(run, key=lambda part: isinstance(part, str | Break)):
        if is_text:
            out += _lines(_without(written(list(parts)), page))
        else:
            out += [_part(part, page) for part in parts]
    return out


def _lines(text: str) -> Run:
    """Return text as a run, each newline a break."""
    first, *others = text.split("\n")
    return [collapsed(first), *(part for line in others for part in (Break(), collapsed(line)))]


def _part(part: Inline, page: Page) -> Inline:
    if isinstance(part, Mark) and part.tag != "code":
        return Mark(part.tag, without_shortcodes(part.run, page))
    if isinstance(part, Anchor):
        return Anchor(part.url, part.rel, without_shortcodes(part.run, page))
    return part


def captioned(run: Run, aside: Sequence[Block]) -> Run:
    """Return the run without a raw ``[caption]``, whose words go to the image that it held."""
    opened = next((i for i, p in enumerate(run) if _has(p, CAPTION_OPENS)), None)
    closed = next((i for i, p in enumerate(run) if _has(p, CAPTION_CLOSES)), None)
    if opened is None or closed is None or closed < opened:
        return run
    before = CAPTION_OPENS.split(str(run[opened]), maxsplit=1)[0]
    words, behind = CAPTION_CLOSES.split(str(run[closed]), maxsplit=1)
    inside: Run = [*run[opened + 1 : closed], CAPTION_OPENS.sub("", words)]
    figures = [block for block in aside if isinstance(block, Figure) and not block.caption]
    if figures:
        figures[-1].caption = tidy(inside)
    return [*run[:opened], before, *([] if figures else inside), behind, *run[closed + 1 :]]


def _has(part: object, pattern: re.Pattern[str]) -> bool:
    return isinstance(part, str) and bool(pattern.search(part))


def _without(text: str, page: Page) -> str:
    """Return text without shortcodes; a closing tag is one only where its opening was met."""
    if "[" not in text:
        return text
    for name in {found["closing"] for found in SHORTCODE.finditer(text)} - {None, EMBED}:
        page.shortcodes += [name] * text.count(f"[{name}]")
        text = text.replace(f"[{name}]", "")
    opened = [found["with"] or found["builder"] for found in SHORTCODE.finditer(text)]
    page.shortcodes += filter(None, opened)

    def kept(found: re.Match[str]) -> str:
        name = found["closing"]
        return found[0] if name and (name == EMBED or name not in page.shortcodes) else ""

    return SHORTCODE.sub(kept, text)
