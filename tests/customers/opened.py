"""What the tests of opened files share: real beginnings and ends of files, and the refusal of one."""

from pathlib import Path

import pytest

from careerplan.base.refusals import Refusal
from customers.files import check_upload
from customers.opening import archives

HEIC = (Path(__file__).parent / "files" / "photo.heic").read_bytes()
PRINTER = b'\x1b%-12345X@PJL JOB NAME="plan"\r\n@PJL SET RESOLUTION=600\r\n@PJL ENTER LANGUAGE=PDF\r\n'
PRINTER_END = b"\x1b%-12345X@PJL EOJ\r\n\x1b%-12345X"
PROGRAM = b"MZ\x90\x00" + b"\x00" * 80
OLD_WORD = archives.OLD_OFFICE + b"\x00" * 500
HEADERS = b"From: Tyrell <tyrell@example.org>\nDate: Mon, 4 Jan 2027 10:15:00 -0600\nMIME-Version: 1.0\n"


def email_of(*parts):
    """An e-mail of parts, each given as its own headers, an empty line and its body."""
    inside = b"".join(b"--b\n" + part + b"\n" for part in parts)
    return HEADERS + b'Content-Type: multipart/mixed; boundary="b"\n\n' + inside + b"--b--\n"


def part(*headers, body=b"Hello"):
    return "\n".join(headers).encode() + b"\n\n" + body


def refusal_of(name, content):
    with pytest.raises(Refusal) as refused:
        check_upload(name, content)
    assert refused.value.field == "file"
    return refused.value.code
