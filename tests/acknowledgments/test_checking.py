"""Checking a paper: by its short code or its PDF, staff learn whether it is the version on file."""

import io
import re
import zlib

import pikepdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from acknowledgments.filing.checking import code_in, plain_code
from acknowledgments.models import Paper, Seal
from careerplan.base.refusals import Refusal
from customers.opening.pdf import UNPACKED_BYTES
from customers.stored import content_of
from tests import states
from tests.acknowledgments.printed import PLAN, draft_paper, sealed, sent_paper
from tests.markup import Page
from tests.people import administrator, angela, lucia, north_planner, planner, statewide, tyrell, youth_planner
from tests.rows import everything

pytestmark = pytest.mark.django_db

PATH = "/check/"
UNKNOWN_CODE = "None of the customers you can see has a form with this code on file."
UNKNOWN_FILE = "This file is not a form on file for any customer you can see."
IN_FORCE = "This version has been in force since"
CHANGED = "but it is not the file that we keep: someone changed it or saved it again."


@pytest.fixture
def client(client):
    client.force_login(planner())
    return client


def seal_of(customer):
    return Seal.objects.valid().get(version=states.newest(customer))


def filed(seal, kind="agreed"):
    return content_of(seal.papers.get(kind=kind).upload)


def ask(client, code="", content=None, name="form.pdf"):
    file = {} if content is None else {"file": SimpleUploadedFile(name, content, "application/pdf")}
    return client.post(PATH, {"code": code, **file})


def answer(client, code="", content=None):
    response = ask(client, code, content)
    assert response.status_code == 200
    return Page(response)


def notice(page):
    """The colour and the words of the answer."""
    found = page.root.get_element_by_id("answer")
    return re.search(r"notice--(\w+)", found.get("class"))[1], " ".join(found.text_content().split())


def day(at):
    return date_format(timezone.localdate(at))


# --- the short code ---------------------------------------------------------------------------


def test_a_code_names_its_version_with_what_is_known_of_it(client):
    seal = seal_of(angela())
    page = answer(client, seal.short_code)
    colour, words = notice(page)
    assert colour == "success"
    assert words.startswith("This code belongs to version 1. Compare its digest with the one on the paper.")
    assert f"{IN_FORCE} {date_format(seal.version.approved_on)}." in words
    facts = page.facts()
    assert facts["Customer"] == str(angela())
    assert facts["Participant ID"] == angela().state_id
    assert facts["Version"] == "Version 1 (Active)"
    assert facts["Short code"] == seal.short_code
    assert facts["Digest (SHA-256)"] == seal.digest
    assert facts["Acknowledged by"].startswith("Angela Whitfield (angela.whitfield), ")
    links = page.links()
    assert links["Version 1"] == reverse("plan:version", args=[angela().pk, seal.version_id])
    assert client.get(links["Version 1"]).status_code == 200
    assert b"".join(client.get(links["PDF as filed"])) == filed(seal)


@pytest.mark.parametrize("between", ["-", " ", " - ", "\u2013", "."])
def test_a_code_may_be_typed_in_small_letters_with_signs_between(client, between):
    code = seal_of(angela()).short_code.lower()
    typed = between.join((code[:4], code[4:8], code[8:]))
    assert answer(client, f" {typed} ").facts()["Short code"] == code.upper()


def test_an_unknown_code_is_on_no_file(client):
    page = answer(client, "ACDEFGHJKMNP")
    assert notice(page) == ("warning", UNKNOWN_CODE)
    assert not page.has_id("checked")


@pytest.mark.parametrize("code", ["ACDE", "ACDEFGHJKMN0", "ACDEFGHJKMNPQ", "ñ" * 12])
def test_what_is_no_code_is_refused_in_words(client, code):
    response = ask(client, code)
    assert response.status_code == 422
    assert "A short code has twelve letters and digits, and never 0 O 1 I L 5 S 8 B." in Page(response).words


def test_without_code_or_file_the_page_says_what_to_give(client):
    response = client.post(PATH, {})
    assert response.status_code == 422
    assert "Enter the short code, or choose the form as a PDF." in Page(response).words


def test_code_and_file_together_are_refused(client):
    seal = seal_of(angela())
    response = ask(client, seal.short_code, filed(seal))
    assert response.status_code == 422
    assert "Enter only one of the two" in Page(response).words


# --- whose papers -----------------------------------------------------------------------------


@pytest.mark.parametrize("user", [youth_planner, statewide, administrator])
def test_who_may_see_the_customer_may_check_the_form(client, user):
    client.force_login(user())
    assert notice(answer(client, seal_of(tyrell()).short_code))[0] == "warning"  # it waits for him


def test_a_form_out_of_scope_is_as_unknown_as_none(client):
    client.force_login(north_planner())
    seal = seal_of(angela())
    assert notice(answer(client, seal.short_code)) == ("warning", UNKNOWN_CODE)
    colour, words = notice(answer(client, content=filed(seal)))
    assert (colour, words.startswith(UNKNOWN_FILE)) == ("warning", True)


def test_for_customers_the_page_is_not_there(client):
    client.force_login(angela().user)
    assert client.get(PATH).status_code == 404
    assert ask(client, seal_of(angela()).short_code).status_code == 404
    assert "Check a form" not in Page(client.get(reverse("my:dashboard"))).links()


def test_staff_find_the_page_in_the_head_of_every_page(client):
    assert Page(client.get(reverse("customers:list"))).links()["Check a form"] == PATH


# --- the states of a version ------------------------------------------------------------------


def test_a_recalled_version_is_not_in_force(client):
    version = states.newest(tyrell())
    seal = seal_of(tyrell())
    paper = filed(seal, "to_sign")
    client.force_login(youth_planner())
    assert (
        "waiting for the customer's acknowledgment: it is not in force yet." in notice(answer(client, content=paper))[1]
    )
    states.recalled(version)
    seal.refresh_from_db()
    sentence = f"This version was recalled on {day(seal.voided_at)}: the paper is not in force."
    for page in (answer(client, seal.short_code), answer(client, content=paper)):
        colour, words = notice(page)
        assert colour == "danger"
        assert words.endswith(sentence)
    again = states.sent(states.newest(tyrell()))
    assert "waiting for" in notice(answer(client, again.short_code))[1]
    assert notice(answer(client, seal.short_code))[1].endswith(sentence)


def test_a_superseded_version_is_not_in_force_any_more(client):
    old = seal_of(angela())
    states.pen(states.reviewed(angela())).goal("Start a business", "CAREER_PLAN")
    states.acknowledged(states.told(states.sent(states.newest(angela()))))
    old.version.refresh_from_db()
    colour, words = notice(answer(client, content=filed(old)))
    assert colour == "warning"
    assert words == (
        "This is the form on file. "
        f"This version was superseded on {day(old.version.superseded_at)}: it is no longer in force."
    )


def test_a_version_that_the_customer_did_not_want_never_came_into_force(client):
    client.force_login(youth_planner())
    version = states.not_completed(states.newest(tyrell()))
    code = Seal.objects.get(version=version).short_code
    colour, words = notice(answer(client, code))
    assert colour == "warning"
    assert f"This version was not completed ({day(version.not_completed_at)}): it never came into force." in words


def test_the_last_version_of_a_closed_plan_is_not_in_force(client):
    plan = states.closed(angela())
    colour, words = notice(answer(client, seal_of(angela()).short_code))
    assert colour == "warning"
    assert f"This version was the last in force: the plan was closed on {day(plan.closed_at)}." in words


def test_a_deleted_draft_was_never_in_force(client):
    states.pen(states.reviewed(angela())).goal("Start a business", "CAREER_PLAN")
    version = states.deleted(states.newest(angela()))
    colour, words = notice(answer(client, Seal.objects.get(version=version).short_code))
    assert colour == "danger"
    assert f"This draft ended on {day(version.deleted_at)}: it was never in force." in words


# --- the file ---------------------------------------------------------------------------------


def test_the_file_as_it_was_filed_is_the_form_on_file(client):
    seal = seal_of(angela())
    for kind in ("to_sign", "agreed"):
        page = answer(client, content=filed(seal, kind))
        assert notice(page)[0] == "success"
        assert notice(page)[1].startswith(f"This is the form on file. {IN_FORCE}")
        paper = Paper.objects.get(seal=seal, kind=kind)
        assert page.facts()["Short code"] == seal.short_code
        address = reverse("customers:upload-file", args=[angela().pk, paper.upload_id])
        assert page.links()["PDF as filed"] == address


def saved_again(content):
    with pikepdf.open(io.BytesIO(content)) as pdf:
        out = io.BytesIO()
        pdf.save(out, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return out.getvalue()


@pytest.mark.parametrize(
    "change", [saved_again, lambda content: content + b"\n"], ids=["saved by another program", "one byte more"]
)
def test_a_changed_file_is_told_from_the_one_on_file(client, change):
    page = answer(client, content=change(filed(seal_of(angela()))))
    colour, words = notice(page)
    assert colour == "danger"
    assert f"This file says that it is version 1, {CHANGED} Compare it with the version on file." in words
    assert "PDF as filed" in page.links()


def test_a_form_that_is_not_filed_yet_has_no_file_to_be(client):
    client.force_login(north_planner())
    seal = states.sent(states.newest(lucia()))
    printed = client.get(reverse("plan:paper", args=[lucia().pk])).content
    page = answer(client, content=printed)
    assert CHANGED in notice(page)[1]
    assert page.facts()["Short code"] == seal.short_code
    assert "PDF as filed" not in page.links()


def test_a_pdf_without_a_code_is_no_form_on_file(client):
    assert notice(answer(client, content=draft_paper(PLAN)))[1].startswith(UNKNOWN_FILE)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "This file is empty. Choose another."),
        (b"GIF89a", "This file is not a PDF. Choose the form as a PDF."),
        (b"%PDF-1.7\n" + b"\x00\xff garbage" * 500, "This PDF can't be opened"),
    ],
    ids=["empty", "no PDF", "garbage"],
)
def test_what_is_no_form_is_refused_in_words(client, content, words):
    response = ask(client, content=content)
    assert response.status_code == 422
    assert words in Page(response).words


def test_a_file_is_no_larger_than_an_upload(client, settings):
    settings.UPLOAD_LIMIT_BYTES = 1000
    response = ask(client, content=filed(seal_of(angela())))
    assert response.status_code == 422
    assert "Choose a file of 1000\xa0bytes or less." in response.content.decode()


def test_nothing_is_written_and_nothing_kept(client):
    seal = seal_of(angela())
    content = filed(seal)
    before = everything()
    answer(client, content=content)
    answer(client, seal.short_code)
    assert everything() == before


def test_an_answer_takes_few_queries(client):
    code = seal_of(angela()).short_code
    with CaptureQueriesContext(connection) as queries:
        ask(client, code)
    assert len(queries) <= 7  # three of them keep the session, one reads what the planner sees


# --- the keywords of the PDF ------------------------------------------------------------------


def test_a_sealed_form_carries_its_code_and_digest():
    pdf = sent_paper(PLAN)
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        assert str(opened.docinfo.Keywords) == f"ACDEFGHJKMNP, {sealed(PLAN).digest}"
    assert code_in(pdf) == "ACDEFGHJKMNP"
    assert code_in(draft_paper(PLAN)) == ""


def pdf_with(**info):
    pdf = pikepdf.new()
    pdf.add_blank_page()
    for name, value in info.items():
        pdf.docinfo[f"/{name}"] = value
    out = io.BytesIO()
    pdf.save(out)
    return out.getvalue()


@pytest.mark.parametrize(
    "keywords", ["", "employment plan", "XACDEFGHJKMNP", pikepdf.Array(["ACDEFGHJKMNP"]), pikepdf.Dictionary()]
)
def test_other_keywords_are_no_code(keywords):
    assert code_in(pdf_with(Keywords=keywords)) == ""


def locked():
    pdf = pikepdf.new()
    pdf.add_blank_page()
    out = io.BytesIO()
    pdf.save(out, encryption=pikepdf.Encryption(owner="o", user="u"))
    return out.getvalue()


def bomb():
    """A table of contents that unpacks to more than the limit."""
    packed = zlib.compress(b"\0" * (UNPACKED_BYTES + 1), 9)
    head = f"1 0 obj\n<</Type/XRef/Size 9/W[1 2 1]/Root 2 0 R/Filter/FlateDecode/Length {len(packed)}>>\nstream\n"
    start = b"%PDF-1.5\n"
    tail = f"\nendstream\nendobj\nstartxref\n{len(start)}\n%%EOF\n"
    return start + head.encode() + packed + tail.encode()


@pytest.mark.parametrize("content", [locked, bomb], ids=["locked", "a bomb"])
def test_a_pdf_that_cannot_be_opened_is_refused(content):
    with pytest.raises(Refusal) as refused:
        code_in(content())
    assert (refused.value.code, refused.value.field) == ("unreadable-pdf", "file")


def test_the_limit_keeps_a_bomb_out_of_memory():
    assert pikepdf.settings.get_qpdf_limits()["flate_max_memory"] == UNPACKED_BYTES


def test_a_plain_code_has_letters_and_digits_only():
    assert plain_code(" acde-fghj\u2013km np ") == "ACDEFGHJKMNP"
