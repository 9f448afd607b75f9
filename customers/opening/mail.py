"""E-mails as programs export them (.eml): RFC 5322, whichever header comes first."""

import re
from email import policy
from email.message import Message
from email.parser import BytesHeaderParser, BytesParser
from email.utils import getaddresses, parsedate_to_datetime
from itertools import islice

from django.utils.translation import gettext as _

from customers.opening.refusing import unfit

BYTE_ORDER_MARK = b"\xef\xbb\xbf"
# The line that mailboxes put before each message (RFC 4155).
MAILBOX_LINE = re.compile(rb"\A>?From [^\r\n]*\r?\n")
# Any name of printing characters without a colon (RFC 5322, 3.6.8 and 4.5).
FIRST_HEADER = re.compile(rb"\A[!-9;-~]+[ \t]*:")
# Blanks before the colon are of an older syntax, which is read and no longer written (4.5); Python reads none.
OLD_COLON = re.compile(rb"^([!-9;-~]+)[ \t]+:", re.MULTILINE)
HEADER_BYTES = 256 * 1024
MAX_PARTS = 500
# A conversation of twenty e-mails, each forwarded within the next, has about sixty of these.
PART_WITH_PARTS = re.compile(rb"(?:\A|[\r\n])content-type:\s*(?:multipart|message)/", re.IGNORECASE)
MAX_PARTS_WITH_PARTS = 100


def message_in(content: bytes) -> bytes:
    """The message without what some programs put before it."""
    return MAILBOX_LINE.sub(b"", content.removeprefix(BYTE_ORDER_MARK).lstrip(b"\r\n"), count=1)


def is_email(content: bytes) -> bool:
    """Whether it begins with headers, among them the two that every e-mail has: From and a date (RFC 5322, 3.6)."""
    message = message_in(content[:HEADER_BYTES])
    if not FIRST_HEADER.match(message):
        return False
    headers = BytesHeaderParser(policy=policy.compat32).parsebytes(OLD_COLON.sub(rb"\1:", message))
    return names_a_sender(headers) and names_a_day(headers)


def names_a_sender(headers: Message) -> bool:
    senders = getaddresses([str(value) for value in headers.get_all("From", [])])
    return any("@" in address or name for name, address in senders)


def names_a_day(headers: Message) -> bool:
    try:
        parsedate_to_datetime(str(headers.get("Date", "")))
    except (ValueError, OverflowError):
        return False
    return True


def parts_of(content: bytes) -> list[tuple[str, bytes]]:
    """The parts of an e-mail, unpacked, with their names. Raises Refusal: too many, or it can't be taken apart."""
    message = OLD_COLON.sub(rb"\1:", message_in(content))
    # The parser goes into each part by calling itself.
    if sum(1 for _found in PART_WITH_PARTS.finditer(message)) > MAX_PARTS_WITH_PARTS:
        raise too_many_parts()
    try:
        parts = list(islice(BytesParser(policy=policy.compat32).parsebytes(message).walk(), MAX_PARTS + 1))
        found = [(part.get_filename() or "", unpacked(part)) for part in parts if not part.is_multipart()]
    except Exception as error:  # whatever a hostile file does to the parser
        sentence = _("This e-mail can't be opened. Print it as a PDF, and upload that.")
        raise unfit("unreadable", sentence) from error
    if len(parts) > MAX_PARTS:
        raise too_many_parts()
    return found


def unpacked(part: Message) -> bytes:
    content = part.get_payload(decode=True)
    return content if isinstance(content, bytes) else b""


def too_many_parts() -> Exception:
    return unfit("too-many-parts", _("This e-mail has too many parts. Print it as a PDF, and upload that."))
