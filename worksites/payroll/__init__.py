"""Payroll of placements: files of hours and wages for a group, what was paid of them, and what it adds up to (ILL-125,
ILL-143, ILL-144)."""
