"""Contents in the reader's words: plain names in the language in force, and which language the rest is in.

What is sealed stays as it is: it holds the official names of the day of sealing. Which plain name belongs to one is
looked up by that name (and by its code): among the entries of today, and where an administrator has renamed the entry
since, in the history, so that an old version is told in the words that stood beside the name it holds. A name that
never had a plain one is told as it is sealed. The official name goes with the plain one (`base.spoken.Words`).
"""

import json
from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import cache
from typing import Any

from django.conf import settings
from django.db.models import CharField, F, Model, TextField, Value
from django.db.models.functions import Cast
from django.utils import translation

from acknowledgments.contents.items import KINDS, About, AssessmentItem, PlanContents
from acknowledgments.models import ItemQuestion
from careerplan.base.history.rows import history_model
from careerplan.base.named import NamedModel
from careerplan.base.spoken import OFFICIAL_LANGUAGE, Words, plain_words
from careerplan.plans.items import PLAN
from careerplan.plans.kinds import Part
from careerplan.plans.models import BarrierCategory
from customers.enums import AssessmentKind
from customers.models import AssessmentType, FieldDefinition, Program
from goals.models import GoalCategory
from services.classes.support.models import SupportType
from services.models import Service, ServiceCategory

# The model of an entry, its code ("" where the contents hold the name alone), and its official name.
Key = tuple[type[Model], str, str]
# Which entries the items name: the list of items, the field of the name, and the field of the code.
NAMED_BY: dict[type[NamedModel], tuple[str, str, str]] = {
    GoalCategory: ("goals", "category", "category_code"),
    BarrierCategory: ("barriers", "category", "category_code"),
    Service: ("services", "name", "code"),
    ServiceCategory: ("services", "category", "category_code"),
    Program: ("services", "program", "program_code"),
    SupportType: ("services", "support", "support_code"),
}
MODELS: tuple[type[NamedModel], ...] = (*NAMED_BY, AssessmentType)
# The questions of the assessment whose answers are choices, by the field of `About` that names the answer. A choice is
# found by its English name among all the wordings of its question: they are never changed.
CHOSEN = {"education_level_name": "EDUCATION_LEVEL", "school_status_name": "SCHOOL_STATUS"}
NEVER_RENAMED: tuple[type[Model], ...] = (AssessmentType, FieldDefinition)


# What planners type at the head of the paper, and is no name, number or address. Of what customers answer nobody knows
# the language.
TYPED = ("assessment_summary", "needs")


def in_plain_words(contents: PlanContents) -> PlanContents:
    """The same contents with `Words` for what has a language: to be read, never to be sealed. One query; a second one
    where an entry was renamed since."""
    return with_words(contents, told_names(official_names(contents)))


def both_in_plain_words(
    former: PlanContents | None, contents: PlanContents
) -> tuple[PlanContents | None, PlanContents]:
    """Two contents that are compared, for the queries of one."""
    names = told_names(official_names(contents) | (official_names(former) if former else set()))
    return with_words(former, names) if former else None, with_words(contents, names)


def with_words(contents: PlanContents, names: dict[Key, Words]) -> PlanContents:
    contents = with_languages(contents)
    items: dict[str, Any] = {}
    for model, (plural, name, code) in NAMED_BY.items():
        rows = items.get(plural, getattr(contents, plural))
        items[plural] = tuple(
            replace(row, **{name: names.get((model, getattr(row, code), getattr(row, name)), "")}) for row in rows
        )
    items["goals"] = tuple(
        replace(goal, assessments=tuple(called(name, names, contents.about.written_in) for name in goal.assessments))
        for goal in items["goals"]
    )
    return replace(contents, **items, about=with_names(contents.about, names))


# --- names --------------------------------------------------------------------------------------


def official_names(contents: PlanContents) -> set[Key]:
    about = contents.about
    keys: set[Key] = {
        (model, getattr(item, code), getattr(item, name))
        for model, (plural, name, code) in NAMED_BY.items()
        for item in getattr(contents, plural)
    }
    keys |= {(Program, "", name) for name in about.programs}
    keys |= {(AssessmentType, "", row.name) for row in about.assessments}
    keys |= {(AssessmentType, "", name) for goal in contents.goals for name in goal.assessments}
    keys |= {(FieldDefinition, question, getattr(about, name)) for name, question in CHOSEN.items()}
    return {key for key in keys if key[2]}


def told_names(keys: set[Key]) -> dict[Key, Words]:
    """What the reader is told for each of these official names."""
    found = entries(keys, lambda model: model.objects.all())
    # What is no listed assessment was typed by somebody, and never was an entry.
    renamed = {key for key in keys if key[0] not in NEVER_RENAMED and (key[0], "", key[2]) not in found}
    found |= entries(renamed, lambda model: history_model(model).objects.exclude(plain_english="", plain_spanish=""))
    nothing = ("", "")
    return {key: plain_words(key[2], *found.get(key, found.get((key[0], "", key[2]), nothing))) for key in keys}


def entries(keys: set[Key], rows_of: Callable[[Any], Any]) -> dict[Key, tuple[str, str]]:
    """The English and the Spanish name that stand, or stood last, beside each official name."""
    if not keys:
        return {}
    columns = ("code", "name", "plain_english", "plain_spanish")
    parts = [
        rows_of(model)
        .filter(name__in={name for one, _code, name in keys if one == model})
        .annotate(entry=Value(model.__name__))
        .values_list("entry", *columns)
        for model in MODELS
    ]
    questions = {code for one, code, _name in keys if one is FieldDefinition}
    parts += [wordings_of(questions)] if questions else []
    by_name = {model.__name__: model for model in MODELS}
    found: dict[Key, tuple[str, str]] = {}
    wordings: list[tuple[int, str, str]] = []
    for entry, code, name, english, spanish in parts[0].union(*parts[1:]):
        if entry == FieldDefinition.__name__:
            wordings.append((int(english), code, name))
            continue
        model = by_name[entry]
        found[model, code, name] = found[model, "", name] = (english, spanish)
    return found | names_of_choices(wordings)


def wordings_of(questions: Iterable[str]) -> Any:
    """Every wording with its choices, in the columns of the entries: the number stands for the English name."""
    rows = FieldDefinition.objects.filter(field__code__in=questions).annotate(
        entry=Value(FieldDefinition.__name__),
        code=F("field__code"),
        name=Cast("choices", TextField()),
        plain_english=Cast("number", CharField()),
        plain_spanish=Value(""),
    )
    return rows.values_list("entry", "code", "name", "plain_english", "plain_spanish")


def names_of_choices(wordings: Iterable[tuple[int, str, str]]) -> dict[Key, tuple[str, str]]:
    """Where several wordings have a choice, the newest tells its Spanish name."""
    return {
        (FieldDefinition, question, choice["english"]): (choice["english"], choice["spanish"])
        for _number, question, choices in sorted(wordings)
        for choice in json.loads(choices)
    }


def with_names(about: About, names: dict[Key, Words]) -> About:
    """Programs and assessments are held by their names alone; the choices of the assessment in English, too."""
    chosen: dict[str, Any] = {
        name: choice_name(names.get((FieldDefinition, CHOSEN[name], getattr(about, name)))) for name in CHOSEN
    }
    return replace(
        about,
        **chosen,
        programs=tuple(names[Program, "", name] for name in about.programs),
        assessments=tuple(
            in_words(row, called(row.name, names, about.written_in), about.written_in) for row in about.assessments
        ),
    )


def called(name: str, names: dict[Key, Words], language: str) -> str:
    """An assessment that is not listed has the name that somebody typed."""
    listed = names.get((AssessmentType, "", name))
    return listed if listed and listed.official else written(name, language)


def in_words(row: AssessmentItem, name: str, language: str) -> AssessmentItem:
    return replace(row, name=name, kind=label_now(row.kind), result=written(row.result, language))


def choice_name(name: Words | None) -> str:
    """In the reader's language alone: the English one is not official, but a translation likewise."""
    return written(name, name.language) if name else ""


def label_now(label: str) -> str:
    """The label of a kind of assessment, which is sealed in the language of whoever sealed it."""
    kind = labels_of_kinds().get(label)
    return str(AssessmentKind(kind).label) if kind else label


@cache
def labels_of_kinds() -> dict[str, str]:
    labels: dict[str, str] = {}
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            labels |= {str(label): value for value, label in AssessmentKind.choices}
    return labels


def titles_of(questions: Iterable[ItemQuestion]) -> list[str]:
    """What the item of each question is called in the reader's words, as the seal has it that was read.

    One query a seal, and one more; what a seal does not hold is called as it was then.
    """
    titles, items = [], {}
    for question in questions:
        seal = question.seal
        if seal.pk not in items:
            contents = in_plain_words(seal.contents)
            items[seal.pk] = {(kind.name, item.id): kind.title(item) for kind in KINDS for item in contents.of(kind)}
        titles.append(items[seal.pk].get((question.item_kind, question.item_id), question.title))
    return titles


# --- languages ----------------------------------------------------------------------------------


def with_languages(contents: PlanContents) -> PlanContents:
    """What the planner wrote is in the plan's language; occupations are called as the standard calls them."""
    about, language = contents.about, contents.about.written_in
    told: dict[str, Any] = {
        kind.plural: tuple(replace(item, **written_fields(kind, item, language)) for item in contents.of(kind))
        for kind in KINDS
    }
    told["career_goals"] = tuple(
        replace(goal, occupation=written(goal.occupation, OFFICIAL_LANGUAGE)) for goal in told["career_goals"]
    )
    told |= written_fields(PLAN, contents, language)
    typed: dict[str, Any] = {name: written(getattr(about, name), language) for name in TYPED}
    helped = tuple(replace(row, what=written(row.what, language)) for row in about.employment_assistance)
    earned = tuple(
        replace(row, name=written(row.name, OFFICIAL_LANGUAGE if row.is_listed else language))
        for row in about.credentials
    )
    listed = tuple(
        replace(
            row,
            soc_title=written(row.soc_title, OFFICIAL_LANGUAGE),
            training_program=written(row.training_program, OFFICIAL_LANGUAGE),
            expected_credentials=tuple(written(name, OFFICIAL_LANGUAGE) for name in row.expected_credentials),
        )
        for row in told["services"]
    )
    told["services"] = listed
    about = replace(about, **typed, employment_assistance=helped, credentials=earned)
    return replace(contents, **told, about=about)


def written_fields(part: Part, item: Any, language: str) -> dict[str, Any]:
    return {field.name: written(getattr(item, field.name), language) for field in part.fields if field.written}


def written(text: str, language: str) -> str:
    """Words of a person; nothing is in no language."""
    return Words(text, language) if text else ""
