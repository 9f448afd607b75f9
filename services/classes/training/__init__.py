"""Career and training: who provides it from the list, in which training program (ILL-114, ILL-117, ILL-118)."""
