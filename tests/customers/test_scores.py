"""Scores on the scales of their types, pairs of tests with what was gained, and how long one is reused (ILL-069)."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from careerplan.base.history import record
from careerplan.base.refusals import Refusal
from customers.actions import save_assessment
from customers.models import Assessment, AssessmentArea, AssessmentLevel, AssessmentType, Upload
from customers.outside.policy import gain_between, last_day_of_reuse, level_at, months_later
from tests import people, states
from tests.markup import Page, words_of
from tests.pages.test_queries import asked
from tests.real_files import PDF
from tests.rows import refuses, write

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("people")]

FIRST, SECOND = date(2026, 3, 2), date(2026, 6, 8)


def area(name="Reading", kind="TABE-11-12"):
    return AssessmentArea.objects.get(assessment_type__code=kind, name=name)


def took(customer, points, on, row=None, **more):
    at = area()
    values = {"assessment_type": at.assessment_type, "name": "TABE 11-12", "area": at, "score": Decimal(points)}
    values |= {"result": "", "assessed_on": on, "kind": "basic_skills", "category": "abe"}
    return save_assessment(customer, row, values | more, seen=None, by=people.planner(), at=states.now())


def paired(customer):
    before = took(customer, 512, FIRST)
    return before, took(customer, 560, SECOND, pre_test=before)


def refused(code, field, saving):
    with pytest.raises(Refusal) as refusal:
        saving()
    assert (refusal.value.code, refusal.value.field) == (code, field)
    return refusal.value.sentence


def page_of(client, customer, name="customers:assessments"):
    return Page(client.get(reverse(name, args=[customer.pk])))


def typed(**more):
    known = {"assessed_on": "03/02/2026", "kind": "basic_skills", "category": "abe"}
    return known | {name: getattr(value, "pk", value) for name, value in more.items()}


# --- scales --------------------------------------------------------------------------------------


@pytest.mark.parametrize("score", [300, 301, 800])
def test_a_score_of_the_scale_is_taken_and_its_result_is_said_in_words(customer, score):
    row = took(customer, score, FIRST)
    assert (row.score, row.result, row.result_in_words) == (score, str(score), f"Reading: {score}")


@pytest.mark.parametrize("score", [0, 299, 801, 9999])
def test_a_score_outside_the_scale_is_refused_with_the_scale(customer, score):
    sentence = refused("score-off-scale", "score", lambda: took(customer, score, FIRST))
    assert sentence == "Enter a score from 300 to 800: Reading has that scale."
    assert not Assessment.objects.filter(customer=customer).exists()


@pytest.mark.parametrize("score", ["-1", "299.9999", "801", "9999.9956", "10,000", "123456789012345678901234567890"])
def test_whatever_is_typed_beyond_the_scale_is_answered_with_the_scale(planner, customer, score):
    here = reverse("customers:assessment-add", args=[customer.pk])
    reading = area()
    page = planner.post(here, typed(assessment_type=reading.assessment_type, area=reading, score=score))
    assert page.status_code == 422
    assert "Enter a score from 300 to 800: Reading has that scale." in Page(page).words
    assert not Assessment.objects.filter(customer=customer).exists()


def test_a_score_between_two_steps_is_refused(customer):
    sentence = refused("score-between-steps", "score", lambda: took(customer, "512.5", FIRST))
    assert sentence == "Check the score: from 300 on, the scale goes up by 1."


def test_a_score_needs_its_area(customer):
    refused("score-without-area", "area", lambda: took(customer, 512, FIRST, area=None))


def test_an_area_is_of_its_type(customer):
    other = area("Applied Math", "WORKKEYS").assessment_type
    refused("area-of-another-type", "area", lambda: took(customer, 512, FIRST, assessment_type=other))


def test_words_are_enough(customer):
    row = took(customer, 512, FIRST, area=None, score=None, result="Reads well")
    assert (row.score, row.result_in_words) == (None, "Reads well")


def test_a_change_keeps_to_the_scale_too(customer):
    row = took(customer, 512, FIRST)
    refused("score-off-scale", "score", lambda: took(customer, 900, FIRST, row))
    row.refresh_from_db()
    assert row.score == 512


def test_the_database_refuses_a_score_off_its_scale_or_of_another_type(customer):
    row = took(customer, 512, FIRST)
    refuses("a_score_lies_on_its_scale", lambda: write(row, score=801))
    refuses("a_score_lies_on_its_scale", lambda: write(row, area=area("Applied Math", "WORKKEYS"), score=4))


def test_a_scale_is_not_narrowed_over_its_scores(customer):
    took(customer, 512, FIRST)
    refuses("a_scale_keeps_its_scores", lambda: write(area(), highest=511))
    refuses("a_scale_keeps_its_scores", lambda: write(area(), assessment_type=AssessmentType.objects.get(code="NOCTI")))
    write(area(), highest=512)


def test_a_level_is_shown_beside_the_score(planner, customer):
    took(customer, 512, FIRST)
    [row] = page_of(planner, customer).table("Outside assessments")
    assert row["Edit/view results"] == "Reading: 512 NRS level 3"


def test_a_level_begins_at_its_score():
    levels = [(Decimal(300), "1"), (Decimal(442), "2")]
    assert [level_at(Decimal(score), levels) for score in (299, 300, 441, 442, 800)] == ["", "1", "1", "2", "2"]


def test_what_is_known_of_scales_alone_says_that_it_is_not_verified():
    for model in (AssessmentArea, AssessmentLevel):
        assert model.objects.exists()
        assert all("not verified" in row.notes for row in model.objects.all())


# --- pairs ---------------------------------------------------------------------------------------


def test_a_gain_is_post_minus_pre():
    assert gain_between(Decimal(512), Decimal(560)) == 48
    assert gain_between(Decimal(560), Decimal(512)) == -48


def test_a_pair_is_shown_as_a_chart_with_its_numbers_beside(planner, customer):
    paired(customer)
    for name in ("customers:assessments", "plan:assessment"):
        page = page_of(planner, customer, name)
        assert page.table("Gains between tests") == [
            {
                "Assessment name/description": "TABE 11-12",
                "Area": "Reading",
                "Pre-test": "512 03/02/2026 · NRS level 3",
                "Post-test": "560 06/08/2026 · NRS level 4",
                "Gain": "+48",
            }
        ]
        [figure] = page.root.xpath("//figure")
        said = "TABE 11-12, Reading: from 512 to 560 (+48). The scale goes from 300 to 800."
        assert words_of(figure.find("figcaption")) == said
        bars = [(bar.get("x"), bar.get("width")) for bar in figure.xpath(".//rect")]
        assert bars == [("72", "85"), ("72", "104")]  # 212 and 260 of 500 points, in 200
        assert [words_of(text) for text in figure.xpath(".//text")] == ["Pre-test", "512", "Post-test", "560"]
        assert not figure.xpath(".//@style | .//script | .//style")


def test_a_loss_has_its_sign(planner, customer):
    before = took(customer, 560, FIRST)
    took(customer, 512, SECOND, pre_test=before)
    assert page_of(planner, customer).table("Gains between tests")[0]["Gain"] == "-48"


def test_without_a_pair_nothing_is_said_of_gains(planner, customer):
    took(customer, 512, FIRST)
    assert "Gains between tests" not in page_of(planner, customer).words


@pytest.mark.parametrize("day", [FIRST, FIRST - timedelta(days=1)])
def test_a_post_test_comes_on_a_later_day(customer, day):
    before = took(customer, 512, FIRST)
    refused("post-before-pre", "assessed_on", lambda: took(customer, 560, day, pre_test=before))


def test_a_pair_is_of_one_area(customer):
    before = took(customer, 512, FIRST, area=area("Mathematics"))
    refused("not-a-pair", "pre_test", lambda: took(customer, 560, SECOND, pre_test=before))


def test_a_pair_is_of_one_customer(customer):
    before = took(people.angela(), 512, FIRST)
    refused("not-a-pair", "pre_test", lambda: took(customer, 560, SECOND, pre_test=before))


def test_a_post_test_has_a_score(customer):
    before = took(customer, 512, FIRST)
    values = {"score": None, "result": "Better", "pre_test": before}
    refused("post-test-without-score", "score", lambda: took(customer, 560, SECOND, **values))


@pytest.mark.parametrize("values", [{"assessed_on": SECOND}, {"score": None, "result": "Fair"}], ids=["day", "score"])
def test_a_pre_test_stays_one_while_a_post_test_counts_from_it(customer, values):
    before, _after = paired(customer)
    sentence = refused("leaves-its-post-test", None, lambda: took(customer, 512, FIRST, before, **values))
    assert "The test of June 8, 2026 counts its gain from this one" in sentence
    assert took(customer, 520, FIRST, before).score == 520


def test_the_database_refuses_what_is_no_pair(customer):
    before, after = paired(customer)
    name = "a_post_test_follows_its_pre_test"
    refuses(name, lambda: write(after, assessed_on=FIRST))
    refuses(name, lambda: write(after, pre_test=after))
    refuses(name, lambda: write(after, area=area("Mathematics")))
    refuses(name, lambda: write(after, pre_test=took(people.angela(), 512, FIRST)))
    stays = "a_pre_test_stays_before_its_post_test"
    refuses(stays, lambda: write(before, assessed_on=SECOND))
    refuses(stays, lambda: write(before, area=None, score=None))


def test_the_page_asks_as_much_of_many_pairs_as_of_one(planner, customer):
    paired(customer)
    address = reverse("customers:assessments", args=[customer.pk])
    few = asked(planner, address)
    for _number in range(5):
        paired(customer)
    assert asked(planner, address) == few <= 12


# --- the form ------------------------------------------------------------------------------------


def test_the_form_takes_the_type_from_the_area_and_offers_the_pre_test(planner, customer):
    address = reverse("customers:assessment-add", args=[customer.pk])
    assert planner.post(address, typed(area=area(), score="512")).status_code == 302
    before = Assessment.objects.get(customer=customer)
    assert (before.assessment_type.code, before.name, before.result) == ("TABE-11-12", "TABE 11-12", "512")
    offered = [words_of(option) for option in Page(planner.get(address)).root.xpath("//*[@name='pre_test']/option")]
    assert offered == ["This is not a post-test", "TABE 11-12: Reading, 512, 03/02/2026"]
    after = typed(area=area(), score="560", assessed_on="06/08/2026", pre_test=before)
    assert planner.post(address, after).status_code == 302
    assert page_of(planner, customer).table("Gains between tests")[0]["Gain"] == "+48"


def test_a_test_is_not_its_own_pre_test(planner, customer):
    row = took(customer, 512, FIRST)
    page = Page(planner.get(reverse("customers:assessment-edit", args=[customer.pk, row.pk])))
    assert page.root.xpath("//*[@name='pre_test']/option/@value") == [""]


def test_the_form_says_the_scale_where_the_score_is_none_of_it(planner, customer):
    page = planner.post(reverse("customers:assessment-add", args=[customer.pk]), typed(area=area(), score="900"))
    assert page.status_code == 422
    assert "Enter a score from 300 to 800: Reading has that scale." in Page(page).words
    assert Page(page).root.xpath("//*[@name='score']/@value") == ["900"]


def test_the_form_wants_a_result_or_a_score(planner, customer):
    page = planner.post(reverse("customers:assessment-add", args=[customer.pk]), typed(name="Interview"))
    assert page.status_code == 422
    assert "Enter the result, or a score." in Page(page).words


# --- the file of the result ----------------------------------------------------------------------


def with_file(customer, content=PDF, name="tabe.pdf"):
    return typed(area=area(), score="512") | {"file": SimpleUploadedFile(name, content)}


def test_the_result_as_it_came_is_filed_among_the_uploads(planner, customer):
    planner.post(reverse("customers:assessment-add", args=[customer.pk]), with_file(customer))
    row = Assessment.objects.get(customer=customer)
    file = row.document
    kept = (file.customer, file.name, file.category, file.document_type, file.purpose, file.shown_to_customer)
    assert kept == (customer, "TABE 11-12", "title_1", "assessments", "assessment", False)
    address = reverse("customers:upload-file", args=[customer.pk, file.pk])
    assert page_of(planner, customer).links()["See the file"] == address
    assert planner.get(address).getvalue() == PDF


def test_a_file_that_is_not_what_it_says_is_refused_and_nothing_is_saved(planner, customer):
    entry = with_file(customer, b"MZ not a document")
    page = planner.post(reverse("customers:assessment-add", args=[customer.pk]), entry)
    assert page.status_code == 422
    assert "This file is not what its name says." in Page(page).words
    assert not Assessment.objects.filter(customer=customer).exists()
    assert not Upload.objects.filter(customer=customer).exists()


def test_a_refused_score_files_nothing(planner, customer):
    entry = with_file(customer) | {"score": "900"}
    assert planner.post(reverse("customers:assessment-add", args=[customer.pk]), entry).status_code == 422
    assert not Upload.objects.filter(customer=customer).exists()


def test_a_new_file_takes_the_place_and_the_former_one_stays_filed(planner, customer):
    planner.post(reverse("customers:assessment-add", args=[customer.pk]), with_file(customer))
    row = Assessment.objects.get(customer=customer)
    address = reverse("customers:assessment-edit", args=[customer.pk, row.pk])
    planner.post(address, with_file(customer, name="again.pdf") | {"row_version": row.row_version})
    former, row = row, Assessment.objects.get(pk=row.pk)
    assert row.document_id != former.document_id
    assert Upload.objects.filter(customer=customer).count() == 2
    planner.post(address, typed(area=area(), score="520") | {"row_version": row.row_version})
    assert Assessment.objects.get(pk=row.pk).document_id == row.document_id


def test_a_file_of_another_customer_is_refused_by_the_database(customer):
    row = took(customer, 512, FIRST)
    other = Upload.objects.exclude(customer=customer).first()
    refuses("a_file_of_a_result_is_its_customers", lambda: write(row, document=other))


# --- how long it is reused -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2026, 1, 15), 6, date(2026, 7, 15)),
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2027, 8, 31), 6, date(2028, 2, 29)),
        (date(2026, 7, 31), 6, date(2027, 1, 31)),
    ],
)
def test_months_are_those_of_the_calendar(day, months, later):
    assert months_later(day, months) == later


def test_an_assessment_is_reused_while_it_is_under_six_months_old():
    assert last_day_of_reuse(date(2026, 1, 15)) == date(2026, 7, 14)


def test_a_type_may_say_how_many_days_it_is_valid():
    assert last_day_of_reuse(date(2026, 1, 15), 30) == date(2026, 2, 14)


def until(client, customer):
    [row] = page_of(client, customer).table("Outside assessments")
    return row["Assessment date"]


def test_the_page_says_until_when_it_may_be_reused(planner, customer):
    day = states.today()
    last = last_day_of_reuse(day)
    took(customer, 512, day)
    assert until(planner, customer) == f"{day:%m/%d/%Y} May be reused until {last:%m/%d/%Y}"


def test_the_page_says_what_is_older_than_six_months(planner, customer):
    today = states.today()
    day = today - timedelta(days=186)
    took(customer, 512, day)
    assert until(planner, customer) == f"{day:%m/%d/%Y} Older than six months"


@pytest.mark.parametrize(("age", "says"), [(30, "May be reused until"), (31, "Was valid until")])
def test_the_days_of_the_type_count_where_it_says_some(planner, customer, age, says):
    kind = area().assessment_type
    kind.days_valid = 30
    record(kind, by=None, at=states.now())
    took(customer, 512, states.today() - timedelta(days=age))
    assert says in until(planner, customer)
