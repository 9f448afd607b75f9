"""Contents in the reader's words: plain names in the language in force, and which language the rest is in.

What is sealed stays as it is: it holds the official names of the day of sealing. Which plain name belongs to one is
looked up by that name (and by its code): among the entries of today, and where an administrator has renamed the entry
since, in the history, so that an old version is told in the words that stood beside the name it holds. A name that
never had a plain one is told as it is sealed. The official name goes with the plain one (`base.spoken.Words`).
"""

from collections.abc import Iterable
from dataclasses import replace
from functools import cache
from typing import Any

from django.conf import settings
from django.utils import translation

from acknowledgments.contents.items import KINDS, About, AssessmentItem, PlanContents
from careerplan.base.history.rows import history_model
from careerplan.base.named import NamedModel
from careerplan.base.spoken import OFFICIAL_LANGUAGE, Words, plain_words
from careerplan.plans.items import PLAN
from careerplan.plans.kinds import Part
from careerplan.plans.models import BarrierCategory
from customers.enums import AssessmentKind
from customers.models import AssessmentType, Program
from goals.models import GoalCategory
from services.models import Service, ServiceCategory

# A name with its code; "" where the contents hold the name alone.
Key = tuple[str, str]
# Which entries the items name: the list of items, the field of the name, and the field of the code.
NAMED_BY = {
    GoalCategory: ("goals", "category", "category_code"),
    BarrierCategory: ("barriers", "category", "category_code"),
    Service: ("services", "name", "code"),
    ServiceCategory: ("services", "category", "category_code"),
    Program: ("services", "program", "program_code"),
}


def in_plain_words(contents: PlanContents) -> PlanContents:
    """The same contents with `Words` for what has a language: to be read, never to be sealed. Seven queries at most."""
    contents = with_languages(contents)
    for model, (plural, name, code) in NAMED_BY.items():
        items = getattr(contents, plural)
        names = names_of(model, [(getattr(item, code), getattr(item, name)) for item in items])
        told = (replace(item, **{name: names.get((getattr(item, code), getattr(item, name)), "")}) for item in items)
        contents = replace(contents, **{plural: tuple(told)})
    return replace(contents, about=with_names(contents.about))


# --- names --------------------------------------------------------------------------------------


def names_of(model: type[NamedModel], keys: Iterable[Key]) -> dict[Key, Words]:
    """What the reader is told for each of these official names."""
    wanted = {key for key in keys if key[1]}
    rows = entries(model, wanted) if wanted else {}
    return {key: plain_words(key[1], *(rows.get(key) or rows.get(("", key[1])) or ("", ""))) for key in wanted}


def entries(model: Any, wanted: set[Key]) -> dict[Key, tuple[str, str]]:
    """The English and the Spanish name that stand, or stood last, beside each official name."""
    columns = ("code", "name", "plain_english", "plain_spanish")
    official = {name for _code, name in wanted}
    rows = list(model.objects.filter(name__in=official).order_by("id").values_list(*columns))
    if renamed := official - {name for _code, name, *_plain in rows}:
        former = history_model(model).objects.filter(name__in=renamed).exclude(plain_english="", plain_spanish="")
        rows += former.order_by("history_id").values_list(*columns)
    found = {}
    for code, name, english, spanish in rows:
        found[code, name] = found["", name] = (english, spanish)
    return found


def with_names(about: About) -> About:
    """Programs and assessments are held by their names alone."""
    programs = names_of(Program, [("", name) for name in about.programs])
    listed = names_of(AssessmentType, [("", row.name) for row in about.assessments])
    return replace(
        about,
        programs=tuple(programs[("", name)] for name in about.programs),
        assessments=tuple(in_words(row, listed.get(("", row.name)), about.written_in) for row in about.assessments),
    )


def in_words(row: AssessmentItem, name: Words | None, language: str) -> AssessmentItem:
    """An assessment that is not listed has the name that somebody typed."""
    told = name if name and name.official else written(row.name, language)
    return replace(row, name=told, kind=label_now(row.kind), result=written(row.result, language))


def label_now(label: str) -> str:
    """The label of a kind of assessment, which is sealed in the language of whoever sealed it."""
    kind = labels_of_kinds().get(label)
    return str(AssessmentKind(kind).label) if kind else label


@cache
def labels_of_kinds() -> dict[str, str]:
    labels = {}
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            labels |= {str(label): value for value, label in AssessmentKind.choices}
    return labels


# --- languages ----------------------------------------------------------------------------------


def with_languages(contents: PlanContents) -> PlanContents:
    """What the planner wrote is in the plan's language; occupations are called as the standard calls them."""
    language = contents.about.written_in
    items = {
        kind.plural: tuple(replace(item, **written_fields(kind, item, language)) for item in contents.of(kind))
        for kind in KINDS
    }
    items["career_goals"] = tuple(
        replace(goal, occupation=written(goal.occupation, OFFICIAL_LANGUAGE)) for goal in items["career_goals"]
    )
    about = contents.about
    head = {name: written(getattr(about, name), language) for name in ("assessment_summary", "needs")}
    own = written_fields(PLAN, contents, language)
    return replace(contents, **items, **own, about=replace(about, **head))


def written_fields(part: Part, item: Any, language: str) -> dict[str, str]:
    return {
        field.name: written(getattr(item, field.name), language)
        for field in part.fields
        if field.written and hasattr(item, field.name)
    }


def written(text: str, language: str) -> str:
    """Words of a person; nothing is in no language."""
    return Words(text, language) if text else ""
