"""Employers, worksites and jobs from a file: one row a job, with its worksite and its employer, or a worksite that has
no job yet (ILL-123)."""

from collections.abc import Mapping
from datetime import date

from django import forms
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from careerplan.accounts.models import User
from careerplan.base.dates import in_row
from careerplan.base.refusals import Refusal
from careerplan.imports.kinds import Field, Kind, Reader
from careerplan.imports.models import Import
from customers.scanning import refuse_infected
from worksites.enums import EmploymentType
from worksites.places.import_cells import OF_JOB
from worksites.places.import_rows import JobReader
from worksites.places.models import regions_of
from worksites.places.rights import may_keep_places

KEY = "worksites"

FIELDS = (
    Field("region", gettext_lazy("Region"), ("lwa", "local area", "workforce area", "región")),
    Field("employer", gettext_lazy("Employer"), ("employer name", "company", "business", "empleador", "empresa")),
    Field("employer_code", gettext_lazy("Employer ID (FEIN)"), ("fein", "ein", "employer id", "employer code")),
    Field("industry", gettext_lazy("Industry"), ("naics", "sector", "industria")),
    Field("employees", gettext_lazy("Number of employees"), ("employees", "company size", "empleados")),
    Field("employer_phone", gettext_lazy("Employer's phone"), ("employer phone", "company phone", "phone", "teléfono")),
    Field("website", gettext_lazy("Website"), ("url", "web", "sitio web")),
    Field("worksite", gettext_lazy("Worksite"), ("worksite name", "site", "location", "lugar de trabajo")),
    Field("street", gettext_lazy("Street"), ("address", "street address", "calle", "dirección")),
    Field("city", gettext_lazy("City"), ("town", "ciudad")),
    Field("county", gettext_lazy("County"), ("condado",)),
    Field("state", gettext_lazy("State of the address"), ("st", "state", "estado")),
    Field("zip_code", gettext_lazy("ZIP code"), ("zip", "postal code", "código postal")),
    Field("contact", gettext_lazy("Contact's name"), ("contact", "contact person", "contacto")),
    Field("contact_phone", gettext_lazy("Contact's phone"), ("contact phone",)),
    Field("contact_email", gettext_lazy("Contact's e-mail"), ("contact email",)),
    Field("supervisor", gettext_lazy("Supervisor"), ("supervisor name", "supervisora")),
    Field("supervisor_phone", gettext_lazy("Supervisor's phone"), ("supervisor phone",)),
    Field("supervisor_email", gettext_lazy("Supervisor's e-mail"), ("supervisor email",)),
    Field("job", gettext_lazy("Job title"), ("job", "title", "position", "puesto")),
    Field("occupation", gettext_lazy("Occupation (SOC)"), ("soc", "soc code", "o*net", "onet code", "ocupación")),
    Field("employment_type", gettext_lazy("Employment type"), ("type", "employment", "tipo de empleo")),
    Field("hourly_wage", gettext_lazy("Hourly wage"), ("wage", "hourly rate", "pay", "salario por hora")),
    Field("weekly_hours", gettext_lazy("Hours a week"), ("hours", "hours per week", "weekly hours", "horas")),
    Field("openings", gettext_lazy("Total number of openings"), ("openings", "positions", "slots", "vacantes")),
    Field("starts_on", gettext_lazy("Starts on"), ("start", "start date", "inicio")),
    Field("ends_on", gettext_lazy("Ends on"), ("end", "end date", "fin")),
)  # fmt: skip


class WorksiteImport(Kind):
    key = KEY
    title = gettext_lazy("Import employers, worksites and jobs")
    fields = FIELDS
    home, home_label = "worksites", gettext_lazy("Worksites")
    rows_are = gettext_lazy("Job")
    who_may = gettext_lazy("Only career planners and statewide staff keep employers, worksites and jobs.")
    again = gettext_lazy("Line %(line)d is about the same job, or the same worksite. Leave one of them out.")
    again_at = ("job", "worksite")

    def may_bring(self, person: User) -> bool:
        return may_keep_places(person)

    def refuse_unfit(self, content: bytes) -> None:
        refuse_infected(content)

    def refuse_columns(self, names: set[str]) -> None:
        if not {"employer", "worksite"} <= names:
            raise Refusal("no-names", _("Choose the columns with the employer and the worksite."))
        if names & set(OF_JOB) and "job" not in names:
            sentence = _("Choose the column with the job title, or leave out what else is said of jobs.")
            raise Refusal("no-job", sentence)

    def options(self, person: User) -> dict[str, forms.Field]:
        regions = regions_of(person).order_by("name")
        first = list(regions[:2])
        region = forms.ModelChoiceField(
            label=gettext_lazy("Region of the rows that name none"),
            queryset=regions,
            required=False,
            empty_label=gettext_lazy("None: each row must name its region"),
            initial=first[0].pk if len(first) == 1 else None,
        )
        region.mark_optional = False  # type: ignore[attr-defined]  # of our forms
        return {"region": region}

    def reader(self, bringing: Import) -> Reader:
        return JobReader(bringing)

    def name_of(self, texts: Mapping[str, str]) -> str:
        return ", ".join(texts[name] for name in ("job", "worksite", "employer") if texts.get(name))

    def shown(self, name: str, text: str) -> str:
        if name in {"starts_on", "ends_on"} and text:
            return in_row(date.fromisoformat(text))
        return str(dict(EmploymentType.choices).get(text, text)) if name == "employment_type" else text

    def address_of(self, found: int) -> str:
        return reverse("worksite", args=[-found]) if found < 0 else f"{reverse('worksites')}?job={found}"
