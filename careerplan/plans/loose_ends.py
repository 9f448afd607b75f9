"""What is still open in a plan that closes as completed: each goal, service and step is answered for (12.7.8).

They stand on the floors above, which register how they are found and what becomes of each; closing is one action.
"""

import json
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext

from careerplan.accounts.models import User
from careerplan.base.history import record
from careerplan.base.refusals import Refusal
from careerplan.base.spoken import Words, official_of, with_official
from careerplan.base.words import is_blank
from careerplan.plans.coenrollment import ApprovalNeeded
from careerplan.plans.enums import Ending
from careerplan.plans.models import EmploymentPlan, ItemEnding


@dataclass(frozen=True)
class LooseEnd:
    """`kind`: the name of the kind of item; `key`: its row's; `label`: what it is called, in its language.

    `endings`: what may be answered, each in words. `asks`: of an answer, which of started_on, ended_on, reason and note
    are needed, too. `reasons`: from which a reason is chosen.
    """

    kind: str
    key: int
    label: Words
    status: str
    endings: Mapping[str, str]
    asks: Mapping[str, tuple[str, ...]]
    reasons: Sequence[tuple[str, Any]] = ()

    @property
    def name(self) -> str:
        return f"{self.kind}-{self.key}"

    @property
    def told(self) -> str:
        """What it is called in a sentence."""
        return with_official(self.label)

    @property
    def asked(self) -> frozenset[str]:
        """Everything that one of the answers needs."""
        return frozenset(name for names in self.asks.values() for name in names)


@dataclass(frozen=True)
class Answer:
    """How an item ends with its plan. `reason`: of a service that was never provided; `note`: why, or where."""

    ending: str
    started_on: date | None = None
    ended_on: date | None = None
    reason: str = ""
    note: str = ""


Answers = Mapping[str, Answer]


class Floor(NamedTuple):
    """`found`: what is open in a plan; `end`: does to an item what was answered."""

    found: Callable[[EmploymentPlan], list[LooseEnd]]
    end: Callable[..., None]


# Where the actions of the floors above speak of a field, and what it is called here.
FIELDS = {
    "actual_start_on": "started_on",
    "ended_on": "ended_on",
    "done_on": "ended_on",
    "never_provided_reason": "reason",
    "notes": "note",
    "verified_how": "note",
}

_registered: list[Floor] = []


def register(floor: Floor) -> None:
    _registered[:] = [floor]


def loose_ends(plan: EmploymentPlan) -> list[LooseEnd]:
    """In plan order: goals, the services and the steps."""
    return _registered[0].found(plan)


def tie_up(
    plan: EmploymentPlan, answers: Answers, *, approved_by: Collection[int], by: User, at: datetime
) -> list[ItemEnding]:
    """End what is open as was answered, and keep the answers; `plan`: locked, and open.

    Raises:
        Refusal: something is open of which nothing was said, or it can't end so; `field` is the item's.
    """
    ends = loose_ends(plan)
    refuse_unanswered(ends, answers)
    kept = []
    for end in ends:
        answer = answers[end.name]
        refuse_unfit(end, answer)
        try:
            _registered[0].end(plan, end, answer, approved_by=approved_by, by=by, at=at)
        except ApprovalNeeded:
            raise
        except Refusal as refusal:
            field = f"{end.name}-{FIELDS.get(refusal.field or '', 'ending')}"
            raise Refusal(refusal.code, f"{end.told}: {refusal.sentence}", field=field) from refusal
        ending = ItemEnding(
            plan=plan,
            kind=end.kind,
            item=end.key,
            label=official_of(end.label),
            ending=answer.ending,
            note=answer.note,
            recorded_at=at,
            recorded_by=by,
        )
        record(ending, by=by, at=at, reason=gettext_noop("closed"))
        kept.append(ending)
    return kept


def refuse_unanswered(ends: Collection[LooseEnd], answers: Answers) -> None:
    missing = [end for end in ends if end.name not in answers]
    if missing:
        sentence = ngettext(
            "%(number)d thing is still open in this plan. Say how it ends: %(labels)s.",
            "%(number)d things are still open in this plan. Say how each ends: %(labels)s.",
            len(missing),
        )
        labels = "; ".join(end.told for end in missing)
        raise Refusal(
            "loose-ends", sentence % {"number": len(missing), "labels": labels}, field=f"{missing[0].name}-ending"
        )


def refuse_unfit(end: LooseEnd, answer: Answer) -> None:
    if answer.ending not in end.endings:
        raise Refusal(
            "unknown-ending", _("%(label)s: choose how it ends.") % {"label": end.told}, field=f"{end.name}-ending"
        )
    lacking = [name for name in end.asks.get(answer.ending, ()) if is_blank(str(getattr(answer, name) or ""))]
    if lacking:
        raise Refusal(
            "ending-incomplete",
            _("%(label)s: %(what)s") % {"label": end.told, "what": needed(lacking[0], answer.ending)},
            field=f"{end.name}-{lacking[0]}",
        )


def needed(name: str, ending: str) -> str:
    """What is asked for beside an answer, in words."""
    if name == "note" and ending == Ending.COMPLETE:
        return _("Say how you verified that it is complete.")
    if name == "note":
        return _("Say where it continues.") if ending == Ending.ELSEWHERE else _("Say why.")
    return {
        "started_on": _("Enter the day it started."),
        "ended_on": _("Enter the day it ended."),
        "reason": _("Choose why the service was never provided (12.7.5)."),
    }[name]


# --- as text, for the question to other planners ------------------------------------------------


def as_text(answers: Answers) -> str:
    """The answers in an address and with a request; "" for none."""
    rows = {
        name: {key: plain(value) for key, value in vars(answer).items() if value} for name, answer in answers.items()
    }
    return json.dumps(rows, ensure_ascii=False, separators=(",", ":")) if rows else ""


def plain(value: Any) -> str:
    return value.isoformat() if isinstance(value, date) else str(value)


def from_text(text: str) -> dict[str, Answer]:
    """Raises ValueError for what `as_text` did not write."""
    if not text:
        return {}
    try:
        return {str(name): read(values) for name, values in json.loads(text).items()}
    except (AttributeError, KeyError, TypeError) as error:
        raise ValueError("These are no answers.") from error


def read(values: dict[str, str]) -> Answer:
    days: dict[str, Any] = {
        name: date.fromisoformat(values[name]) for name in ("started_on", "ended_on") if name in values
    }
    words: dict[str, Any] = {name: str(values[name]) for name in ("reason", "note") if name in values}
    return Answer(Ending(values["ending"]).value, **days, **words)
