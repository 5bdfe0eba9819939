"""The rules of the house: which room may import which, and how long a thing may be."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import newscrawl

HOUSE = Path(newscrawl.__file__).parent
REPOSITORY = HOUSE.parent
MODULES = sorted(HOUSE.rglob("*.py"))
IMPURE = {"scrapy", "twisted", "socket", "os", "time", "random", "asyncio", "pathlib"}
CORE = [path for path in MODULES if "core" in path.relative_to(HOUSE).parts]
SHARED_ROOMS = {"items", "core"}
CORE_ORDER = [  # each may import those before it
    {"feeds", "links", "roots", "pages", "batches", "values", "times", "plan", "stages"}
    | {"salvage", "pace", "fence", "endings", "creators", "languages", "collection"}
    | {"headers", "reading"},
    {"identity"},
    {"translations", "metadata"},
    {
        "alternates",
        "sisters",
        "changes",
        "people",
        "indexes",
        "memory",
        "documents",
        "windows",
        "ledger",
    }
    | {"normalize", "rendering"},
    {"sizes", "passwords", "vanished", "encodings", "markup", "sitemap_xml"},
    {"sitemaps"},
    {"rss", "shown"},
    {"place", "discovery", "challenges", "survey", "obstacles", "sitemap_names"},
    {"projections", "articles", "bylines", "listing"},
    {"kinds", "branches", "counterparts"},
    {"relations", "gathering", "probe", "marks"},
    {"stand_ins", "showings"},
    {"webpage"},
    {"linkmap", "reach", "shells"},
    {"join", "walk"},
    {"site"},
    {"accounts", "readers"},
    {"crawl", "cost"},
    {"report"},
]


def dotted(path: Path) -> str:
    return ".".join(path.relative_to(REPOSITORY).with_suffix("").parts).removesuffix(".__init__")


def imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def room(name: str) -> str | None:
    """Return the room of a module of ours: `core` of ``newscrawl.core.links``."""
    parts = name.split(".")
    return parts[1] if parts[0] == "newscrawl" and len(parts) > 1 else None


def functions(path: Path) -> Iterator[tuple[str, int]]:
    """Yield the name and the length of each function, its docstring left out."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.end_lineno:
            first = node.body[0]
            told = ast.get_docstring(node) is not None
            doc = (first.end_lineno or 0) - first.lineno + 1 if told else 0
            yield node.name, node.end_lineno - node.lineno + 1 - doc


@pytest.mark.parametrize("path", [p for p in MODULES if room(dotted(p)) in {"items", "settings"}])
def test_items_and_settings_import_nothing_of_ours(path: Path) -> None:
    others = {room(name) for name in imports(path)} - {None, room(dotted(path))}
    assert not others, f"{dotted(path)} imports {others}"


@pytest.mark.parametrize("path", CORE, ids=dotted)
def test_core_is_pure(path: Path) -> None:
    for name in imports(path):
        assert not {name, name.partition(".")[0]} & IMPURE, f"{dotted(path)} imports {name}"
        assert room(name) in {None, "items", "core"}, f"{dotted(path)} imports {name}"
    calls = [node for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Call)]
    assert not [call for call in calls if getattr(call.func, "id", "") == "open"]


@pytest.mark.parametrize("path", CORE, ids=dotted)
def test_within_core_the_lower_floors_do_not_know_the_upper(path: Path) -> None:
    def floor(name: str) -> int | None:
        parts = name.split(".")
        found = parts[2] if parts[:2] == ["newscrawl", "core"] and len(parts) > 2 else None
        return next((i for i, names in enumerate(CORE_ORDER) if found in names), None)

    own, own_name = floor(dotted(path)), dotted(path).split(".")[2:3]
    for name in imports(path):
        other = floor(name)
        sibling = name.split(".")[2:3] == own_name
        if own is not None and other is not None and not sibling:
            assert other < own, f"{dotted(path)} imports {name}"


@pytest.mark.parametrize("path", MODULES, ids=dotted)
def test_upper_rooms_meet_in_the_settings_only(path: Path) -> None:
    own = room(dotted(path))
    for name in imports(path):
        other = room(name)
        if own is None or other is None or other == own or own in SHARED_ROOMS:
            continue
        if (own, other) in {("commands", "demo"), ("desk", "store")}:
            continue  # the front doors of these rooms
        assert other in SHARED_ROOMS, f"{dotted(path)} imports {name}"


@pytest.mark.parametrize("path", MODULES, ids=dotted)
def test_modules_are_short(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 200


def test_functions_are_short() -> None:
    lengths = [(length, name, path) for path in MODULES for name, length in functions(path)]
    assert not [entry for entry in lengths if entry[0] > 40]
    lengths.sort(key=lambda entry: entry[0])
    median, p90 = (lengths[int(len(lengths) * part)][0] for part in (0.5, 0.9))
    assert median <= 6, f"half of the functions have more than {median} lines"
    assert p90 <= 20, f"a tenth of the functions have more than {p90} lines"


@pytest.mark.parametrize("path", MODULES, ids=dotted)
def test_no_broad_handler_and_no_utils(path: Path) -> None:
    assert path.stem not in {"utils", "util", "helpers", "common"}
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ExceptHandler):
            broad = node.type is None or getattr(node.type, "id", "") in {
                "Exception",
                "BaseException",
            }
            assert not broad, f"{dotted(path)}:{node.lineno} catches everything"
