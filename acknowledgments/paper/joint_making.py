"""That the plan was made together: what the customer asked about a version, and what was answered (12.7.1, 12.7.6)."""

from typing import Any

from django.utils.translation import gettext as _

from acknowledgments.models import ItemQuestion
from acknowledgments.paper.plain import titles_of
from careerplan.base.dates import moment_in_row
from careerplan.plans.models import PlanVersion, VersionEvent


def joint_making(version: PlanVersion) -> list[dict[str, Any]]:
    """Each line with what it is about and who said what when; of what is confidential, no words."""
    questions = list(ItemQuestion.objects.of_version(version))
    lines = [question_line(question, title) for question, title in zip(questions, titles_of(questions), strict=True)]
    events = VersionEvent.objects.filter(version=version, name="disagree").select_related("by")
    whole = _("The plan as a whole")
    lines += [line(event.at, "", whole, event.by, event.told_note, says_no=True) for event in events]
    return sorted(lines, key=lambda found: found["at"])


def question_line(question: ItemQuestion, title: str) -> dict[str, Any]:
    kind, about, text, says_no = question.kind_in_words, title, question.told_text, question.objects_to_it
    answer = {
        "answer": question.told_answer,
        "answered_by": question.answered_by,
        "answered_on": moment_in_row(question.answered_at) if question.answered_at else "",
    }
    if question.is_confidential:
        kind, about, says_no = "", _("Confidential need, kept in the customer's record"), False
        text = about
        answer["answer"] = text if question.answer else ""
    return line(question.asked_at, kind, about, question.asked_by, text, says_no=says_no) | answer


def line(at: Any, kind: str, about: str, by: Any, text: str, *, says_no: bool) -> dict[str, Any]:
    on = moment_in_row(at)
    return {"at": at, "on": on, "kind": kind, "about": about, "by": by, "text": text, "says_no": says_no}
