"""Who answers for a customer now: what one person began may be another's by the time of which it is told."""

from careerplan.accounts.enums import Role
from careerplan.accounts.models import Office, User
from customers.models import Customer, sees


def works_for(customer: Customer, person: User | None) -> bool:
    """Whether the person can open the customer's record to write it."""
    return person is not None and person.edits_plans and sees(person, customer)


def in_charge(customer: Customer, person: User | None) -> User | None:
    """`person`, who began something, while still at work for the customer; else the customer's planner of today.

    None where neither of them is: whoever is told of it then, `staff_to_tell` says.
    """
    if works_for(customer, person):
        return person
    return customer.planner if works_for(customer, customer.planner) else None


def staff_to_tell(customer: Customer, person: User | None) -> list[User]:
    """Who hears what concerns the customer: who is in charge, or where nobody is those who work in the office."""
    return staff_beside(customer, in_charge(customer, person))


def staff_beside(customer: Customer, planner: User | None) -> list[User]:
    """As `staff_to_tell`, where it is known who is in charge; None: nobody."""
    return [planner] if planner else planners_of(customer.office) or statewide_staff()


def whom_to_call(customer: Customer, planner: User | None) -> str:
    """Whom the customer is told to call: who is in charge, or where nobody is (None) the office."""
    return str(planner or customer.office)


def planners_of(office: Office) -> list[User]:
    """The planners of this very office who can sign in; where it has none, those of its whole region."""
    at_work = User.objects.filter(role=Role.PLANNER, is_active=True).order_by("pk")
    return list(at_work.filter(scopes__office=office)) or list(at_work.filter(scopes__region=office.region_id))


def statewide_staff() -> list[User]:
    return list(User.objects.filter(role=Role.STATEWIDE, is_active=True).order_by("pk"))
