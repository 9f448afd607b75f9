"""Finds words on a page that are in another language than the page says: here, English on a Spanish page.

A page may say what the Spanish catalogs say, what reference data are called in Spanish, names (of people, offices,
places, providers), and whatever carries another `lang`. Every other word is a finding; a test prints it with the words
around it. What a new page may say besides is a name: `names` has its kinds.
"""

import re
from collections.abc import Iterable

from django.apps import apps
from django.conf import settings
from django.utils.translation import trans_real
from lxml import html

from careerplan.accounts.models import Grantee, Office, Region, User
from careerplan.base.named import NamedModel
from careerplan.messaging.models import Message
from customers.models import Customer, FieldDefinition
from goals.models import CareerCluster
from services.models import PlannedService
from services.providers.models import Provider

WORD = re.compile(r"[^\W\d_]{2,}")
# What a person reads or hears beside the text.
SPOKEN = ("aria-label", "data-label", "placeholder", "alt", "title")
# Of the product and of the web: names, kinds of files, abbreviations of the field.
KNOWN = {"careerplan", "pdf", "iep", "iss", "mm", "dd", "yyyy", "utc", "https", "http", "www"}


def words_in(text: str) -> list[str]:
    return [word.casefold() for word in WORD.findall(text)]


def spanish_words() -> set[str]:
    """All that the catalogs say in Spanish, ours and those of the libraries, and the Spanish names of entries."""
    catalogs = trans_real.translation("es")._catalog._catalogs
    said = [words for catalog in catalogs for words in catalog.values() if isinstance(words, str)]
    models = [model for model in apps.get_models() if issubclass(model, NamedModel)]
    said += [name for model in models for name in model.objects.values_list("plain_spanish", flat=True)]
    said += list(CareerCluster.objects.values_list("spanish", flat=True))
    said += [words for question in FieldDefinition.objects.all() for words in in_spanish(question)]
    return {word for words in said for word in words_in(re.sub(r"%\(\w+\)[sd]|<[^>]+>", " ", words))}


def in_spanish(question: FieldDefinition) -> list[str]:
    """What a question of the assessment says, with its choices and columns."""
    entries = [*question.choices, *question.columns]
    entries += [choice for column in question.columns for choice in column.get("choices", [])]
    return [question.label_spanish, question.help_spanish, *(entry["spanish"] for entry in entries)]


def names() -> set[str]:
    """Names are in no language: of people, of what they sign in with, of offices, places and providers."""
    said = [settings.AGENCY_NAME]
    for model, columns in {
        User: ("first_name", "last_name", "username", "email"),
        Customer: ("first_name", "middle_name", "last_name", "street", "city", "state", "state_id", "email"),
        Office: ("name", "street", "city", "state"),
        Region: ("name", "code"),
        Grantee: ("name", "email"),
        PlannedService: ("provider", "provider_contact", "contract", "exploration_supervisor"),
        Provider: ("name", "street", "city", "state"),
    }.items():
        said += [str(value) for row in model.objects.values_list(*columns) for value in row]
    return {word for words in said for word in words_in(words)}


def typed_in_messages() -> set[str]:
    """What people wrote to each other: no part of the plan."""
    rows = Message.objects.filter(facts__isnull=True).values_list("written_subject", "written_body")
    return {" ".join(text.split()) for row in rows for text in row}


def texts_of(page: str) -> list[str]:
    """The texts of a page without those that carry another language."""
    root = html.fromstring(page)
    for element in root.xpath(
        "//*[@lang and not(starts-with(@lang, 'es'))] | //*[@translate='no'] | //script | //style"
    ):
        element.drop_tree()
    shown = [" ".join(text.split()) for text in root.itertext() if isinstance(text, str)]
    return [*shown, *(value for name in SPOKEN for value in root.xpath(f"//@{name}"))]


def foreign_in(texts: Iterable[str], known: set[str]) -> dict[str, str]:
    """Each word that is not known, with the text in which it stands."""
    return {word: text for text in texts for word in words_in(text) if word not in known}
