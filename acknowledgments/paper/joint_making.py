"""That the plan was made together: what the customer asked about a version, and what was answered (12.7.1, 12.7.6)."""

from typing import Any

from django.utils.translation import gettext as _

from acknowledgments.models import ItemQuestion
from acknowledgments.paper.plain import titles_of, written
from careerplan.base.dates import moment_in_row
from careerplan.plans.models import PlanVersion, VersionEvent


def joint_making(version: PlanVersion) -> list[dict[str, Any]]:
    """Each line with what it is about and who said what when; of what is confidential, no words."""
    questions = list(ItemQuestion.objects.of_version(version))
    language = version.plan.written_in
    titles = titles_of(questions)
    lines = [question_line(question, title, language) for question, title in zip(questions, titles, strict=True)]
    events = VersionEvent.objects.filter(version=version, name="disagree").select_related("by")
    lines += [line(event.at, "", _("The plan as a whole"), event.by, no(event.note)) for event in events]
    return sorted(lines, key=lambda found: found["at"])


def question_line(question: ItemQuestion, title: str, language: str) -> dict[str, Any]:
    kind, about = question.kind_in_words, title
    text = no(question.text) if question.objects_to_it else question.text
    answer = {
        "answer": written(question.answer, language),
        "answered_by": question.answered_by,
        "answered_on": moment_in_row(question.answered_at) if question.answered_at else "",
    }
    if question.is_confidential:
        kind, about = "", _("Confidential need, kept in the customer's record")
        text = about
        answer["answer"] = text if question.answer else ""
    return line(question.asked_at, kind, about, question.asked_by, text) | answer


def no(text: str) -> str:
    return _("I do not agree: %(words)s") % {"words": text}


def line(at: Any, kind: str, about: str, by: Any, text: str) -> dict[str, Any]:
    return {"at": at, "on": moment_in_row(at), "kind": kind, "about": about, "by": by, "text": text}
