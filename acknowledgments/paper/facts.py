"""The facts at the head of the paper, and what it names of the customer's assessment."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import get_language_info
from django.utils.translation import gettext as _

from acknowledgments.contents.items import About, ContactItem, PlanContents
from acknowledgments.models import Acknowledgment, Seal
from careerplan.base.dates import in_text
from careerplan.base.fields import written
from careerplan.base.readable import day, short_day
from careerplan.base.spoken import in_language_of, official_of
from customers.enums import PlanType
from services.enums import CredentialType

# The codes of PIRL 409 among the choices of the school status.
IN_SCHOOL, OUT_OF_SCHOOL = frozenset("123"), frozenset("456")

Fact = dict[str, Any]


def fact(label: str, value: str | Sequence[str]) -> Fact:
    """A row of a table of facts, its value in lines; empty ones are left out. Words keep their language."""
    lines = value.splitlines() if type(value) is str else [value] if isinstance(value, str) else value
    return {"label": label, "lines": [line for line in lines if line.strip()]}


def said(*facts: Fact) -> list[Fact]:
    """Those of the assessment: what nobody answered has no row."""
    return [row for row in facts if row["lines"]]


def office_facts(about: About) -> list[Fact]:
    return [
        fact(_("Organization"), about.grantee),
        fact(_("Region"), about.region),
        fact(_("Office"), about.office),
        fact(_("Address"), about.office_address),
        fact(_("Phone"), about.office_phone),
        fact(_("Relay/TTY"), about.office_relay),
    ]


def plan_facts(
    about: About, *, seal: Seal | None, acknowledgment: Acknowledgment | None, printed_on: date
) -> list[Fact]:
    return [
        fact(_("Program"), programs(about)),
        fact(_("Plan created"), day(about.created_on)),
        fact(_("Version"), str(about.version)),
        fact(_("Kind of plan"), _("Initial plan") if about.version == 1 else _("Update or review of the plan")),
        fact(_("Status"), status_on_paper(seal, acknowledgment)),
        fact(_("Form printed"), in_text(printed_on)),
    ]


def programs(about: About) -> list[str]:
    """Each by its name; of one for youth also whether the customer is in school."""
    return [
        in_school_or_out(name, about.school_status) if official_of(name) in about.youth_programs else name
        for name in about.programs
    ]


def in_school_or_out(program: str, school_status: str) -> str:
    named = {"program": program}
    if school_status in IN_SCHOOL:
        return in_language_of(program, _("%(program)s (in-school)") % named)
    if school_status in OUT_OF_SCHOOL:
        return in_language_of(program, _("%(program)s (out-of-school)") % named)
    return program


def status_on_paper(seal: Seal | None, acknowledgment: Acknowledgment | None) -> str:
    if seal is None:
        return _("Draft")
    return _("Acknowledged") if acknowledgment else _("Sent for acknowledgment")


def customer_facts(contents: PlanContents) -> list[Fact]:
    about = contents.about
    return [
        fact(_("Name (last, first, middle initial)"), about.customer_name),
        fact(_("Participant ID"), about.participant_id),
        fact(_("Address"), [*about.customer_address.splitlines(), *county(about)]),
        fact(_("Phone"), phones(about)),
        *said(fact(_("Best time to call"), about.best_time)),
        fact(_("E-mail"), about.customer_email),
        fact(_("Preferred language"), language_name(about.language)),
        fact(_("Accommodation needs"), about.needs or _("None stated")),
        *said(*emergency(contents)),
        *said(*schooling(about)),
    ]


def county(about: About) -> list[str]:
    return [_("County: %(county)s") % {"county": about.county}] if about.county else []


def phones(about: About) -> list[str]:
    """The number of the record first, unless it is one of those that the customer told apart."""
    labelled = [
        (_("Home: %(phone)s"), about.phone_home),
        (_("Work: %(phone)s"), about.phone_work),
        (_("Cell: %(phone)s"), about.phone_cell),
    ]
    apart = {digits(phone) for _label, phone in labelled}
    recorded = [about.customer_phone] if digits(about.customer_phone) not in apart else []
    return recorded + [label % {"phone": phone} for label, phone in labelled if phone]


def digits(phone: str) -> str:
    return "".join(sign for sign in phone if sign.isdigit())


def emergency(contents: PlanContents) -> list[Fact]:
    """Whom to call: the form of an IEP doesn't ask."""
    if contents.plan_type == PlanType.IEP:
        return []
    return [fact(_("Emergency contact"), [contact_line(row) for row in contents.about.emergency_contacts])]


def contact_line(row: ContactItem) -> str:
    name = f"{row.name} ({row.relation})" if row.relation else row.name
    return ", ".join(filter(None, [name, row.phone, row.other_phone]))


def schooling(about: About) -> list[Fact]:
    return [
        fact(_("Education level"), about.education_level_name),
        fact(_("School status"), about.school_status_name),
    ]


def goal_facts(contents: PlanContents) -> list[Fact]:
    """What the assessment says of the work that is wanted."""
    about = contents.about
    industry = "" if contents.plan_type == PlanType.ISS else about.industry
    distance = written(Decimal(about.distance)) if about.distance else ""
    return said(fact(_("Target industry"), industry), fact(_("Distance willing to travel (miles)"), distance))


def assistance_rows(contents: PlanContents) -> list[dict[str, str]]:
    """Help with finding work and its days: the form of an ISS doesn't ask."""
    if contents.plan_type == PlanType.ISS:
        return []
    return [
        {"what": row.what, "offered": short_day(row.offered_on), "provided": short_day(row.provided_on)}
        for row in contents.about.employment_assistance
    ]


def credential_rows(contents: PlanContents) -> list[dict[str, str]]:
    """What the customer has earned so far, with the type of each where it was said."""
    return [
        {
            "name": row.name,
            "type": str(CredentialType(row.credential_type).label) if row.credential_type else "",
            "on": short_day(row.earned_on),
        }
        for row in contents.about.credentials
    ]


def assessed_facts(contents: PlanContents) -> list[Fact]:
    """All that the paper names of the assessment, for the page of a version."""
    about = contents.about
    told_apart = any((about.phone_home, about.phone_work, about.phone_cell))
    facts = [
        fact(_("County"), about.county),
        fact(_("Phone"), phones(about) if told_apart else ""),
        fact(_("Best time to call"), about.best_time),
        *emergency(contents),
        *schooling(about),
        *goal_facts(contents),
        fact(_("Employment assistance"), [assistance_line(row) for row in assistance_rows(contents)]),
    ]
    return said(*facts)


def assistance_line(row: dict[str, str]) -> str:
    offered = _("offered %(day)s") % {"day": row["offered"]} if row["offered"] else ""
    provided = _("given %(day)s") % {"day": row["provided"]} if row["provided"] else ""
    days = ", ".join(filter(None, [offered, provided]))
    return in_language_of(row["what"], f"{row['what']}: {days}" if days else row["what"])


def language_name(code: str) -> str:
    try:
        return str(get_language_info(code)["name_translated"]).capitalize()
    except KeyError:
        return code


def planner_facts(about: About) -> list[Fact]:
    return [
        fact(_("Name"), about.planner_name),
        fact(_("Phone"), about.planner_phone),
        fact(_("E-mail"), about.planner_email),
    ]
