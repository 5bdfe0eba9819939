"""Records the site of `scrapy demo` from a real WordPress: ``python -m tests.wordpress.record``.

Each resource is kept whole, as the site gave it, one JSON Lines file a collection.
"""

import json
import sys
import tempfile
import urllib.request
from pathlib import Path

from tests.wordpress.newer import tree_of
from tests.wordpress.packages import ensure
from tests.wordpress.site import Testbed, lay_tree

HOME = "https://ameforum.net/en"
RECORDING = Path(__file__).parents[2] / "newscrawl" / "demo" / "site"
INDEX = "?_fields=name,description,url,home,gmt_offset,timezone_string,namespaces,site_icon_url"
COLLECTIONS = ("posts", "users", "media", "categories", "tags")
HEAD = "</head>"


def main() -> None:
    """Lay a WordPress, seed it, read it, and write the recording."""
    with tempfile.TemporaryDirectory(prefix="newscrawl-record-") as name:
        folder = Path(name)
        ensure()
        bed = Testbed(folder)
        lay_tree(tree_of(folder / "newer"), bed.tree)
        try:
            bed.lay()
            site = bed.add("demo", plugins="demo", home=HOME)
            site.php("seed_demo.php")
            bed.web.start()
            record(f"{site.url}en/", RECORDING)
        finally:
            bed.stop()


def record(home: str, folder: Path) -> None:
    """Write every document that the demo serves."""
    folder.mkdir(parents=True, exist_ok=True)
    page, headers = read(home)
    (folder / "home.html").write_text(page.partition(HEAD)[0] + HEAD, encoding="utf-8")
    write(folder / "home.headers.json", {"Link": ", ".join(headers.get_all("Link"))})
    write(folder / "index.json", json.loads(read(f"{home}wp-json/{INDEX}")[0]))
    for name in ("types", "taxonomies"):
        write(folder / f"{name}.json", json.loads(read(f"{home}wp-json/wp/v2/{name}")[0]))
    for name in COLLECTIONS:
        rows = json.loads(read(f"{home}wp-json/wp/v2/{name}?per_page=100")[0])
        lines = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
        (folder / f"{name}.jsonl").write_text(lines, encoding="utf-8")
        sys.stdout.write(f"{len(rows):4} {name}\n")


def read(url: str):  # noqa: ANN201 - the text and the headers of an answer
    """Return the text and the headers of a document."""
    with urllib.request.urlopen(url) as answer:  # noqa: S310 - our own site
        return answer.read().decode(), answer.headers


def write(path: Path, value: object) -> None:
    """Write a JSON document."""
    path.write_text(json.dumps(value, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
