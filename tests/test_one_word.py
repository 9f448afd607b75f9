"""A word that is said in several places means one thing there, so that one translation is right in each.

"Open" is a button and a status: in Spanish "Abrir" and "Abierto". Who says a word in another file than before decides
here: it means what stands beside it, or it gets a context (`pgettext`, `{% translate ... context ... %}`).
"""

import re
from pathlib import Path

import pytest
from django.conf import settings

from tests.catalog import in_po

PAGES = sorted((Path(settings.BASE_DIR) / "templates").rglob("*.html"))
HEADING = re.compile(r"""<th[^>]*>{% translate "([^"]+)" %}""")
INFINITIVE = re.compile(r"\w+[aei]r\b")

# The word, and what it means in every place that says it.
MEANINGS = {
    "About": "what a question or a request is about",
    "(empty)": "a value that is not there",
    "Accessibility": "the page of that name",
    "Acknowledge": "what the customer does with a plan, on buttons",
    "Acknowledged": "a plan that the customer agreed to",
    "Action": "the column of what can be done with a row",
    "Active": "a version in force",
    "Add": "a button",
    "Added": "what came into the plan",
    "Address": "where somebody lives or an office stands",
    "Agreement": "the customer's agreement to a plan",
    "All": "all statuses",
    "Assessment": "a test or an evaluation",
    "Assessments": "tests and evaluations",
    "Barrier": "what stands between the customer and the goal",
    "Breadcrumb": "the way from the first page to this one",
    "Cancel": "a button: leave the form as it was",
    "Category": "a heading for a thing of the plan or the record",
    "Closed": "what has ended",
    "Complete": "a status: done to its end",
    "Completed": "a column, or an outcome: ended as planned",
    "Credential": "a diploma or a certificate",
    "Customer": "the person the plan is for",
    "Customers": "the people the plans are for",
    "Date": "a day",
    "Description": "what a thing is, in a sentence",
    "Document": "a file or a paper that proves something",
    "Done": "a step: the day, or that it is done",
    "Draft": "a version that is being written",
    "Due": "the last day of a step or a goal",
    "E-mail": "a letter by computer, and its address",
    "Edit": "a button",
    "Email": "the heading of a column of addresses",
    "Error:": "before a page's title, or a sentence",
    "Exited": "somebody left a program",
    "File": "a file of a computer",
    "Filter": "a button: show fewer rows",
    "Goal": "a goal of the plan",
    "Hello,": "how a letter begins",
    "Help": "the page of that name",
    "Message": "what one person writes to another",
    "Messages": "what people write to each other",
    "Name": "what somebody or something is called",
    "None": "there is none: no request, assessment, path or program",
    "Office": "a career center",
    "Other": "something that is not in the list",
    "Outcomes": "what came of a plan",
    "Overview": "the first page of a record",
    "Phone": "a telephone, or its number",
    "Plan": "an employment plan",
    "Planned": "a status, or the column of planned days",
    "Privacy": "the page of that name",
    "Program": "what a customer is enrolled in",
    "Programs": "what customers are enrolled in",
    "Purpose": "what a file is for",
    "Reason": "why something is done",
    "Region": "a local workforce area",
    "Remove": "a button: take out of the plan",
    "Request": "what one asks of others",
    "Requests": "what one asks of others",
    "Result": "what an assessment found",
    "Resume": "what an applicant sends to employers",
    "Save": "a button",
    "Sealed": "when a version was frozen",
    "Search": "a button: look for",
    "Service": "an entry of the catalog",
    "Started": "a status, or the column of first days",
    "State": "how a request stands",
    "Statement": "the sentence that the customer signs",
    "Statewide": "of the whole state",
    "Status": "how a thing stands",
    "Subcategory": "a group of occupations under another",
    "Type": "a kind of assessment",
    "Upload": "a button: put a file on record",
    "Uploads": "the files of a record",
    "Version": "one agreed state of a plan",
    "Versions": "the states of a plan",
    "Waiting": "somebody is asked and has not answered",
    "What": "a column: what the row is about",
    "Who": "which person",
    "Why": "the reason, as a label",
    "Worksites": "where customers work to learn",
    "asked": "a question was put",
    "assessments": "tests and evaluations",
    "category": "a heading for a thing of the plan or the record",
    "city": "part of an address",
    "closed": "a plan: that, or when it ended",
    "code": "the short name by which the system knows an entry",
    "customer": "the person the plan is for",
    "description": "what a thing is, in a sentence",
    "done": "a step: the day on which it was done",
    "due": "the last day of a step",
    "e-mail": "an address",
    "from": "before the former value",
    "goal": "a goal of the plan",
    "moved": "came from an older system",
    "name": "what an entry is called",
    "no": "the answer",
    "none": "no other item is meant",
    "notes": "what staff write beside a thing",
    "occupation": "a kind of work",
    "offered": "an entry that can be chosen",
    "office": "a career center",
    "phone": "a number",
    "plan": "an employment plan",
    "position": "the place in a list",
    "program": "what a customer is enrolled in",
    "programs": "what a barrier or a customer has to do with",
    "read": "when, or that, a message was read",
    "reason": "why something is done",
    "removal": "why an item left the plan",
    "removed": "an item that left the plan",
    "role": "what somebody, or a career goal, is there for",
    "sent": "when a message or a version went out",
    "state": "how a thing stands; of an address the state, which is the same word in Spanish",
    "status": "how a thing stands",
    "street": "part of an address",
    "subject": "what a note or a message is about",
    "to": "before the new value",
    "yes": "the answer",
}


def said_in_several_places():
    """The messages of one word, without a context, that more than one file says."""
    return {
        entry["message"]
        for entry in in_po()
        if not entry["context"] and len(entry["message"].split()) == 1 and len(entry["places"].split()) > 1
    }


def test_a_word_of_several_places_means_one_thing_or_has_a_context():
    undecided = said_in_several_places() - MEANINGS.keys()
    assert undecided == set(), "Say in MEANINGS what it means in every place, or give one of the places a context."


def test_nothing_is_decided_about_a_word_that_is_said_no_more():
    """A word of a single place may stay decided only while it is said at all."""
    assert MEANINGS.keys() - {entry["message"] for entry in in_po()} == set()


def test_the_heading_of_a_column_is_no_verb():
    """The column "Plan Services" lists services: "Servicios del plan". It is no order to plan them."""
    headings = {words for page in PAGES for words in HEADING.findall(page.read_text())}
    assert len(headings) > 50
    spanish = {entry["message"]: entry["words"] for entry in in_po() if not entry["context"]}
    assert {spanish[words] for words in headings if INFINITIVE.match(spanish[words])} == set()


@pytest.mark.parametrize(
    ("word", "context", "spanish"),
    [
        ("Open", "", "Abrir"),
        ("Open", "status", "Abierto"),
        ("Change", "", "Cambio"),
        ("Change", "button", "Cambiar"),
        ("Done", "", "Hecho"),
        ("Done", "button", "Listo"),
        ("All", "", "Todos"),
        ("All", "categories", "Todas"),
        ("Exited", "", "Salió"),
        ("Exited", "day", "Salida"),
        ("Acknowledged", "", "Confirmado"),
        ("Acknowledged", "version", "Confirmada"),
    ],
)
def test_a_word_of_two_meanings_has_two_translations(word, context, spanish):
    found = [entry["words"] for entry in in_po() if (entry["message"], entry["context"]) == (word, context)]
    assert found == [spanish]
