"""Setting, changing or removing the career goal of one role in a shared plan."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Self

from django.http import Http404
from django.utils.translation import gettext as _

from acknowledgments.approvals.approval import Approval, Shared, choice, looked_up, text
from acknowledgments.approvals.occupations import goal_in_words, occupation_of
from acknowledgments.enums import RequestKind
from careerplan.base.history import ensure_current
from careerplan.base.refusals import Refusal
from customers.models import Enrollment
from goals.actions import remove_career_goal, set_career_goal
from goals.enums import CareerGoalRole
from goals.models import CareerGoal


@dataclass(frozen=True)
class ChangeCareerGoal(Approval):
    """`occupation`: its code. `removed`: that the goal of the role leaves; once that is asked, which one. `seen`: its
    number of changes when it was asked for, 0 where the role had none."""

    kind = RequestKind.CHANGE_CAREER_GOAL
    of_a_draft = True

    role: str = choice(CareerGoalRole)
    explores: bool = False
    occupation: str = text(10)
    words: str = text(200)
    removed: int | bool | None = None
    seen: int | None = looked_up(None)

    def current(self, shared: Shared) -> CareerGoal | None:
        found: CareerGoal | None = CareerGoal.objects.in_plan().filter(plan=shared.plan, role=self.role).first()
        return found

    def completed(self, shared: Shared) -> Self:
        current = self.current(shared)
        if self.removed:
            if current is None:
                raise Http404
            return replace(self, removed=current.pk, seen=current.row_version)
        occupation = occupation_of(self.occupation)
        if not (self.explores or occupation or self.words):
            raise Http404
        code = occupation.code if occupation else ""
        return replace(self, occupation=code, removed=None, seen=current.row_version if current else 0)

    def describe(self, shared: Shared, concerned: Sequence[Enrollment]) -> str:
        role = CareerGoalRole(self.role)
        if self.removed:
            return _("%(role)s: remove %(goal)s") % {"role": role.label, "goal": self.current(shared)}
        return f"{role.label}: {goal_in_words(self.explores, self.occupation) or self.words}"

    def target(self) -> str:
        return f"career-goal:{self.role}"

    def perform(self, shared: Shared, reason: str, **approval: Any) -> None:
        assert shared.plan is not None
        if self.removed:
            asked = {"pk": self.removed, "row_version": self.seen}
            goal = CareerGoal.objects.in_plan().filter(plan=shared.plan, **asked).first()
            if goal is None:  # or another one by now, which nobody approved to remove
                raise Refusal("already-removed", _("This was already removed."))
            remove_career_goal(goal, reason=reason[:300], **approval)
            return
        current = self.current(shared)
        if current is not None:
            ensure_current(current, self.seen)
        goal_of: dict[str, Any] = {
            "explores": self.explores,
            "words": self.words,
            "occupation": occupation_of(self.occupation),
        }
        set_career_goal(shared.plan, self.role, **goal_of, **approval)
