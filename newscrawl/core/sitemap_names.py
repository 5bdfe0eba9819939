"""What the name of a sitemap says of what it lists, by the plugins that write it.

Sources: core, Yoast, Rank Math, All in One SEO and SEOPress (``post-sitemap2.xml``), Google XML
Sitemaps (``sitemap-pt-post-2024-05.xml``), XML Sitemap & Google News (``sitemap-posttype-post``),
Slim SEO (``sitemap-post-type-post.xml``). Jetpack and Metro Sitemap name no type
(``sitemap-1.xml``, ``sitemap.xml?yyyy=2024``).
"""

import re
from collections.abc import Iterable

from newscrawl.core.sitemaps import OF_A_TYPE

POST = "post"
END = r"(?:-index)?(?:[-_.]?p?\d+)*\.(?:xml|txt)(?:\.gz)?(?:$|\?)"
OF_POSTS = re.compile(
    rf"{OF_A_TYPE.format(POST)}|/sitemap-(?:pt-|posttype-|post-type-)?posts?{END}"
)
OF_OTHERS = re.compile(
    r"/wp-sitemap-(?:posts-(?!post-)|taxonomies-|users-)"
    r"|[?&]sitemap=(?:taxonomies|users)\b|[?&]sitemap-subtype=(?!post(?:&|$))"
    r"|/sitemap-(?:pt|posttype|post-type|tax|taxonomy)-"
    r"|/(?:post[-_])?(?:{0})-sitemap{1}|/sitemap-(?:post[-_])?(?:{0}){1}".format(
        r"page|category|categories|tag|tags|format|author|authors|user|users|archive|archives"
        r"|attachment|image|video|product|product_cat|product_tag|externals|locations",
        END,
    )
)

OF_ARCHIVES = [  # in the order in which their feeds are read
    re.compile(
        rf"/wp-sitemap-taxonomies-category-|[?&]sitemap-subtype=category\b|"
        rf"/(?:sitemap-(?:tax-|taxonomy-)?categor(?:y|ies)|category-sitemap){END}"
    ),
    re.compile(
        rf"/wp-sitemap-users-|[?&]sitemap=users\b|/(?:sitemap-authors?|author-sitemap){END}"
    ),
]


def is_of_posts(url: str) -> bool:
    """Return whether a sitemap is one of posts, by its name.

    >>> [is_of_posts(f"/{name}.xml") for name in ("post-sitemap2", "sitemap-pt-post-p1-2024-05")]
    [True, True]
    >>> [is_of_posts(f"/{name}.xml") for name in ("post_tag-sitemap", "sitemap-2024-05")]
    [False, False]
    """
    return OF_POSTS.search(url) is not None


def chosen(urls: Iterable[str]) -> list[str]:
    """Return the sitemaps that are named as those of posts; where none is, those of no other type.

    >>> chosen(["/post-sitemap.xml", "/page-sitemap.xml", "/news-sitemap.xml"])
    ['/post-sitemap.xml']
    >>> chosen(["/sitemap-1.xml", "/image-sitemap-1.xml", "/author-sitemap.xml"])
    ['/sitemap-1.xml']
    """
    listed = list(dict.fromkeys(urls))
    named = [url for url in listed if is_of_posts(url)]
    return named or [url for url in listed if not OF_OTHERS.search(url)]


def of_archives(urls: Iterable[str]) -> list[str]:
    """Return the sitemaps that are named as those of categories, and of authors behind them.

    >>> of_archives(["/author-sitemap.xml", "/post_tag-sitemap.xml", "/category-sitemap.xml"])
    ['/category-sitemap.xml', '/author-sitemap.xml']
    """
    listed = list(dict.fromkeys(urls))
    return [url for named in OF_ARCHIVES for url in listed if named.search(url)]
