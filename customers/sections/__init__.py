"""Review Assessment: the thirteen sections, what is asked in each, and what was answered (ILL-050 to ILL-068)."""
