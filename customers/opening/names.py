"""What the name of a file inside another says: a program, a document with macros, or what nobody can look into.

A name is read as the computer reads it that opens the file, and not as it looks: without what is not seen, and without
the dots and blanks at its end, which Windows leaves out.
"""

import re
import unicodedata
from email.errors import HeaderParseError
from email.header import decode_header

# Of the programs that mail services refuse: what Windows, macOS, Linux or Android starts by a double click, and what
# is opened as a disk that may hold such a program.
RUNNING_ENDINGS = (
    ".exe", ".com", ".scr", ".pif", ".cpl", ".dll", ".sys", ".drv", ".ocx", ".msi", ".msp", ".mst", ".msix", ".appx",
    ".msixbundle", ".appxbundle", ".appref-ms", ".application", ".gadget", ".bat", ".cmd", ".ps1", ".psm1", ".ps1xml",
    ".vb", ".vbs", ".vbe", ".js", ".jse", ".mjs", ".ws", ".wsf", ".wsc", ".wsh", ".sct", ".shb", ".shs", ".scf", ".hta",
    ".htc", ".msc", ".chm", ".hlp", ".reg", ".inf", ".ins", ".isp", ".jar", ".jnlp", ".lnk", ".url", ".desktop",
    ".settingcontent-ms", ".library-ms", ".search-ms", ".diagcab", ".xll", ".ade", ".adp", ".mde", ".sh", ".bash",
    ".command", ".app", ".pkg", ".deb", ".rpm", ".apk", ".py", ".pyw", ".pl", ".iso", ".img", ".vhd", ".vhdx", ".dmg",
)  # fmt: skip
MACRO_ENDINGS = (
    ".docm", ".dotm", ".xlsm", ".xltm", ".xlam", ".pptm", ".potm", ".ppsm", ".ppam", ".sldm", "vbaproject.bin",
    "vbadata.xml",
)  # fmt: skip
# Archives, mailboxes, notebooks, and tables that fetch or compute when they are opened: no library here opens them.
CLOSED_ENDINGS = (
    ".7z", ".rar", ".cab", ".ace", ".arj", ".lha", ".lzh", ".tar", ".gz", ".tgz", ".bz2", ".tbz2", ".xz", ".txz", ".z",
    ".zst", ".lz", ".zipx", ".wim", ".uue", ".uu", ".hqx", ".sit", ".sitx", ".msg", ".pst", ".ost", ".p7m",
    "winmail.dat", ".one", ".onepkg", ".onetoc2", ".iqy", ".oqy", ".dqy", ".rqy", ".odc", ".slk", ".sylk",
)  # fmt: skip
OVERRIDES = "\u202d\u202e"
NOT_SEEN = {"Cc", "Cf", "Zl", "Zp"}
# The other endings of programs; these two end the names of companies' sites, too: in subjects of e-mails, which become
# the names of what is forwarded, and on pictures that stand in e-mails.
ENDINGS_OF_NO_SITE = tuple(ending for ending in RUNNING_ENDINGS if ending not in {".com", ".app"})
# A folder of the name, another stream of the same file in Windows, and the end that some programs see. A colon before
# a blank is one of the language.
PIECES = re.compile(r"[/\\\0]|:(?!\s+\S)")
SHOWN_CHARACTERS = 80


def is_programs_name(name: str, *, may_be_a_site: bool = False) -> bool:
    """Whether a file of this name is, or may be, started as a program; "" is nobody's name.

    A name in which the letters are turned around hides how it ends, and nobody needs one. `may_be_a_site`: the file is
    known to be an e-mail or a picture, which no computer starts, and may be called by a company's site.
    """
    if any(sign in name for sign in OVERRIDES):
        return True
    return ends_with((name,), ENDINGS_OF_NO_SITE if may_be_a_site else RUNNING_ENDINGS)


def ends_with(names: tuple[str, ...], endings: tuple[str, ...]) -> bool:
    """Whether any of the names of a file, as it is read, has one of the endings."""
    return any(plain(piece).endswith(endings) for name in names for piece in PIECES.split(name))


def plain(name: str) -> str:
    """The name in small letters of one form, without what is not seen and what stands at its end."""
    folded = unicodedata.normalize("NFKC", name)
    seen = "".join(sign for sign in folded if unicodedata.category(sign) not in NOT_SEEN)
    return seen.lower().lstrip("\"' ").rstrip("\"' .")


def shown(name: str) -> str:
    """The name as a sentence says it: short, in its own order, and without what is not seen."""
    seen = "".join(sign for sign in name if unicodedata.category(sign) not in NOT_SEEN).strip()
    return seen if len(seen) <= SHOWN_CHARACTERS else f"{seen[: SHOWN_CHARACTERS - 1]}…"


def decoded(name: str) -> str:
    """The name as e-mail programs show it, who decode it even where the standard doesn't (RFC 2047, 5 (3))."""
    try:
        pieces = decode_header(name)
    except HeaderParseError:
        return name
    return "".join(piece if isinstance(piece, str) else text_of(piece, charset) for piece, charset in pieces)


def text_of(piece: bytes, charset: str | None) -> str:
    try:
        return piece.decode(charset or "ascii", "replace")
    except (LookupError, ValueError):
        return piece.decode("latin-1")
