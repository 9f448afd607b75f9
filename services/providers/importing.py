"""The list of eligible training providers from a file: one row a program, with its provider and its credentials."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from careerplan.accounts.models import User
from careerplan.base.dates import in_row
from careerplan.base.refusals import Refusal
from careerplan.imports.kinds import Field, Kind, Reader
from careerplan.imports.models import Import
from customers.scanning import refuse_infected
from services.enums import CredentialType
from services.providers.cells import CREDENTIALS, TYPES
from services.providers.listing import END_MISSING, ListReader, missing_programs
from services.providers.rights import may_keep_list

KEY = "providers"
# So many of what ends are named.
MOST_NAMED = 5

FIELDS = (
    Field("provider_code", gettext_lazy("Provider ID"), ("provider code", "institution id", "fein",
          "id del proveedor")),
    Field("provider", gettext_lazy("Provider"), ("provider name", "institution", "school", "proveedor",
          "nombre del proveedor", "institución")),
    Field("street", gettext_lazy("Street"), ("address", "street address", "provider address", "calle", "dirección")),
    Field("city", gettext_lazy("City"), ("town", "provider city", "ciudad")),
    Field("state", gettext_lazy("State of the address"), ("st", "state", "provider state", "estado")),
    Field("zip_code", gettext_lazy("ZIP code"), ("zip", "postal code", "provider zip", "código postal")),
    Field("phone", gettext_lazy("Phone"), ("telephone", "phone number", "provider phone", "teléfono")),
    Field("email", gettext_lazy("E-mail"), ("email", "mail", "provider email", "correo electrónico")),
    Field("website", gettext_lazy("Website"), ("url", "web", "provider url", "provider website", "sitio web")),
    Field("program_code", gettext_lazy("Program ID"), ("program code", "course id", "id del programa")),
    Field("program", gettext_lazy("Training program"), ("program name", "course", "course name", "programa",
          "programa de capacitación")),
    Field("occupation", gettext_lazy("Occupation (SOC)"), ("soc", "soc code", "o*net", "o*net code", "onet code",
          "ocupación")),
    Field("cip_code", gettext_lazy("Field of study (CIP)"), ("cip", "cip code", "código cip")),
    Field("cost", gettext_lazy("Cost in dollars"), ("cost", "total cost", "tuition", "costo")),
    Field("weeks", gettext_lazy("Length in weeks"), ("weeks", "program length weeks", "semanas")),
    Field("hours", gettext_lazy("Length in hours"), ("hours", "clock hours", "program length hours", "horas")),
    Field(CREDENTIALS, gettext_lazy("Credentials (with semicolons between)"), ("credential", "credentials",
          "credential earned", "credencial", "credenciales")),
    Field(TYPES, gettext_lazy("Types of the credentials"), ("credential type", "credential types", "type of credential",
          "tipo de credencial")),
)  # fmt: skip


class ProviderImport(Kind):
    key = KEY
    title = gettext_lazy("Import providers and programs")
    fields = FIELDS
    home, home_label = "providers", gettext_lazy("Training providers")
    rows_are = gettext_lazy("Program")
    who_may = gettext_lazy("Only statewide staff and administrators keep the list of providers.")
    again_at = ("program_code",)
    again = gettext_lazy("Line %(line)d is about the same program. Leave one of them out.")

    def may_bring(self, person: User) -> bool:
        return may_keep_list(person)

    def refuse_unfit(self, content: bytes) -> None:
        refuse_infected(content)

    def refuse_columns(self, names: set[str]) -> None:
        if not {"provider_code", "program_code"} <= names:
            raise Refusal("no-ids", _("Choose the columns with the provider ID and the program ID."))
        if (CREDENTIALS in names) != (TYPES in names):
            raise Refusal("no-types", _("Choose the credentials and their types together, or leave both out."))

    def options(self, person: User) -> dict[str, forms.Field]:
        end = forms.BooleanField(
            label=gettext_lazy("End what is not in this file"),
            required=False,
            help_text=gettext_lazy(
                "Programs that are listed and not in this file, and credentials that its programs no longer name, can "
                "not be chosen any more. Nothing is deleted. Choose it only for the whole list."
            ),
        )
        end.mark_optional = False  # type: ignore[attr-defined]  # of our forms
        return {END_MISSING: end}

    def reader(self, bringing: Import) -> Reader:
        return ListReader(bringing)

    def name_of(self, texts: Mapping[str, str]) -> str:
        program = texts.get("program") or texts.get("program_code", "")
        provider = texts.get("provider") or texts.get("provider_code", "")
        return ", ".join(part for part in (program, provider) if part)

    def shown(self, name: str, text: str) -> str:
        if name == "ended_on" and text:
            return in_row(date.fromisoformat(text))
        if name == CREDENTIALS and text:
            labels = dict(CredentialType.choices)
            pairs = (part.rpartition("=") for part in text.split(";"))
            return "; ".join(f"{called} ({labels.get(kind, kind)})" for called, _sign, kind in pairs)
        return text

    def label_of(self, name: str) -> Any:
        return _("No longer listed since") if name == "ended_on" else super().label_of(name)

    def address_of(self, found: int) -> str:
        return f"{reverse('providers')}?program={found}"

    def besides(self, bringing: Import) -> list[str]:
        missing = list(missing_programs(bringing)) if bringing.options.get(END_MISSING) else []
        if not missing:
            return []
        named = "; ".join(f"{program.name}, {program.provider.name}" for program in missing[:MOST_NAMED])
        sentence = ngettext(
            "%(number)d program is listed and not in this file. It ends: %(named)s.",
            "%(number)d programs are listed and not in this file. They end, among them: %(named)s.",
            len(missing),
        )
        return [sentence % {"number": len(missing), "named": named}]
