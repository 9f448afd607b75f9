"""Apprenticeship: the occupation, the RAPIDS ID, the sponsor, instruction and hours on the job (ILL-115)."""
