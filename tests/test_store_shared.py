"""A store that several crawls use at once: none waits for ever, none is let in twice."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from newscrawl.store.database import open_store
from tests.keeping import keeping, post_of
from tests.test_store import read

TEXTS = 100
ONE, OTHER = "https://one.example", "https://other.example"


def test_crawls_of_sites_that_share_texts_do_not_wait_for_each_other(store: str) -> None:
    """An agency's texts, in the order of each site's own list."""
    open_store(store).dispose()
    begin = Barrier(2)

    def crawled(site: str, numbers: range) -> None:
        with keeping(store, site) as keeper:
            for number in numbers:
                keeper.take(post_of(site, number + 1))
            begin.wait(30)
            keeper.commit([])

    with ThreadPoolExecutor() as pool:
        crawls = [
            pool.submit(crawled, ONE, range(TEXTS)),
            pool.submit(crawled, OTHER, range(TEXTS - 1, -1, -1)),
        ]
        for done in crawls:
            done.result(60)
    assert read(store, "SELECT count(*) AS n FROM posts") == [{"n": 2 * TEXTS}]
    assert read(store, "SELECT count(*) AS n FROM versions") == [{"n": 2 * TEXTS}]
    assert read(store, "SELECT count(*) AS n FROM contents") == [{"n": TEXTS}]
