"""How a crawl ends: the exit status of its command, Scrapy's word for the reason, what failed."""

from collections.abc import Mapping

COMPLETE, DIED, BAD_ARGUMENTS, INCOMPLETE = 0, 1, 2, 3
REASONS: Mapping[int, str] = {
    COMPLETE: "finished",
    DIED: "nothing_read",
    BAD_ARGUMENTS: "bad_arguments",
    INCOMPLETE: "incomplete",
}
FEEDS_FAILED, STORE_FAILED = "newscrawl/feeds/failed", "newscrawl/store/failed"  # stats
