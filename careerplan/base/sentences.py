"""Words of pure modules, which know no Django: marked for translation where they stand, translated where shown."""


def _(sentence: str) -> str:
    """Marks a sentence."""
    return sentence
