"""What was said about the items of a version that waits, on every page that shows it; and the planner's answer."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from acknowledgments.agreement import talking
from acknowledgments.contents.items import KINDS
from acknowledgments.contents.kinds import reference
from acknowledgments.forms.talking import AnswerQuestionForm, AskForm
from acknowledgments.models import ItemQuestion
from acknowledgments.paper.plain import titles_of
from careerplan.base import clock
from careerplan.base.pages import answered, form_page
from careerplan.base.prepared import PreparedRows
from careerplan.plans.pages import plan_context, plan_page
from goals.items import EXPLORATION


@dataclass(frozen=True)
class Talk:
    """What was said about one item, and the line to say more."""

    ref: str
    slug: str
    item_id: int
    title: str
    key: Any
    questions: tuple[ItemQuestion, ...]
    form: AskForm


def talks_of(asked, contents, asking=None):
    """By the name of the item, all talks about the version that is asked for.

    `contents`: its own, in the reader's words; `asking`: the item's name and the form of a line that was not sent.
    """
    lines = defaultdict(list)
    for question in ItemQuestion.objects.of_version(asked.seal.version):
        lines[question.reference].append(question)
    talks = {}
    for kind in KINDS:
        for item in contents.of(kind):
            ref = reference(kind, item.id)
            form = asking[1] if asking and asking[0] == ref else AskForm(auto_id=f"{ref}-%s")
            title = kind.title(item)
            title = _(title) if title == EXPLORATION else title
            talks[ref] = Talk(ref, kind.slug, item.id, title, asked.key, tuple(lines.pop(ref, ())), form)
    gone = [question for questions in lines.values() for question in questions]
    for question, title in zip(gone, titles_of(gone), strict=True):
        question.told_title = title
    return {"talks": talks, "talks_gone": gone}


def version_talked_about(page):
    """The version whose questions stand on the page of the agreement: the newest one."""
    return page.current or page.declined or page.active


def place_of(page, version):
    """Where questions about a version stand: on the page of the agreement; those about an earlier one, on its own."""
    if version == version_talked_about(page):
        return reverse("plan:agreement", args=[page.customer.pk])
    return reverse("plan:version", args=[page.customer.pk, version.pk])


def questions_about(version: int):
    return ItemQuestion.objects.of_version(version)


QUESTIONS = PreparedRows(questions_about)


def with_forms(version, plan):
    """What was said about a version, in the reader's words; what waits has the form of its answer, in the plan's
    language. None where there is no version."""
    rows = QUESTIONS.read(version.pk) if version else []
    for row, title in zip(rows, titles_of(rows), strict=True):
        row.told_title = title
        if row.answered_at is None:
            row.form = answer_form(row, plan)
    return rows


def answer_form(question, plan, data=None):
    return AnswerQuestionForm(data, language=plan.written_in, auto_id=f"question-{question.pk}-%s")


@require_http_methods(["GET", "POST"])
def question_answer(request, pk, question_pk):
    """The planner's one line back, from the page of the agreement or of the version; errors are shown here."""
    page = plan_page(request, pk)
    rows = ItemQuestion.objects.visible_to(request.user).select_related(
        "seal__version__plan", "asked_by", "answered_by"
    )
    question = get_object_or_404(rows.filter(seal__version__plan__customer=page.customer), pk=question_pk)
    form = answer_form(question, question.seal.version.plan, request.POST or None)
    place = place_of(page, question.seal.version)
    [question.told_title] = titles_of([question])

    def act():
        return talking.answer_question(question, **form.cleaned_data, by=request.user, at=clock.now())

    if answered(request, form, act, _("Your answer was sent to the customer.")):
        return redirect(f"{place}#question-{question.pk}")
    context = plan_context(request, page, "agreement") | {"question": question, "place": place}
    return form_page(request, "acknowledgments/question_answer.html", form, context)
