"""The planner's pages of a section, as the browser opens and sends them."""

from dataclasses import replace

from django.urls import reverse

from careerplan.base import clock
from customers.sections.defining import reword, wording_of
from tests import people
from tests.assessed import wording
from tests.markup import Page

# What no page, log or list may say.
SECRET = "bipolar, since the accident"
# A section that asks nothing but what is confidential.
CLOSED = "DISABILITY_BENEFITS"


def address(name, customer, code="EDUCATION_LEVEL"):
    return reverse(f"customers:{name}", args=[customer.pk, code.lower().replace("_", "-")])


def opened(client, customer, code="EDUCATION_LEVEL"):
    """The form of a section as the browser would send it."""
    here = address("section", customer, code)
    return Page(client.get(here)).form(here)


def save(client, customer, form, code="EDUCATION_LEVEL", **values):
    return client.post(address("section", customer, code), form | values)


def looked(client, customer):
    page = client.post(address("section-confidential", customer, CLOSED))
    return page, Page(page)


def say_anew(code, **changes):
    """An administrator says the question in other words."""
    before = wording(code)
    reword(before.field, replace(wording_of(before), **changes), by=people.administrator(), at=clock.now())
