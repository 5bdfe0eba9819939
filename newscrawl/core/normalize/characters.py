"""Which characters text is made of: what is dropped, what is a space, what stays.

ZWNJ and ZWJ (Persian words, family emoji), LRM, RLM and variation selectors are the author's;
narrow and thin spaces are typography. Nothing is normalized in Unicode's sense.
"""

import re

DROPPED = re.compile(
    "[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\u00ad\ufeff\u2060\u202d\u202e\ud800-\udfff\ufffe\uffff]"
)
SPACES = re.compile("[ \t\n\r\f\u2028\u2029]+")
NO_BREAK = re.compile("[ \u00a0]*\u00a0[ \u00a0]*")
EDGES = " \u00a0"  # what is stripped off a run
ZERO_WIDTH_SPACE = "\u200b"
NEEDS_ZERO_WIDTH_SPACE = "\u0e00-\u0fff\u1000-\u109f\u1780-\u17ff"  # Thai … Tibetan, Burmese, Khmer
LOOSE_WITHIN = re.compile(
    f"(?<=[^{NEEDS_ZERO_WIDTH_SPACE}]){ZERO_WIDTH_SPACE}(?=[^{NEEDS_ZERO_WIDTH_SPACE}])"
)
LOOSE_ZERO_WIDTH_SPACE = re.compile(
    f"(?<![{NEEDS_ZERO_WIDTH_SPACE}]){ZERO_WIDTH_SPACE}(?![{NEEDS_ZERO_WIDTH_SPACE}])"
)


def cleaned(text: str) -> str:
    """Return text without the characters that say nothing; white space stays as it is.

    >>> cleaned("so\u00adft می\u200cروم a\u200bb")
    'soft می\u200cروم ab'
    """
    if text.isprintable():  # none of these characters is
        return text
    text = DROPPED.sub("", text)
    return LOOSE_ZERO_WIDTH_SPACE.sub("", text) if ZERO_WIDTH_SPACE in text else text


def collapsed(text: str) -> str:
    r"""Return cleaned text with each run of white space as one space; NBSP is none of that.

    >>> collapsed(" a  b\u00a0c")
    ' a b\xa0c'
    """
    if text.isprintable() and "  " not in text:
        return text
    return SPACES.sub(" ", cleaned(text))


def collapsed_part(text: str) -> str:
    r"""Return text as `collapsed` does; a zero width space at its end stays, whatever is beside it.

    >>> collapsed_part("a\u200bb  c\u200b")
    'ab c\u200b'
    """
    if text.isprintable() and "  " not in text:
        return text
    return SPACES.sub(" ", LOOSE_WITHIN.sub("", DROPPED.sub("", text)))


def spaced(text: str) -> str:
    """Return text with plain spaces for NBSP.

    >>> spaced("12\u00a0000")
    '12 000'
    """
    return NO_BREAK.sub(" ", text) if "\u00a0" in text else text
