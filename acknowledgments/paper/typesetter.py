"""The process that typesets: reads pages from its standard input, writes PDFs to its standard output, until it ends.

    python -m acknowledgments.paper.typesetter

A page is its length in bytes (8, big-endian) and its HTML in UTF-8. An answer is one JSON line, {"missing": [code
points]} or {"error": "..."}, as long as its first 8 bytes say, then 8 bytes of length and the PDF (nothing for an
error).
"""

import gc
import json
import os
import resource
import struct
import sys
from typing import BinaryIO

from acknowledgments.paper.typesetting import typeset

# A page that asks for more is ended, and not the machine. Ten times what a long paper takes.
MEMORY_BYTES = 3 * 1024**3 // 2

# Boxes and styles hold one another till the page is done: to look for what is free takes a third of the time.
SELDOM = (200_000, 50, 1000)


def main() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    gc.freeze()
    gc.set_threshold(*SELDOM)
    # The answers have a way of their own: what a library prints goes to the log.
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    while (page := read_part(sys.stdin.buffer)) is not None:
        about, content = answer(page.decode())
        for part in (json.dumps(about).encode(), content):
            answers.write(struct.pack(">Q", len(part)) + part)
        answers.flush()
        gc.collect()  # nobody waits for it


def answer(html: str) -> tuple[dict[str, object], bytes]:
    try:
        content, missing = typeset(html)
    except Exception as error:  # told to who asked; this process goes on
        return {"error": f"{type(error).__name__}: {error}"}, b""
    return {"missing": missing}, content


def read_part(source: BinaryIO) -> bytes | None:
    """What comes next; None where who asks has ended."""
    head = source.read(8)
    if len(head) < 8:
        return None
    return source.read(struct.unpack(">Q", head)[0])


if __name__ == "__main__":
    main()
