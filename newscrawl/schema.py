"""The JSON Schema (draft 2020-12) of every kind of item, generated from the item classes.

``python -m newscrawl.schema`` writes them to ``newscrawl/schemas/``; a test says when to.
"""

from pathlib import Path
from typing import Any

import orjson
from pydantic import TypeAdapter

from newscrawl.items import ITEMS, Item, Link

DRAFT = "https://json-schema.org/draft/2020-12/schema"
FOLDER = Path(__file__).with_name("schemas")


def schema_of(kind: type[Item]) -> dict[str, Any]:
    """Return the schema of a kind: every field is there in each row, and no other.

    Rows of a crawl that keeps the resources' JSON have a last field `raw`.
    """
    schema = TypeAdapter(kind).json_schema(mode="serialization")
    schema["$schema"] = DRAFT
    for part in [schema, *schema.get("$defs", {}).values()]:
        part["required"] = list(part["properties"])
        part["additionalProperties"] = False
    if kind is not Link:
        schema["properties"]["raw"] = {"title": "Raw", "type": "object"}
    return schema


def name_of(kind: type[Item]) -> str:
    """Return the name of a kind's file.

    >>> from newscrawl.items import Post
    >>> name_of(Post)
    'post.json'
    """
    return f"{kind.__name__.lower()}.json"


def text_of(kind: type[Item]) -> bytes:
    """Return the file of a kind as it stands in the repository."""
    return orjson.dumps(schema_of(kind), option=orjson.OPT_INDENT_2) + b"\n"


def write(folder: Path = FOLDER) -> None:
    """Write the schema of every kind."""
    folder.mkdir(exist_ok=True)
    for kind in ITEMS:
        (folder / name_of(kind)).write_bytes(text_of(kind))


if __name__ == "__main__":
    write()
