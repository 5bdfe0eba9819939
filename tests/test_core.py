"""The pure core on a simulated collection: the walk, its parts, batches, keys, the link map."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newscrawl.core.batches import MOST_IDS, Batches
from newscrawl.core.identity import guid_key
from newscrawl.core.ledger import Ledger
from newscrawl.core.linkmap import LinkMap
from newscrawl.core.memory import Known
from newscrawl.core.pages import Pages
from newscrawl.core.plan import Plan
from newscrawl.core.readers.tracing import MOST_VANISHED, vanished_links
from newscrawl.core.roots import ApiRoot
from newscrawl.core.site import Site
from newscrawl.core.times import local_span
from newscrawl.core.walk import Walk
from newscrawl.core.windows import (
    MOST_EXCLUDED,
    Paged,
    Part,
    Row,
    Window,
    advance,
    partition,
    second,
)
from newscrawl.extensions.verdict import NOTHING, STOPPED, verdict

SIZE = 100
START = datetime(2024, 1, 1)  # noqa: DTZ001 - site-local times are naive
SECOND = timedelta(seconds=1)


class Collection:
    """Posts as WordPress lists them; hidden ones are counted and not shown."""

    def __init__(self, dates: list[datetime], hidden: set[int]) -> None:
        self.rows = [Row(id_, date) for id_, date in enumerate(dates, 1)]
        self.hidden = hidden
        self.longest_exclude = 0

    def read(self, window: Part, size: int) -> tuple[list[Row], int]:
        """Return the rows that a window shows and the number that it counts."""
        selected = window.window if isinstance(window, Paged) else window
        self.longest_exclude = max(self.longest_exclude, len(selected.exclude))
        found = [row for row in self.rows if _within(row, selected)]
        if isinstance(window, Window):
            # No tie-break: what comes first within a second is not to be relied on.
            found.sort(key=lambda row: (row.date, hash((row.id, window.before))), reverse=True)
        part = found[(window.page - 1) * size : window.page * size]
        return [row for row in part if row.id not in self.hidden], len(found)


def _within(row: Row, window: Window) -> bool:
    assert row.date is not None
    return (
        (window.after is None or row.date > window.after)
        and (window.before is None or row.date < window.before)
        and row.id not in window.exclude
    )


def walk(collection: Collection, window: Part | None, size: int = SIZE) -> Iterator[int]:
    for _ in range(10_000):
        if window is None:
            return
        rows, total = collection.read(window, size)
        yield from (row.id for row in rows)
        window = advance(window, rows, total, size)
    pytest.fail("the walk does not end")


seconds = st.lists(st.integers(0, 40), max_size=400) | st.lists(st.just(7), max_size=350)


@settings(max_examples=60, deadline=None)
@given(seconds, st.sets(st.integers(1, 400), max_size=150), st.sampled_from([1, 7, 100]))
def test_a_walk_finds_every_post_that_is_shown(
    offsets: list[int], hidden: set[int], size: int
) -> None:
    collection = Collection([START + SECOND * offset for offset in offsets], hidden)
    found = set(walk(collection, Window(), size))
    assert found == {row.id for row in collection.rows} - hidden
    assert collection.longest_exclude <= MOST_EXCLUDED


@pytest.mark.parametrize("ties", [99, 100, 101, 120, 250])
def test_a_second_of_many_posts_is_read_once(ties: int) -> None:
    dates = [START] * ties + [START + SECOND * n for n in range(1, 130)] + [START - SECOND] * 3
    collection = Collection(dates, set())
    read = list(walk(collection, Window()))
    assert sorted(set(read)) == list(range(1, len(dates) + 1))
    assert len(read) - len(dates) <= MOST_EXCLUDED, "more was read again than could be left out"


@settings(max_examples=60, deadline=None)
@given(seconds, st.integers(2, 6))
def test_parts_share_nothing_and_leave_nothing_out(offsets: list[int], parts: int) -> None:
    collection = Collection([START + SECOND * offset for offset in offsets], set())
    whole = Window(before=START + 60 * SECOND)
    found = [id_ for part in partition(whole, START, parts) for id_ in set(walk(collection, part))]
    assert sorted(found) == sorted(row.id for row in collection.rows)


def test_a_second_whose_total_moves_is_read_again() -> None:
    first = second(START, None, [7])
    moved = replace(first, pages=Pages(2, total=250))
    assert advance(moved, [], 249, SIZE) == replace(first, pages=Pages(reread=1))
    tired = replace(first, pages=Pages(3, total=250, reread=3))
    assert advance(tired, [], 249, SIZE) == Window(before=START)


def test_batches_ask_for_each_id_once_and_never_for_too_many() -> None:
    batches = Batches()
    batches.want("wp/v2/tags", range(250))
    batches.want("wp/v2/tags", [3, 300])
    asked = [*batches.full(), *batches.all()]
    assert [len(batch.ids) for batch in asked] == [MOST_IDS, MOST_IDS, 51]
    assert sorted(id_ for batch in asked for id_ in batch.ids) == [*range(250), 300]
    batches.want("wp/v2/tags", range(10))
    assert list(batches.all()) == []


def test_ids_wait_until_the_head_of_their_collection_is_read() -> None:
    batches = Batches()
    batches.want("wp/v2/users", [1, 2])
    assert [batch.ids for batch in batches.head("wp/v2/users")] == [()]
    assert list(batches.head("wp/v2/users")) == list(batches.all()) == []
    batches.settle("wp/v2/users", [1])
    batches.head_read("wp/v2/users")
    assert [batch.ids for batch in batches.all()] == [(2,)]


@pytest.mark.parametrize(
    "guid",
    [
        "http://news.example/?p=7",
        "https://www.News.Example/?p=7",
        "https://news.example:443/?p=7",
        "https://news.example?p=7/",
    ],
)
def test_one_post_has_one_key(guid: str) -> None:
    assert guid_key(guid) == "news.example?p=7"


def test_keys_of_other_posts_differ() -> None:
    others = ["https://news.example/?p=8", "https://other.example/?p=7", "https://news.example/p=7"]
    assert "news.example?p=7" not in map(guid_key, others)


ROOT = ApiRoot("http://news.example/wp-json/")
LEARNT = {
    "id": 5,
    "author": 7,
    "featured_media": 9,
    "people": [3],
    "_links": {
        "author": [{"href": "https://old.example/wp-json/wp/v2/writers/7"}],
        "https://api.w.org/featuredmedia": [{"href": "https://old.example/wp-json/wp/v2/media/9"}],
        "wp:term": [
            {"taxonomy": "person", "href": "https://old.example/wp-json/x/v1/people?post=5"}
        ],
        "predecessor-version": [
            {"id": 44, "href": "https://old.example/wp-json/wp/v2/posts/5/revisions/44"}
        ],
        "curies": [{"name": "wp", "href": "https://api.w.org/{rel}", "templated": True}],
    },
}


def test_the_map_is_learnt_from_the_site() -> None:
    known = LinkMap.of(ROOT, [("person", "wp/v2/person")])
    known.learn(LEARNT)
    author, person = known.edges["author", ""], known.edges["wp:term", "person"]
    assert (author.route, author.field) == ("wp/v2/writers", "author")
    assert (person.route, person.field) == ("x/v1/people", "people")
    assert ("predecessor-version", "") not in known.edges
    other = {"id": 6, "author": 8, "featured_media": 0, "people": [1, 2]}
    links = {link.rel: link.href for _, link in known.links(other)}
    assert links == {
        "author": "https://old.example/wp-json/wp/v2/writers/8",
        "wp:term": "https://old.example/wp-json/x/v1/people?post=6",
    }
    assert person.targets(other) == [1, 2]


def test_a_deleted_image_that_links_the_index_teaches_nothing() -> None:
    known = LinkMap.of(ROOT, [])
    before = known.edges["wp:featuredmedia", ""]
    index = {"wp:featuredmedia": [{"href": "https://news.example/wp-json/"}]}
    known.learn({"id": 5, "featured_media": 9, "_links": index})
    assert known.edges["wp:featuredmedia", ""] == before


def in_span(low: datetime | None, high: datetime | None) -> Callable[[datetime], bool]:
    return lambda local: (low is None or local > low) and (high is None or local < high)


@given(
    st.datetimes(datetime(2024, 10, 26), datetime(2024, 10, 28), timezones=st.just(UTC)),  # noqa: DTZ001
    st.datetimes(datetime(2024, 10, 26), datetime(2024, 10, 28), timezones=st.just(UTC)),  # noqa: DTZ001
)
def test_a_span_holds_the_repeated_hour(bound: datetime, post: datetime) -> None:
    """Whatever is published at or after a bound lies in the span, also when clocks go back."""
    berlin = ZoneInfo("Europe/Berlin")
    local = post.replace(microsecond=0).astimezone(berlin).replace(tzinfo=None)
    bound = bound.replace(microsecond=0)
    if post.replace(microsecond=0) >= bound:
        assert in_span(*local_span(bound, None, berlin))(local)
    else:
        assert in_span(*local_span(None, bound, berlin))(local)


def test_a_page_behind_the_last_ends_a_selection() -> None:
    """200 rows fill two pages; the third holds none and tells no total."""
    two = Pages().advance(range(100), 200, 100)
    assert two
    three = two.advance(range(100, 200), 200, 100)
    assert three
    assert three.advance([], None, 100) is None


def test_pages_without_a_row_come_to_an_end() -> None:
    pages: Pages | None = Pages()
    read = 0
    while pages:
        pages = pages.advance([], 10**11, 100)
        read += 1
    assert read <= 20


def test_how_many_vanished_posts_are_left_to_the_next_crawl_is_told() -> None:
    site = Site("https://a.example/", Plan(), Ledger("https://a.example/"))
    site.known = Known(posts={"post": dict.fromkeys(range(1, 1501), "")})
    walk = Walk("wp/v2/posts", LinkMap(site.root), Window(), {}, total=0)
    assert len(list(vanished_links(site, walk))) == MOST_VANISHED
    assert "1,500 posts are known and listed no more" in site.ledger.refusals[0]["reason"]


@pytest.mark.parametrize(("written", "told"), [(0, NOTHING), (3, STOPPED)])
def test_a_crawl_that_was_stopped_before_its_posts_says_so(written: int, told: str) -> None:
    """Other kinds may have been written by then."""
    ledger = Ledger("https://a.example/", walked={"posts"})
    ledger.collection("media").written = written
    assert verdict(ledger) == told
