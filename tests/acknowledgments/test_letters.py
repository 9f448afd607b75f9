"""The letters of the paper: what people paste, and the scripts of the people of both states."""

import pathlib
import re
import subprocess
from dataclasses import replace
from itertools import pairwise

import pytest
from fontTools.ttLib import TTFont

from acknowledgments.paper import typesetting
from acknowledgments.paper.letters import as_it_looked
from acknowledgments.paper.pdf import paper_pdf
from acknowledgments.paper.typesetting import OwnFilesOnly, typeset
from goals.items import GoalItem
from tests.acknowledgments.printed import ABOUT, PLAN, PRINTED_ON, broken_rules, text_of

STATIC = pathlib.Path(__file__).resolve().parents[2] / "static"
MISSING = "Some letters could not be printed"


def paper_saying(*words):
    goals = tuple(GoalItem(number, said, "-", "short", "started") for number, said in enumerate(words))
    contents = replace(PLAN, goals=goals, about=replace(ABOUT, customer_name=words[0]))
    return paper_pdf(contents, language="en", printed_on=PRINTED_ON, typeset=typeset)


SCRIPTS = {
    "Latin Hmong": "Nyob zoo, kuv lub npe hu ua Pa Houa Vang",
    "Pahawh Hmong": "\U00016b0c\U00016b23\U00016b35 \U00016b00\U00016b30\U00016b1d\U00016b32\U00016b2a",
    "Nyiakeng Puachue Hmong": "\U0001e100\U0001e101\U0001e102\U0001e130",
    "Arabic": "أريد أن أصبح ممرضة. كيف حالك؟ ﷺ",
    "Chinese": "我想成为一名护士。王小明 繁體中文 喆 䶮",
    "Polish": "Zażółć gęślą jaźń, Święto Łódź",
    "Spanish": "¿Señor Ñúñez? ¡Sí!",
    "Vietnamese": "Nguyễn Văn Đức",
    "Ukrainian": "Привіт, їжак",
    "Burmese": "မင်္ဂလာပါ",
    "Lao": "ສະບາຍດີ",
    "Amharic": "ሰላም",
    "Nepali": "नमस्ते",
    "Khmer": "សួស្តី",
    "emoji": "😀 👍🏽 ❤️ 🎉 🙏 ✅ 👨‍👩‍👧 🇺🇸 🚗 📞 🥳 🫡 ☎ ✉ 1️⃣",
    "letters with loose accents": "Jose\u0301 Nu\u0301n\u0303ez",
    "Hawaiian": "ʻŌhiʻa",
}


@pytest.mark.parametrize("script", SCRIPTS)
def test_a_script_is_printed_with_all_its_letters(script):
    assert MISSING not in text_of(paper_saying(SCRIPTS[script]))


def test_a_paper_in_many_scripts_is_one_for_screen_readers():
    assert broken_rules(paper_saying(*SCRIPTS.values())) == []


@pytest.mark.parametrize(
    ("pasted", "printed"),
    [
        ("“Don’t” ‘stop’ – it — works…", "“Don’t” ‘stop’ – it — works…"),
        ("† ‡ ‰ ′ ″ ⁄ ※ ‖", "† ‡ ‰ ′ ″ ⁄ ※ ‖"),
        ("\uf0b7 one \uf0a7 two \uf0d8 three \uf0fc done", "• one ▪ two ➢ three ✓ done"),
        ("now \uf0e0 then \uf04a", "now → then ☺"),
        ("the \ufb01rst o\ufb03ce \ufb02oor", "the first office floor"),
        ("\x93quoted\x94 it\x92s \x96 \x85", "“quoted” it’s – …"),
        ("one\u2028two\x0bthree", "one two three"),
        ("a picture\ufffc here\ufeff", "a picture here"),
        ("608\u2011555\u20110100", "608\u2011555\u20110100"),
        ("5\u202f000 and\u00a06\u2009%", "5 000 and 6 %"),
        ("e\u2060nd z\u200bero", "e\u2060nd z\u200bero"),
    ],
)
def test_what_is_pasted_from_a_word_processor_prints_as_it_looked(pasted, printed):
    text = text_of(paper_saying(pasted))
    assert MISSING not in text
    assert "[?]" not in text
    assert shown(printed) in shown(text)


def shown(text):
    """The letters without what prints nothing or a blank of some width."""
    return re.sub(r"[\s\u00ad\u200b\u2060]+", "", text).replace("\u2011", "-").replace("\u2010", "-")


def test_line_ends_of_word_processors_stay_line_ends():
    assert as_it_looked("one\u2028two\x0bthree\u2029four") == "one<br>two<br>three<br>four"


def test_a_sign_of_a_symbol_font_that_is_not_known_is_still_named():
    text = text_of(paper_saying("a \uf0bf sign"))
    assert MISSING in text
    assert "U+F0BF" in text


# --- fonts ------------------------------------------------------------------------------------


def faces():
    """The fonts of the style sheet with the code points that each is asked for."""
    for rule in re.findall(r"@font-face \{(.*?)\}", (STATIC / "css" / "paper.css").read_text(encoding="utf-8"), re.S):
        name = re.search(r"fonts/([\w-]+\.woff2)", rule)[1]
        asked = set()
        for begin, end in re.findall(r"U\+([0-9A-F]+)(?:-([0-9A-F]+))?", rule):
            asked |= set(range(int(begin, 16), int(end or begin, 16) + 1))
        yield name, asked


@pytest.mark.parametrize(("name", "asked"), [*faces()], ids=[name for name, _asked in faces()])
def test_a_font_has_all_that_it_is_asked_for(name, asked):
    """What a range names and the font has not, is looked for in no other font."""
    assert asked - set(TTFont(STATIC / "fonts" / name).getBestCmap()) == set()


@pytest.fixture
def fetched(monkeypatch):
    addresses = []
    fetch = OwnFilesOnly.fetch
    monkeypatch.setattr(
        OwnFilesOnly, "fetch", lambda self, url, headers=None: addresses.append(url) or fetch(self, url)
    )
    return addresses


@pytest.mark.parametrize(("words", "comes"), [("Pass the test", False), ("Pass the test 🎉", True)])
def test_the_font_of_emoji_comes_only_with_a_paper_that_has_one(fetched, words, comes):
    paper_saying(words)
    assert (typesetting.BASE_URL + "fonts/noto-emoji-400.woff2" in fetched) is comes


def lefts_and_rights(content):
    """Where each word of a PDF begins and ends, in points from the left."""
    found = subprocess.run(["pdftotext", "-bbox", "-", "-"], input=content, stdout=subprocess.PIPE, check=True).stdout
    places = re.findall(r'<word xMin="([\d.]+)" yMin="[\d.]+" xMax="([\d.]+)"', found.decode())
    return [(float(left), float(right)) for left, right in places]


def test_signs_that_are_letters_and_emoji_stand_as_close_as_letters():
    """The space after a letter comes from its font, and that of Noto Emoji is as wide as two letters."""
    styles = "".join(f'<link rel="stylesheet" href="css/{name}.css">' for name in ("paper", "paper-emoji"))
    words = lefts_and_rights(typesetting.pdf_of(f'<html lang="en"><title>-</title>{styles}<p>see ☎ ✉ ☺ ★ ok')[0])
    gaps = [after[0] - before[1] for before, after in pairwise(words[:6])]
    assert max(gaps) < 4.5  # half of a letter's height, in points


def test_fonts_are_unpacked_once_a_process():
    address = typesetting.BASE_URL + "fonts/public-sans-latin-400.woff2"
    first, second = (OwnFilesOnly().fetch(address).read() for _time in range(2))
    assert first == second
    assert first.startswith(b"\x00\x01\x00\x00")  # TrueType
    name = "fonts/public-sans-latin-400.woff2"
    assert typesetting.read_static(name) is typesetting.read_static(name)
