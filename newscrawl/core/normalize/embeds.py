"""Embeds: whose they are, and their canonical address."""

import re
from urllib.parse import parse_qsl, urlsplit

from newscrawl.core.normalize.tree import Node, attribute
from newscrawl.core.normalize.urls import absolute_url, host_of

PROVIDERS = {
    "youtube.com": "youtube",
    "youtu.be": "youtube",
    "youtube-nocookie.com": "youtube",
    "player.vimeo.com": "vimeo",
    "vimeo.com": "vimeo",
    "twitter.com": "twitter",
    "x.com": "twitter",
    "instagram.com": "instagram",
    "tiktok.com": "tiktok",
    "facebook.com": "facebook",
    "open.spotify.com": "spotify",
    "w.soundcloud.com": "soundcloud",
    "soundcloud.com": "soundcloud",
    "dailymotion.com": "dailymotion",
    "dai.ly": "dailymotion",
    "t.me": "telegram",
    "reddit.com": "reddit",
}
CANONICAL = (
    (
        re.compile(
            r"^https?://(?:www\.)?(?:youtube(?:-nocookie)?\.com/(?:embed/|shorts/|watch\?(?:.*&)?v=)"
            r"|youtu\.be/)(?!videoseries)([\w-]{6,})"
        ),
        r"https://www.youtube.com/watch?v={}",
    ),
    (
        re.compile(r"^https?://player\.vimeo\.com/video/(\d+)\?(?:.*&)?h=(\w+)"),
        "https://vimeo.com/{}/{}",  # a video that only those see who know its hash
    ),
    (
        re.compile(r"^https?://(?:player\.)?vimeo\.com/(?:video/)?(\d+(?:/[0-9a-f]{6,})?)"),
        "https://vimeo.com/{}",
    ),
    (
        re.compile(r"^https?://open\.spotify\.com/(?:embed|embed-podcast)/(\w+)/(\w+)"),
        "https://open.spotify.com/{}/{}",
    ),
    (
        re.compile(
            r"^https?://(?:(?:www\.)?dailymotion\.com/(?:embed/)?video/|dai\.ly/"
            r"|geo\.dailymotion\.com/player(?:/\w+)?\.html\?(?:.*&)?video=)(\w+)"
        ),
        "https://www.dailymotion.com/video/{}",
    ),
    (
        re.compile(r"^https?://(?:www\.|mobile\.)?(?:twitter|x)\.com/(\w+/status/\d+)"),
        "https://twitter.com/{}",
    ),
    (
        re.compile(r"^https?://(?:www\.)?instagram\.com/((?:p|reel|tv)/[\w-]+)"),
        "https://www.instagram.com/{}/",
    ),
)
QUOTING = {
    "twitter-tweet": "",
    "twitter-video": "",
    "instagram-media": "data-instgrm-permalink",
    "tiktok-embed": "cite",
    "wp-embedded-content": "",
    "fb-post": "data-href",
    "fb-video": "data-href",
}
ADVERTISING = re.compile(r"(?:doubleclick|googlesyndication|adservice|taboola|outbrain)\.")
EMBED_SHORTCODE = re.compile(r"^\[embed[^\]]*\]\s*(\S+?)\s*\[/embed\]$")
FACEBOOK_PLUGIN = re.compile(r"^(?:https?:)?//(?:www\.)?facebook\.com/plugins/", re.IGNORECASE)
BARE_URL = re.compile(r"^https?://\S+$")


def embed_of(url: str, base_url: str) -> tuple[str, str] | None:
    """Return the provider and the canonical address, None for an ad and for no address."""
    absolute = absolute_url(_plugged(url), base_url) if url.strip() else None
    if not absolute or not absolute.startswith("http") or ADVERTISING.search(absolute):
        return None
    canonical = _canonical(absolute)
    host = host_of(canonical)
    return PROVIDERS.get(host, host), canonical


def _canonical(url: str) -> str:
    """Return the address at which what is embedded is seen by itself."""
    for pattern, canonical in CANONICAL:
        if found := pattern.match(url):
            return canonical.format(*found.groups())
    return url


def _plugged(url: str) -> str:
    """Return the address that a plugin of Facebook's shows, any other as it is."""
    if not FACEBOOK_PLUGIN.match(url):
        return url
    return dict(parse_qsl(urlsplit(url).query)).get("href", "")


def known_embed(text: str, base_url: str) -> tuple[str, str] | None:
    """Return the embed that a bare address or ``[embed]`` stands for, None for any other text."""
    if not text.startswith(("http", "[embed")):
        return None
    text = EMBED_SHORTCODE.sub(r"\1", text)
    if not BARE_URL.match(text) or host_of(text) not in PROVIDERS:
        return None
    posts_only = PROVIDERS[host_of(text)] in {"twitter", "instagram"}
    if posts_only and not any(pattern.match(text) for pattern, _ in CANONICAL):
        return None  # a profile is a link
    return embed_of(text, base_url)


def quoted_address(node: Node) -> str | None:
    """Return the address of a social post that a blockquote shows, None if it shows none."""
    for name in attribute(node, "class").split():
        if name in QUOTING:
            told = attribute(node, QUOTING[name]) if QUOTING[name] else ""
            return told or _last_link(node)
    return None


def is_wordpress_embed(node: Node) -> bool:
    """Return whether a blockquote stands for a post of another WordPress (``wp-embed``)."""
    return "wp-embedded-content" in attribute(node, "class").split()


def _last_link(node: Node) -> str:
    links = [attribute(link, "href") for link in node.css("a[href]")]
    return links[-1] if links else ""
