"""The sentences of every form are ones that a colleague would say (docs/words.md)."""

import copy
import importlib
import pkgutil
import re

import pytest
from django import forms
from django.utils import translation

import acknowledgments
import careerplan
import customers
import goals
import services
from careerplan.base.fields import TextField
from careerplan.base.forms import PageForm, words_for_empty

QUESTION = re.compile(r"(why|what|how|who|where|when|which)\b", re.I)
NEEDED_SOMETIMES = re.compile(r"\bRequired (when|for|by|if)\b")


def every_form():
    for package in (acknowledgments, careerplan, customers, goals, services):
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if "forms" in module.name.split("."):
                importlib.import_module(module.name)
    found, waiting = [], [PageForm]
    while waiting:
        form = waiting.pop()
        found.append(form)
        waiting.extend(form.__subclasses__())
    return [form for form in found if form.__module__.split(".")[0] != "tests"]


def every_field():
    return [(form, name, field) for form in every_form() for name, field in form.base_fields.items()]


def with_its_words(field):
    """A copy, as a form has one, with the sentence for when it is empty."""
    field = copy.deepcopy(field)
    words_for_empty(field)
    return field


def empty_words(field):
    return str(with_its_words(field).error_messages.get("required", ""))


def clumsy(field):
    with translation.override("en"):
        return field.required and bool(
            re.match(r"(Enter|Choose) the ((why|what|how|who|whose|where|when|which)\b|\w+ by\.)", empty_words(field))
        )


def test_a_question_that_is_not_answered_is_asked_for_in_words_of_its_own():
    assert [f"{form.__name__}.{name}" for form, name, field in every_field() if clumsy(field)] == []


def test_such_a_sentence_would_be_noticed():
    assert clumsy(TextField(label="Why you are deleting the draft"))
    assert not clumsy(TextField(label="Why", error_messages={"required": "Say why."}))
    assert not clumsy(TextField(label="Reason"))


def is_marked(form, field):
    return not field.required and form.mark_optional and getattr(field, "mark_optional", True)


@pytest.mark.parametrize("form", [form for form in every_form() if form.mark_optional], ids=lambda form: form.__name__)
def test_what_is_needed_sometimes_is_not_called_optional(form):
    made = form.__new__(form)
    names = [name for name, field in form.base_fields.items() if NEEDED_SOMETIMES.search(str(field.help_text))]
    if names:
        made = form()
    assert [name for name in names if is_marked(form, made.fields[name])] == []


DJANGOS = re.compile(
    r"Ensure this value|This field is required|Select a valid choice|Enter a valid value|Enter a whole number"
)


def test_no_field_falls_back_to_a_sentence_of_the_framework():
    """Of what people type; a choice outside its list is sent by no page."""
    typed = [row for row in every_field() if isinstance(row[2], (forms.CharField, forms.DecimalField, forms.DateField))]
    with translation.override("en"):
        found = [
            f"{form.__name__}.{name}: {sentence}"
            for form, name, field in typed
            if not field.widget.is_hidden
            for sentence in map(str, with_its_words(field).error_messages.values())
            if DJANGOS.search(sentence)
            and not (sentence == str(field.error_messages.get("required")) and not field.required)
        ]
    assert found == []
