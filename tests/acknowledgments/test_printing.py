"""The printed IEP/ISS form: what stands on it, whatever its state, language and length."""

import io
import re
from dataclasses import replace

import pikepdf
import pypdf
import pytest
from weasyprint import HTML

from acknowledgments.contents.items import About, PlanContents
from acknowledgments.paper import pdf, typesetting
from acknowledgments.paper.direction import tell_direction
from acknowledgments.paper.pdf import TooLong, paper_pdf
from acknowledgments.paper.typesetting import typeset
from tests.acknowledgments.printed import (
    ABOUT,
    BROWSER,
    LONG,
    PLAN,
    PRINTED_ON,
    STATEMENT,
    agreed,
    agreed_paper,
    broken_rules,
    draft_paper,
    is_dictionary,
    plan_text,
    sealed,
    sent_paper,
    text_of,
    without_spaces,
)

# --- what stands on it ------------------------------------------------------------------------


@pytest.mark.parametrize(
    "words",
    [
        "State Workforce Agency", "Individual Employment Plan (IEP)", "Workforce Board", "South Central",
        "Dane County Job Center", "1819 Aberg Avenue, Madison, WI 53704", "608-555-0100", "7-1-1",
        "WIOA Title I Adult WIOA Title I Dislocated Worker", "Plan created Jan. 4, 2027", "Version 1", "Initial plan",
        "Delgado-Whitfield, Maria L.", "C-0048213", "12 West Gorham Street Madison, WI 53703", "608-555-0112",
        "maria@example.org", "Preferred language English", "Large print", "Devon Okafor", "devon@example.org",
        "TABE 13/14 Basic Skills 12/20/2026 Level 4", "Maria reads well and is patient.",
        "Employment goal of the plan Nursing Assistants (31-1131.00)", "$22.50",
        "1 Pass the state exam Occupational training Short Term Goal 01/10/2027 06/30/2027 On Track",
        "Transportation The bus does not run at night. Share rides. Open", "None of these stops the plan.",
        "Nursing assistant course 1 Madison College 01/10/2027 06/30/2027 01/12/2027 20 $1,250.00 Started",
        "Job search help 2 Workforce Board 06/01/2027 Planned", "Bus pass", "$300.00",
        "Total cost of all services in this plan: $1,550.00",
        "Ask two hospitals about night work 2 Both 02/01/2027 01/20/2027",
        "I will do my action steps by their dates",
        "The customer and the career planner made this plan together. The customer is given a copy of it.",
        "New services begin only after my planner and I have both agreed to the changed plan.",
        "Equal opportunity employer/program. Auxiliary aids and services are available upon request to individuals "
        "with disabilities. Relay/TTY: 7-1-1.",
        "A proud partner of the American Job Center network.",
    ],
)  # fmt: skip
def test_the_form_says(words):
    assert words in plan_text("sent")


def test_services_stand_in_their_category():
    text = plan_text("sent")
    order = ["Services", "Training", "Nursing assistant course", "Career services", "Job search help", "Bus pass"]
    positions = [text.rindex(words) for words in order[1:]]
    assert positions == sorted(positions)


def test_a_confidential_barrier_keeps_its_place_without_its_words():
    text = plan_text("sent")
    assert "secret" not in text.lower()
    assert text.count("Confidential need, kept in the customer's record") == 2  # the barrier, the need of the bus pass


def test_internal_notes_of_services_are_not_printed():
    assert "internal note" not in plan_text("sent")


def test_an_iep_with_a_single_goal_says_that_the_others_are_the_same():
    assert "Self-sufficiency goal Same as the employment goal" in plan_text("sent")


def test_a_plan_without_services_says_why():
    contents = replace(PLAN, services=(), no_services_reason="Work is found already.", no_supportive_services=True)
    text = text_of(sent_paper(contents))
    assert "No services are planned: Work is found already." in text
    assert "No supportive services are needed." in text


def test_an_empty_draft_is_printed():
    text = text_of(draft_paper(PlanContents(plan_type="ISS", about=About(participant_id="C-1"))))
    assert "No goal statement is written." in text
    assert "Phone Not entered" in text


@pytest.mark.parametrize(("version", "words"), [(1, "Initial plan"), (2, "Update or review of the plan")])
def test_the_form_says_which_kind_of_plan_it_is(version, words):
    contents = replace(PLAN, about=replace(ABOUT, version=version))
    assert words in text_of(draft_paper(contents))


@pytest.mark.parametrize(("plan_type", "shown"), [("IEP", False), ("ISS", True), ("both", True)])
def test_only_an_iss_has_a_guardian_to_sign_and_a_follow_up(plan_type, shown):
    text = text_of(sent_paper(replace(PLAN, plan_type=plan_type)))
    assert ("Parent or guardian" in text) is shown
    assert ("follow-up services for at least 12 months" in text) is shown


# --- draft, sent, acknowledged ----------------------------------------------------------------


def test_a_draft_is_marked_on_every_page_and_has_no_fingerprint():
    pdf = draft_paper(PLAN)
    assert all("DRAFT" in one.extract_text() for one in pypdf.PdfReader(io.BytesIO(pdf)).pages)
    assert "SHA-256" not in text_of(pdf)
    assert "DRAFT" not in plan_text("sent")


@pytest.mark.policy("ILL-030")
def test_a_sent_form_has_lines_to_sign_and_the_planners_acknowledgment():
    text = plan_text("sent")
    assert "Who Signature Date Customer Delgado-Whitfield, Maria L. Career planner Devon Okafor" in text
    assert "Devon Okafor Acknowledged when the plan was sent Jan. 4, 2027" in text
    assert "Evidence of the acknowledgment" not in text


@pytest.mark.parametrize("kind", ["sent", "agreed"])
def test_a_sealed_form_carries_its_fingerprint(kind):
    text = plan_text(kind)
    assert sealed(PLAN).digest in without_spaces(text)
    assert "ACDEFGHJKMNP" in text


@pytest.mark.policy("WIS-078")
@pytest.mark.parametrize(
    "words",
    [
        "Maria Delgado Whitfield Electronic acknowledgment Jan. 5, 2027, 2:30 p.m. America/Chicago",
        "Signer's account maria.d", "Time (UTC) 2027-01-05 20:30:15 UTC", "Local time 2027-01-05T14:30:15-06:00",
        "IP address 192.0.2.7", BROWSER, "Statement 2026-1, English", "Acknowledged contents (SHA-256)", STATEMENT,
        "Next review: April 5, 2027",
    ],
)  # fmt: skip
def test_an_acknowledged_form_shows_name_time_and_evidence(words):
    assert words in plan_text("agreed")


def test_the_evidence_names_the_request():
    seal = sealed(PLAN)
    acknowledgment = agreed(seal)
    pdf = paper_pdf(
        PLAN, language="en", printed_on=PRINTED_ON, seal=seal, acknowledgment=acknowledgment, typeset=typeset
    )
    assert str(acknowledgment.request.key) in text_of(pdf)


def test_every_page_says_which_plan_and_which_page_it_is():
    pages = pypdf.PdfReader(io.BytesIO(agreed_paper(PLAN))).pages
    for number, one in enumerate(pages, start=1):
        text = " ".join(one.extract_text().split())
        assert "Individual Employment Plan (IEP) | C-0048213 | Version 1" in text
        assert f"Page {number} of {len(pages)}" in text


def test_the_same_contents_give_the_same_form():
    assert sent_paper(PLAN) == sent_paper(PLAN)


# --- languages and letters --------------------------------------------------------------------


def test_a_spanish_form_has_spanish_dates_and_page_numbers():
    pdf = sent_paper(PLAN, "es")
    text = text_of(pdf)
    assert "4 de enero de 2027" in text
    assert "Página 1 de" in text
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        assert opened.Root.Lang == "es"


def test_a_language_without_a_form_gets_the_english_one():
    with pikepdf.open(io.BytesIO(draft_paper(PLAN, "vi"))) as opened:
        assert opened.Root.Lang == "en"


def test_language_help_is_offered_in_several_languages():
    text = plan_text("sent")
    assert "You can get help in your language at no cost. Call 608-555-0100." in text
    assert "Puede recibir ayuda en su idioma sin costo. Llame al 608-555-0100." in text
    assert "bezpłatną pomoc" in text


def test_a_letter_that_no_font_has_is_named_and_marked():
    contents = replace(PLAN, about=replace(ABOUT, customer_name="Zażółć \U0010fffd"))  # for private use
    pdf = sent_paper(contents)
    text = text_of(pdf)
    assert "Zażółć [?]" in text
    assert "Some letters could not be printed" in text
    assert "U+10FFFD" in text
    assert broken_rules(pdf) == []


def test_where_all_letters_are_there_nothing_is_said_of_them():
    assert "Some letters" not in plan_text("sent")


def test_nobody_can_turn_the_letters_of_others_around():
    """An override of the writing direction would print other words than the record holds."""
    text = text_of(sent_paper(replace(PLAN, barriers_comment="I owe \u202e0051 dollars")))
    assert "0051 dollars" in text


@pytest.mark.parametrize(
    ("text", "direction"), [("1. لا توجد حافلة (A)", "rtl"), ("אין", "rtl"), ("No (لا)", "ltr"), ("12", "ltr")]
)
def test_a_block_runs_as_its_first_letter_runs(text, direction):
    page = HTML(string=f'<table><tr><td dir="auto"><p>{text}</p></td><td>{text}</td></tr></table>').etree_element
    tell_direction(page)
    assert [cell.get("dir") for cell in page.iter("td")] == [direction, None]


def test_the_page_is_told_its_directions_before_it_is_printed(monkeypatch):
    told = []
    monkeypatch.setattr(typesetting, "tell_direction", lambda page: (tell_direction(page), told.append(page)))
    draft_paper(replace(PLAN, barriers=(replace(PLAN.barriers[0], description="لا توجد حافلة"),)))
    directions = [element.get("dir") for page in told for element in page.iter() if element.get("dir")]
    assert "rtl" in directions
    assert "auto" not in directions


def test_all_fonts_are_embedded():
    with pikepdf.open(io.BytesIO(sent_paper(PLAN))) as opened:
        descriptors = [one for one in opened.objects if is_dictionary(one) and one.get("/Type") == "/FontDescriptor"]
        assert descriptors
        assert all(one.keys() & {"/FontFile", "/FontFile2", "/FontFile3"} for one in descriptors)


# --- long plans -------------------------------------------------------------------------------


def test_a_long_plan_is_printed_whole_with_its_heads_repeated():
    pdf = sent_paper(LONG)
    text = text_of(pdf)
    assert all(f"Service no {number}." in text for number in range(200))
    assert all(f"Goal statement {number} " in text for number in range(40))
    assert len(re.findall(r"Service Goal Provider", text)) > 5


def test_a_plan_beyond_the_cap_is_refused_and_never_cut(monkeypatch):
    monkeypatch.setattr(pdf, "MAX_ROWS", 240)
    with pytest.raises(TooLong, match="The plan has 244 rows; a form holds 240"):
        draft_paper(LONG)
