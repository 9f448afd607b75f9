"""What a customer's record holds, and what keeps it from going into another one; each floor says what it knows."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from customers.models import Assessment, CaseNote, Customer, Enrollment, SectionRecord, Upload


@dataclass(frozen=True)
class Held:
    """So many things of this name, and the page that shows them."""

    label: Any
    number: int
    path: str


@dataclass(frozen=True)
class Hindrance:
    """`sentence`: why a record can't go into the other one, and what to do first; `path`: where."""

    code: str
    sentence: str
    path: str = ""


# What the record holds.
Hold = Callable[[Customer], list[Held]]
# What keeps the second record from going into the first.
Hinder = Callable[[Customer, Customer], list[Hindrance]]

_holds: list[Hold] = []
_hinders: list[Hinder] = []


def register(*, hold: Hold | None = None, hinder: Hinder | None = None) -> None:
    _holds.extend([hold] if hold else [])
    _hinders.extend([hinder] if hinder else [])


def held_by(customer: Customer) -> list[Held]:
    return [held for hold in _holds for held in hold(customer)]


def hindrances(kept: Customer, other: Customer) -> list[Hindrance]:
    return [found for hinder in _hinders for found in hinder(kept, other)]


def held_here(customer: Customer) -> list[Held]:
    """Of this floor."""
    return [
        held(customer, _("Enrollments"), Enrollment, "intake"),
        held(customer, _("Case notes"), CaseNote, "case-notes"),
        held(customer, _("Assessments"), Assessment, "assessments"),
        held(customer, _("Sections of the assessment"), SectionRecord, "assessments"),
        held(customer, _("Files"), Upload, "uploads"),
    ]


def held(customer: Customer, label: Any, model: Any, page: str) -> Held:
    path = reverse(f"customers:{page}", args=[customer.pk])
    return Held(label, model.objects.filter(customer=customer).count(), path)
