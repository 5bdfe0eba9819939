"""Shortcodes that nobody rendered: left behind by a plugin that is gone, noted, and left out.

What editors write in brackets stays: ``[sic]``, ``[the president]``, ``[video]``, ``[1]``. A
shortcode is known by its attributes, by its closing tag, by a page builder's prefix, by a name that
only a plugin has, or by one that stands alone on its line and is no word.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from newscrawl.core.normalize.model import Block, Figure
from newscrawl.core.normalize.page import Page
from newscrawl.core.normalize.runs import Anchor, Break, Inline, Mark, Run, lines_of, plain, written
from newscrawl.core.normalize.tidy import tidy

NAME = r"[A-Za-z][A-Za-z0-9_-]{0,60}+"
QUOTED = (  # WordPress turns the quotes of what it does not know into any of these
    r"""(?:\"[^\"]{0,2000}+\"|'[^']{0,2000}+'"""
    r"""|[“”″„«»][^“”″„«»]{0,2000}+[“”″«»]|[‘’′‚][^‘’′‚]{0,2000}+[‘’′])"""
)
BARE = r"""[^\s\[\]\"'“”″‘’′][^\s\[\]]{0,500}+"""  # of a name of two letters: p=0.03 is none
ATTRIBUTES = rf"(?:\s++(?:[\w-]{{1,60}}+={QUOTED}|[\w-]{{2,60}}+={BARE})){{1,40}}+"
BUILDERS = r"(?:vc|et_pb|fusion|av|tatsu|mk|su|cs|fl|wpb|td_block)_[a-z0-9_-]+"
FORMS = (
    r"contact-form(?:-7)?|wpforms|ninja_forms?|gravityforms?|mc4wp_form|rev_slider|smartslider3|toc"
)
PLAYERS = r"youtube|vimeo|tweet|soundcloud|instagram"  # with what they play; else an editor's word
ALONE = r"gallery|playlist|[a-z0-9]{1,60}_[a-z0-9_]{1,60}"  # on a line of its own: [recent_posts]
SHORTCODE = re.compile(
    rf"\[(?P<with>{NAME}){ATTRIBUTES}\s*+/?\]"
    rf"|\[(?P<builder>{BUILDERS})[^\[\]]{{0,2000}}+\]"
    rf"|\[(?P<form>{FORMS})(?:\s[^\[\]]{{0,500}}+)?\]"
    rf"|\[(?P<player>{PLAYERS})[\s=][^\[\]]{{1,500}}+\]"
    rf"|(?m:^)\ ?\[(?P<alone>{ALONE})\](?=\ ?(?m:$))"
    rf"|\[(?P<opening>{NAME})\]|\[/(?P<closing>{NAME})\]"
)
VALUE = re.compile(rf"\[{NAME}\s[^\[\]]{{0,2000}}=[\"'“”″]$")  # of an attribute, begun
CLOSING = re.compile(rf"\[/({NAME})\]")
CAPTION = re.compile(r"\[(/?)(?:wp_)?caption\b[^\[\]]{0,500}+\]")


def closed_shortcodes(html: str) -> frozenset[str]:
    """Return the names that a body closes: their openings need no attributes to be known."""
    return frozenset(CLOSING.findall(html)) if "[" in html and "[/" in html else frozenset()


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
    for is_text, parts in groupby(_unlinked(run), key=lambda part: isinstance(part, str | Break)):
        if is_text:
            out += lines_of(_without(written(list(parts)), page))
        else:
            out += [_part(part, page) for part in parts]
    return out


def _unlinked(run: Run) -> Iterator[Inline]:
    """Yield the parts of a run; an address in a shortcode's attribute is text.

    WordPress makes the addresses of what it does not know clickable (``make_clickable``).
    """
    before: Inline = ""
    for part in run:
        opened = isinstance(before, str) and "[" in before and VALUE.search(before)
        if opened and isinstance(part, Anchor):
            yield plain(part.run)
        else:
            yield part
        before = part


def _part(part: Inline, page: Page) -> Inline:
    if isinstance(part, Mark) and part.tag != "code":
        return Mark(part.tag, without_shortcodes(part.run, page))
    if isinstance(part, Anchor):
        return Anchor(part.url, part.rel, without_shortcodes(part.run, page))
    return part


def captioned(run: Run, aside: Sequence[Block]) -> Run:
    """Return the run without raw ``[caption]``s, whose words go to the images that they held.

    Where it is not plain which image a caption is of, it stays what it is: words.
    """
    figures = [block for block in aside if isinstance(block, Figure) and not block.caption]
    parts = list(_captions(run))
    captions = [words for is_caption, words in parts if is_caption]
    if not captions:
        return run
    if len(captions) != len(figures):
        return [part for _, words in parts for part in words]
    for figure, words in zip(figures, captions, strict=True):
        figure.caption = tidy(words)
    return [part for is_caption, words in parts if not is_caption for part in words]


def _captions(run: Run) -> Iterator[tuple[bool, Run]]:
    """Yield the parts of a run within captions and without; one that does not end is none."""
    words: Run = []
    opened = False
    for part in run:
        if not isinstance(part, str) or "[" not in part:
            words.append(part)
            continue
        end = 0
        for tag in CAPTION.finditer(part):
            words.append(part[end : tag.start()])
            if closes := (bool(tag[1]) and opened) or not tag[1]:
                yield bool(tag[1]), words
                words, opened = [], not tag[1]
            end = tag.end() if closes else tag.start()
        words.append(part[end:])
    yield False, words


def _without(text: str, page: Page) -> str:
    """Return text without shortcodes; a closing tag is one only where its opening was met."""
    if "[" not in text:
        return text

    def kept(found: re.Match[str]) -> str:
        kind, name = str(found.lastgroup), found[str(found.lastgroup)]
        if kind == "opening" and name not in page.closed:
            return found[0]
        if kind == "closing":
            return "" if name in page.shortcodes else found[0]
        page.shortcodes[name] += 1
        return ""

    return SHORTCODE.sub(kept, text)
