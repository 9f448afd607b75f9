"""Writes what the rows of a file of customers say, by the actions of the pages."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from careerplan.accounts.models import User
from careerplan.imports.kinds import Outcome, Read
from customers.adding import add_customers
from customers.correcting import correct_record
from customers.enrolling import change_status, enroll
from customers.import_matching import OF_PROGRAM, CustomerMatching, differing
from customers.models import Customer


class CustomerReader(CustomerMatching):
    def write(self, rows: Sequence[tuple[Read, Outcome]], *, by: User, at: datetime) -> list[int]:
        new = [(self.values_of_new(read), read.word) for read, outcome in rows if outcome.found is None]
        made = iter(add_customers(new, by=by, at=at) if new else [])
        written = []
        for read, outcome in rows:
            if outcome.found is None:
                written.append(next(made).pk)
            else:
                write_changes(outcome.found, self.with_day(read.values), outcome, by=by, at=at)
                written.append(outcome.found)
        return written


def write_changes(key: int, values: Mapping[str, Any], outcome: Outcome, *, by: User, at: datetime) -> None:
    customer = Customer.objects.get(pk=key)
    names = {one.field for one in outcome.differences}
    changed = {name: value for name, value in differing(values, customer).items() if name in names}
    if changed:
        customer = correct_record(customer, changed, by=by, at=at)
    if "program" in names:
        enroll(customer, {name: values.get(name) for name in ("program", *OF_PROGRAM)}, by=by, at=at)
    elif names & set(OF_PROGRAM):
        present = customer.enrollments.get(program=values["program"], exited_on=None)
        status = values.get("status", present.status)
        begun_on = values["begun_on"] if "begun_on" in names else None
        change_status(present, status=status, begun_on=begun_on, by=by, at=at)
