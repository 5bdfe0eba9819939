"""How a crawl ends: the exit status of its command, and Scrapy's word for the reason."""

from collections.abc import Mapping

COMPLETE, DIED, BAD_ARGUMENTS, INCOMPLETE = 0, 1, 2, 3
REASONS: Mapping[int, str] = {
    COMPLETE: "finished",
    DIED: "nothing_read",
    BAD_ARGUMENTS: "bad_arguments",
    INCOMPLETE: "incomplete",
}
