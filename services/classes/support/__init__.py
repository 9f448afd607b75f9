"""Support and barrier reduction: the kind of support, and what is given, and how often (ILL-113)."""
