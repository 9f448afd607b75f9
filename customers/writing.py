"""In which language people write to each other, so that each text is marked for a reader of another one."""

from django.db.models import F

from careerplan.accounts.models import User
from customers.models import Customer


def language_of_writing(writer: User, customer: Customer) -> str:
    """The language that is offered first: to a customer the account's; to staff that of the customer's plan.

    Where there is no plan yet, that of the writer's account. One query at most.
    """
    if writer.is_customer:
        return str(writer.language)
    plans = customer.plans.order_by(F("closed_at").desc(nulls_first=True), "-started_at", "-id")
    return plans.values_list("written_in", flat=True).first() or str(writer.language)
