"""E-mails as programs export them (.eml): RFC 5322, whichever header comes first."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from email import policy
from email.message import Message
from email.parser import BytesHeaderParser, BytesParser
from email.utils import collapse_rfc2231_value, getaddresses, parsedate_to_datetime
from itertools import islice
from typing import Any

from django.utils.translation import gettext as _

from customers.opening.account import too_many_parts
from customers.opening.names import decoded
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
# Python reads a header of many fields again and again.
NAMING_HEADER = re.compile(
    rb"(?:\A|[\r\n])content-(?:type|disposition):[^\r\n]*(?:(?:\r\n?|\n)[ \t][^\r\n]*)*", re.IGNORECASE
)
MAX_HEADER_BYTES = 16 * 1024
FIRST_WORD = re.compile(r"\A[\s\"]*([^\s\";]+)")
CODES = {"base64", "quoted-printable", "x-uuencode", "uuencode", "uue", "x-uue"}
EMAILS = {"message/rfc822", "message/global", "message/news"}


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


@dataclass(frozen=True)
class Part:
    """What hangs on an e-mail or stands in it: all the names that e-mail programs read for it, and what it holds."""

    names: tuple[str, ...]
    content: bytes = b""
    # It says of itself that it is one.
    is_email: bool = False
    # It is one: it begins with headers. What it holds stands beside it.
    is_message: bool = False


class CodedMessage(Message):
    """A message that is sent in base64 or the like is a file, as it is to e-mail programs; its code has no headers."""

    def get_content_type(self) -> str:
        found = super().get_content_type()
        return "application/octet-stream" if found.startswith("message/") and coding_of(self) in CODES else found


def parts_of(content: bytes) -> list[Part]:
    """The parts of an e-mail, unpacked, with their names. Raises Refusal: too many, or it can't be taken apart."""
    message = OLD_COLON.sub(rb"\1:", message_in(content))
    # The parser goes into each part by calling itself.
    if sum(1 for _found in PART_WITH_PARTS.finditer(message)) > MAX_PARTS_WITH_PARTS:
        raise too_many_parts()
    if any(len(found.group()) > MAX_HEADER_BYTES for found in NAMING_HEADER.finditer(message)):
        raise too_many_parts()
    try:
        parser = BytesParser(CodedMessage, policy=policy.compat32)
        parts = list(islice(parser.parsebytes(message).walk(), MAX_PARTS + 1))
        found = [part_of(part) for part in parts]
    except Exception as error:  # whatever a hostile file does to the parser
        sentence = _("This e-mail can't be opened. Print it as a PDF, and upload that.")
        raise unfit("unreadable", sentence) from error
    if len(parts) > MAX_PARTS:
        raise too_many_parts()
    return found


def part_of(part: Message) -> Part:
    """Of a part that has parts only its names: they stand beside it."""
    names = tuple(names_of(part))
    kind = only_one(part, "content-type")
    if part.is_multipart():
        return Part(names, is_message=kind in EMAILS and has_headers(part))
    content = unpacked(part)
    if kind.startswith("multipart/") and content.strip():
        raise ValueError("It says that it has parts, and none is found.")
    return Part(names, content, is_email=kind in EMAILS)


def has_headers(part: Message) -> bool:
    """Whether what is said to be a message within another is one."""
    messages: Any = part.get_payload()
    return bool(messages[0].keys())


def only_one(part: Message, header: str) -> str:
    """The first word of a header, in small letters; "" without one."""
    words = {word.lower() for value in part.get_all(header, []) for word in FIRST_WORD.findall(str(value))}
    if len(words) > 1:
        raise ValueError("It says two things of itself, and programs differ in which they take.")
    return words.pop() if words else ""


def coding_of(part: Message) -> str:
    return only_one(part, "content-transfer-encoding")


def names_of(part: Message) -> Iterator[str]:
    """Programs differ in which of several names they take: in one header or two, encoded in one way or another."""
    for header, value in part.items():
        if header.lower() in {"content-disposition", "content-type"}:
            one = Message()
            one["content-type"] = str(value)
            for key, found in one.get_params([]):
                if key.lower() in {"filename", "name"}:
                    yield decoded(collapse_rfc2231_value(found))


def unpacked(part: Message) -> bytes:
    coding = coding_of(part)
    del part["content-transfer-encoding"]
    part["content-transfer-encoding"] = coding  # Python knows no other writing of it
    content = part.get_payload(decode=True)
    return content if isinstance(content, bytes) else b""
