"""Viruses: each file is shown to ClamAV before it is taken, where the installation has one (`CLAMD_ADDRESS`).

clamd's INSTREAM is one command and one answer; the client libraries bring a licence that does not fit the product's
(docs/adr/0012-files-are-opened.md).
"""

import logging
import socket
import struct

from django.conf import settings
from django.utils.translation import gettext as _

from careerplan.base.refusals import Refusal

logger = logging.getLogger(__name__)

PIECE_BYTES = 64 * 1024
ANSWER_BYTES = 4096
CLEAN = b"stream: OK"
FOUND = b" FOUND"


def refuse_infected(content: bytes) -> None:
    """Raises Refusal where ClamAV finds something, and where it is asked for and can't be asked: nothing slips by."""
    if not settings.CLAMD_ADDRESS:
        return
    answer = answer_of_clamd(content)
    if answer.endswith(FOUND):
        logger.warning("A file was refused by clamd: %s", answer.decode(errors="replace"))
        sentence = _("We found a virus in this file, so we can't accept it. Tell your technical support.")
        raise Refusal("infected", sentence, field="file")
    if answer != CLEAN:
        logger.error("clamd can't check files: %s", answer.decode(errors="replace"))
        sentence = _(
            "We can't check files for viruses right now, so we can't accept any. Try again in a few minutes. If "
            "it keeps happening, tell your technical support."
        )
        raise Refusal("not-scanned", sentence, field="file")


def answer_of_clamd(content: bytes) -> bytes:
    """What clamd says of the content, or why it could not be asked."""
    try:
        with connection() as clamd:
            clamd.sendall(b"zINSTREAM\0")
            for start in range(0, len(content), PIECE_BYTES):
                piece = content[start : start + PIECE_BYTES]
                clamd.sendall(struct.pack("!L", len(piece)) + piece)
            clamd.sendall(struct.pack("!L", 0))
            with clamd.makefile("rb") as answer:
                return answer.read(ANSWER_BYTES).rstrip(b"\0\r\n")
    except (OSError, ValueError) as error:
        return str(error).encode()


def connection() -> socket.socket:
    """`host:port`, or the path of clamd's socket on this machine."""
    address = settings.CLAMD_ADDRESS
    if address.startswith("/"):
        clamd = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        clamd.settimeout(settings.CLAMD_SECONDS)
        try:
            clamd.connect(address)
        except OSError:
            clamd.close()
            raise
        return clamd
    host, _colon, port = address.rpartition(":")
    return socket.create_connection((host, int(port)), timeout=settings.CLAMD_SECONDS)
