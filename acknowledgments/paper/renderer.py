"""Typesetting in a process of its own, which can be ended: a page that takes too long, or too much memory, takes
nothing else with it, also where it hangs in a library's C code.

Each process that prints has one such process. It is begun when the first paper is asked for, and again after `PAPERS`
(WeasyPrint keeps about 0.2 MB of every paper).
"""

import atexit
import contextlib
import json
import os
import selectors
import struct
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any

LIMIT_SECONDS = 45
PAPERS = 100
COMMAND = (sys.executable, "-m", "acknowledgments.paper.typesetter")
CHUNK = 65_536


class RenderingFailed(Exception):
    """The page could not be made into a PDF, as the other process says."""


class TookTooLong(RenderingFailed):
    """It was not done in time, and was ended."""


class Renderer:
    """One process that typesets, for all threads of this one."""

    def __init__(self, command: tuple[str, ...] = COMMAND) -> None:
        self.command = command
        self.seconds = LIMIT_SECONDS
        self.lock = threading.Lock()
        self.process: subprocess.Popen[bytes] | None = None
        self.owner = 0
        self.papers = 0

    def typeset(self, html: str, *, seconds: float | None = None) -> tuple[bytes, list[int]]:
        """The PDF, and the code points that no font on this system has.

        Raises:
            TookTooLong: it is not done after so many seconds (`LIMIT_SECONDS`), others' turns included.
            RenderingFailed: whatever else went wrong.
        """
        seconds = self.seconds if seconds is None else seconds
        until = time.monotonic() + seconds
        if not self.lock.acquire(timeout=seconds):
            raise TookTooLong(f"others were printing for {seconds:.0f} seconds")
        try:
            return self.ask(html.encode(), until)
        except BaseException:
            self.end()  # whatever it still writes is not the answer to the next page
            raise
        finally:
            self.lock.release()

    def ask(self, page: bytes, until: float) -> tuple[bytes, list[int]]:
        process = self.running()
        self.papers += 1
        talk = Talk(process, until)
        talk.write(struct.pack(">Q", len(page)) + page)
        about = json.loads(talk.read_part())
        content = talk.read_part()
        if "error" in about:
            raise RenderingFailed(about["error"])
        return content, about["missing"]

    def running(self) -> "subprocess.Popen[bytes]":
        if self.owner != os.getpid():  # a copy of another process's: not ours to speak to, nor to end
            self.process = None
        if self.process is not None and (self.process.poll() is not None or self.papers >= PAPERS):
            self.end()
        if self.process is None:
            folder = Path(__file__).parents[2]
            self.process = subprocess.Popen(self.command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=folder)
            self.owner, self.papers = os.getpid(), 0
            for pipe in (self.process.stdin, self.process.stdout):
                os.set_blocking(pipe.fileno(), False)  # type: ignore[union-attr]  # both are pipes
        return self.process

    def end(self) -> None:
        process, self.process = self.process, None
        if process is None or self.owner != os.getpid():
            return
        process.kill()
        process.wait()
        for pipe in (process.stdin, process.stdout):
            with contextlib.suppress(OSError):
                pipe.close()  # type: ignore[union-attr]


class Talk:
    """Bytes to and from a process, until a moment of `time.monotonic`."""

    def __init__(self, process: "subprocess.Popen[bytes]", until: float) -> None:
        assert process.stdin is not None
        assert process.stdout is not None
        self.to, self.back, self.until = process.stdin.fileno(), process.stdout.fileno(), until
        self.read_ahead = b""

    def write(self, content: bytes) -> None:
        view = memoryview(content)
        while view:
            self.wait(self.to, selectors.EVENT_WRITE)
            try:
                view = view[os.write(self.to, view[:CHUNK]) :]
            except BrokenPipeError as error:
                raise RenderingFailed("the process that typesets has ended") from error

    def read_part(self) -> bytes:
        return self.read(struct.unpack(">Q", self.read(8))[0])

    def read(self, count: int) -> bytes:
        parts = bytearray(self.read_ahead)
        while len(parts) < count:
            self.wait(self.back, selectors.EVENT_READ)
            part = os.read(self.back, CHUNK)
            if not part:
                raise RenderingFailed("the process that typesets has ended")
            parts += part
        self.read_ahead = bytes(parts[count:])
        return bytes(parts[:count])

    def wait(self, number: int, event: Any) -> None:
        with selectors.DefaultSelector() as selector:
            selector.register(number, event)
            if not selector.select(max(self.until - time.monotonic(), 0)):
                raise TookTooLong("it was not done in time")


renderer = Renderer()
atexit.register(renderer.end)
