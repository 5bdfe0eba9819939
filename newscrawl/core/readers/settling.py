"""What is known of a site that is read below its API, once a document of it was read."""

from newscrawl.core.discovery import language_root
from newscrawl.core.documents import Document
from newscrawl.core.ledger import POSTS
from newscrawl.core.readers.locating import home_of
from newscrawl.core.readers.meeting import recall
from newscrawl.core.site import Site


def settle(site: Site, home: str, found_by: str, document: Document) -> None:
    """Take over what a document below the API says of its site, and open the account of posts."""
    site.home = site.home or home or home_of(site)
    site.found_by = site.found_by or found_by
    site.language_root = site.language_root or language_root(f"{site.home}/")
    site.read_at = document.fetched_at
    site.feed = site.feed or document.url
    site.ledger.site = site.home
    recall(site)
    site.ledger.walked.add(POSTS)
    account = site.ledger.collection(POSTS)
    account.read = account.untold = True
    account.lost = 0
    account.to_write = "post" in site.plan.kinds
