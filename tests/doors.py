"""The doors of a site that can close them (`tests/wordpress/plugins/closed`)."""

from tests.wordpress.site import WordPressSite


def keep_closed(site: WordPressSite, *doors: str) -> None:
    """Let a site keep these doors closed and all others open."""
    site.query("DELETE FROM wp_options WHERE option_name = 'newscrawl_closed'")
    site.query(
        "INSERT INTO wp_options (option_name, option_value) VALUES ('newscrawl_closed', %s)",
        [",".join(doors)],
    )
