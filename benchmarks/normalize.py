"""Articles a second through the normalization and through what else does its job.

``python -m benchmarks.normalize``: one core, one process, each pipeline by turns on the same
articles of some 5 kB, the best of several rounds.
"""

import gc
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from importlib.resources import files

import nh3
from clear_html import clean_node, cleaned_node_to_html, cleaned_node_to_text
from html_to_markdown import convert
from lxml.html import fromstring
from selectolax.lexbor import LexborHTMLParser

from newscrawl.core.normalize import normalize
from newscrawl.demo.recording import Recording
from newscrawl.settings import NEWSCRAWL_GC_THRESHOLD

SIZE = 5_000  # bytes of an article
ARTICLES = 200
ROUNDS = 15
BETWEEN_BLOCKS = "\n\n\n\n"  # as WordPress leaves them where their comments were
BASE = "https://news.example/2024/05/16/story/"
Pipeline = Callable[[str], object]


def articles() -> list[str]:
    """Return articles of some 5 kB, made of the blocks of the recorded site's bodies."""
    recording = Recording.load(files("newscrawl.demo") / "site")
    blocks = [
        block
        for row in recording.collections["posts"]
        for block in row["content"]["rendered"].split(BETWEEN_BLOCKS)
    ]
    return [article(blocks[number * 37 % len(blocks) :] + blocks) for number in range(ARTICLES)]


def article(blocks: Sequence[str]) -> str:
    """Return the first blocks that make 5 kB, as nearly as whole blocks can."""
    html = ""
    for block in blocks:
        more = html + block + BETWEEN_BLOCKS
        if len(more.encode()) - SIZE > SIZE - len(html.encode()):
            break
        html = more
    return html


def ours(html: str) -> object:
    """HTML, text, Markdown, words, headings, links, images, embeds, tables, quotes."""
    return normalize(html, BASE)


def by_libraries(html: str) -> object:
    """Safe HTML by nh3, text by lexbor, Markdown by html-to-markdown: three parses."""
    safe = nh3.clean(html)
    return safe, LexborHTMLParser(safe).text(), convert(safe)


def by_clear_html(html: str) -> object:
    """HTML and text by clear-html."""
    node = clean_node(fromstring(html), BASE)
    return cleaned_node_to_html(node), cleaned_node_to_text(node)


PIPELINES: Mapping[str, Pipeline] = {
    "newscrawl, every output": ours,
    "nh3 + lexbor + html-to-markdown": by_libraries,
    "clear-html, HTML and text": by_clear_html,
}


def measure(htmls: Sequence[str], rounds: int = ROUNDS) -> dict[str, float]:
    """Return the articles a second of each pipeline: the best of the rounds, taken by turns."""
    best = dict.fromkeys(PIPELINES, 0.0)
    for _ in range(rounds):
        for name, pipeline in PIPELINES.items():
            began = time.process_time()
            for html in htmls:
                pipeline(html)
            best[name] = max(best[name], len(htmls) / (time.process_time() - began))
    return best


def main() -> None:
    """Print the table."""
    htmls = articles()
    gc.freeze()  # as a crawl sets the collector (newscrawl/extensions/collector.py)
    gc.set_threshold(NEWSCRAWL_GC_THRESHOLD)
    mean = sum(len(html.encode()) for html in htmls) // len(htmls)
    sys.stdout.write(f"{len(htmls)} articles of {mean:,} bytes, articles a second on one core\n")
    for name, rate in measure(htmls).items():
        sys.stdout.write(f"{rate:>8,.0f}  {name}\n")


if __name__ == "__main__":
    main()
