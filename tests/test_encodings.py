"""A feed is read in the encoding that it has, behind what stands before it."""

import pytest

from newscrawl.core.documents import Document
from newscrawl.core.rss import feed_in, post_of

HEADER = "application/rss+xml; charset={}"
TITLE = "Министр приехал в город вечером"
DC = 'xmlns:dc="http://purl.org/dc/elements/1.1/"'
NOTICE = b"<br />\n<b>Notice</b>: Undefined index in <b>/x.php</b> on line <b>3</b><br />\n"
FEED = (
    '<?xml version="1.0" encoding="{encoding}"?>\n<rss version="2.0" {namespaces}><channel>'
    "<link>https://news.example</link><item><title>{title}</title>"
    "<link>https://news.example/one/</link><dc:creator>Анна</dc:creator>"
    "</item></channel></rss>"
)


def read(body: bytes, charset: str) -> tuple[str | None, list[str | None]]:
    """Return the title and the byline of the one post of a feed."""
    headers = {"content-type": HEADER.format(charset)}
    document = Document("https://news.example/feed/", 200, body, headers)
    post = post_of(feed_in(document).entries[0], "https://news.example", document)
    return post.title, [author["name"] for author in post.authors]


def feed(declared: str, namespaces: str = DC, title: str = TITLE) -> str:
    return FEED.format(encoding=declared, namespaces=namespaces, title=title)


@pytest.mark.parametrize(
    ("declared", "charset", "encoding"),
    [
        ("UTF-8", "UTF-8", "utf-8"),
        ("windows-1251", "UTF-8", "utf-8"),
        ("UTF-8", "windows-1251", "cp1251"),
        ("windows-1251", "windows-1251", "cp1251"),
        ("windows-1251", "UTF-8", "cp1251"),
        ("UTF-8", "nonsense", "utf-8"),
    ],
)
def test_the_encoding_is_that_of_the_text(declared: str, charset: str, encoding: str) -> None:
    assert read(feed(declared).encode(encoding), charset) == (TITLE, ["Анна"])


def test_a_stray_byte_spoils_one_character() -> None:
    body = feed("UTF-8").encode().replace("вечером".encode(), "вечеро".encode() + b"\xd0")
    assert read(body, "UTF-8") == (TITLE[:-1] + "\ufffd", ["Анна"])


def test_what_stands_before_a_feed_costs_no_byline() -> None:
    assert read(NOTICE + feed("UTF-8").encode(), "UTF-8") == (TITLE, ["Анна"])


def test_a_prefix_that_nobody_declares_costs_no_byline() -> None:
    assert read(feed("UTF-8", namespaces="").encode(), "UTF-8") == (TITLE, ["Анна"])


def test_what_an_entry_holds_is_no_entry_of_the_feed() -> None:
    """Its byline is not that of the next one."""
    inner = '<x:item xmlns:x="urn:x"><x:name>1</x:name></x:item>'
    before, item, behind = feed("UTF-8").partition("<item>")
    entry = item + behind.partition("</item>")[0]
    text = f"{before}{entry}{inner}</item>{item}{behind}"
    told = feed_in(Document("https://news.example/feed/", 200, text.encode(), {})).entries
    assert [entry["creators"] for entry in told] == [["Анна"], ["Анна"]]
