"""Mutants: the rules broken in small ways, to see whether a test fails (`make mutants`).

- `kept/*.toml`: mutants that people wrote, each with the rule that it breaks and the tests that concern it (`kept.py`).
- `made.toml`: the pure modules, of which `made.py` makes mutants by itself.
- `__main__.py` chooses, hands out and judges; `trees.py` makes a copy of the project with a database for each worker;
  `worker.py` runs in such a copy.
"""
