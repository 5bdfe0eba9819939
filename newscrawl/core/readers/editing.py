"""Who may edit: whether the user's password opens what is shown to editors only, the revisions.

WordPress answers a wrong Application Password as it answers an anonymous reader, with 200; only
``/users/me`` tells (WP_REST_Users_Controller::get_current_item).
"""

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from newscrawl.core.documents import Document, UnreadableDocument
from newscrawl.core.gathering import Gathering
from newscrawl.core.kinds import REVISION
from newscrawl.core.links import Link
from newscrawl.core.readers.references import HISTORY, REVISIONS
from newscrawl.core.readers.refusals import closing
from newscrawl.core.site import Site

ME = "me"
NOT_CHECKED = "{reason}: whether your .netrc's password is right could not be asked; not used"
LOOPBACK = re.compile(r"^(127(\.\d+){3}|localhost|::1)$")
NOT_SENT = "the password for this host was not sent: the site is read over plain http"
NOT_TAKEN = (
    "{reason}: the site does not take the name and Application Password that your .netrc holds "
    "for its host; correct them, or remove them to read it anonymously"
)


def begin_editing(site: Site) -> Iterator[Link]:
    """Set up the reading of revisions; yield the question whether the password is right."""
    if HISTORY not in site.plan.relations:
        return
    route, _, parameter = REVISIONS.partition("?")
    site.gatherings[route] = Gathering(route, REVISION, REVISIONS, parameter)
    site.batches.sizes[REVISIONS] = 1
    if has_password(site):
        site.batches.wait(REVISIONS)
        address = site.root.address("wp/v2/users/me", {"_fields": "id"})
        yield Link(ME, address, urgency=2, private=True)


def has_password(site: Site) -> bool:
    """Return whether the user has a password for a site; plain http takes it on loopback only."""
    parts = urlsplit(site.root.url)
    host = parts.hostname or ""
    if host not in site.plan.hosts_with_password:
        return False
    if parts.scheme == "https" or LOOPBACK.match(host):
        return True
    site.ledger.refuse(site.root.url, None, NOT_SENT)
    return False


def read_me(site: Site, document: Document, _link: Link) -> Iterator[Link]:
    """Note that the password is right; what it opens is asked post by post."""
    document.mapping()
    site.may_edit = True
    site.batches.head_read(REVISIONS)
    return iter(())


def fail_me(site: Site, _link: Link, error: UnreadableDocument) -> Iterator[Link]:
    """Go on as an anonymous reader; the user expects more, so the ledger has a gap."""
    site.account(REVISIONS).lost += 1
    what = NOT_TAKEN if closing(error) else NOT_CHECKED
    site.ledger.refuse(error.url, error.status, what.format(reason=error.reason))
    del site.batches.heads[REVISIONS]
    return iter(())
