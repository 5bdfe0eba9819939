"""Processes that the tests start, and stop by their pid."""

import subprocess
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path

TICKS = 100  # clock ticks a second (USER_HZ on Linux)


class Process:
    """A server in the foreground, its output in a file."""

    def __init__(self, command: Sequence[str], log: Path, cwd: Path | None = None) -> None:
        self.command = list(command)
        self.log = log
        self.cwd = cwd
        self.popen: subprocess.Popen[bytes] | None = None

    def start(self, ready: Callable[[], bool], seconds: float = 60) -> None:
        """Start it and wait until it answers; raise with its last words if it does not."""
        with self.log.open("ab") as log:
            self.popen = subprocess.Popen(
                self.command, cwd=self.cwd, stdin=subprocess.DEVNULL, stdout=log, stderr=log
            )
        deadline = time.monotonic() + seconds
        while not ready():
            if self.popen.poll() is not None or time.monotonic() > deadline:
                self.stop()
                last = self.log.read_text(encoding="utf-8", errors="replace")[-800:]
                raise RuntimeError(f"{self.command[0]} did not start: {last}")
            time.sleep(0.05)

    def stop(self) -> None:
        """Stop it, gently and then not."""
        if self.popen is None:
            return
        self.popen.terminate()
        try:
            self.popen.wait(timeout=20)
        except subprocess.TimeoutExpired:
            self.popen.kill()
            self.popen.wait()
        self.popen = None

    def cpu_seconds(self) -> float:
        """Return the CPU that it and its children have used, user and system."""
        return _ticks(self.popen.pid) / TICKS if self.popen else 0.0


def below(pid: int) -> Iterator[str]:
    """Yield the names of the processes that a process has started, and those did."""
    for child in _children(pid):
        with suppress(OSError):  # it has ended meanwhile
            yield Path(f"/proc/{child}/comm").read_text(encoding="utf-8").strip()
            yield from below(child)


def _ticks(pid: int) -> int:
    stat = Path(f"/proc/{pid}/stat").read_text(encoding="ascii", errors="replace")
    own = sum(int(value) for value in stat.rpartition(")")[2].split()[11:15])
    return own + sum(map(_ticks, _children(pid)))


def _children(pid: int) -> list[int]:
    """Return the processes that any thread of a process has started."""
    threads = Path(f"/proc/{pid}/task").glob("*/children")
    return [int(child) for thread in threads for child in thread.read_text("ascii").split()]
