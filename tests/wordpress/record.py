"""Record the demo's site: ``python -m tests.wordpress.record DIRECTORY``.

Every resource is written whole, as a real WordPress gave it.
"""

import argparse
import json
import re
import tempfile
from collections.abc import Iterator
from email.message import Message
from pathlib import Path
from typing import Any
from urllib.request import urlopen

from tests.wordpress.site import Testbed, WordPressSite
from tests.wordpress.unpacked import unpacked

HOME = "https://ameforum.net/en"
RELEASE = "trixie"
COLLECTIONS = {
    "posts": "orderby=date&order=desc",
    "media": "orderby=date&order=desc",
    "users": "orderby=id&order=asc",
    "categories": "orderby=id&order=asc",
    "tags": "orderby=id&order=asc",
}
INDEX = "name,description,url,home,gmt_offset,timezone_string,namespaces,site_icon_url,_links"
DOCUMENTS = {
    "index": f"wp-json/?_fields={INDEX}",
    "types": "wp-json/wp/v2/types",
    "taxonomies": "wp-json/wp/v2/taxonomies",
}
WEIGHT = re.compile(r"<(style|script)\b.*?</\1>\s*|(?<=</head>).*", re.DOTALL)


def main() -> None:
    """Seed the demo's site, record it and take it away again."""
    parser = argparse.ArgumentParser(prog="python -m tests.wordpress.record", description=__doc__)
    parser.add_argument("directory", type=Path, help="where the recording is written")
    directory = parser.parse_args().directory
    directory.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="newscrawl-demo-") as folder:
        record(Path(folder), directory)


def record(folder: Path, directory: Path) -> None:
    """Write the recording of a new demo site whose data lie in a folder."""
    testbed = Testbed(folder, unpacked(RELEASE, folder / "apt"))
    try:
        testbed.lay()
        site = testbed.add("demo", plugins="demo", home=HOME)
        site.php("demo.php")
        testbed.web.start()
        write(site, directory)
    finally:
        testbed.stop()


def write(site: WordPressSite, directory: Path) -> None:
    """Write the site's documents, collections and the head of its home page."""
    base = f"{site.url}en/"
    for name, path in DOCUMENTS.items():
        (directory / f"{name}.json").write_text(
            _line(json.loads(_read(base + path)[1])), encoding="utf-8"
        )
    for name, order in COLLECTIONS.items():
        lines = "".join(map(_line, rows(f"{base}wp-json/wp/v2/{name}?per_page=100&{order}")))
        (directory / f"{name}.jsonl").write_text(lines, encoding="utf-8")
    headers, page = _read(base)
    (directory / "home.headers.json").write_text(_line({"Link": headers["Link"]}), encoding="utf-8")
    head = f"{WEIGHT.sub('', page)}<body></body></html>\n"
    (directory / "home.html").write_text(head, encoding="utf-8")


def rows(url: str) -> Iterator[dict[str, Any]]:
    """Yield the resources of a collection, page after page."""
    page, pages = 1, 1
    while page <= pages:
        headers, body = _read(f"{url}&page={page}")
        pages = int(headers["X-WP-TotalPages"])
        yield from json.loads(body)
        page += 1


def _read(url: str) -> tuple[Message, str]:
    with urlopen(url) as answer:  # noqa: S310 - our own site on loopback
        return answer.headers, answer.read().decode()


def _line(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")) + "\n"


if __name__ == "__main__":
    main()
