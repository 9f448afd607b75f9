"""E-mails as programs export them (.eml): RFC 5322, whichever header comes first."""

import binascii
import re
from collections.abc import Iterator
from dataclasses import dataclass
from email import policy
from email.message import Message
from email.parser import BytesHeaderParser, BytesParser
from email.utils import collapse_rfc2231_value
from itertools import islice
from typing import Any

from django.utils.translation import gettext as _

from customers.opening.account import too_many_parts
from customers.opening.names import decoded
from customers.opening.refusing import unfit

BYTE_ORDER_MARK = b"\xef\xbb\xbf"
# The line that mailboxes put before each message (RFC 4155).
MAILBOX_LINE = re.compile(rb"\A>?From [^\r\n]*\r?\n")
# The line with the count of bytes that Apple Mail puts before each message (.emlx).
LENGTH_LINE = re.compile(rb"\A[0-9]{1,10}[ \t]*\r?\n")
# Any name of printing characters without a colon (RFC 5322, 3.6.8 and 4.5).
FIRST_HEADER = re.compile(rb"\A[!-9;-~]+[ \t]*:")
DAY = re.compile(r"\d")
OF_PROGRAMS = ("Received", "Message-ID", "MIME-Version", "X-Unsent")
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
CONTENT_TYPE = {"content-type"}
FIRST_WORD = re.compile(r"\A[\s\"]*([^\s\";]+)")
CODES = {"base64", "quoted-printable", "x-uuencode", "uuencode", "uue", "x-uue"}
EMAILS = {"message/rfc822", "message/global", "message/news"}
TEXTS = {"", "text/plain", "text/html"}
# A line with mode and name, and lines of sixty signs of which none is a small letter.
WRITTEN_FILE = re.compile(
    rb"(?:\A|(?<=[\r\n]))begin[ \t]++[0-7]{3,4}[ \t]++([^\r\n]++)(?:\r\n?|\n)((?:[ -`]{1,90}+(?:\r\n?|\n|\Z))++)"
)


def message_in(content: bytes) -> bytes:
    """The message without what some programs put before it."""
    message = LENGTH_LINE.sub(b"", content.removeprefix(BYTE_ORDER_MARK).lstrip(b"\r\n"), count=1)
    return MAILBOX_LINE.sub(b"", message, count=1)


def is_email(content: bytes) -> bool:
    """Whether it begins with headers, among them a From, and a date or what only e-mail programs write.

    Every e-mail has a date (RFC 5322, 3.6) but drafts and some that servers send; some write it in their own way.
    """
    message = message_in(content[:HEADER_BYTES])
    if not FIRST_HEADER.match(message):
        return False
    headers = BytesHeaderParser(policy=policy.compat32).parsebytes(OLD_COLON.sub(rb"\1:", message))
    names_a_day = DAY.search(str(headers.get("Date", ""))) is not None
    return bool(str(headers.get("From", "")).strip()) and (names_a_day or any(name in headers for name in OF_PROGRAMS))


@dataclass(frozen=True)
class Part:
    """What hangs on an e-mail or stands in it: all the names that e-mail programs read for it, and what it holds."""

    names: tuple[str, ...]
    content: bytes = b""
    # It says of itself that it is one.
    is_email: bool = False
    # It is one: it begins with headers. What it holds stands beside it.
    is_message: bool = False
    # It is what the e-mail itself says.
    is_text: bool = False


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
        found = list(islice(parts_in(message), MAX_PARTS + 1))
    except Exception as error:  # whatever a hostile file does to the parser
        sentence = _("This e-mail can't be opened. Print it as a PDF, and upload that.")
        raise unfit("unreadable", sentence) from error
    if len(found) > MAX_PARTS:
        raise too_many_parts()
    return found


def parts_in(message: bytes) -> Iterator[Part]:
    for parsed in BytesParser(CodedMessage, policy=policy.compat32).parsebytes(message).walk():
        part = part_of(parsed)
        yield part
        yield from files_written_in(part)


def part_of(part: Message) -> Part:
    """Of a part that has parts only its names: they stand beside it."""
    names = tuple(names_of(part))
    kind = kind_of(part)
    if part.is_multipart():
        return Part(names, is_message=kind in EMAILS and has_headers(part))
    content = unpacked(part)
    if kind.startswith("multipart/") and content.strip():
        raise ValueError("It says that it has parts, and none is found.")
    is_text = kind in TEXTS and not names and words_of(part, "content-disposition") <= {"inline"}
    return Part(names, content, is_email=kind in EMAILS, is_text=is_text)


def files_written_in(part: Part) -> Iterator[Part]:
    """The files in a text: some programs show them as attachments, as all did before e-mails had parts (uuencode)."""
    for found in WRITTEN_FILE.finditer(part.content) if part.is_text else ():
        name, lines = found.groups()
        if content := b"".join(decoded_lines(lines)):
            yield Part((decoded(name.decode("utf-8", "replace").strip()),), content)


def decoded_lines(lines: bytes) -> Iterator[bytes]:
    """The lines up to the first that is none; programs read what stands after the end of a line as little as here."""
    for line in lines.splitlines():
        count = ((line[0] - 32) & 63) * 4
        try:
            yield binascii.a2b_uu(line[: (count + 5) // 3])
        except binascii.Error:
            return


def has_headers(part: Message) -> bool:
    """Whether what is said to be a message within another is one."""
    messages: Any = part.get_payload()
    return bool(messages[0].keys())


def kind_of(part: Message) -> str:
    """In small letters; "" where it says none.

    Raises ValueError: it says two things of itself, and programs differ in which they take. Of kinds of text it doesn't
    matter.
    """
    kinds = words_of(part, "content-type")
    if len(set(found_in(part, CONTENT_TYPE, {"boundary"}))) > 1:
        raise ValueError("Its parts have two boundaries.")
    if len(kinds) > 1 and not all(kind.startswith("text/") for kind in kinds):
        raise ValueError("It is of two kinds.")
    return max(kinds, default="")


def coding_of(part: Message) -> str:
    """In small letters; "" where it says none. Raises ValueError: it says two, of which one changes what is read."""
    codings = words_of(part, "content-transfer-encoding")
    if len(codings) > 1 and codings & CODES:
        raise ValueError("It is coded in two ways.")
    return max(codings, default="")


def words_of(part: Message, header: str) -> set[str]:
    """The first word of each header of this name, in small letters."""
    return {word.lower() for value in part.get_all(header, []) for word in FIRST_WORD.findall(str(value))}


def names_of(part: Message) -> Iterator[str]:
    """Programs differ in which of several names they take: in one header or two, encoded in one way or another."""
    yield from map(decoded, found_in(part, CONTENT_TYPE | {"content-disposition"}, {"filename", "name"}))


def found_in(part: Message, headers: set[str], keys: set[str]) -> Iterator[str]:
    """The values of these fields in all headers of these names."""
    for header, value in part.items():
        if header.lower() in headers:
            one = Message()
            one["content-type"] = str(value)
            for key, found in one.get_params([]):
                if key.lower() in keys:
                    yield collapse_rfc2231_value(found)


def unpacked(part: Message) -> bytes:
    coding = coding_of(part)
    del part["content-transfer-encoding"]
    part["content-transfer-encoding"] = coding  # Python knows no other writing of it
    content = part.get_payload(decode=True)
    return content if isinstance(content, bytes) else b""
