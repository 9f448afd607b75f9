"""How many years of school a reader of English needs: the grade of Flesch and Kincaid (1975)."""

import re

# An e at the end is silent ("care", "taxes" keeps its second syllable), but after a consonant and l ("table").
SILENT = re.compile(r"(?<![lscxzg])e(?:s|d)?$|(?<=[aeiouy]l)e$|(?<=c)e$|(?<=s)e$|(?<=g)e$")


def syllables(word: str) -> int:
    word = SILENT.sub("", word.lower().removesuffix("'s"))
    return max(1, len(re.findall(r"[aeiouyé]+", word)))


def grade(text: str) -> float:
    """0.39 words a sentence + 11.8 syllables a word - 15.59, of a single sentence."""
    words = re.findall(r"[a-zé']+", text, re.IGNORECASE)
    return 0.39 * len(words) + 11.8 * sum(map(syllables, words)) / len(words) - 15.59
