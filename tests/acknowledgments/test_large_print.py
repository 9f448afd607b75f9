"""The paper in large print: all of it in 18 pt or more, nothing cut, nothing left out; and who gets it."""

import io
from dataclasses import replace

import pypdf
import pytest
from django.urls import reverse

from acknowledgments.filing.making import make_paper
from acknowledgments.models import Paper
from acknowledgments.paper import typesetting
from customers.stored import content_of
from tests import people as cast
from tests import states
from tests.acknowledgments.printed import PLAN, broken_rules, sent_paper, strange_plan, text_of, without_spaces
from tests.markup import Page

LONG_WORDS = "Donaudampfschifffahrtsgesellschaftskapitän " * 3
PAPERS = {
    "a plan": lambda: sent_paper(PLAN, large_print=True),
    "in Spanish": lambda: sent_paper(replace(PLAN, plan_type="ISS"), "es", large_print=True),
    "long words": lambda: sent_paper(strange_plan(LONG_WORDS), large_print=True),
}


def sizes(content: bytes) -> dict[str, float]:
    """Each piece of text with its size in points."""
    found = {}

    def hear(text, now, matrix, _font, size):
        if text.strip():
            found[text.strip()] = round(size * (abs(now[0] * matrix[0]) or 1), 1)

    for page in pypdf.PdfReader(io.BytesIO(content)).pages:
        page.extract_text(visitor_text=hear)
    return found


@pytest.mark.parametrize("which", PAPERS)
def test_no_letter_is_smaller_than_18_points(which):
    found = sizes(PAPERS[which]())
    assert {words: size for words, size in found.items() if size < 18} == {}


@pytest.mark.parametrize("which", PAPERS)
def test_it_is_as_accessible_as_the_usual_paper(which):
    assert broken_rules(PAPERS[which]()) == []


def test_the_usual_paper_has_smaller_letters():
    assert min(sizes(sent_paper(PLAN)).values()) < 12


def test_it_says_all_that_the_usual_paper_says():
    large = without_spaces(text_of(sent_paper(PLAN, large_print=True)))
    # The head of a table and the numbers of the pages stand elsewhere, and so does the full stop of an Arabic line
    assert [word for word in text_of(sent_paper(PLAN)).split() if word.strip(".") not in large] == []
    for line in ("Cost:$1,250.00", "Plannedstart,end:01/10/2027", "Need:Transportation", "Amount:$300.00"):
        assert line in large


def test_no_word_leaves_the_page(monkeypatch):
    beyond, counted = [], 0
    render = typesetting.HTML.render

    def heard(source, *args, **options):
        nonlocal counted
        document = render(source, *args, **options)
        for page in document.pages:
            lines = [box for box in page._page_box.descendants() if type(box).__name__ == "TextBox"]
            counted += len(lines)
            beyond.extend(line.text for line in lines if line.position_x + line.width > page.width - 20)
        return document

    monkeypatch.setattr(typesetting.HTML, "render", heard)
    PAPERS["long words"]()
    assert counted > 100
    assert beyond == []


# --- who gets it ------------------------------------------------------------------------------


def filed(version) -> bytes:
    paper = Paper.objects.get(seal=states.sent(version))
    assert make_paper(paper.pk, at=states.now())
    paper.refresh_from_db()
    return content_of(paper.upload)


@pytest.mark.django_db
@pytest.mark.parametrize("asks", [True, False])
def test_the_customers_record_decides(client, people, asks):
    customer = states.enrolled()
    version = states.written(customer)
    client.force_login(cast.planner())
    needs = {"needs": "Reads with a lens", "row_version": customer.row_version} | (
        {"large_print": "on"} if asks else {}
    )
    assert client.post(reverse("customers:needs-edit", args=[customer.pk]), needs).status_code == 302
    shown = Page(client.get(reverse("customers:intake", args=[customer.pk]))).facts()["What helps (accommodation)"]
    assert ("Reads with a lens" in shown, "Large print" in shown) == (True, asks)
    draft = client.get(reverse("plan:paper", args=[customer.pk])).content
    for paper in (draft, filed(version)):
        assert (min(sizes(paper).values()) >= 18) is asks
    client.force_login(customer.user)
    assert ('class="large-print"' in client.get(reverse("my:dashboard")).content.decode()) is asks


@pytest.mark.django_db
def test_what_helps_is_part_of_the_history(client, people):
    customer = states.enrolled()
    client.force_login(cast.planner())
    client.post(
        reverse("customers:needs-edit", args=[customer.pk]), {"large_print": "on", "row_version": customer.row_version}
    )
    newest = customer.history.latest()
    assert (newest.large_print, newest.history_user) == (True, cast.planner())
