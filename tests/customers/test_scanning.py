"""ClamAV, where the installation has one: what it finds is refused, and so is what it could not be shown."""

import socket
import struct
import threading

import pytest

from careerplan.base.refusals import Refusal
from customers.files import check_upload
from tests.real_files import PDF, picture_file


class Clamd:
    """Answers one INSTREAM as clamd does, and keeps what it was shown."""

    def __init__(self, family, address, answer):
        self.answer, self.shown, self.command = answer, b"", b""
        self.server = socket.socket(family, socket.SOCK_STREAM)
        self.server.bind(address)
        self.server.listen(1)
        self.thread = threading.Thread(target=self.serve)
        self.thread.start()

    def serve(self):
        client, _address = self.server.accept()
        with client, client.makefile("rb") as sent:
            self.command = sent.read(len(b"zINSTREAM\0"))
            while size := struct.unpack("!L", sent.read(4))[0]:
                self.shown += sent.read(size)
            client.sendall(self.answer)

    def stop(self):
        self.thread.join(timeout=5)
        self.server.close()


@pytest.fixture
def clamd(request, settings, tmp_path):
    answer, kind = request.param
    if kind == "socket":
        settings.CLAMD_ADDRESS = str(tmp_path / "clamd.ctl")
        found = Clamd(socket.AF_UNIX, settings.CLAMD_ADDRESS, answer)
    else:
        found = Clamd(socket.AF_INET, ("127.0.0.1", 0), answer)
        settings.CLAMD_ADDRESS = f"127.0.0.1:{found.server.getsockname()[1]}"
    yield found
    found.stop()


@pytest.mark.parametrize("clamd", [(b"stream: OK\0", "socket"), (b"stream: OK\0", "network")], indirect=True)
def test_a_clean_file_is_taken_and_was_shown_whole(clamd):
    content = picture_file("TIFF", (400, 300))  # longer than one piece
    check_upload("scan.tif", content)
    assert (clamd.command, clamd.shown) == (b"zINSTREAM\0", content)


@pytest.mark.parametrize("clamd", [(b"stream: Eicar-Signature FOUND\0", "network")], indirect=True)
def test_an_infected_file_is_refused(clamd):
    with pytest.raises(Refusal, match="infected") as refused:
        check_upload("plan.pdf", PDF)
    assert "We found a virus in this file" in str(refused.value.sentence)


@pytest.mark.parametrize(
    "clamd", [(b"INSTREAM size limit exceeded. ERROR\0", "network"), (b"", "network")], indirect=True
)
def test_what_could_not_be_scanned_is_refused(clamd):
    with pytest.raises(Refusal, match="not-scanned"):
        check_upload("plan.pdf", PDF)


@pytest.mark.parametrize("address", ["127.0.0.1:9", "/nowhere/clamd.ctl", "no address", "host.invalid:3310"])
def test_where_clamd_is_not_reached_nothing_is_taken(settings, address):
    settings.CLAMD_ADDRESS = address
    with pytest.raises(Refusal, match="not-scanned") as refused:
        check_upload("plan.pdf", PDF)
    assert "Try again in a few minutes" in str(refused.value.sentence)


def test_without_the_setting_nobody_is_asked(settings):
    assert settings.CLAMD_ADDRESS == ""
    check_upload("plan.pdf", PDF)
