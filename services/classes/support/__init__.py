"""Support and barrier reduction: the kind of support, and what is paid, how often, to whom and when (ILL-113)."""
