"""Images: their largest known source, and which of them are none."""

import re
from collections.abc import Sequence

from newscrawl.core.normalize.characters import collapsed
from newscrawl.core.normalize.model import Image
from newscrawl.core.normalize.tree import Attributes, Node
from newscrawl.core.normalize.urls import image_url

SOURCES = ("data-orig-file", "data-large-file", "data-large_image")
LAZY_SOURCES = (
    "data-src",
    "data-lazy-src",
    "data-original",
    "data-opt-src",  # Optimole
    "data-wpfc-original-src",  # WP Fastest Cache
    "nitro-lazy-src",
    "data-ezsrc",
    "data-orig-src",  # Avada
    "data-breeze",
    "data-pagespeed-lazy-src",
    "src",
)
SOURCE_SETS = ("srcset", "data-srcset", "data-lazy-srcset")
CANDIDATE = re.compile(r"([^\s,]\S*+)(?:\s++(\d++(?:\.\d++)?)[wx])?")
IMAGE_FILE = re.compile(r"\.(?:jpe?g|png|gif|webp|avif)$", re.IGNORECASE)
PIXELS = frozenset({"0", "1", "0px", "1px"})
PIXEL_STYLE = re.compile(r"\b(?:width|height)\s*:\s*[01]px", re.IGNORECASE)
EMOJI_CLASS = re.compile(r"(?:^|\s)(?:wp-smiley|emoji\S*)(?:\s|$)", re.IGNORECASE)
EMOJI_SOURCE = re.compile(r"emoji(?:\.php)?/", re.IGNORECASE)  # pasted from a social site
LONGEST_EMOJI = 12  # code points of a family
RENDITION = re.compile(r"-\d{2,5}x\d{2,5}(?=\.\w+$)")


def image_of(
    node: Node, base_url: str, linked: str = "", alternatives: Sequence[str] = ()
) -> Image | None:
    """Return the image of an ``img``, None for a pixel and for a placeholder without a source.

    `linked` is the address of the link around it: a file there is the image itself.
    `alternatives` are the source sets of the ``picture`` around it.
    """
    told = node.attributes
    width, height = told.get("width") or "", told.get("height") or ""
    if {width, height} - {""} and {width, height} - {""} <= PIXELS:
        return None
    if PIXEL_STYLE.search(told.get("style") or ""):
        return None
    source = _source(told, base_url, linked, alternatives)
    alt = collapsed(told.get("alt") or "").strip()
    return Image(source, alt, _pixels(width), _pixels(height)) if source else None


def emoji_of(node: Node) -> str:
    """Return the character that an emoji or smiley image stands for, '' for other images."""
    told = node.attributes
    alt = told.get("alt") or ""
    symbol = 0 < len(alt) <= LONGEST_EMOJI and not any(map(str.isalnum, alt))
    if EMOJI_CLASS.search(told.get("class") or "") or (
        symbol and EMOJI_SOURCE.search(told.get("src") or "")
    ):
        return collapsed(alt)
    return ""


def original_of(src: str) -> str | None:
    """Return the guess at an upload's full size: its address without ``-WxH``; None without one.

    >>> original_of("https://a.example/x-1024x683.jpg")
    'https://a.example/x.jpg'
    """
    original = RENDITION.sub("", src)
    return original if original != src else None


def is_image_file(url: str) -> bool:
    """Return whether an address is that of an image by its name."""
    return bool(IMAGE_FILE.search(url.partition("#")[0].partition("?")[0]))


def _source(
    told: Attributes, base_url: str, linked: str, alternatives: Sequence[str]
) -> str | None:
    named = [told.get(name) or "" for name in SOURCES]
    if is_image_file(linked):
        named.insert(1, linked)
    sets = [*(told.get(name) or "" for name in SOURCE_SETS), *alternatives]
    named.append(_largest(", ".join(filter(None, sets))))
    named += [told.get(name) or "" for name in LAZY_SOURCES]
    urls = (image_url(url, base_url) for url in named if url and not url.startswith("data:"))
    return next((url for url in urls if url), None)


def _largest(source_set: str) -> str:
    candidates = [found for found in CANDIDATE.findall(source_set) if found[1]]
    return max(candidates, key=lambda pair: float(pair[1]))[0] if candidates else ""


def _pixels(value: str) -> int | None:
    return int(value) if value.isdecimal() and len(value) < 6 and int(value) else None
