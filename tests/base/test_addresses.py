"""What the words of an address may be, on every database."""

import pytest
from django.core.exceptions import BadRequest
from django.http import Http404, QueryDict

from careerplan.base.addresses import LONGEST_KEY, LONGEST_SEARCH, key_asked, key_in, refuse_made_up, search_asked

NO_KEYS = ["x", "²", "٣", "-1", "1.5", " 1", "0", "9" * (LONGEST_KEY + 1)]


def sent(**values):
    query = QueryDict(mutable=True)
    query.update(values)
    return query


def test_a_key_is_read():
    assert key_asked(sent(goal="17"), "goal") == key_in("17") == 17
    assert key_in("9" * LONGEST_KEY) < 2**63


@pytest.mark.parametrize("query", [sent(), sent(goal="")])
def test_no_key_is_none(query):
    assert key_asked(query, "goal") is None


@pytest.mark.parametrize("text", NO_KEYS)
def test_what_is_no_key_is_not_found(text):
    assert key_in(text) == 0
    with pytest.raises(Http404):
        key_asked(sent(goal=text), "goal")


@pytest.mark.parametrize(("text", "words"), [(" nurse  aide ", "nurse  aide"), ("", ""), (" \u200b ", "")])
def test_the_words_to_search_for_are_read(text, words):
    assert search_asked(sent(q=text)) == words


def test_words_that_no_field_takes_are_refused():
    assert search_asked(sent(q="a" * LONGEST_SEARCH))
    with pytest.raises(BadRequest):
        search_asked(sent(q="a" * (LONGEST_SEARCH + 1)))


def test_what_no_browser_sends_is_refused():
    refuse_made_up(sent(note="x" * 100), longest=100)
    refuse_made_up(sent(note="x" * 100_000))
    for query in (sent(note="x" * 101), sent(note="\0"), QueryDict("note=a&note=%00")):
        with pytest.raises(BadRequest):
            refuse_made_up(query, longest=100)
