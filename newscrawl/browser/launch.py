"""How the browser is launched, and what is told where it cannot be."""

import os
from typing import Any
from urllib.request import getproxies

from scrapy.crawler import Crawler

from newscrawl.core.fence import own_hosts
from newscrawl.core.rendering import INSTALL, NO_SANDBOX

NOBODY_ELSE = "--host-resolver-rules=MAP * ~NOTFOUND"  # whatever asks: script, popup, the browser
SANDBOX = "sandboxing failed"  # Playwright's word for it


def launch_options(crawler: Crawler) -> dict[str, Any]:
    """Return how the browser is launched: as who we are, in its sandbox (root has none)."""
    settings = crawler.settings
    told = settings.getdict("PLAYWRIGHT_LAUNCH_OPTIONS")
    own = [address for site in crawler.spider.sites for address in site.addresses]  # type: ignore[union-attr] # it has sites
    hosts = own_hosts([*own, *getproxies().values()])
    rules = ", ".join([NOBODY_ELSE, *(f"EXCLUDE {host}" for host in hosts)])
    ours = [rules, f"--user-agent={settings['USER_AGENT']}"]
    sandbox = {"chromium_sandbox": os.geteuid() != 0}
    named = {"executable_path": settings["NEWSCRAWL_BROWSER"]}
    return {**sandbox, **named, **told, "args": [*told.get("args", []), *ours]}


def missing(error: Exception) -> str:
    """Return in a line why no browser runs, and what to do."""
    return NO_SANDBOX if SANDBOX in str(error) else INSTALL.format(reason=first_line(error))


def first_line(error: Exception) -> str:
    """Return the first line of what an error says."""
    return str(error).strip().partition("\n")[0]
