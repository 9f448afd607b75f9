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


def refusal_of(name, content):
    with pytest.raises(Refusal) as refused:
        check_upload(name, content)
    assert refused.value.field == "file"
    return refused.value.code
