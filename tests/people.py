"""The demo people that tests name, and what they work on. Who they are: careerplan/demo/cast.py."""

from careerplan.accounts.models import User
from careerplan.demo import cast
from customers.models import Customer


def person(username: str) -> User:
    return User.objects.get(username=username)


def planner() -> User:
    """A planner of one office, Harbor Street: David, Jennifer, Duke, Angela, Keisha."""
    return person("planner")


def youth_planner() -> User:
    """A planner of the whole region River Valley: those of Harbor Street, and Tyrell in Millbrook."""
    return person("planner.youth")


def north_planner() -> User:
    """A planner of another region: Lucía and Henrik."""
    return person("planner.north")


def statewide() -> User:
    return person("statewide")


def administrator() -> User:
    return person("admin")


def customer(username: str) -> Customer:
    people = Customer.objects.select_related("user", "planner", "office__region", "office__grantee")
    return people.get(user__username=username)


def david() -> Customer:
    return customer(cast.DAVID)


def jennifer() -> Customer:
    return customer(cast.JENNIFER)


def duke() -> Customer:
    return customer(cast.DUKE)


def angela() -> Customer:
    return customer(cast.ANGELA)


def tyrell() -> Customer:
    return customer(cast.TYRELL)


def lucia() -> Customer:
    return customer(cast.LUCIA)


def keisha() -> Customer:
    return customer(cast.KEISHA)


def henrik() -> Customer:
    return customer(cast.HENRIK)
