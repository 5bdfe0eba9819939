"""The faults of real sites, one a row: what the site does, and what becomes of the crawl.

``python -m tests.faults`` prints the table of ``docs/faults.md``.
"""

import gzip
import json
import random
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any, Literal

from tests.faulty import Answer, Asked, Inject

Row = dict[str, Any]
End = Literal["recovered", "withheld", "refused"]
POISON = 3  # the place of the post, from the newest, that no document can hold
NOTICE = b"<br />\n<b>Warning</b>:  Undefined array key [x] in <b>/srv/a.php</b> on line <b>3</b>\n"
FATAL = b"<br />\n<b>Fatal error</b>:  Allowed memory size exhausted in <b>/srv/wp-db.php</b>"
HTML = {"content-type": "text/html"}
CLOUDFLARE = b"<title>Just a moment...</title><script>window._cf_chl_opt={};</script>"
ALWAYS: Mapping[str, str] = {}


@dataclass(frozen=True)
class Fault:
    """A fault: its name, what a site does, what becomes of the crawl and how that is told.

    `told` must be in the ledger; `withheld` are those of the posts, newest first, that cannot be
    had.
    """

    name: str
    does: str
    inject: Inject
    end: End = "recovered"
    told: str = ""
    withheld: int | None = None
    settings: Mapping[str, object] = field(default_factory=dict)
    arguments: Mapping[str, object] = field(default_factory=dict)


def on_json(change: Callable[[Asked, Answer], Answer]) -> Inject:
    """Return a fault of every JSON document."""

    def inject(asked: Asked, answer: Answer) -> Answer:
        is_json = "json" in answer.headers.get("Content-Type", "")
        return change(asked, answer) if is_json else answer

    return inject


def body(change: Callable[[bytes], bytes], **headers: str) -> Inject:
    """Return a fault in the body of every JSON document."""
    return on_json(lambda _asked, answer: answer.with_(change(answer.body), **headers))


def on_rows(change: Callable[[Row], object], route: str = "posts") -> Inject:
    """Return a fault in each resource of a collection."""

    def inject(asked: Asked, answer: Answer) -> Answer:
        if asked.route != route or answer.status != 200:
            return answer
        rows = json.loads(answer.body)
        for row in rows:
            change(row)
        return answer.with_(json.dumps(rows).encode())

    return inject


def instead(answer: Answer, when: Callable[[Asked, Answer], object]) -> Inject:
    """Return a fault that puts an answer in another's place, at times."""
    return lambda asked, whole: answer if when(asked, whole) else whole


def error(status: int, code: str) -> Answer:
    """Return an error as WordPress writes one."""
    told = {"code": code, "message": "No.", "data": {"status": status}}
    return Answer(status, json.dumps(told).encode(), {"Content-Type": "application/json"})


def of_posts(asked: Asked) -> bool:
    return asked.route == "posts"


def at_first(asked: Asked, _answer: Answer) -> bool:
    return of_posts(asked) and asked.again == 0


def per_page(asked: Asked) -> int:
    return int(asked.query.get("per_page", 10))


def sometimes(part: float, seed: int = 1) -> Callable[[Asked, Answer], bool]:
    """Return whether a request is among a random part of all; the seed makes it the same part."""
    draw = random.Random(seed)  # noqa: S311 - no secret
    return lambda asked, _answer: bool(asked.route) and draw.random() < part


def every(count: int) -> Callable[[Asked, Answer], bool]:
    return lambda asked, _answer: bool(asked.route) and asked.number % count == 0


def from_(number: int) -> Callable[[Asked, Answer], bool]:
    def since(asked: Asked, _answer: Answer) -> bool:
        return asked.is_api and asked.number >= number

    return since


def set_(field_: str, value: object) -> Callable[[Row], None]:
    def change(row: Row) -> None:
        if field_ in row:
            row[field_] = value

    return change


def capped(asked: Asked, answer: Answer, most: int = 20) -> Answer:
    """Show no more rows than a site likes, its totals told as if it had been asked for that."""
    if not isinstance(rows := json.loads(answer.body), list) or per_page(asked) <= most:
        return answer
    total = int(answer.headers.get("X-WP-Total", len(rows)))
    return answer.with_(json.dumps(rows[:most]).encode(), X_WP_TotalPages=str(-(-total // most)))


def holds_poison(asked: Asked, answer: Answer) -> bool:
    """Return whether a document would hold the content of the post that breaks the site."""
    if not of_posts(asked) or "content" not in asked.query.get("_fields", ""):
        return False
    return POISONED["slug"] in [row.get("slug") for row in json.loads(answer.body)]


POISONED: dict[str, Any] = {"slug": "", "image": 0}  # set by the test, which knows the site


def without_totals(_asked: Asked, answer: Answer) -> Answer:
    kept = {k: v for k, v in answer.headers.items() if not k.lower().startswith("x-wp-")}
    return replace(answer, headers=kept)


def in_seconds(seconds: float) -> str:
    return format_datetime(datetime.now(UTC) + timedelta(seconds=seconds), usegmt=True)


def _holds_image(asked: Asked, answer: Answer) -> bool:
    rows = json.loads(answer.body) if asked.route == "media" else []
    return POISONED["image"] in [row.get("id") for row in rows]


def _as_object(asked: Asked, answer: Answer) -> Answer:
    rows = json.loads(answer.body)
    if not isinstance(rows, list) or not asked.route:
        return answer
    return answer.with_(json.dumps({str(2 * n): row for n, row in enumerate(rows)}).encode())


def _endless(asked: Asked, answer: Answer) -> Answer:
    if not of_posts(asked):
        return answer
    newest = datetime.fromisoformat(asked.query.get("before", "2024-01-01T00:00:00"))
    rows = [
        {
            "id": 10**9 - int((newest - timedelta(minutes=n)).timestamp() // 60),
            "date": (newest - timedelta(minutes=n)).isoformat(),
            "title": {"rendered": "x"},
        }
        for n in range(1, per_page(asked) + 1)
    ]
    return answer.with_(json.dumps(rows).encode(), X_WP_Total="1000000", X_WP_TotalPages="10000")


def _without_content(row: Row) -> None:
    if isinstance(row.get("content"), dict):
        row["content"]["rendered"] = None


DAMAGED = [
    Fault(
        "PHP notice",
        "writes a PHP warning before each document",
        body(lambda b: NOTICE + b),
        told="text before the JSON",
    ),
    Fault(
        "cache's comment",
        "writes an HTML comment behind each document",
        body(lambda b: b + b"\n<!-- Cached -->\n"),
        told="comment behind the JSON",
    ),
    Fault(
        "byte order marks",
        "begins each document with three of them",
        body(lambda b: b"\xef\xbb\xbf" * 3 + b),
        told="byte order mark",
    ),
    Fault(
        "JSON as HTML", "calls each document text/html", body(lambda b: b, Content_Type="text/html")
    ),
    Fault(
        "compressed twice",
        "compresses a compressed document again",
        body(lambda b: gzip.compress(gzip.compress(b)), Content_Encoding="gzip"),
        told="compressed twice",
    ),
    Fault(
        "wrong coding",
        "calls plain documents compressed",
        body(lambda b: b, Content_Encoding="gzip"),
    ),
    Fault(
        "cut off once",
        "ends the first answer to each request for posts in its middle",
        lambda asked, a: a.with_(a.body[: len(a.body) // 2]) if at_first(asked, a) else a,
        told="JSON that is cut off, asked for again",
    ),
    Fault(
        "connection lost",
        "breaks the connection in the middle of the first answer to each request for posts",
        lambda asked, a: replace(a, sent=len(a.body) // 2) if at_first(asked, a) else a,
    ),
    Fault(
        "control characters",
        "leaves raw control characters and half a surrogate pair in titles",
        body(lambda b: b.replace(b'"title":{"rendered":"', b'"title":{"rendered":"\x01\\ud83d ')),
        told="characters that JSON forbids",
    ),
    Fault(
        "numbers as strings",
        "writes ids as strings",
        on_rows(lambda r: set_("id", str(r["id"]))(r)),
        told="numbers as strings",
    ),
    Fault(
        "title as false",
        "writes false for each title",
        on_rows(set_("title", value=False)),
        told="title that is no text",
    ),
    Fault(
        "content as null",
        "writes null for each content",
        on_rows(_without_content),
        told="content that is no text",
    ),
    Fault(
        "zero dates",
        "writes 0000-00-00 for UTC dates",
        on_rows(set_("date_gmt", "0000-00-00T00:00:00")),
    ),
    Fault(
        "array with gaps",
        "writes lists as objects with numbers for names",
        on_json(_as_object),
        told="list as an object",
    ),
    Fault(
        "PHP fatal in a 200",
        "answers each first request for posts with a fatal error and status 200",
        instead(Answer(200, FATAL, HTML), at_first),
        told="a PHP fatal error, asked for again",
    ),
    Fault(
        "error in a 200",
        "answers each first request for posts with an error object and status 200",
        instead(replace(error(500, "internal_server_error"), status=200), at_first),
    ),
]
SIZES = [
    Fault(
        "page size refused",
        "refuses per_page above 30 (rest_invalid_param)",
        instead(error(400, "rest_invalid_param"), lambda asked, _a: per_page(asked) > 30),
    ),
    Fault("page size capped", "shows 20 rows at the most without a word", on_json(capped)),
    Fault(
        "breaks at a hundred",
        "answers 500 to documents of more than 40 posts",
        instead(
            Answer(500, FATAL, HTML), lambda asked, _a: of_posts(asked) and per_page(asked) > 40
        ),
    ),
    Fault(
        "one post that breaks the site",
        "answers 500 to each document that holds the content of one post",
        instead(Answer(500, FATAL, HTML), holds_poison),
        end="withheld",
        withheld=POISON,
        told="HTTP 500",
    ),
    Fault(
        "one image that breaks the site",
        "answers 500 to each document that holds one image",
        instead(Answer(500, FATAL, HTML), _holds_image),
        end="withheld",
        told="HTTP 500",
    ),
    Fault(
        "slow at a hundred",
        "never answers a request for more than 40 posts",
        lambda asked, a: replace(a, delay=9) if of_posts(asked) and per_page(asked) > 40 else a,
        settings={"DOWNLOAD_TIMEOUT": 2},
    ),
    Fault(
        "documents too large",
        "answers more bytes than DOWNLOAD_MAXSIZE allows",
        lambda _asked, a: a,
        settings={"DOWNLOAD_MAXSIZE": 150_000},
    ),
]
NETWORK = [
    Fault(
        "503 at random",
        "answers 503 to a tenth of the requests",
        instead(Answer(503, b"", HTML), sometimes(0.1)),
    ),
    Fault(
        "502 at random",
        "answers 502 to a tenth of the requests",
        instead(Answer(502, b"", HTML), sometimes(0.1, 2)),
    ),
    Fault(
        "resets at random",
        "resets a tenth of the connections",
        instead(Answer(0, b"", is_reset=True), sometimes(0.1, 3)),
    ),
    Fault(
        "too many requests",
        "answers 429 to each seventh request, and asks for a second (Retry-After)",
        lambda asked, a: (
            Answer(429, b"", {**HTML, "Retry-After": "1"}) if every(7)(asked, a) else a
        ),
    ),
    Fault(
        "unavailable until a date",
        "answers 503 to each seventh request, and names the time when to come again",
        lambda asked, a: (
            Answer(503, b"", {**HTML, "Retry-After": in_seconds(2)}) if every(7)(asked, a) else a
        ),
    ),
]
COUNTS = [
    Fault("no totals", "leaves out X-WP-Total and X-WP-TotalPages", on_json(without_totals)),
    Fault(
        "total too small",
        "counts 7 posts",
        lambda asked, a: (
            a.with_(a.body, X_WP_Total="7", X_WP_TotalPages="1") if of_posts(asked) else a
        ),
    ),
    Fault(
        "total too large",
        "counts ten posts more than it has",
        lambda asked, a: (
            a.with_(a.body, X_WP_Total=str(int(a.headers["X-WP-Total"]) + 10))
            if of_posts(asked) and "X-WP-Total" in a.headers
            else a
        ),
    ),
]
REFUSALS = [
    Fault(
        "Cloudflare from the start",
        "answers each request for the API with a challenge",
        instead(Answer(403, CLOUDFLARE, HTML), from_(1)),
        end="refused",
        told="Cloudflare's challenge",
    ),
    Fault(
        "Cloudflare midway",
        "answers with a challenge from the fifth request on",
        instead(Answer(403, CLOUDFLARE, HTML), from_(5)),
        end="withheld",
        told="Cloudflare's challenge",
    ),
    Fault(
        "SiteGround's captcha",
        "answers 202 and a page that leads to a captcha",
        instead(
            Answer(
                202, b'<meta http-equiv="refresh" content="0;/.well-known/sgcaptcha/?r=x">', HTML
            ),
            from_(1),
        ),
        end="refused",
        told="SiteGround's captcha",
    ),
    Fault(
        "API closed",
        "refuses the whole API to who is not logged in (rest_not_logged_in); its feed is open",
        instead(error(401, "rest_not_logged_in"), from_(1)),
        told="rest_not_logged_in",
    ),
    Fault(
        "maintenance",
        "answers each request with WordPress's page of maintenance and 503",
        instead(
            Answer(503, b"<h1>Briefly unavailable for scheduled maintenance.</h1>", HTML), from_(1)
        ),
        end="refused",
        told="maintenance",
    ),
    Fault(
        "429 for ever",
        "answers 429 to each request from the third on",
        instead(Answer(429, b"", HTML), from_(3)),
        end="refused",
        told="fewer requests",
    ),
    Fault(
        "quiet for a day",
        "answers 429 to its fourth request and asks for a day without any",
        instead(
            Answer(429, b"", {**HTML, "Retry-After": "86400"}),
            lambda asked, _a: asked.is_api and asked.number == 4,
        ),
        end="refused",
        told="a pause of 86,400 s",
    ),
    Fault(
        "users closed",
        "refuses its users (rest_user_cannot_view)",
        instead(
            error(401, "rest_user_cannot_view"), lambda asked, _a: asked.route.startswith("users")
        ),
        told="rest_user_cannot_view",
    ),
]
HOSTILE = [
    Fault(
        "leads to the cloud's metadata",
        "redirects requests for posts to a link-local address",
        instead(
            Answer(302, b"", {"Location": "http://169.254.169.254/latest/"}),
            lambda a, _: of_posts(a),
        ),
        end="refused",
        told="another site's host",
    ),
    Fault(
        "leads to another port",
        "redirects requests for media to another service of its machine",
        instead(
            Answer(302, b"", {"Location": "http://127.0.0.1:1/"}), lambda a, _: a.route == "media"
        ),
        end="withheld",
        told="another site's host",
    ),
    Fault(
        "leads in circles",
        "redirects requests for posts to themselves",
        lambda asked, a: Answer(302, b"", {"Location": asked.path}) if of_posts(asked) else a,
        end="refused",
    ),
    Fault(
        "answers for ever",
        "shows a hundred new posts in each window, ever older",
        _endless,
        end="withheld",
        told="NEWSCRAWL_MOST_DOCUMENTS",
        settings={"NEWSCRAWL_MOST_DOCUMENTS": 60},
        arguments={"follow": "none"},
    ),
    Fault(
        "nests without end",
        "answers requests for posts with a hundred thousand lists in each other",
        instead(
            Answer(200, b"[" * 100_000, {"Content-Type": "application/json"}),
            lambda a, _: of_posts(a),
        ),
        end="refused",
        told="no JSON",
    ),
    Fault(
        "a bomb",
        "answers requests for posts with a gigabyte, compressed to one megabyte",
        lambda asked, a: a.with_(BOMB, Content_Encoding="gzip") if of_posts(asked) else a,
        end="refused",
        settings={"DOWNLOAD_MAXSIZE": 10_000_000},
    ),
]
BOMB = gzip.compress(b"[" + b" " * 200_000_000, 1)
GROUPS: Mapping[str, list[Fault]] = {
    "Damaged documents": DAMAGED,
    "What a site can bear": SIZES,
    "The network": NETWORK,
    "Counts": COUNTS,
    "Refusals": REFUSALS,
    "Hostile sites": HOSTILE,
}
FAULTS = [fault for group in GROUPS.values() for fault in group]
ENDS: Mapping[End, str] = {
    "recovered": "every post, exit 0",
    "withheld": "all that can be had; the gap is named, exit 3",
    "refused": "nothing; the refusal is named, exit 1",
}


def table() -> str:
    """Return the table of all faults as Markdown."""
    lines = []
    for group, faults in GROUPS.items():
        lines += [
            f"## {group}",
            "",
            "| fault | the site … | outcome | told as |",
            "|---|---|---|---|",
        ]
        for fault in faults:
            told = f"`{fault.told}`" if fault.told else ""
            lines.append(f"| {fault.name} | {fault.does} | {ENDS[fault.end]} | {told} |")
        lines.append("")
    return "\n".join(lines)


if __name__ == "__main__":
    sys.stdout.write(table())
