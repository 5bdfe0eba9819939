"""The egg on a real scrapyd: deployed, scheduled with arguments, the same rows as here."""

import json
import os
import shutil
import sqlite3
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from newscrawl.demo.recording import Recording
from newscrawl.demo.server import serving
from tests.crawls import PROJECT, crawl, lines
from tests.test_truth import POSTS
from tests.wordpress.processes import Process
from tests.wordpress.site import free_port

SHIPPED = ("setup.py", "pyproject.toml", "requirements.txt", "README.md", "scrapy.cfg")
BIN = Path(sys.executable).parent


@pytest.fixture(scope="module")
def scrapyd(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Start scrapyd with the sample configuration, on a port of its own."""
    folder, port = tmp_path_factory.mktemp("scrapyd"), free_port()
    conf = (PROJECT / "scrapyd.conf").read_text(encoding="utf-8").replace("6800", str(port))
    (folder / "scrapyd.conf").write_text(conf, encoding="utf-8")
    url = f"http://127.0.0.1:{port}/"
    process = Process([str(BIN / "scrapyd")], folder / "scrapyd.log", cwd=folder)
    process.start(lambda: answers(f"{url}daemonstatus.json"))
    yield url
    process.stop()


@pytest.fixture(scope="module")
def deployed(scrapyd: str, tmp_path_factory: pytest.TempPathFactory) -> str:
    """Deploy a copy of the project by its own ``[deploy]``."""
    folder = copied(tmp_path_factory.mktemp("project") / "newscrawl")
    cfg = (folder / "scrapy.cfg").read_text(encoding="utf-8")
    assert "url = http://127.0.0.1:6800/" in cfg
    (folder / "scrapy.cfg").write_text(cfg.replace("http://127.0.0.1:6800/", scrapyd))
    environment = {k: v for k, v in os.environ.items() if k != "PYTHONPATH"}
    done = subprocess.run(
        [BIN / "scrapyd-deploy", "-v", "1"],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert '"status": "ok"' in done.stdout, done.stdout + done.stderr
    return scrapyd


def answers(url: str) -> bool:
    try:
        return bool(get(url))
    except urllib.error.URLError:
        return False


def get(url: str, **form: str) -> dict[str, Any]:
    """Return the JSON that scrapyd answers; with a form, to a POST."""
    data = urllib.parse.urlencode(form).encode() if form else None
    with urllib.request.urlopen(url, data) as answer:  # noqa: S310 - our own scrapyd
        return dict(json.load(answer))


def finished(scrapyd: str, job: str, seconds: float = 60) -> dict[str, Any]:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        jobs = get(f"{scrapyd}listjobs.json?project=newscrawl")["finished"]
        if found := [entry for entry in jobs if entry["id"] == job]:
            return dict(found[0])
        time.sleep(0.3)
    pytest.fail("the job did not finish")


def without_time(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the rows by id: their order is not promised, their time is that of the crawl."""
    return sorted((row | {"fetched_at": ""} for row in rows), key=lambda row: row["id"])


def ran(scrapyd: str, feed: Path, **arguments: str) -> str:
    """Run a job to its end; return its log."""
    feeds = json.dumps({str(feed): {"format": "jsonl", "overwrite": True}})
    told = {"project": "newscrawl", "spider": "wordpress", "setting": f"FEEDS={feeds}"}
    job = get(f"{scrapyd}schedule.json", **told, **arguments)["jobid"]
    return get_text(f"{scrapyd.rstrip('/')}{finished(scrapyd, job)['log_url']}")


def test_a_scheduled_job_writes_the_rows_of_a_local_crawl(
    deployed: str, recording: Recording, tmp_path: Path
) -> None:
    assert get(f"{deployed}listspiders.json?project=newscrawl")["spiders"] == ["wordpress"]
    feed = tmp_path / "scrapyd.jsonl"
    with serving(recording) as url:
        log = ran(deployed, feed, site=url, limit="30")
        local = crawl(tmp_path / "local.jsonl", site=url, limit=30)
    assert without_time(lines(feed)) == without_time(local.rows)
    assert len(local.rows) == 30
    assert "'finish_reason': 'finished'" in log
    assert "Traceback" not in log
    ledger = json.loads(feed.with_name(f"{feed.name}.ledger.json").read_text(encoding="utf-8"))
    assert ledger["complete"] is True


def test_jobs_keep_a_store(deployed: str, recording: Recording, tmp_path: Path) -> None:
    store = tmp_path / "news.db"
    with serving(recording) as url:
        for number, written in enumerate([POSTS, 0]):
            feed = tmp_path / f"{number}.jsonl"
            log = ran(deployed, feed, site=url, store=str(store))
            assert "Traceback" not in log
            assert "alembic" not in log
            assert len(lines(feed)) == written
    with closing(sqlite3.connect(store)) as connection:
        assert connection.execute("SELECT count(*) FROM posts").fetchone() == (POSTS,)


def test_a_store_that_cannot_be_made_is_told_in_the_log(
    deployed: str, recording: Recording, tmp_path: Path
) -> None:
    with serving(recording) as url:
        log = ran(deployed, tmp_path / "a.jsonl", site=url, store=str(tmp_path / "no" / "news.db"))
    assert f"there is no folder {tmp_path / 'no'}; make it first" in log
    assert "Traceback" not in log
    assert not (tmp_path / "no").exists()


def test_the_egg_carries_its_data_files(tmp_path: Path) -> None:
    done = subprocess.run(
        [BIN / "scrapyd-deploy", "--build-egg", tmp_path / "newscrawl.egg"],
        cwd=copied(tmp_path / "copy"),
        capture_output=True,
        text=True,
        check=False,
    )
    assert not done.returncode, done.stderr
    listing = subprocess.run(
        [sys.executable, "-m", "zipfile", "-l", tmp_path / "newscrawl.egg"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    for name in ("newscrawl/schemas/post.json", "newscrawl/demo/site/posts.jsonl"):
        assert name in listing


def copied(folder: Path) -> Path:
    folder.mkdir()
    for name in SHIPPED:
        shutil.copy(PROJECT / name, folder / name)
    ignored = shutil.ignore_patterns("__pycache__")
    shutil.copytree(PROJECT / "newscrawl", folder / "newscrawl", ignore=ignored)
    return folder


def get_text(url: str) -> str:
    with urllib.request.urlopen(url) as answer:  # noqa: S310 - our own scrapyd
        return str(answer.read().decode("utf-8"))
