"""How the cells of a list of providers are read: each as a form's field reads it, with its sentence where it can't."""

import re
from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from careerplan.base.fields import MoneyField, StateField, TextField, WholeNumberField
from careerplan.imports.cells import longest, read_cells, text_of
from careerplan.imports.kinds import Fault
from customers.import_cells import PhoneCell, ZipCell, choices_by_words, word_of
from goals.occupation_field import OccupationCell
from services.enums import PIRL_1800, CredentialType
from services.providers.models import (
    CIP_FORM,
    CIP_WORDS,
    MOST_HOURS,
    MOST_WEEKS,
    ApprovedCredential,
    Provider,
    TrainingProgram,
)

# Of each field its column.
OF_PROVIDER = {"provider": "name"} | {
    name: name for name in ("street", "city", "state", "zip_code", "phone", "email", "website")
}
OF_PROGRAM = {"program": "name"} | {name: name for name in ("occupation", "cip_code", "cost", "weeks", "hours")}
CREDENTIALS, TYPES = "credentials", "credential_types"


class LengthCell(WholeNumberField):
    """Lists say 0 where nobody knows."""

    def validate(self, value: Any) -> None:
        super().validate(value)
        if value == 0:
            raise ValidationError(_("Write 1 or more, or leave the cell empty."), code="no-length")


class CipCell(TextField):
    def clean(self, value: Any) -> Any:
        if not re.fullmatch(CIP_FORM, value):
            raise ValidationError(CIP_WORDS, code="no-cip")
        return value


class Cells:
    """The fields by the names of `importing.FIELDS`; the words of types are looked up once."""

    def __init__(self) -> None:
        texts = {
            "provider_code": (Provider, "code"), "provider": (Provider, "name"),
            "street": (Provider, "street"), "city": (Provider, "city"),
            "program_code": (TrainingProgram, "code"), "program": (TrainingProgram, "name"),
        }  # fmt: skip
        self.fields: dict[str, forms.Field] = {
            name: TextField(max_length=longest(model, column), required=False)
            for name, (model, column) in texts.items()
        }
        self.fields |= {
            "state": StateField(required=False),
            "zip_code": ZipCell(max_length=longest(Provider, "zip_code"), required=False),
            "phone": PhoneCell(max_length=longest(Provider, "phone"), required=False),
            "email": forms.EmailField(max_length=longest(Provider, "email"), required=False),
            "website": forms.URLField(max_length=longest(Provider, "website"), assume_scheme="https"),
            "occupation": OccupationCell(),
            "cip_code": CipCell(required=False),
            "cost": MoneyField(digits=9, required=False),
            "weeks": LengthCell(most=MOST_WEEKS, required=False),
            "hours": LengthCell(most=MOST_HOURS, required=False),
        }
        self.types = choices_by_words(lambda: CredentialType.choices)
        self.types |= {digit: [kind] for kind, digit in PIRL_1800.items()}

    def read(self, texts: Mapping[str, str]) -> tuple[dict[str, Any], list[Fault]]:
        values, faults = read_cells(self.fields, texts)
        told = {fault.field for fault in faults}
        if not told & {CREDENTIALS, TYPES}:
            self.read_credentials(text_of(texts.get(CREDENTIALS, "")), text_of(texts.get(TYPES, "")), values, faults)
        return values, faults

    def read_credentials(self, names: str, types: str, values: dict[str, Any], faults: list[Fault]) -> None:
        """Several stand in one cell with a semicolon between, and so do their types; one type may stand for all."""
        named = [name.strip() for name in names.split(";") if name.strip()]
        typed = [word.strip() for word in types.split(";") if word.strip()]
        if not named:
            return
        if any(len(name) > longest(ApprovedCredential, "name") for name in named):
            faults.append(Fault.of(CREDENTIALS, "too-long", words_for_long_name))
            return
        if len(typed) not in {1, len(named)}:
            faults.append(Fault.of(TYPES, "types", words_for_number_of_types))
            return
        kinds = [self.types.get(word if word.isdigit() else word_of(word), []) for word in typed]
        if any(len(found) != 1 for found in kinds):
            faults.append(Fault.of(TYPES, "no-type", words_for_type))
            return
        of_each = kinds if len(kinds) == len(named) else kinds * len(named)
        values[CREDENTIALS] = {name: str(found[0]) for name, found in zip(named, of_each, strict=True)}


def words_for_long_name() -> str:
    return _("A credential has at most 150 letters. Put a semicolon between two.")


def words_for_number_of_types() -> str:
    return _("Write the type of each credential, with semicolons between them, or one type for all.")


def words_for_type() -> str:
    return _("This is no type of credential. Write its name, or its digit in PIRL 1800: 1 to 8.")
