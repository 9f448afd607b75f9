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
    "(empty)": "a value that is not there",
    "absence": "not being where one was expected: of staff, or of a customer from a service",
    "Attendance": "the hours that a customer was at a service",
    "day": "a calendar day",
    "service": "a planned service, as the name of a column",
    "About": "what a question or a request is about",
    "Absences": "days on which staff are away",
    "Accessibility": "the page of that name",
    "Acknowledge": "what the customer does with a plan, on buttons",
    "Acknowledged": "a plan that the customer agreed to",
    "Action": "the column of what can be done with a row",
    "Active": "a version in force",
    "Add": "a button",
    "Added": "what came into the plan",
    "Address": "where somebody lives or an office stands",
    "Agency": "who runs the installation",
    "Agreement": "the customer's agreement to a plan",
    "All": "all statuses",
    "assessment": "a test or an interview of the customer",
    "Begin": "a button: begin to answer",
    "begun": "when something began",
    "Confidential": "a kind of barrier that the form leaves out",
    "Contact": "a talk with the customer, as a column and as a category of case notes",
    "Contacts": "talks with the customer",
    "File:": "a file that came along, before its name",
    "Goal:": "the goal that something is for, before its words",
    "Knowledge": "what an occupation asks to know",
    "Overdue": "a day that has passed",
    "recorded": "when something was put on record",
    "Subject": "the line above a note or a message",
    "asked": "a question was put",
    "Assessment": "a test or an evaluation",
    "Pre-test": "of two tests the one before",
    "area": "what a test measures",
    "Assessments": "tests and evaluations",
    "assessments": "tests and evaluations",
    "Barrier": "what stands between the customer and the goal",
    "Barriers": "what stands between the customer and the goal",
    "Begun": "the day on which a program began",
    "Breadcrumb": "the way to the page, for screen readers",
    "By": "who did it",
    "Cancel": "a button: leave the form as it was",
    "Category": "a heading for a thing of the plan or the record",
    "by": "who wrote or did it",
    "category": "a heading for a thing of the plan or the record",
    "City": "of an address",
    "city": "part of an address",
    "closed": "a plan: that, or when it ended",
    "Closed": "what has ended",
    "code": "the short name by which the system knows an entry",
    "Choose": "a button that takes a thing of a list, or leads to the list",
    "Code": "the short name of a thing",
    "Complete": "a status: done to its end",
    "Completed": "a column, or an outcome: ended as planned",
    "Credential": "a diploma or a certificate",
    "Customer": "the person the plan is for",
    "customer": "the person the plan is for",
    "Customers": "the people the plans are for",
    "Date": "a day",
    "Description": "what a thing is, in a sentence",
    "description": "what a thing is, in a sentence",
    "Document": "a file or a paper that proves something",
    "done": "a step: the day on which it was done",
    "Done": "a step: the day, or that it is done",
    "Draft": "a version that is being written",
    "Due": "the last day of a step or a goal",
    "due": "the last day of a step",
    "E-mail": "a letter by computer, and its address",
    "e-mail": "an address",
    "Edit": "a button",
    "Email": "the heading of a column of addresses",
    "Enrollments": "programs that a customer is or was in",
    "Error:": "before a page's title, or a sentence",
    "Everything": "all kinds together",
    "Exited": "somebody left a program",
    "File": "a file of a computer",
    "Files": "files in a customer's record",
    "Filter": "a button: show fewer rows",
    "from": "before the former value",
    "From": "the first of two",
    "Goal": "a goal of the plan",
    "goal": "a goal of the plan",
    "Grantee": "the organisation that runs programs",
    "Hello,": "how a letter begins",
    "Help": "the page of that name",
    "Imported": "taken over from a file",
    "Kind": "which sort of thing",
    "Line": "a line of a file",
    "Message": "what one person writes to another",
    "Messages": "what people write to each other",
    "moved": "came from an older system",
    "name": "what an entry is called",
    "Name": "what somebody or something is called",
    "new": "a message that was not read yet",
    "no": "the answer",
    "nobody": "no person, in a sentence",
    "Nobody": "no person, where one is chosen or counted",
    "none": "no other item is meant",
    "None": "there is none: no request, assessment, path or program",
    "notes": "what staff write beside a thing",
    "abbreviation": "a short title of an occupation",
    "imported": "when a file or a release came in",
    "kind": "what sort of thing it is",
    "language": "English or Spanish: that of a person, or of words",
    "text": "what is said",
    "title": "what an occupation or a pathway is called",
    "occupation": "a kind of work",
    "offered": "an entry that can be chosen",
    "Office": "a career center",
    "office": "a career center",
    "Offices": "career centres",
    "Open": "a button: look at what a message tells of",
    "Other": "something that is not in the list",
    "Outcomes": "what came of a plan",
    "Overview": "the first page of a record",
    "Person": "one human being, as a heading",
    "person": "who signs in",
    "phone": "a number",
    "Phone": "a telephone, or its number",
    "Plan": "an employment plan",
    "plan": "an employment plan",
    "Planned": "a status, or the column of planned days",
    "position": "the place in a list",
    "Privacy": "the page of that name",
    "Program": "what a customer is enrolled in",
    "program": "what a customer is enrolled in",
    "programs": "what a barrier or a customer has to do with",
    "Programs": "what customers are enrolled in",
    "Purpose": "what a file is for",
    "read": "when, or that, a message was read",
    "Reason": "why something is done",
    "reason": "why something is done",
    "Recorded": "when something was written down",
    "Region": "a local workforce area",
    "region": "a local workforce area",
    "removal": "why an item left the plan",
    "Remove": "a button: take out of the plan",
    "removed": "an item that left the plan",
    "Reply": "a link: write back to who wrote",
    "Request": "what one asks of others",
    "Requests": "what one asks of others",
    "Result": "what an assessment found",
    "Resume": "what an applicant sends to employers",
    "Reviews": "of plans, with the customer",
    "Role": "what a person may do",
    "role": "what somebody, or a career goal, is there for",
    "Rules": "of policy",
    "Save": "a button",
    "Sealed": "when a version was frozen",
    "Search": "a button: look for",
    "sent": "when a message or a version went out",
    "Service": "an entry of the catalog",
    "Show": "a button: show what was chosen",
    "Sign-in": "the account with which somebody signs in, as a heading",
    "Signatures": "what is or is to be signed",
    "Staff": "the people who work here",
    "Started": "a status, or the column of first days",
    "State": "how a request stands",
    "state": "how a thing stands; of an address the state, which is the same word in Spanish",
    "Statement": "the sentence that the customer signs",
    "Statewide": "of the whole state",
    "Status": "how a thing stands",
    "status": "how a thing stands",
    "Street": "of an address",
    "street": "part of an address",
    "Subcategory": "a group of occupations under another",
    "subject": "what a note or a message is about",
    "to": "before the new value",
    "Today": "this day, and the page of it",
    "Type": "a kind of assessment",
    "Unread": "messages that nobody read yet",
    "Upload": "a button: put a file on record",
    "upload": "a file of a record",
    "Uploads": "the files of a record",
    "Username": "with which a person signs in",
    "Version": "one agreed state of a plan",
    "Versions": "the states of a plan",
    "Waiting": "somebody is asked and has not answered",
    "What": "a column: what the row is about",
    "Who": "which person",
    "Why": "the reason, as a label",
    "Worksites": "where customers work to learn",
    "written": "the moment at which it was written",
    "Columns": "columns of a table or of rows",
    "Day": "a calendar day, as a kind of question and as a date",
    "No": "the answer",
    "Notes": "what is written beside a thing",
    "Question": "what is asked",
    "Yes": "the answer",
    "changed": "what the history says of a value that it does not show",
    "number": "a count, or the number of a telephone or a wording",
    "question": "what is asked",
    "reviewed": "an answer that the planner has read",
    "section": "a part of the assessment",
    "yes": "the answer",
    "You": "who reads the page",
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
