"""Changes of what only the class of a planned service has. They go with a change of the service, in its transaction."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from careerplan.accounts.models import User
from careerplan.base.history import changed_values, record
from careerplan.base.history.carried import Change
from careerplan.base.history.words import describe_changes
from careerplan.base.refusals import Refusal
from services.classes.apprenticeship.actions import save_wage_steps
from services.classes.apprenticeship.models import Apprenticeship
from services.classes.details import WITH_ITS_SERVICE
from services.classes.kinds import detail_model
from services.models import PlannedService


def part_with_details(planned: PlannedService, values: dict[str, Any]) -> dict[str, Any]:
    """Takes out of `values` what its class says, by the names of the detail row's fields."""
    model = detail_model(planned)
    names = set() if model is None else {*(field.name for field in model.own_fields()), *model.in_rows}
    return {name: values.pop(name) for name in sorted(names & values.keys())}


def save_detail(planned: PlannedService, values: Mapping[str, Any], *, by: User, at: datetime) -> list[Change]:
    """Write what only the class of the service has, of a locked service; returns the changes in words.

    A row is made as soon as something is said. Raises Refusal as `record` does.
    """
    model = detail_model(planned)
    if model is None:
        return []
    detail = planned.detail or model(planned=planned)
    rows = {name: values[name] for name in model.in_rows if name in values}
    for name in values.keys() - rows.keys():
        setattr(detail, name, values[name])
    detail.planned = planned
    detail.settle()
    if detail._state.adding and detail.says_nothing() and not any(rows.values()):
        return []
    told = describe_changes(detail, changed_values(detail))
    record(detail, by=by, at=at, reason=WITH_ITS_SERVICE)
    if isinstance(detail, Apprenticeship) and "wage_steps" in rows:
        told += save_wage_steps(detail, rows["wage_steps"], by=by, at=at)
    return told


def unsaid_of(planned: PlannedService) -> dict[str, Any]:
    """By the field of its detail row: what its class still has to say before the service starts."""
    model = detail_model(planned)
    return {} if model is None else model.unsaid(planned.detail, planned.service)


def refuse_unsaid(planned: PlannedService, *, but: Collection[str]) -> None:
    """Of a service that has started. `but`: the fields that were empty when it started, as in older records."""
    if planned.actual_start_on is None:
        return
    for field, sentence in unsaid_of(planned).items():
        if field not in but:
            raise Refusal("unsaid", sentence, field=field)
