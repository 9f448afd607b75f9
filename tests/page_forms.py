"""Every form of the product's pages."""

from collections.abc import Iterator

from django.urls import get_resolver

from careerplan.base.forms import PageForm


def page_forms(parent: type[PageForm] = PageForm) -> Iterator[type[PageForm]]:
    """Those that the views use; the tests' own are left out."""
    assert get_resolver().url_patterns  # imports every view, and with it every form
    for form in parent.__subclasses__():
        if not form.__module__.startswith("tests."):
            yield form
        yield from page_forms(form)
