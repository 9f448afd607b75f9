"""The letters of the paper: what people paste from word processors prints as it looked there.

Word processors put signs of their own fonts (Symbol, Wingdings) where Unicode leaves room for private use, and mails of
old programs bring the quotation marks of Windows as control characters. No font has letters there.
"""

import re

# Characters that print nothing, and those that turn the order of the letters around them.
CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")

# By the last two digits of their code points, U+F020 to U+F0FF: Word's bullets, boxes, ticks, arrows and faces.
OF_SYMBOL_FONTS = {
    0x2D: "-", 0x4A: "☺", 0x4B: "😐", 0x4C: "☹", 0x6C: "●", 0x6D: "❍", 0x6E: "■", 0x6F: "□", 0x71: "❑", 0x72: "❒",
    0x73: "⬧", 0x74: "⧫", 0x75: "◆", 0x76: "❖", 0x77: "⬥", 0x9F: "•", 0xA0: "▪", 0xA1: "○", 0xA7: "▪", 0xA8: "□",
    0xAA: "✦", 0xAB: "★", 0xB7: "•", 0xD8: "➢", 0xDC: "➲", 0xDF: "←", 0xE0: "→", 0xE1: "↑", 0xE2: "↓", 0xE8: "➔",
    0xEF: "⇦", 0xF0: "⇨", 0xFB: "✗", 0xFC: "✓", 0xFD: "☒", 0xFE: "☑",
}  # fmt: skip
LIGATURES = {0xFB00: "ff", 0xFB01: "fi", 0xFB02: "fl", 0xFB03: "ffi", 0xFB04: "ffl", 0xFB05: "st", 0xFB06: "st"}
# Line ends within a paragraph, as word processors write them.
LINE_ENDS = dict.fromkeys((0x0B, 0x0C, 0x2028, 0x2029), "<br>")
# Where a picture stood that was not pasted, and marks of the byte order.
NOTHING = dict.fromkeys((0xFFFC, 0xFEFF), "")


def of_windows() -> dict[int, str]:
    """The signs of Windows' own code page that stand where Unicode has control characters."""
    found = {code: bytes([code]).decode("cp1252", errors="ignore") for code in range(0x80, 0xA0)}
    return {code: letter for code, letter in found.items() if letter}


AS_IT_LOOKED = (
    {0xF000 + code: letter for code, letter in OF_SYMBOL_FONTS.items()} | LIGATURES | LINE_ENDS | NOTHING | of_windows()
)

# Its font is large: it comes only with a paper that has one.
EMOJI = re.compile("[\u20e3\u231a-\u23ff\u2600-\u27bf\u2b05-\u2b55\U0001f000-\U0001faff]")


def as_it_looked(html: str) -> str:
    """The paper's HTML with letters that print, and nothing that turns letters around."""
    return CONTROLS.sub(" ", html.translate(AS_IT_LOOKED))
