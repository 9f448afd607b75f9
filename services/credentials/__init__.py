"""Credentials that customers earned: through a completed service, or beside the plan (ILL-005, ILL-120 to ILL-122)."""
