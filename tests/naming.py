"""What staff see of an entry of reference data: its plain name and, beside it, the official one."""


def shown(entry):
    return told(entry.plain_name)


def told(name):
    """A name as it is read where both stand."""
    return f"{name} {getattr(name, 'official', '')}".strip()


def offered_as(entry):
    """In a list to choose from."""
    name = entry.plain_name
    return f"{name} ({name.official})" if name.official else str(name)
