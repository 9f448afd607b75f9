"""The paper is PDF/UA-1: screen readers read it, whatever people wrote into it."""

import io
from dataclasses import replace

import pikepdf
import pytest

from acknowledgments.contents.items import PlanContents
from acknowledgments.paper.typesetting import add_scope, pdf_of, with_header_scopes
from tests.acknowledgments.printed import (
    HTML_TEXT,
    LONG,
    PLAN,
    agreed_paper,
    broken_rules,
    draft_paper,
    is_dictionary,
    sent_paper,
    strange_plan,
)

# --- accessibility ----------------------------------------------------------------------------


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


@pytest.mark.parametrize(
    "pdf",
    [
        pytest.param(lambda: agreed_paper(replace(PLAN, plan_type="both")), id="everything"),
        pytest.param(lambda: draft_paper(replace(PLAN, plan_type="ISS")), id="an ISS draft"),
        pytest.param(lambda: draft_paper(PlanContents(plan_type="IEP")), id="an empty draft"),
        pytest.param(lambda: sent_paper(PLAN), id="sent"),
        pytest.param(lambda: agreed_paper(PLAN, "es"), id="Spanish"),
        pytest.param(lambda: sent_paper(LONG), id="40 goals and 200 services"),
    ],
)
def test_the_form_keeps_every_rule_of_pdf_ua(pdf):
    assert broken_rules(pdf()) == []


@pytest.mark.parametrize("words", STRANGE.values(), ids=STRANGE)
def test_whatever_people_write_the_form_keeps_the_rules(words):
    contents = strange_plan(words)
    signed = {"typed_name": words[:200], "signer_name": words[:200], "user_agent": words[:400], "statement": words}
    assert broken_rules(agreed_paper(contents, **signed)) == []


def test_the_checker_finds_what_is_wrong():
    content, _missing = pdf_of("<html><title></title><h1>One</h1><h3>Three</h3><p>No language, no title.</p>")
    assert broken_rules(content)


def headers_of(pdf):
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        found = [one for one in opened.objects if is_dictionary(one) and one.get("/S") == "/TH"]
        return [[str(entry.Scope) for entry in one.A if "/Scope" in entry] for one in found]


def test_every_table_header_has_one_scope():
    scopes = headers_of(sent_paper(PLAN))
    assert len(scopes) > 60
    assert {tuple(scope) for scope in scopes} == {("/Column",), ("/Row",)}


def test_scopes_are_added_once():
    pdf = sent_paper(PLAN)
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
