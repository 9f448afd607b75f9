"""Customers from a file: who may bring one, and which columns there may be."""

from collections.abc import Mapping
from datetime import date

from django import forms
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from careerplan.accounts.models import User
from careerplan.base.dates import in_row
from careerplan.base.fields import DateField
from careerplan.base.names import listed_name
from careerplan.base.refusals import Refusal
from careerplan.imports.kinds import Field, Kind, Reader
from careerplan.imports.models import Import
from customers import import_cells as cells
from customers.forms import PlannerField
from customers.import_matching import OF_PROGRAM
from customers.import_writing import CustomerReader
from customers.person_forms import offices_of, planners_beside
from customers.scanning import refuse_infected

KEY = "customers"

FIELDS = (
    Field("state_id", gettext_lazy("Participant ID"), ("id", "participant", "customer id", "state id", "client id",
          "número de participante", "id del participante", "identificación")),
    Field("first_name", gettext_lazy("First name"), ("first", "given name", "nombre", "primer nombre", "nombres")),
    Field("middle_name", gettext_lazy("Middle name"), ("middle", "middle initial", "mi", "segundo nombre")),
    Field("last_name", gettext_lazy("Last name"), ("last", "surname", "family name", "apellido", "apellidos")),
    Field("preferred_name", gettext_lazy("Preferred name"), ("nickname", "goes by", "nombre preferido")),
    Field("birth_date", gettext_lazy("Birth date"), ("born", "date of birth", "birthdate", "birthday", "dob",
          "fecha de nacimiento", "nacimiento")),
    Field("email", gettext_lazy("E-mail"), ("email", "mail", "e-mail address", "email address", "correo",
          "correo electrónico")),
    Field("phone", gettext_lazy("Phone"), ("telephone", "phone number", "mobile", "cell", "cell phone", "teléfono",
          "celular")),
    Field("street", gettext_lazy("Street"), ("address", "street address", "address 1", "address line 1", "calle",
          "dirección", "domicilio")),
    Field("city", gettext_lazy("City"), ("town", "ciudad")),
    Field("state", pgettext_lazy("address", "State"), ("st", "estado")),
    Field("zip_code", gettext_lazy("ZIP code"), ("zip", "postal code", "código postal")),
    Field("language", gettext_lazy("Preferred language"), ("language", "spoken language", "idioma", "lengua")),
    Field("needs", gettext_lazy("Accommodation needs"), ("accommodation", "accommodations", "needs", "adaptaciones")),
    Field("customer_type", gettext_lazy("Customer type"), ("type", "tipo", "tipo de cliente")),
    Field("office", gettext_lazy("Office"), ("career center", "center", "location", "site", "oficina", "centro")),
    Field("planner", gettext_lazy("Career planner"), ("planner", "case manager", "planner email", "planificador",
          "planificadora", "asesor")),
    Field("program", gettext_lazy("Program"), ("program code", "programa", "código del programa")),
    Field("status", gettext_lazy("Enrollment status"), ("status", "estado de la inscripción", "estatus")),
    Field("begun_on", gettext_lazy("Program begun"), ("begun", "start date", "enrolled on", "enrollment date",
          "program start", "fecha de inicio", "fecha de inscripción", "inicio")),
)  # fmt: skip


class CustomerImport(Kind):
    key = KEY
    title = gettext_lazy("Import customers")
    fields = FIELDS
    again_at = ("state_id",)

    def may_bring(self, person: User) -> bool:
        """Statewide staff, and planners for their own offices."""
        return bool(person.is_active and person.edits_plans)

    def refuse_unfit(self, content: bytes) -> None:
        refuse_infected(content)

    def refuse_columns(self, names: set[str]) -> None:
        if not names & {"first_name", "last_name", "state_id"}:
            sentence = _("Choose the column with the names, or the one with the participant IDs.")
            raise Refusal("no-name", sentence)
        if names & set(OF_PROGRAM) and "program" not in names:
            raise Refusal("no-program", _("Choose the column with the program, or leave its status and day out."))

    def options(self, person: User) -> dict[str, forms.Field]:
        offices, planners = offices_of(person), planners_beside(person)
        first = list(offices[:2])
        office = forms.ModelChoiceField(
            label=gettext_lazy("Office of new customers whose row names none"),
            queryset=offices,
            required=False,
            empty_label=gettext_lazy("None: each row must name its office"),
            initial=first[0].pk if len(first) == 1 else None,
        )
        planner = PlannerField(
            label=gettext_lazy("Career planner of new customers whose row names none"),
            required=False,
            empty_label=gettext_lazy("Nobody yet"),
            initial=None if person.sees_every_region else person.pk,
        )
        planner.queryset = planners
        begun_on = DateField(
            label=gettext_lazy("Day on which the program began, where a row names none"),
            required=False,
            help_text=gettext_lazy("Empty: each row with a new program must name its day."),
        )
        found: dict[str, forms.Field] = {"office": office, "planner": planner, "begun_on": begun_on}
        for field in found.values():
            field.mark_optional = False  # type: ignore[attr-defined]  # of our forms
        return found

    def reader(self, bringing: Import) -> Reader:
        return CustomerReader(bringing.uploaded_by, bringing.options)

    def name_of(self, texts: Mapping[str, str]) -> str:
        name = listed_name(texts.get("first_name", ""), texts.get("last_name", ""))
        return " · ".join(part for part in (name, texts.get("state_id", "")) if part) or texts.get("email", "")

    def shown(self, name: str, text: str) -> str:
        if name in {"birth_date", "begun_on"} and text:
            return in_row(date.fromisoformat(text))
        if name in cells.LABELS:
            return str(dict(cells.LABELS[name]()).get(text, text))
        return text

    def address_of(self, found: int) -> str:
        return reverse("customers:overview", args=[found])
