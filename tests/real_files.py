"""Files as people upload them, made by the libraries that make them: what is only named a PDF is not taken."""

import io
import zipfile
from email.message import EmailMessage
from functools import cache

import pikepdf
from PIL import Image

WORD_PARTS = (
    '<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
WORD_TEXT = '<?xml version="1.0"?><w:document xmlns:w="w"><w:body><w:p>My resume</w:p></w:body></w:document>'


def pdf_file(*, pages: int = 1, **saved) -> bytes:
    """`saved`: how pikepdf saves it, such as `linearize` and `encryption`."""
    out = io.BytesIO()
    with pikepdf.new() as document:
        for _number in range(pages):
            document.add_blank_page(page_size=(612, 792))
        document.save(out, static_id="encryption" not in saved, **saved)
    return out.getvalue()


@cache
def picture_file(kind: str, size: tuple[int, int] = (80, 60), pages: int = 1) -> bytes:
    """A picture with a dark upper half, so that a view can be seen to be upright."""
    picture = Image.new("RGB", size, "white")
    picture.paste((20, 40, 60), (0, 0, size[0], size[1] // 2))
    out = io.BytesIO()
    more = {"save_all": True, "append_images": [picture] * (pages - 1)} if pages > 1 else {}
    picture.save(out, kind, **more)
    return out.getvalue()


def archive(entries: dict[str, bytes | str], packing: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", packing) as found:
        for name, content in entries.items():
            found.writestr(name, content)
    return out.getvalue()


def word_file(**more: bytes | str) -> bytes:
    """A small Word document; `more`: further entries by name."""
    return archive({"[Content_Types].xml": WORD_PARTS, "word/document.xml": WORD_TEXT} | more)


def email_file(*attached: tuple[str, bytes], first: str = "From: Tyrell <tyrell@example.org>") -> bytes:
    """An e-mail with attachments, given as name and content, that begins with the header `first`."""
    message = EmailMessage()
    message["Date"] = "Mon, 04 Jan 2027 10:15:00 -0600"
    message["To"] = "planner@example.org"
    message["Subject"] = "My plan"
    message.set_content("I agree with the plan.\n")
    for name, content in attached:
        message.add_attachment(content, maintype="application", subtype="octet-stream", filename=name)
    sender = "" if first.lower().startswith("from:") else "From: Tyrell <tyrell@example.org>\n"
    return f"{first}\n{sender}".encode() + message.as_bytes()


PDF = pdf_file()
