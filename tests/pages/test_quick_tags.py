"""Tags and filters that are quicker than Django's say the same (base/templatetags)."""

from datetime import date, datetime
from functools import partial
from zoneinfo import ZoneInfo

import pytest
from django import forms
from django.forms.renderers import DjangoTemplates as DjangoTemplatesOfForms
from django.forms.renderers import get_default_renderer
from django.template import engines
from django.template.backends.django import DjangoTemplates
from django.utils import timezone, translation
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy

from careerplan.base.forms import PageForm

DJANGOS_OWN = {"i18n": "django.templatetags.i18n"}
SAID = [
    "{% url 'plan:service-edit' 7 key %}",
    "{% url 'plan:version' key key %}",
    "{% url 'customers:list' %}",
    "{% url 'plan:career-goal' key 'long_term' %}",
    "{% url 'my:acknowledge' '9f0c0c62-0000-4000-8000-000000000000' %}",
    "{% url 'plan:overview' pk=key %}",
    "{% url 'plan:overview' key as address %}{{ address }}",
    "{{ day|date:'SHORT_DATE_FORMAT' }} {{ day|date:'DATE_FORMAT' }} {{ day|date:'D' }} {{ day|date }}",
    "{{ moment|date:'SHORT_DATETIME_FORMAT' }} {{ moment|date:'DATE_FORMAT' }}",
    "{{ nothing|date:'SHORT_DATE_FORMAT' }}",
    "{% translate 'Edit' %} {% translate 'Overview' context 'plan tab' %} {% translate '100%' %}",
    "{% translate 'Status' as word %}{{ word }} {% translate word %} {% translate 'Edit' noop %}",
]


def both(source, values):
    plain = DjangoTemplates({"NAME": "plain", "DIRS": [], "APP_DIRS": False, "OPTIONS": {"libraries": DJANGOS_OWN}})
    text = f"{{% load i18n %}}{source}"
    quick, own = (engine.from_string(text) for engine in (engines["django"], plain))
    return quick.render(dict(values)), own.render(dict(values))


@pytest.mark.parametrize("source", SAID)
def test_what_is_quicker_says_what_django_says(source):
    values = {
        "key": 42,
        "day": date(2027, 1, 5),
        "moment": datetime(2027, 1, 5, 23, 30, tzinfo=timezone.get_default_timezone()),
    }
    for language in ("en", "es", "en"):
        with translation.override(language):
            quick, own = both(source, values)
            assert quick == own


def test_a_moment_is_told_by_the_clock_of_its_reader():
    moment = datetime(2027, 1, 5, 23, 30, tzinfo=ZoneInfo("America/Chicago"))
    template = engines["django"].from_string("{{ moment|date:'SHORT_DATE_FORMAT' }}")
    told = []
    for zone in ("America/Chicago", "Asia/Tokyo"):
        with timezone.override(zone):
            told.append(template.render({"moment": moment}))
    assert told == ["01/05/2027", "01/06/2027"]


def test_an_address_with_words_in_it_is_escaped():
    template = engines["django"].from_string("{% url 'plan:career-goal' key role %}")
    assert template.render({"key": 1, "role": "a-b"}).endswith("/a-b/")


ATTRIBUTES = {
    "class": "form-control",
    "data-day": "",
    "maxlength": 12,
    "autofocus": True,
    "hidden": False,
    "title": '"<&',
}
CHOICES = [("", "Choose <one>"), ("a", "A"), ("Others", [("b", 'B "b"'), (3, "3")])]
WIDGETS = [
    (forms.TextInput, 'a"<b'),
    (forms.NumberInput, 1234567),
    (forms.DateInput, date(2027, 1, 5)),
    (forms.HiddenInput, None),
    (forms.PasswordInput, "secret"),
    (forms.ClearableFileInput, None),
    (forms.CheckboxInput, True),
    (forms.Textarea, "<b>\n'two' lines"),
    (forms.Textarea, None),
    (partial(forms.Select, choices=CHOICES), 3),
    (partial(forms.SelectMultiple, choices=CHOICES), ["a", "b"]),
    (partial(forms.RadioSelect, choices=CHOICES), "a"),
    (partial(forms.CheckboxSelectMultiple, choices=CHOICES), ["b"]),
    (forms.SelectDateWidget, date(2027, 1, 5)),
]


@pytest.mark.parametrize(("kind", "value"), WIDGETS)
def test_a_field_is_written_as_django_writes_it(kind, value):
    for attributes in (ATTRIBUTES, {"title": SafeString("&amp;"), "placeholder": gettext_lazy("Edit")}, {}):
        quick, own = (
            kind(attrs=attributes).render("name", value, {"id": "id_name"}, renderer)
            for renderer in (get_default_renderer(), DjangoTemplatesOfForms())
        )
        assert " ".join(quick.split()) == " ".join(own.split())
        assert 'id="id_name' in quick


def test_the_language_of_an_empty_fields_words_is_that_of_its_reader():
    class Form(PageForm):
        name = forms.CharField(label=gettext_lazy("Subject"))

    form = Form({})
    told = []
    for language in ("en", "es"):
        with translation.override(language):
            told.append(str(form.fields["name"].error_messages["required"]))
    assert told == ["Enter the subject.", "Escriba este dato: asunto."]
