"""Assessments from outside: scores on the scales of their types, pairs of tests before and after, and how long one is
reused (ILL-069; 12.7.3)."""
