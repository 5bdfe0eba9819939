"""How many rows a document is asked for: halves where that is too many, and back again."""

from dataclasses import replace
from datetime import datetime

import pytest

from newscrawl.core.batches import MOST_IDS
from newscrawl.core.documents import Damaged, Refused, UnreadableDocument
from newscrawl.core.pages import Pages
from newscrawl.core.sizes import CALM, Sizes, asked, is_too_large
from newscrawl.core.windows import Part, Window, second

POSTS = "wp/v2/posts"
NOW = datetime(2024, 1, 1)  # noqa: DTZ001 - site-local times are naive


def test_half_is_asked_for_down_to_one() -> None:
    sizes, told = Sizes(), []
    while sizes.of(POSTS) > 1:
        told.append(sizes.shrink(POSTS, sizes.of(POSTS)))
    assert told == [50, 25, 12, 6, 3, 1]
    assert sizes.of("wp/v2/media") == MOST_IDS


def test_more_is_tried_after_a_while_and_less_often_after_each_failure() -> None:
    sizes = Sizes()
    waits = []
    for _ in range(3):
        sizes.shrink(POSTS, sizes.of(POSTS))
        waits.append(0)
        while sizes.of(POSTS) < MOST_IDS:
            sizes.bear(POSTS, sizes.of(POSTS))
            waits[-1] += 1
    assert waits == [2 * CALM, 4 * CALM, 8 * CALM]


def test_a_late_answer_to_more_changes_nothing() -> None:
    sizes = Sizes()
    sizes.shrink(POSTS, 100)
    sizes.shrink(POSTS, 50)
    assert sizes.shrink(POSTS, 100) == 25
    sizes.bear(POSTS, 10)
    assert not sizes.borne[POSTS]


@pytest.mark.parametrize(
    "place",
    [Pages(3), Window(before=NOW, page=3), replace(second(NOW, None, []), pages=Pages(3))],
    ids=str,
)
@pytest.mark.parametrize("new", [50, 25, 12, 6, 3, 1])
def test_the_place_is_kept_or_just_before_it(place: Pages | Part, new: int) -> None:
    page = getattr(place, "pages", place).page
    resized = place.resized(100, new)
    behind = (getattr(resized, "pages", resized).page - 1) * new
    assert (page - 1) * 100 - new < behind <= (page - 1) * 100


@pytest.mark.parametrize(
    ("error", "is_one"),
    [
        (Refused("", "rest_invalid_param", 400), True),
        (Refused("", "internal_server_error", 500), True),
        (Refused("", "HTTP 504", 504), True),
        (Damaged("", "JSON that is cut off", 200), True),
        (UnreadableDocument("", "DownloadTimeoutError: 60 s"), True),
        (UnreadableDocument("", "DownloadCancelledError: too many bytes"), True),
        (Refused("", "rest_forbidden", 401), False),
        (Refused("", "rest_post_invalid_page_number", 400), False),
        (UnreadableDocument("", "DownloadConnectionRefusedError: no"), False),
    ],
)
def test_what_less_would_help(error: UnreadableDocument, is_one: bool) -> None:  # noqa: FBT001 - what is expected
    assert is_too_large(error) == is_one


@pytest.mark.parametrize(("query", "rows"), [("?per_page=25", 25), ("", 100), ("?per_page=x", 100)])
def test_how_many_rows_an_address_asks_for(query: str, rows: int) -> None:
    assert asked(f"https://a.example/wp-json/wp/v2/posts{query}") == rows
