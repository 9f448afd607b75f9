"""What people and phones write differently for the same name is the same name; and other names stay others."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as some

from careerplan.base.names import (
    fold,
    full_name,
    glued,
    joined_beginnings,
    joined_letters,
    listed_name,
    parted_letters,
    says_name,
    search_words,
    words_of,
)

APOSTROPHES = "'’‘ʼʻʹ`´′＇‛ꞌ"
UNSEEN = [chr(code) for code in range(0x110000) if unicodedata.category(chr(code)) == "Cf"]
LETTERS = "abcdefghijklmnopqrstuvwxyzéñüłøđæœþðħışßŋčğ"
NAMES = some.text(some.sampled_from(LETTERS + LETTERS.upper()), min_size=1, max_size=12)


@given(some.text(max_size=30))
def test_folding_again_changes_nothing(name):
    assert fold(fold(name)) == fold(name)


@given(NAMES, NAMES, some.sampled_from(APOSTROPHES))
def test_an_apostrophe_of_any_kind_or_none_is_the_same(before, after, sign):
    assert fold(f"{before}{sign}{after}") == fold(f"{before}{after}")


@given(NAMES, NAMES, some.sampled_from("-\u2010\u2011\u2012\u2013\u2014\u00a0\u2009,"))
def test_a_hyphen_is_a_space(before, after, sign):
    assert fold(f"{before}{sign}{after}") == fold(f"{before} {after}")


@given(NAMES, some.sampled_from(UNSEEN), some.integers(0, 12))
def test_what_is_not_seen_is_not_read(name, sign, place):
    assert fold(name[:place] + sign + name[place:]) == fold(name)


@given(NAMES, some.sampled_from(["Jr", "Sr", "II", "III", "IV"]))
def test_a_suffix_is_the_same_with_a_dot_or_a_comma(name, suffix):
    assert (
        len({fold(f"{name}{mark}") for mark in (f" {suffix}", f", {suffix}", f" {suffix}.", f",{suffix.upper()}.")})
        == 1
    )


@given(NAMES)
def test_case_and_the_way_of_composing_are_free(name):
    assert fold(name) == fold(unicodedata.normalize("NFD", name)) == fold(name.lower())
    assert fold(name.upper()) == fold(name)


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("Kalaniʻōpuʻu", "kalaniopuu"),
        ("Ngô Đình Diễm", "ngo dinh diem"),
        ("Łukasz Żółć", "lukasz zolc"),
        ("Søren Ærø", "soren aero"),
        ("Þórður Œuvrard", "thordur oeuvrard"),
        ("Ħal Għaxaq", "hal ghaxaq"),
        ("IŞIK İnönü", "isik inonu"),
        ("ışık", "isik"),
        ("Ɗan Ƙasa", "dan kasa"),
        ("Weiß", "weiss"),
        ("Brooks, Ⅲ", "brooks iii"),
        ("J.R. Smith", "j r smith"),
        ("St. John", "st john"),
        ("Gal·la", "galla"),
        ("محمد", "محمد"),
        ("...", ""),
        ("\u200b '", ""),
    ],
)
def test_a_name_reads_as_its_plain_letters(written, read):
    assert fold(written) == read


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("\U00016b1c\U00016b30", "\U00016b1c\U00016b32"),  # Pahawh Hmong: one syllable, two tones
        ("\U0001e110\U0001e130", "\U0001e110\U0001e131"),  # Nyiakeng Puachue Hmong
        ("が", "か"),
        ("รักษ์", "รากษ์"),
        ("कमल", "कमला"),
        ("Anna", "Ann"),
        ("Brooks", "Brook"),
        ("Lee", "Li"),
        ("", "-"),
    ],
)
def test_other_names_stay_others(one, other):
    assert fold(one) != fold(other) or not fold(one)


@pytest.mark.parametrize(
    ("typed", "first", "last", "says"),
    [
        ("Conor O Brien", "Conor", "O'Brien", True),
        ("Maryanne Smith", "Mary-Anne", "Smith", True),
        ("MacDonald, Ian", "Ian", "Mac Donald", True),
        ("Suharto", "", "Suharto", True),
        ("suharto", "Suharto", "", True),
        ("Tyrell Brooks Jr.", "Tyrell", "Brooks, Jr", True),
        ("Tyrell James Brooks", "Tyrell", "Brooks", True),
        ("Conor P. O Brien", "Conor", "O'Brien", True),
        ("Conor Patrick O Brien", "Conor", "O'Brien", True),
        ("O Brien, Conor Patrick", "Conor", "O'Brien", True),
        ("Maryanne Sue Smith", "Mary-Anne", "Smith", True),
        ("TJ M Brooks", "T.J.", "Brooks", True),
        ("Conor O Patrick Brien", "Conor", "O'Brien", False),
        ("Conor Brien", "Conor", "O'Brien", False),
        ("Annabel Lee", "Ann", "Bell", False),
        ("Thomas", "Thomas", "Thomas", False),
        ("T Brooks", "Tyrell", "Brooks", False),
        ("Anything", "...", "", False),
        ("", "...", "-", False),
    ],
)
def test_a_typed_name_says_the_whole_name(typed, first, last, says):
    assert says_name(typed, first, last) is says


@given(some.text(max_size=8), some.text(max_size=8))
def test_every_name_that_says_something_says_itself(first, last):
    assert says_name(f"{last}, {first}", first, last) is bool(words_of(f"{first} {last}"))


@given(NAMES, NAMES, some.lists(NAMES, max_size=2), some.sampled_from(" -'"), some.sampled_from(["", " ", "-"]))
def test_names_between_do_not_hinder_who_parts_a_name_elsewhere(first, last, between, in_record, as_typed):
    recorded = [f"{name[: len(name) // 2]}{in_record}{name[len(name) // 2 :]}" for name in (first, last)]
    one, other = (f"{name[: len(name) // 2]}{as_typed}{name[len(name) // 2 :]}" for name in (first, last))
    for typed in ((one, *between, other), (f"{other},", one, *between)):
        assert says_name(" ".join(typed), *recorded)


def test_a_name_is_found_under_each_word_its_parts_and_the_whole():
    assert search_words("Mary-Anne O’Brien") == {"mary", "anne", "obrien", "o", "brien", "maryanneobrien"}
    assert (glued("Mac Donald"), search_words("..")) == ("macdonald", set())


def test_single_letters_are_joined_with_each_other_and_with_the_word_behind():
    assert joined_letters("J. R. Smith T") == {"jr", "t"}
    assert joined_letters("Agent 0 0 7") == joined_letters("Smith") == set()
    assert joined_beginnings("De la O Brien") == {"obrien"}
    assert joined_beginnings("Van D’Angelo") == joined_beginnings("Brien O") == set()


@pytest.mark.parametrize(
    ("name", "letters"), [("JR", "jr"), ("aj", "aj"), ("J.R.R", ""), ("JRR", "jr"), ("Ann", ""), ("R2", ""), ("X", "")]
)
def test_a_name_of_two_letters_may_be_two_names(name, letters):
    assert parted_letters(name) == set(letters)


def test_one_name_has_no_comma():
    assert (listed_name("", "Suharto"), listed_name("Ada", "Larsen")) == ("Suharto", "Larsen, Ada")
    assert full_name("Ada", "", "Larsen") == "Ada Larsen"
