"""What a crawl must find, read from the site's own database by SQL."""

from collections import defaultdict
from typing import Any

from tests.wordpress.site import WordPressSite

POSTS = """
  SELECT ID id, guid, post_title title, post_name slug, post_author author, post_date, post_date_gmt
  FROM wp_posts WHERE post_type = 'post' AND post_status = 'publish' AND post_password = ''
"""
HIDDEN = """
  SELECT ID id FROM wp_posts
  WHERE post_type = 'post' AND (post_status <> 'publish' OR post_password <> '')
"""
PROTECTED = """
  SELECT ID id FROM wp_posts
  WHERE post_type = 'post' AND post_status = 'publish' AND post_password <> ''
"""
TERMS = """
  SELECT r.object_id post, t.term_id id, t.name, t.slug, x.taxonomy
  FROM wp_term_relationships r
  JOIN wp_term_taxonomy x USING (term_taxonomy_id) JOIN wp_terms t USING (term_id)
  WHERE x.taxonomy IN ('category', 'post_tag', 'region')
"""
AUTHORS = "SELECT ID id, display_name name, user_nicename slug FROM wp_users"
# An image is to be seen if it exists and the post that it hangs on is public, or there is none.
IMAGES = """
  SELECT m.post_id post, a.ID id, f.meta_value file
  FROM wp_postmeta m
  JOIN wp_posts a ON a.ID = m.meta_value AND a.post_type = 'attachment'
  JOIN wp_postmeta f ON f.post_id = a.ID AND f.meta_key = '_wp_attached_file'
  LEFT JOIN wp_posts p ON p.ID = a.post_parent
  WHERE m.meta_key = '_thumbnail_id' AND (p.ID IS NULL OR p.post_status = 'publish')
"""
# A file is to be seen if the post that it hangs on is public, or it hangs on none.
MEDIA = """
  SELECT a.ID id, a.post_parent post
  FROM wp_posts a LEFT JOIN wp_posts p ON p.ID = a.post_parent
  WHERE a.post_type = 'attachment' AND (p.ID IS NULL OR p.post_status = 'publish')
"""
# What is read of a post that is to be seen: published, of a public type, without a password.
SEEN = "p.post_status = 'publish' AND p.post_password = '' AND p.post_type IN {types}"
TYPES = "('post', 'page', 'liveblog')"
COMMENTS = f"""
  SELECT c.comment_ID id, c.comment_post_ID post, c.comment_parent parent, c.user_id author,
         c.comment_author name
  FROM wp_comments c JOIN wp_posts p ON p.ID = c.comment_post_ID
  WHERE c.comment_approved = '1' AND {SEEN.format(types=TYPES)}
"""
REVISIONS = f"""
  SELECT r.ID id, r.post_parent post, r.post_title title
  FROM wp_posts r JOIN wp_posts p ON p.ID = r.post_parent
  WHERE r.post_type = 'revision' AND {SEEN.format(types=TYPES)} ORDER BY r.post_parent, r.ID
"""
ALL_TERMS = """
  SELECT t.term_id id, x.taxonomy, t.slug FROM wp_term_taxonomy x JOIN wp_terms t USING (term_id)
  WHERE x.taxonomy IN ('category', 'post_tag', 'region')
"""
PUBLISHING = f"""
  SELECT DISTINCT p.post_author id FROM wp_posts p
  WHERE p.post_status = 'publish' AND p.post_type IN {TYPES}
"""
OF_TYPE = f"SELECT p.ID id FROM wp_posts p WHERE {SEEN.format(types='(%s)')}"


class Truth:
    """The published posts of a site with their authors, terms and images, by id."""

    def __init__(self, site: WordPressSite) -> None:
        self.site = site
        self.posts = {row["id"]: row for row in site.query(POSTS)}
        self.hidden = {row["id"] for row in site.query(HIDDEN)}
        self.protected = {row["id"] for row in site.query(PROTECTED)}
        self.authors = {row["id"]: row for row in site.query(AUTHORS)}
        self.media = {row["id"]: row for row in site.query(MEDIA)}
        self.images = {row["post"]: row for row in site.query(IMAGES)}
        self.terms: dict[int, dict[str, dict[int, dict[str, Any]]]] = defaultdict(
            lambda: defaultdict(dict)
        )
        for row in site.query(TERMS):
            self.terms[row["post"]][row["taxonomy"]][row["id"]] = row

    def ids(self, sql: str, *parameters: str) -> set[int]:
        """Return the ids that a statement selects."""
        return {row["id"] for row in self.site.query(sql, parameters)}

    def of_type(self, name: str) -> set[int]:
        """Return the ids of the posts of a type that anybody may see."""
        return self.ids(OF_TYPE, name)
