"""The language of a post as a tag of BCP 47: what the site says, checked against the words.

A site tells its language in a plugin's field of the post (Polylang, WPML), by the language root
that its API answers below, or in ``<html lang>``. The last two are the site's, not the post's: a
theme's ``en-US`` often stands over another language, so the words have a say where they are many.
"""

import langcodes
import pycld2  # type: ignore[import-untyped] # it has no stubs
from langcodes.tag_parser import LanguageTagError

MOST_CHARACTERS = 1_000  # of the text that are looked at
LEAST_BYTES = 200  # of text that may contradict the site
SURE = 90  # per cent of the text that must be in one language
DETECTED = frozenset(  # cld2 has old codes: `iw` is `he`, `tl` is `fil`
    langcodes.get(langcodes.standardize_tag(code)).language
    for code in dict(pycld2.LANGUAGES).values()
    if langcodes.tag_is_valid(code)
) | {"nb", "nn"}
KIN = ({"sr", "hr", "bs", "sh"}, {"no", "nb", "nn", "da"}, {"id", "ms"}, {"cs", "sk"}, {"gl", "pt"})
UNKNOWN = frozenset({"un", "xxx"})


def tag_of(told: str | None) -> str | None:
    """Return a language as a tag of BCP 47, None for what is none.

    >>> tag_of("pt_BR"), tag_of("iw"), tag_of("en-us"), tag_of("none of them")
    ('pt-BR', 'he', 'en-US', None)
    """
    try:
        tag = langcodes.standardize_tag(told) if told else None
    except LanguageTagError:
        return None
    return tag if tag and langcodes.tag_is_valid(tag) else None


def language_of(text: str, told: str | None) -> str | None:
    """Return the language of a text: what is told of it, unless the words are surely of another.

    >>> language_of("Министр приехал в город вечером и говорил с жителями о дороге. " * 3, "en-US")
    'ru'
    >>> language_of("Short.", "en-US")
    'en-US'
    """
    tag, found = tag_of(told), _detected(text[:MOST_CHARACTERS])
    return tag if found is None or (tag and not _contradicts(found, tag)) else found


def _contradicts(found: str, tag: str) -> bool:
    """Return whether the language that was found is neither the one told nor its near kin."""
    one, other = langcodes.get(found).language, langcodes.get(tag).language
    if one == other or other not in DETECTED:
        return False
    return not any({one, other} <= kin for kin in KIN)


def _detected(text: str) -> str | None:
    """Return the language that nearly all of a text is in, None where that is not sure."""
    try:
        reliable, read, languages = pycld2.detect(text, bestEffort=False)
    except pycld2.error:
        return None
    _, code, percent, _ = languages[0]
    sure = reliable and percent >= SURE and read >= LEAST_BYTES
    return tag_of(code) if sure and code not in UNKNOWN else None
