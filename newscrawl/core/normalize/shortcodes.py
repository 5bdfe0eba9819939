"""Shortcodes that nobody rendered: left behind by a plugin that is gone, noted, and left out.

What editors write in brackets stays: ``[sic]``, ``[the president]``, ``[video]``, ``[1]``. A
shortcode is known by its attributes, by its closing tag, or by a page builder's prefix.
"""

import re
from collections.abc import Sequence

from newscrawl.core.normalize.model import Block, Figure
from newscrawl.core.normalize.page import Page
from newscrawl.core.normalize.runs import Run, tidy

NAME = r"[a-z][a-z0-9_-]*"
ATTRIBUTES = r"(?:\s+[\w-]+=(?:\"[^\"]*\"|'[^']*'|“[^”]*”|″[^″]*″|[^\s\]]+))+"
BUILDERS = r"(?:vc|et_pb|fusion|av|tatsu|mk|su|cs|fl|wpb|td_block)_[a-z0-9_-]+"
SHORTCODE = re.compile(
    rf"\[(?P<with>{NAME}){ATTRIBUTES}\s*/?\]|\[/(?P<closing>{NAME})\]"
    rf"|\[(?P<builder>{BUILDERS})[^\]]{{0,2000}}\]"
)
EMBED = "embed"  # it is read as the embed that it stands for
CAPTION_OPENS = re.compile(r"\[(?:wp_)?caption\b[^\]]*\]")
CAPTION_CLOSES = re.compile(r"\[/(?:wp_)?caption\]")


def without_shortcodes(run: Run, page: Page) -> Run:
    """Return the run without shortcodes, their names noted on the page."""
    return [_without(part, page) if isinstance(part, str) else part for part in run]


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
    if "[" not in text:
        return text
    closed = {found["closing"] for found in SHORTCODE.finditer(text)} - {None, EMBED}
    for name in closed:
        page.shortcodes += [name] * text.count(f"[{name}]")
        text = text.replace(f"[{name}]", "")
    for found in SHORTCODE.finditer(text):
        if not found["closing"]:
            page.shortcodes.append(found["with"] or found["builder"])
    return SHORTCODE.sub(lambda found: found[0] if found["closing"] == EMBED else "", text)
