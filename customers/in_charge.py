"""Who answers for a customer now: what one person began may be another's by the time of which it is told."""

from careerplan.accounts.enums import Role
from careerplan.accounts.models import User
from customers.models import Customer


def in_charge(customer: Customer, person: User) -> User:
    """`person`, who began something, while still at work for the customer; else the customer's planner of today."""
    if Customer.objects.editable_by(person).filter(pk=customer.pk).exists():
        return person
    planner: User | None = customer.planner
    return planner if planner is not None and planner.is_active else person


def staff_to_tell(customer: Customer, sender: User | None) -> list[User]:
    """Who hears what concerns the customer: who wrote, or the planner; statewide staff where nobody answers for one."""
    at_work = Customer.objects.editable_by(sender).filter(pk=customer.pk) if sender and not sender.is_customer else None
    if sender is not None and at_work is not None and at_work.exists():
        return [sender]
    planner: User | None = customer.planner
    if planner is not None and planner.is_active:
        return [planner]
    return list(User.objects.filter(role=Role.STATEWIDE, is_active=True).order_by("pk"))
