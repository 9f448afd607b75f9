"""A list of staff that is empty says what is missing, and has the button that fills it or shows the rest."""

import re
from pathlib import Path

import pytest
from django.conf import settings

TEMPLATES = Path(settings.BASE_DIR) / "templates"
EMPTY = re.compile(r'{% include "includes/empty.html"[^%]*%}')
ACTION = re.compile(r"as action(_url)? %}|action_url=(?!\"\")")
LISTS = [
    str(path.relative_to(TEMPLATES)) for path in sorted(TEMPLATES.rglob("*.html")) if EMPTY.search(path.read_text())
]
# So far before the list a button is named that goes with it, in characters.
NEAR = 450
# Why one has no button.
WITHOUT = {
    "careerplan/my_dashboard.html": "the customer's own page: the planner writes the plan",
    "careerplan/my_steps.html": "the customer's own page: the planner starts the plan",
    "careerplan/trial_mail.html": "of the trial; what fills it is anywhere",
    "careerplan/system.html": "nothing is wrong, which is good",
    "customers/_uploads.html": "the form stands open above",
    "customers/messages.html": "the form stands open above",
    "customers/reassign.html": "the choice of another planner stands above",
    "acknowledgments/versions.html": "the button that starts the plan stands above",
    "careerplan/caseload/_results.html": "too many to show: the choices stand above",
    "services/attendance/attendance.html": "the form stands open above",
    "services/attendance/class.html": "the choices stand above",
    "careerplan/today/everybody.html": "nothing is due, which is good",
    "careerplan/today/today.html": "too many to show: the choices stand above",
}


def without_button(text):
    """The lists of a template that name no button before them."""
    return [
        found.group()
        for found in EMPTY.finditer(text)
        if 'action_url=""' not in found.group() and not ACTION.search(text[max(found.start() - NEAR, 0) : found.end()])
    ]


@pytest.mark.parametrize("name", LISTS)
def test_an_empty_list_has_a_button(name):
    assert name in WITHOUT or without_button((TEMPLATES / name).read_text()) == []


def test_the_reasons_are_of_lists_that_are_there():
    assert [name for name in WITHOUT if not without_button((TEMPLATES / name).read_text())] == []
