"""Who trains customers and what in: providers, their training programs, and the credentials that are approved for each.

The list of eligible training providers is the state's. An administrator keeps it in the administration, or brings it as
a file (`importing.py`); nothing is ever deleted, what is no longer listed ends.
"""
