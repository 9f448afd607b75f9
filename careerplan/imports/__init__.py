"""Files of rows that people bring: read, mapped, looked at row by row, mended, and taken over all at once or not.

What the rows are about is a kind (`kinds.py`), which a floor above registers: customers are the first.
"""
