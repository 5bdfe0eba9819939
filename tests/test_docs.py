"""Whatever a user can name is documented."""

import re
from dataclasses import fields
from pathlib import Path

import pytest

from newscrawl import settings
from newscrawl.items import ITEMS
from newscrawl.spiders.arguments import WordPressArguments
from tests.crawls import PROJECT, scrapy

DOCS = PROJECT / "docs"
SHARED_FIELDS = {"kind", "site", "source", "source_url", "fetched_at"}
PAGES = [PROJECT / "README.md", PROJECT / "CHANGELOG.md", *sorted(DOCS.glob("*.md"))]
OURS = [name for name in dir(settings) if name.startswith("NEWSCRAWL_")]
COMMANDS = sorted(
    path.stem
    for path in (PROJECT / "newscrawl/commands").glob("*.py")
    if "class Command(" in path.read_text(encoding="utf-8")
)


def text(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def section(page: str, title: str) -> str:
    """Return what stands below a heading of the second level."""
    return page.partition(f"\n## {title}\n")[2].partition("\n## ")[0]


@pytest.mark.parametrize("kind", ITEMS)
def test_every_field_of_an_item(kind: type) -> None:
    part = section(text(DOCS / "items.md"), kind.__name__.lower())
    names = {field.name for field in fields(kind)} - SHARED_FIELDS
    assert names - set(re.findall(r"`(\w+)`", part)) == set()


@pytest.mark.parametrize("name", WordPressArguments.model_fields)
def test_every_argument(name: str) -> None:
    assert f"\n| `{name}` |" in text(DOCS / "arguments.md")


@pytest.mark.parametrize("name", OURS)
def test_every_setting_of_ours(name: str) -> None:
    assert f"\n| `{name}` |" in text(DOCS / "settings.md")


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help_with_an_example(name: str) -> None:
    help_ = scrapy(name, "--help")
    assert help_.returncode == 0
    assert f"Example: scrapy {name}" in " ".join(help_.stdout.split())
    assert f"scrapy {name}" in text(PROJECT / "README.md")


def test_every_stat_of_ours() -> None:
    named = set(re.findall(r"newscrawl/[a-z_]+", " ".join(map(text, code()))))
    documented = set(re.findall(r"newscrawl/[a-z_]+", text(DOCS / "stats.md")))
    assert {name for name in named if not (PROJECT / name).exists()} <= documented


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_between_pages_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\((?!https?:)([^)#]+)\)", text(page)):
        assert (page.parent / target).exists(), target


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_modules_that_are_named_exist(page: Path) -> None:
    for name in re.findall(
        r"`((?:newscrawl|core|spiders|extensions|tests)/[\w/]+\.py)`", text(page)
    ):
        assert any((root / name).exists() for root in (PROJECT, PROJECT / "newscrawl")), name


def test_ci_runs_the_command_of_the_readme() -> None:
    commands = re.findall(r"(?m)^python3 -m venv .*$", text(PROJECT / "README.md"))
    assert len(commands) == 2
    pattern = re.search(r"grep -m 1 -E '([^']+)' README.md", text(PROJECT / ".ci/run"))
    assert pattern
    assert [bool(re.match(pattern[1], command)) for command in commands] == [False, True]


def code() -> list[Path]:
    return sorted((PROJECT / "newscrawl").rglob("*.py"))
