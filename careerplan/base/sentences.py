"""Sentences of rules: marked for translation where they stand, translated where they are shown."""


def _(sentence: str) -> str:
    """Marks a sentence."""
    return sentence
