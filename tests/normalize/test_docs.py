"""Every example of docs/normalization.md is true: what goes in comes out as it stands there."""

import re
from collections.abc import Iterator

import pytest

from newscrawl.core.normalize import normalize
from tests.crawls import PROJECT

PAGE = (PROJECT / "docs/normalization.md").read_text(encoding="utf-8")
FENCE = re.compile(r"^(`{3,})(html|text|markdown) (in|out)\n(.*?)\n\1$", re.MULTILINE | re.DOTALL)


def examples() -> Iterator[tuple[str, str, str, str]]:
    """Yield (convention, form, html, expected) of each outcome on the page."""
    for section in PAGE.split("\n## ")[1:]:
        title, html = section.partition("\n")[0], ""
        for _, form, way, text in FENCE.findall(section):
            if way == "in":
                html = text
            else:
                yield title, form, html, text


EXAMPLES = list(examples())


@pytest.mark.parametrize(
    ("form", "html", "expected"),
    [example[1:] for example in EXAMPLES],
    ids=[f"{title}: {form}" for title, form, *_ in EXAMPLES],
)
def test_an_example_of_the_page(form: str, html: str, expected: str) -> None:
    assert getattr(normalize(html, "https://a.example/2024/story/"), form) == expected


def test_there_are_examples() -> None:
    assert len(EXAMPLES) > 30
