"""What a store costs does not grow with the posts that are in it."""

from pathlib import Path

from benchmarks.store import measured, of_size
from newscrawl.demo.server import serving

FEW, MANY = 500, 3000


def test_memory_does_not_grow_with_the_posts(tmp_path: Path) -> None:
    """Six times as many posts take some of the memory that one document in a hundred does."""
    costs = {}
    for posts in (FEW, MANY):
        folder = tmp_path / str(posts)
        folder.mkdir()
        with serving(of_size(posts)) as url:
            costs[posts] = measured(folder, url)
    assert costs[MANY].rows == MANY
    assert costs[MANY].megabytes < 1.25 * costs[FEW].megabytes
