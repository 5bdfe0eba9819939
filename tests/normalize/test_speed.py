"""Every output costs little beside what libraries give one output for, measured in one run."""

import pytest

from benchmarks.normalize import PIPELINES, articles, by_clear_html, by_libraries, measure, ours

names = {pipeline: name for name, pipeline in PIPELINES.items()}


@pytest.mark.measures
def test_every_output_costs_little_beside_one_output_of_libraries() -> None:
    rates = measure(articles(), rounds=3)
    assert rates[names[ours]] >= 0.4 * rates[names[by_libraries]], rates
    assert rates[names[ours]] >= 1.8 * rates[names[by_clear_html]], rates
