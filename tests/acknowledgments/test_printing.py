"""The printed IEP/ISS form: what stands on it, that it is PDF/UA-1, and that the text of people fetches nothing."""

import io
import re
import socket
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import cache

import page
import pikepdf
import pypdf
import pytest

from acknowledgments import printing
from acknowledgments.contents import (
    About,
    ActionStepItem,
    AssessmentItem,
    BarrierItem,
    CareerGoalItem,
    GoalItem,
    PlanContents,
    ServiceItem,
    canonical_json,
    digest_of,
)
from acknowledgments.models import Acknowledgment, AcknowledgmentRequest, Seal
from acknowledgments.printing import BASE_URL, OwnFilesOnly, TooLong, add_scope, form_pdf, pdf_of, with_header_scopes
from careerplan.accounts.models import User
from careerplan.plans.models import PlanVersion

PRINTED_ON = date(2027, 1, 6)
SENT_AT = datetime(2027, 1, 4, 16, 0, 0, tzinfo=UTC)
AGREED_AT = datetime(2027, 1, 5, 20, 30, 15, tzinfo=UTC)
STATEMENT = "I helped make this plan and I agree with it."
BROWSER = "Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0"

ABOUT = About(
    customer_name="Delgado-Whitfield, Maria L.",
    participant_id="C-0048213",
    customer_address="12 West Gorham Street\nMadison, WI 53703",
    customer_phone="608-555-0112",
    customer_email="maria@example.org",
    needs="Large print",
    programs=("WIOA Title I Adult", "WIOA Title I Dislocated Worker"),
    agency="State Workforce Agency",
    region="South Central",
    office="Dane County Job Center",
    office_address="1819 Aberg Avenue, Madison, WI 53704",
    office_phone="608-555-0100",
    office_relay="7-1-1",
    grantee="Workforce Board",
    planner_name="Devon Okafor",
    planner_phone="608-555-0101",
    planner_email="devon@example.org",
    version=1,
    created_on="2027-01-04",
    wage_goal="22.50",
    assessment_summary="Maria reads well and is patient.",
    assessments=(AssessmentItem("TABE 13/14", "Level 4", "Basic Skills", "2026-12-20"),),
)

PLAN = PlanContents(
    plan_type="IEP",
    career_goals=(CareerGoalItem(1, "employment", occupation_code="31-1131.00", occupation="Nursing Assistants"),),
    goals=(
        GoalItem(11, "Pass the state exam", "Occupational training", "short", "on_track", "2027-01-10", "2027-06-30"),
        GoalItem(12, "Work nights at a hospital", "Employment", "long", "not_started"),
    ),
    barriers=(
        BarrierItem(21, "TRAN", "Transportation", "The bus does not run at night.", "Share rides."),
        BarrierItem(22, "SECR", "A secret category", "A secret need.", "A secret help.", confidential=True),
    ),
    services=(
        ServiceItem(
            31, "OST", "Nursing assistant course", "training", category="Training", goal_id=11, is_training=True,
            status="started", planned_start_on="2027-01-10", planned_end_on="2027-06-30", actual_start_on="2027-01-12",
            weekly_hours="20.00", provider="Madison College", dollar_value="1250.00", notes="An internal note.",
        ),
        ServiceItem(
            32, "JSA", "Job search help", "career", category="Career services", goal_id=12,
            planned_start_on="2027-06-01",
        ),
        ServiceItem(
            33, "BUS", "Bus pass", "supportive", category="Supportive services", goal_id=11, is_supportive=True,
            planned_start_on="2027-01-10", dollar_value="300.00", barrier_ids=(21, 22),
        ),
    ),
    action_steps=(ActionStepItem(41, 12, "Ask two hospitals about night work", "both", "2027-02-01", "2027-01-20"),),
    barriers_comment="None of these stops the plan.",
    about=ABOUT,
)  # fmt: skip


def sealed(contents):
    canonical = canonical_json(contents)
    return Seal(
        version=PlanVersion(number=1, next_review_on=date(2027, 4, 5)),
        canonical=canonical,
        digest=digest_of(canonical),
        short_code="ACDEFGHJKMNP",
        sealed_at=SENT_AT,
        planner_name="Devon Okafor",
    )


def agreed(seal, **changes):
    fields = {
        "method": "electronic",
        "signer": User(username="maria.d", first_name="Maria", last_name="Delgado-Whitfield"),
        "signer_name": "Maria Delgado-Whitfield",
        "typed_name": "Maria Delgado Whitfield",
        "acknowledged_at": AGREED_AT,
        "local_time": "2027-01-05T14:30:15-06:00",
        "time_zone": "America/Chicago",
        "digest": seal.digest,
        "statement": STATEMENT,
        "statement_version": "2026-1",
        "language": "en",
        "ip_address": "192.0.2.7",
        "user_agent": BROWSER,
    }
    request = AcknowledgmentRequest(seal=seal)
    return Acknowledgment(version=seal.version, seal=seal, request=request, **fields | changes)


def draft_form(contents, language="en"):
    return form_pdf(contents, language=language, printed_on=PRINTED_ON)


def sent_form(contents, language="en"):
    return form_pdf(contents, language=language, printed_on=PRINTED_ON, seal=sealed(contents))


def agreed_form(contents, language="en", **changes):
    seal = sealed(contents)
    return form_pdf(
        contents, language=language, printed_on=PRINTED_ON, seal=seal, acknowledgment=agreed(seal, **changes)
    )


@cache
def plan_text(kind):
    """The text of PLAN's form, one of draft, sent and agreed."""
    return text_of({"draft": draft_form, "sent": sent_form, "agreed": agreed_form}[kind](PLAN))


def text_of(pdf):
    pages = pypdf.PdfReader(io.BytesIO(pdf)).pages
    return " ".join(" ".join(one.extract_text() for one in pages).split())


def without_spaces(text):
    return "".join(text.split())


def broken_rules(pdf):
    report = page.validate_pdf_bytes(pdf, profile="ua1")
    return sorted({f"{failure.rule_id}: {failure.message}" for failure in report.failures})


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


@pytest.mark.policy("ILL-022")
def test_internal_notes_of_services_are_not_printed():
    assert "internal note" not in plan_text("sent")


def test_an_iep_with_a_single_goal_says_that_the_others_are_the_same():
    assert "Self-sufficiency goal Same as the employment goal" in plan_text("sent")


def test_a_plan_without_services_says_why():
    contents = replace(PLAN, services=(), no_services_reason="Work is found already.", no_supportive_services=True)
    text = text_of(sent_form(contents))
    assert "No services are planned: Work is found already." in text
    assert "No supportive services are needed." in text


def test_an_empty_draft_is_printed():
    text = text_of(draft_form(PlanContents(plan_type="ISS", about=About(participant_id="C-1"))))
    assert "No goal statement is written." in text
    assert "Phone Not entered" in text


@pytest.mark.parametrize(("version", "words"), [(1, "Initial plan"), (2, "Update or review of the plan")])
def test_the_form_says_which_kind_of_plan_it_is(version, words):
    contents = replace(PLAN, about=replace(ABOUT, version=version))
    assert words in text_of(draft_form(contents))


@pytest.mark.parametrize(("plan_type", "shown"), [("IEP", False), ("ISS", True), ("both", True)])
def test_only_an_iss_has_a_guardian_to_sign_and_a_follow_up(plan_type, shown):
    text = text_of(sent_form(replace(PLAN, plan_type=plan_type)))
    assert ("Parent or guardian" in text) is shown
    assert ("follow-up services for at least 12 months" in text) is shown


# --- draft, sent, acknowledged ----------------------------------------------------------------


def test_a_draft_is_marked_on_every_page_and_has_no_fingerprint():
    pdf = draft_form(PLAN)
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
    pdf = form_pdf(PLAN, language="en", printed_on=PRINTED_ON, seal=seal, acknowledgment=acknowledgment)
    assert str(acknowledgment.request.key) in text_of(pdf)


def test_every_page_says_which_plan_and_which_page_it_is():
    pages = pypdf.PdfReader(io.BytesIO(agreed_form(PLAN))).pages
    for number, one in enumerate(pages, start=1):
        text = " ".join(one.extract_text().split())
        assert "Individual Employment Plan (IEP) | C-0048213 | Version 1" in text
        assert f"Page {number} of {len(pages)}" in text


def test_the_same_contents_give_the_same_form():
    assert sent_form(PLAN) == sent_form(PLAN)


# --- languages and letters --------------------------------------------------------------------


def test_a_spanish_form_has_spanish_dates_and_page_numbers():
    pdf = sent_form(PLAN, "es")
    text = text_of(pdf)
    assert "4 de enero de 2027" in text
    assert "Página 1 de" in text
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        assert opened.Root.Lang == "es"


def test_a_language_without_a_form_gets_the_english_one():
    with pikepdf.open(io.BytesIO(draft_form(PLAN, "vi"))) as opened:
        assert opened.Root.Lang == "en"


def test_language_help_is_offered_in_several_languages():
    text = plan_text("sent")
    assert "You can get help in your language at no cost. Call 608-555-0100." in text
    assert "Puede recibir ayuda en su idioma sin costo. Llame al 608-555-0100." in text
    assert "bezpłatną pomoc" in text


def test_a_letter_that_no_font_has_is_named_and_marked():
    contents = replace(PLAN, about=replace(ABOUT, customer_name="Zażółć \U0010fffd"))  # for private use
    pdf = sent_form(contents)
    text = text_of(pdf)
    assert "Zażółć [?]" in text
    assert "Some letters could not be printed" in text
    assert "U+10FFFD" in text
    assert broken_rules(pdf) == []


def test_where_all_letters_are_there_nothing_is_said_of_them():
    assert "Some letters" not in plan_text("sent")


def test_nobody_can_turn_the_letters_of_others_around():
    """An override of the writing direction would print other words than the record holds."""
    text = text_of(sent_form(replace(PLAN, barriers_comment="I owe \u202e0051 dollars")))
    assert "0051 dollars" in text


def test_all_fonts_are_embedded():
    with pikepdf.open(io.BytesIO(sent_form(PLAN))) as opened:
        descriptors = [one for one in opened.objects if is_dictionary(one) and one.get("/Type") == "/FontDescriptor"]
        assert descriptors
        assert all(one.keys() & {"/FontFile", "/FontFile2", "/FontFile3"} for one in descriptors)


def is_dictionary(value):
    return isinstance(value, pikepdf.Dictionary)


# --- accessibility ----------------------------------------------------------------------------

HTML_TEXT = '<b onclick="x()">bold</b> & <img src=x> </td></table><script>alert(1)</script> "\'"'
ARABIC = "محمد بن عبد الله"
STRANGE = {
    "accents": "Zoë Łukasiewicz-Ñandú Đặng Thị Ánh",
    "right to left": f"{ARABIC} \u202eevil\u202c עברית",
    "200 letters": "Maximiliana" * 18 + "Ay",
    "html": HTML_TEXT,
    "control characters": "a\x00b\x0bc\x1bd\x85e",
    "other planes": "👩‍👩‍👧 王小明 𝕏",
    "many lines": "one\n\n\n\ntwo" + "\n" * 500,
}


def strange_plan(words):
    """Every text that a person can write."""
    return replace(
        PLAN,
        career_goals=(CareerGoalItem(1, "short_employment", words=words),),
        goals=tuple(replace(goal, statement=words) for goal in PLAN.goals),
        barriers=tuple(replace(row, description=words, how_addressed=words) for row in PLAN.barriers),
        services=tuple(
            replace(row, name=words, category=words, provider=words, provider_contact=words) for row in PLAN.services
        ),
        action_steps=tuple(replace(step, text=words) for step in PLAN.action_steps),
        barriers_comment=words,
        about=replace(
            ABOUT, customer_name=words, participant_id=words[:20], customer_address=words, customer_email=words,
            needs=words, office=words, grantee=words, planner_name=words, assessment_summary=words,
            programs=(words,), agency=words, assessments=(AssessmentItem(words, words, words, "2026-12-20"),),
        ),
    )  # fmt: skip


LONG = replace(
    PLAN,
    goals=tuple(replace(PLAN.goals[0], id=number, statement=f"Goal statement {number}") for number in range(40)),
    services=tuple(
        replace(PLAN.services[number % 3], id=number, name=f"Service no {number}.", goal_id=number % 40)
        for number in range(200)
    ),
)


@pytest.mark.parametrize(
    "pdf",
    [
        pytest.param(lambda: agreed_form(replace(PLAN, plan_type="both")), id="everything"),
        pytest.param(lambda: draft_form(replace(PLAN, plan_type="ISS")), id="an ISS draft"),
        pytest.param(lambda: draft_form(PlanContents(plan_type="IEP")), id="an empty draft"),
        pytest.param(lambda: sent_form(PLAN), id="sent"),
        pytest.param(lambda: agreed_form(PLAN, "es"), id="Spanish"),
        pytest.param(lambda: sent_form(LONG), id="40 goals and 200 services"),
    ],
)
def test_the_form_keeps_every_rule_of_pdf_ua(pdf):
    assert broken_rules(pdf()) == []


@pytest.mark.parametrize("words", STRANGE.values(), ids=STRANGE)
def test_whatever_people_write_the_form_keeps_the_rules(words):
    contents = strange_plan(words)
    signed = {"typed_name": words[:200], "signer_name": words[:200], "user_agent": words[:400], "statement": words}
    assert broken_rules(agreed_form(contents, **signed)) == []


def test_the_checker_finds_what_is_wrong():
    content, _missing = pdf_of("<html><title></title><h1>One</h1><h3>Three</h3><p>No language, no title.</p>")
    assert broken_rules(content)


def headers_of(pdf):
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        found = [one for one in opened.objects if is_dictionary(one) and one.get("/S") == "/TH"]
        return [[str(entry.Scope) for entry in one.A if "/Scope" in entry] for one in found]


def test_every_table_header_has_one_scope():
    scopes = headers_of(sent_form(PLAN))
    assert len(scopes) > 60
    assert {tuple(scope) for scope in scopes} == {("/Column",), ("/Row",)}


def test_scopes_are_added_once():
    pdf = sent_form(PLAN)
    assert headers_of(with_header_scopes(pdf)) == headers_of(pdf)


@pytest.mark.parametrize(
    ("attributes", "scopes"),
    [
        (None, ["/Column"]),
        (pikepdf.Dictionary(O=pikepdf.Name.Table, ColSpan=2), ["/Column"]),
        (pikepdf.Array([pikepdf.Dictionary(O=pikepdf.Name.Layout)]), ["/Column"]),
        (pikepdf.Array([pikepdf.Dictionary(O=pikepdf.Name.Layout), 0]), ["/Column"]),
        (pikepdf.Dictionary(O=pikepdf.Name.Table, Scope=pikepdf.Name.Both), ["/Both"]),
    ],
)
def test_attributes_of_a_header_may_be_missing_one_or_several(attributes, scopes):
    header = pikepdf.Dictionary(S=pikepdf.Name.TH, P=pikepdf.Dictionary(P=pikepdf.Dictionary(S=pikepdf.Name.THead)))
    if attributes is not None:
        header.A = attributes
    add_scope(header)
    entries = header.A if isinstance(header.A, pikepdf.Array) else [header.A]
    assert [str(entry.Scope) for entry in entries if is_dictionary(entry) and "/Scope" in entry] == scopes


def test_a_header_outside_the_head_is_a_rows():
    header = pikepdf.Dictionary(S=pikepdf.Name.TH, P=pikepdf.Dictionary(P=pikepdf.Dictionary(S=pikepdf.Name.TBody)))
    add_scope(header)
    assert header.A[0].Scope == pikepdf.Name.Row


# --- nothing is fetched, nothing of the disk gets in ------------------------------------------


@pytest.fixture
def listener():
    """A server that must never be called."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.setblocking(False)
        yield server


def was_called(server):
    try:
        server.accept()[0].close()
    except BlockingIOError:
        return False
    return True


@pytest.fixture
def fetched(monkeypatch):
    """The addresses that the renderer asked for."""
    addresses = []
    fetch = OwnFilesOnly.fetch

    def noting(self, url, headers=None):
        addresses.append(url)
        return fetch(self, url, headers)

    monkeypatch.setattr(OwnFilesOnly, "fetch", noting)
    return addresses


PROBES = [
    '<img src="{}">', '<link rel="stylesheet" href="{}">', '<link rel="attachment" href="{}">',
    "<style>@import url({});</style>", '<p style="background: url({})">x</p>', '<object data="{}"></object>',
    '<embed src="{}">', '<iframe src="{}"></iframe>', '<a rel="attachment" href="{}">x</a>',
    '<svg><image href="{0}" /><use href="{0}#x" /></svg>', '<base href="{}"><img src="x.png">',
    '<style>@font-face {{ font-family: x; src: url({}) }} p {{ font-family: x }}</style><p>x</p>',
    '<p style="list-style: url({0}) inside; display: list-item; content: url({0})">x</p>',
    '<img srcset="{} 2x">', '<input type="image" src="{}">', '<script src="{}"></script>',
]  # fmt: skip


def all_bytes(pdf):
    """Every stream of the PDF, decoded."""
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        return b"\n".join(one.read_bytes() for one in opened.objects if isinstance(one, pikepdf.Stream))


def test_html_in_the_text_of_people_is_text(fetched, listener, tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("the words of a file")
    address = f"http://127.0.0.1:{listener.getsockname()[1]}/x"
    probes = [probe.format(target) for probe in PROBES for target in (secret.as_uri(), address)]
    goals = tuple(GoalItem(number, probe, "-", "short", "started") for number, probe in enumerate(probes))
    pdf = sent_form(replace(PLAN, goals=goals, barriers_comment="\n\n".join(probes)))
    assert {*fetched} <= own_addresses()
    assert not was_called(listener)
    assert b"the words of a file" not in all_bytes(pdf)
    text = without_spaces(text_of(pdf))
    assert [probe for probe in probes if without_spaces(probe) not in text] == []


def own_addresses():
    return {BASE_URL + "css/form.css"} | {
        f"{BASE_URL}fonts/public-sans-{part}-{weight}.woff2" for part in ("latin", "latin-ext") for weight in (400, 700)
    }


@pytest.mark.parametrize("probe", PROBES)
def test_even_html_that_is_no_text_fetches_nothing(probe, listener, tmp_path):
    """Were an escape forgotten one day, the fetcher would still refuse."""
    secret = tmp_path / "secret.txt"
    secret.write_text("the words of a file")
    address = f"http://127.0.0.1:{listener.getsockname()[1]}/x"
    html = '<html lang="en"><title>x</title>' + probe.format(secret.as_uri()) + probe.format(address)
    content, _missing = pdf_of(html)
    assert not was_called(listener)
    assert b"the words of a file" not in all_bytes(content)
    with pikepdf.open(io.BytesIO(content)) as opened:
        assert not opened.attachments


def test_a_form_holds_no_pictures_and_no_files():
    with pikepdf.open(io.BytesIO(agreed_form(strange_plan(HTML_TEXT)))) as opened:
        assert not opened.attachments
        assert not [one for one in opened.objects if is_dictionary(one) and one.get("/S") == "/Figure"]
        kinds = {str(one.get("/Subtype")) for one in opened.objects if isinstance(one, pikepdf.Stream)}
        assert "/Image" not in kinds


@pytest.mark.parametrize(
    "address",
    [
        "file:///etc/passwd", "FILE:///etc/passwd", "http://127.0.0.1:1/", "https://127.0.0.1:1/", "ftp://127.0.0.1/x",
        "data:text/css,p{}", "gopher://127.0.0.1/", "//127.0.0.1/x", "/etc/passwd", "css/form.css",
        BASE_URL, BASE_URL + "css/careerplan.css", BASE_URL + "css/../css/form.css", BASE_URL + "../../etc/passwd",
        BASE_URL + "%2e%2e/manage.py", BASE_URL + "css/form.css?x", BASE_URL + "css/form.css\n",
        BASE_URL + "fonts/PUBLIC-SANS-LICENSE.txt", BASE_URL + "fonts/public-sans-../../x.woff2",
        BASE_URL + "/etc/passwd", BASE_URL.replace("://", "://user@") + "css/form.css",
    ],
)  # fmt: skip
def test_the_fetcher_refuses(address):
    with pytest.raises(ValueError, match=r"URI"):
        OwnFilesOnly().fetch(address)


@pytest.mark.parametrize("address", sorted(own_addresses()))
def test_the_fetcher_serves_the_forms_own_files(address):
    assert OwnFilesOnly().fetch(address).read()


def test_the_style_sheet_has_no_rule_that_the_renderer_does_not_know(caplog):
    printing.logging.getLogger("weasyprint").setLevel("WARNING")
    try:
        sent_form(PLAN)
    finally:
        printing.logging.getLogger("weasyprint").setLevel("ERROR")
    assert [record.getMessage() for record in caplog.records if record.name == "weasyprint"] == []


# --- long plans -------------------------------------------------------------------------------


def test_a_long_plan_is_printed_whole_with_its_heads_repeated():
    pdf = sent_form(LONG)
    text = text_of(pdf)
    assert all(f"Service no {number}." in text for number in range(200))
    assert all(f"Goal statement {number} " in text for number in range(40))
    assert len(re.findall(r"Service Goal Provider", text)) > 5


def test_a_plan_beyond_the_cap_is_refused_and_never_cut(monkeypatch):
    monkeypatch.setattr(printing, "MAX_ROWS", 240)
    with pytest.raises(TooLong, match="The plan has 243 rows; a form holds 240"):
        draft_form(LONG)
