"""Answers to the questions of the assessment, given through the product's actions."""

from careerplan.base import clock
from customers.models import AssessmentSection, FieldDefinition
from customers.sections import confidential, filling
from customers.sections.filling import GivenAnswers


def section(code):
    return AssessmentSection.objects.get(code=code)


def wording(code):
    """Of a question, the newest."""
    return FieldDefinition.objects.newest().select_related("field__section").get(field__code=code)


def said(seen=None, **values):
    """As a form brings it that was opened just now."""
    return GivenAnswers(values, {code: wording(code).number for code in values}, seen)


def fill(customer, code, *, by, seen=None, at=None, **values):
    return filling.fill(customer, section(code), said(seen, **values), by=by, at=at or clock.now())


def fill_confidential(customer, code, *, by, seen=None, **values):
    return confidential.fill_confidential(customer, section(code), said(seen, **values), by=by, at=clock.now())


def complete(customer, code, *, by, seen=None):
    return filling.complete(customer, section(code), seen=seen, by=by, at=clock.now())


def review(customer, code, *, by, seen=None):
    return filling.review(customer, section(code), seen=seen, by=by, at=clock.now())


def reopen(customer, code, *, by):
    return filling.reopen(customer, section(code), by=by, at=clock.now())


def look(customer, code, *, by):
    return confidential.look(customer, section(code), by=by, at=clock.now())
