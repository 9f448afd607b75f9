"""Minimum wages: which rates there are, and which one holds for a placement (WIOA sec. 181(a)(1), ILL-132)."""
