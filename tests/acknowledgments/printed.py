"""Plans and papers that the tests of printing read: contents in memory, no database."""

import io
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import cache

import page
import pikepdf
import pypdf

from acknowledgments.contents.items import About, AssessmentItem, PlanContents
from acknowledgments.contents.sealed_text import canonical_json, digest_of
from acknowledgments.models import Acknowledgment, AcknowledgmentRequest, Seal
from acknowledgments.paper.first_page import FirstPage
from acknowledgments.paper.pdf import paper_pdf
from acknowledgments.paper.typesetting import typeset
from careerplan.accounts.models import User
from careerplan.plans.items import BarrierItem
from careerplan.plans.models import PlanVersion
from goals.items import ActionStepItem, CareerGoalItem, GoalItem
from services.costs.own import HelpInDollars
from services.items import ServiceItem

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


def draft_paper(contents, language="en"):
    return paper_pdf(contents, language=language, printed_on=PRINTED_ON, typeset=typeset)


def sent_paper(contents, language="en", **options):
    seal = sealed(contents)
    return paper_pdf(contents, language=language, printed_on=PRINTED_ON, seal=seal, typeset=typeset, **options)


def agreed_paper(contents, language="en", **changes):
    seal = sealed(contents)
    signed = agreed(seal, **changes)
    return paper_pdf(
        contents, language=language, printed_on=PRINTED_ON, seal=seal, acknowledgment=signed, typeset=typeset
    )


def customers_copy(contents, language="en", *, seal=True, acknowledgment=True, promised=(), **options):
    """A customer's copy of a plan that was agreed to; without `acknowledgment` of one that waits, without `seal` of a
    draft. `promised`: rows of help in dollars."""
    seal = sealed(contents) if seal else None
    signed = agreed(seal) if seal and acknowledgment else None
    first_page = FirstPage(contents, HelpInDollars(tuple(promised)), alone=options.pop("alone", False))
    options |= {"seal": seal, "acknowledgment": signed, "first_page": first_page}
    return paper_pdf(contents, language=language, printed_on=PRINTED_ON, typeset=typeset, **options)


def pages_of(pdf):
    """The text of each page."""
    return [" ".join(one.extract_text().split()) for one in pypdf.PdfReader(io.BytesIO(pdf)).pages]


@cache
def plan_text(kind):
    """The text of PLAN's paper, one of draft, sent and agreed."""
    return text_of({"draft": draft_paper, "sent": sent_paper, "agreed": agreed_paper}[kind](PLAN))


def text_of(pdf):
    pages = pypdf.PdfReader(io.BytesIO(pdf)).pages
    return " ".join(" ".join(one.extract_text() for one in pages).split())


def without_spaces(text):
    return "".join(text.split())


def broken_rules(pdf):
    report = page.validate_pdf_bytes(pdf, profile="ua1")
    return sorted({f"{failure.rule_id}: {failure.message}" for failure in report.failures})


HTML_TEXT = '<b onclick="x()">bold</b> & <img src=x> </td></table><script>alert(1)</script> "\'"'


LONG = replace(
    PLAN,
    goals=tuple(replace(PLAN.goals[0], id=number, statement=f"Goal statement {number}") for number in range(40)),
    services=tuple(
        replace(PLAN.services[number % 3], id=number, name=f"Service no {number}.", goal_id=number % 40)
        for number in range(200)
    ),
)


def is_dictionary(value):
    return isinstance(value, pikepdf.Dictionary)


# --- accessibility ----------------------------------------------------------------------------


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


def paper_text(answer):
    """All words of a PDF that a page answered with."""
    assert answer["Content-Type"] == "application/pdf"
    pages = pypdf.PdfReader(io.BytesIO(answer.content)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())
