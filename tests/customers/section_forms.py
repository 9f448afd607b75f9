"""The planner's pages of a section, as the browser opens and sends them."""

from django.urls import reverse

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
