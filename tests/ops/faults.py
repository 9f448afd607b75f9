"""The faults of settings that a test made."""

from careerplan import environment


def faults():
    found = list(environment.FAULTS)
    environment.FAULTS.clear()
    return found
