"""What the words of an address may be: keys of rows, words to search for, and nothing that nobody types.

An address that a page or a letter gave leads somewhere. One that was made by hand is answered alike on every database:
404 where it names no row, 400 where it is longer than anything that is typed. So no page asks SQLite for a number that
it doesn't hold, or for words that it can't search.
"""

from django.core.exceptions import BadRequest
from django.http import Http404, QueryDict
from django.urls.converters import IntConverter

from careerplan.base.words import is_blank

LONGEST_KEY = 18  # digits of a key that every database takes
LONGEST_SEARCH = 200  # letters of the words in a search field; the fields take no more
LONGEST_ADDRESS = 7500  # characters with all values: the web server takes 8190 in a line, and so do proxies
LONGEST_VALUE = 5000  # letters of any value: the longest are the notes in the address of a question to other planners


class KeyConverter(IntConverter):
    """`<key:pk>` in an address: as `<int:pk>`, and no address where no database has such a number."""

    regex = f"[0-9]{{1,{LONGEST_KEY}}}"


def key_in(text: str) -> int:
    """The key that the text of an address or of a form names; 0, which no row has, where it names none."""
    return int(text) if text.isdecimal() and text.isascii() and len(text) <= LONGEST_KEY else 0


def key_asked(sent: QueryDict, name: str) -> int | None:
    """The key that was sent under this name; None where none was.

    Raises:
        Http404: what was sent is no key.
    """
    text = sent.get(name, "")
    if text and not key_in(text):
        raise Http404
    return key_in(text) or None


def keys_asked(sent: QueryDict, name: str) -> list[int]:
    """The keys that were sent under this name, each alone or several with commas between, each once, as they came.

    Raises:
        Http404: what was sent is no key.
    """
    texts = [text for value in sent.getlist(name) for text in value.split(",") if text]
    if not all(key_in(text) for text in texts):
        raise Http404
    return list(dict.fromkeys(map(key_in, texts)))


def search_asked(sent: QueryDict) -> str:
    """The words of `?q=`; "" where there is nothing to see in them.

    Raises:
        BadRequest: they are longer than a search field takes.
    """
    words = sent.get("q", "")
    if len(words) > LONGEST_SEARCH:
        raise BadRequest("The words to search for are too long.")
    return "" if is_blank(words) else words.strip()


def refuse_made_up(sent: QueryDict, *, longest: int | None = None) -> None:
    """Turns away what no browser sends by itself: NUL characters, which PostgreSQL does not take, and endless values.

    Raises BadRequest.
    """
    values = [value for _name, values in sent.lists() for value in values]
    if any("\0" in value for value in values):
        raise BadRequest("There are NUL characters in what was sent.")
    if longest is not None and any(len(value) > longest for value in values):
        raise BadRequest("A value in the address is too long.")
