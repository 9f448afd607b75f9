"""What people save around an agreement beside sending it; `benchmarks/pages.py` counts what each asks.

Each stands for itself: the customers are made here, and what is saved is rolled back.
"""

from collections.abc import Iterator
from typing import Any

# What is saved, who saves it, where, and what is typed.
Post = tuple[str, Any, str, dict[str, Any]]


def everyday_posts() -> list[Post]:
    from tests import states

    return [*of_customers(states), *of_planners(states)]


def asked(states: Any, *, again: bool = False) -> Any:
    """The request to a customer who was told of a first version; `again`: of a review."""
    draft = states.reviewed(states.in_force().plan.customer) if again else states.written(states.enrolled("T1-ADULT"))
    return states.told(states.sent(draft))


def of_customers(states: Any) -> Iterator[Post]:
    first, review = asked(states), asked(states, again=True)
    for name, request in (("a first version", first), ("a review", review)):
        customer = request.seal.version.plan.customer
        signature = {"agrees": "on", "typed_name": str(customer)}
        yield f"a customer acknowledges {name}", customer.user, request.path, signature
    customer, item = review.seal.version.plan.customer, review.seal.contents.goals[0].id
    yield "a customer does not agree", customer.user, f"{review.path}disagree/", {"reason": "I want another job."}
    yield "a customer asks", customer.user, f"{review.path}ask/goal/{item}/", {"text": "Why?", "stance": "asks"}


def of_planners(states: Any) -> Iterator[Post]:
    version = asked(states, again=True).seal.version
    customer, today = version.plan.customer, f"{states.today():%m/%d/%Y}"
    record, talked = f"/customers/{customer.pk}/", {"contact_on": today, "contact_method": "phone"}
    agreement, planner = f"{record}plan/agreement/", customer.planner
    yield "take a version back", planner, f"{agreement}recall/", {"version": version.pk}
    yield "mark a review as not completed", planner, f"{agreement}not-completed/", {"note": "Not now.", **talked}
    signed = {"agreed_on": today, "name": str(customer)}
    yield "record an agreement on paper", planner, f"{agreement}record/paper/", signed
    yield "a case note", planner, f"{record}case-notes/", {"subject": "A talk", "text": "We talked.", **talked}
    yield "a message", planner, f"{record}messages/", {"subject": "Monday", "body": "Come at nine.", "written_in": "en"}
