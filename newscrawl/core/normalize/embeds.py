"""Embeds: whose they are, and their canonical address."""

import re
from urllib.parse import parse_qsl, urlsplit

from newscrawl.core.normalize.tree import Node, attribute, has_class
from newscrawl.core.normalize.urls import absolute_url, host_of

PROVIDERS = {
    "youtube.com": "youtube",
    "youtu.be": "youtube",
    "m.youtube.com": "youtube",
    "music.youtube.com": "youtube",
    "youtube-nocookie.com": "youtube",
    "player.vimeo.com": "vimeo",
    "vimeo.com": "vimeo",
    "twitter.com": "twitter",
    "x.com": "twitter",
    "instagram.com": "instagram",
    "tiktok.com": "tiktok",
    "vm.tiktok.com": "tiktok",
    "facebook.com": "facebook",
    "m.facebook.com": "facebook",
    "fb.watch": "facebook",
    "bsky.app": "bluesky",
    "threads.net": "threads",
    "threads.com": "threads",
    "videopress.com": "videopress",
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
            r"^https?://(?:www\.|m\.|music\.)?(?:youtube(?:-nocookie)?\.com/(?:embed/|shorts/|v/|watch\?(?:.*&)?v=)"
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
SHOWN_ALONE = re.compile(  # what a bare address must lead to: a profile or a channel is a link
    r"^https?://(?:[\w-]+\.)?(?:youtube\.com/(?:watch|playlist|live/|shorts/|embed/)|youtu\.be/[\w-]"
    r"|vimeo\.com/(?:video/)?\d|(?:twitter|x)\.com/\w+/status/|instagram\.com/(?:p|reel|tv)/"
    r"|tiktok\.com/(?:@[^/]+/video/|\w+/?$)|fb\.watch/|facebook\.com/(?:[^/]+/(?:posts|videos|photos)/"
    r"|reel/|watch|photo|permalink|story)|(?:open\.)?spotify\.com/(?:embed/)?(?:track|album|episode|show"
    r"|playlist|artist)/|soundcloud\.com/[^/]+/[^/]+|dailymotion\.com/(?:embed/)?video/|dai\.ly/"
    r"|t\.me/\w+/\d+|reddit\.com/r/[^/]+/comments/|bsky\.app/profile/[^/]+/post/"
    r"|threads\.(?:net|com)/@[^/]+/post/|videopress\.com/v/)"
)
WIDGETS = {  # elements that a script makes a player or a post of: the attribute, the address
    "script": ("data-telegram-post", "https://t.me/{}"),
    "amp-youtube": ("data-videoid", "https://www.youtube.com/watch?v={}"),
    "amp-vimeo": ("data-videoid", "https://vimeo.com/{}"),
    "amp-twitter": ("data-tweetid", "https://twitter.com/i/status/{}"),
    "amp-instagram": ("data-shortcode", "https://www.instagram.com/p/{}/"),
    "amp-facebook": ("data-href", "{}"),
}
PLAYING = WIDGETS.keys() | {"object"}
QUOTING = {
    "twitter-tweet": "",
    "twitter-video": "",
    "instagram-media": "data-instgrm-permalink",
    "tiktok-embed": "cite",
    "wp-embedded-content": "",
    "fb-post": "data-href",
    "fb-video": "data-href",
    "bluesky-embed": "",
    "reddit-embed-bq": "",
    "text-post-media": "data-text-post-permalink",
}
ADVERTISING = re.compile(r"(?:doubleclick|googlesyndication|adservice|taboola|outbrain)\.")
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
    """Return the embed that a bare address stands for, None for any other text."""
    if not BARE_URL.match(text) or host_of(text) not in PROVIDERS:
        return None
    return embed_of(text, base_url) if SHOWN_ALONE.match(text) else None


def widget_address(node: Node) -> str:
    """Return the address of what a script makes of an element, '' where it makes nothing."""
    if node.tag == "object":
        return _film_address(node)
    name, address = WIDGETS[node.tag or ""]
    told = attribute(node, name)
    return address.format(told) if told else ""


def _film_address(node: Node) -> str:
    """Return the address that an ``object`` plays: its own, its ``embed``'s or its ``param``'s."""
    film = node.css_first("embed[src]")
    param = node.css_first("param[name=movie][value]")
    told = attribute(film, "src") if film is not None else ""
    told = told or (attribute(param, "value") if param is not None else "")
    url = told or attribute(node, "data")
    return url if host_of(url if "://" in url else f"https:{url}") in PROVIDERS else ""


def quoted_address(node: Node) -> str | None:
    """Return the address of a social post that a blockquote shows, None if it shows none."""
    for name in attribute(node, "class").split():
        if name in QUOTING:
            told = attribute(node, QUOTING[name]) if QUOTING[name] else ""
            return told or _link_to_post(node)
    return None


def is_wordpress_embed(node: Node) -> bool:
    """Return whether a blockquote stands for a post of another WordPress (``wp-embed``)."""
    return has_class(node, "wp-embedded-content")


def _link_to_post(node: Node) -> str:
    """Return the last address in a quoted post that leads to a post, else the last of all."""
    links = [attribute(link, "href") for link in node.css("a[href]")]
    posts = [link for link in links if SHOWN_ALONE.match(link)]
    return (posts or links or [""])[-1]
