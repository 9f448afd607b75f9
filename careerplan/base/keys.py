"""Keys of rows that come as text, in an address or in a form."""

LONGEST = 18  # digits of a key that every database takes


def key_in(text: str) -> int:
    """The key that the text names; 0, which no row has, where it names none."""
    return int(text) if text.isdecimal() and text.isascii() and len(text) <= LONGEST else 0
