"""What an approvable action is: a frozen dataclass with what the action is given (12.7.7, 12.7.9).

The action itself finds out that others have to approve, and says so as plain data (`coenrollment.Asked`): the page that
asks them has it in its address, a `StaffRequest` keeps it as JSON, and the last approval performs it. Each class reads
both by the types of its fields. A new one is a file with its class, and a row in `register.py` and `RequestKind`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import MISSING, dataclass, field, fields, replace
from datetime import date
from enum import Enum
from types import UnionType
from typing import Any, ClassVar, Self, get_args, get_type_hints

from django.http import Http404, QueryDict

from acknowledgments.enums import RequestKind
from careerplan.base.addresses import key_in
from careerplan.base.words import is_blank
from careerplan.plans.coenrollment import others
from careerplan.plans.models import EmploymentPlan, PlanVersion
from customers.models import Customer, Enrollment


class Unsaid(Enum):
    """The action is not given this value: it stays as it is."""

    UNSAID = ""


UNSAID = Unsaid.UNSAID


@dataclass(frozen=True)
class Shared:
    """Whose plan is asked about, and what stands in it: the plan (None: there is none yet) and its open version."""

    customer: Customer
    plan: EmploymentPlan | None = None
    current: PlanVersion | None = None


def text(limit: int, *, required: bool = False, default: Any = "") -> Any:
    """A text of the address, cut where it is too long."""
    return field(metadata={"limit": limit, "required": required}, **({} if required else {"default": default}))


def choice(choices: Any, **options: Any) -> Any:
    """One of a list of choices."""
    return field(metadata={"choices": choices}, **options)


def looked_up(default: Any = MISSING, **options: Any) -> Any:
    """What the address does not say: looked up as the question is asked, so that a later change is noticed."""
    return field(metadata={"looked_up": True}, **({} if default is MISSING else {"default": default}), **options)


@dataclass(frozen=True)
class Approval:
    """An action that others have to approve.

    `of_a_draft`: it is done in a draft, and ends with it. `draft`: the key of that draft; None in a request that was
    made before it was kept.
    """

    kind: ClassVar[RequestKind]
    of_a_draft: ClassVar[bool] = False
    needs_a_plan: ClassVar[bool] = True

    draft: int | None = field(default=None, kw_only=True, metadata={"looked_up": True})

    # Done in the name of who approves, and not of who asks.
    own_act: ClassVar[bool] = False

    # --- each says for itself ---

    def completed(self, shared: Shared) -> Self:
        """With what the address does not say. Raises Http404 where it names nothing that this could be done to."""
        return self

    def describe(self, shared: Shared, concerned: Sequence[Enrollment]) -> str:
        """What is asked for, in words. `concerned`: the enrollments whose planners have to approve."""
        raise NotImplementedError

    def target(self) -> str:
        """What it is about, as a key: the same is asked for once at a time."""
        return "plan"

    def concerned(self, shared: Shared, by: Any) -> tuple[Enrollment, ...]:
        """The enrollments whose planners have to approve, of every other program where it doesn't say otherwise; none:
        statewide staff. Http404 where nobody has to."""
        return tuple(others(shared.customer, by)) or not_found()

    def perform(self, shared: Shared, reason: str, **approval: Any) -> None:
        """Do it; `approval`: the arguments `approved_by`, `by` and `at` of actions. `reason`: of the request.

        Raises:
            Refusal: it can't be done any more.
        """
        raise NotImplementedError

    # --- generic ---

    def as_json(self) -> dict[str, Any]:
        """The values by name, as they are kept with a request; what has its default is left out."""
        values = {entry: getattr(self, entry.name) for entry in fields(self)}
        return {entry.name: plain(value) for entry, value in values.items() if value != entry.default}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Self:
        """What a request keeps; a key that an older release did not keep takes its default."""
        hints = get_type_hints(cls)
        known = {entry.name for entry in fields(cls)} & data.keys()
        return cls(**{name: typed(data[name], hints[name]) for name in known})

    @classmethod
    def from_query(cls, data: QueryDict, shared: Shared) -> Self:
        """What an address asks for. Raises Http404 where it makes no sense for this customer's plan."""
        found = cls(**cls.said(data)).completed(shared)
        if cls.of_a_draft and shared.current is not None:
            found = replace(found, draft=shared.current.pk)
        return found

    @classmethod
    def said(cls, data: QueryDict) -> dict[str, Any]:
        """The values of an address by name. Raises Http404 for a word that the action is not given."""
        hints = get_type_hints(cls)
        asked = {entry.name: entry for entry in fields(cls) if "looked_up" not in entry.metadata}
        if data.keys() - asked.keys():
            raise Http404
        return {name: read(data.get(name), hints[name], entry.metadata, entry.default) for name, entry in asked.items()}


def plain(value: Any) -> Any:
    """As JSON holds it."""
    if isinstance(value, tuple):
        return list(value)
    return value.isoformat() if isinstance(value, date) else value


def types_of(hint: Any) -> set[Any]:
    return set(get_args(hint)) if isinstance(hint, UnionType) else {hint}


def typed(value: Any, hint: Any) -> Any:
    """A value of JSON in the type of its field: days are kept as ISO text, and "" is no day."""
    if date in types_of(hint):
        return date.fromisoformat(value) if value else None
    return tuple(value) if isinstance(value, list) else value


def read(text: str | None, hint: Any, metadata: Mapping[str, Any], default: Any) -> Any:
    """A word of an address in the type of its field; Http404 where it can't be one."""
    types = types_of(hint)
    if text is None and Unsaid in types:
        return UNSAID
    if bool in types:
        return bool(text)
    if not text:
        return absent(types, metadata, default)
    if date in types:
        return day(text)
    if int in types:
        return key_in(text) or not_found()
    if "choices" in metadata:
        return text if text in metadata["choices"].values else not_found()
    kept = text.strip()[: metadata["limit"]] if "limit" in metadata else text
    return not_found() if is_blank(kept) and metadata.get("required") else kept


def absent(types: set[Any], metadata: Mapping[str, Any], default: Any) -> Any:
    if default is not MISSING and default is not UNSAID:
        return default
    return None if type(None) in types else "" if default is UNSAID else not_found()


def day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise Http404 from error


def not_found() -> Any:
    raise Http404


def row_of(rows: Any, key: int) -> Any:
    """The row that a key of the address names, or Http404."""
    row = rows.filter(pk=key).first()
    if row is None:
        raise Http404
    return row
