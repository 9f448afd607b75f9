"""A state begins: from a folder of CSV files, or from what is typed (docs/beginning.md)."""
