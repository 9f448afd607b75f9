"""Whom a customer calls: the own office and planner, known by the sign-in."""

import re
from dataclasses import dataclass

from careerplan.accounts.models import Office, User

EXTENSION = re.compile(r"\s*(?:ext(?:ension)?\.?|x|#)\s*", re.IGNORECASE)
DIGITS_OF_A_US_NUMBER = 10


def office_of(person: User) -> Office | None:
    """The office where the person is a customer; None for staff."""
    return Office.objects.filter(customers__user=person).select_related("grantee").first()


def planner_of(person: User) -> User | None:
    """The planner of the person as a customer; None for staff, and where there is none who works here."""
    planner: User | None = User.objects.filter(caseload__user=person, is_active=True).first()
    return planner


def phone_of(office: Office) -> str:
    """The office's telephone, or that of the grantee that runs it."""
    return office.phone or office.grantee.phone


def dialled(phone: str) -> str:
    """A telephone number as a link dials it (RFC 3966): +12175550110, with its extension where it has one."""
    number, *extension = EXTENSION.split(phone, maxsplit=1)
    digits = re.sub(r"\D", "", number)
    if len(digits) == DIGITS_OF_A_US_NUMBER and not number.strip().startswith("+"):
        digits = f"1{digits}"
    inner = re.sub(r"\D", "", "".join(extension))
    return f"+{digits}" + (f";ext={inner}" if inner else "")


@dataclass(frozen=True)
class OfficeToCall:
    """What stands on every page of a customer."""

    name: str
    phone: str

    @property
    def link(self) -> str:
        return f"tel:{dialled(self.phone)}"


def office_to_call(person: User) -> OfficeToCall | None:
    """None where the person is no customer, or neither the office nor its grantee has a telephone."""
    office = office_of(person)
    return by_telephone(office) if office else None


def by_telephone(office: Office) -> OfficeToCall | None:
    """None where neither the office nor its grantee has a telephone."""
    phone = phone_of(office)
    return OfficeToCall(str(office), phone) if phone else None
