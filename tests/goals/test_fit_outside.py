""" "Job Fit Review was completed outside": the box, the file with its four fields, and the case note, or nothing."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from careerplan.base.refusals import NotAllowed, Refusal
from customers.models import Assessment, CaseNote, Upload
from goals.fit.enums import FitProgram
from goals.fit.models import OutsideJobFit
from goals.fit.outside import programs_of, record_outside
from tests import states
from tests.fit import BARBERS, TRUCKS, document, left_exploration, occupation
from tests.lacking import lacking
from tests.markup import Page
from tests.people import north_planner, planner
from tests.rows import everything, refuses

pytestmark = pytest.mark.django_db


def typed(**more):
    return {
        "is_done_outside": True,
        "name": "O*NET Interest Profiler",
        "result": "Social: 34 of 40",
        "assessed_on": states.today(),
        "note": "No review of barbers is there.",
        "program": FitProgram.ADULT,
        **more,
    }


def recorded(version, code=BARBERS, *, by=None, **more):
    values = {"file": document(), **typed(**more)}
    by = by or version.plan.customer.planner
    return record_outside(version.plan, occupation(code), **values, by=by, at=states.now())


@pytest.mark.policy("WIS-047", "WIS-048", "WIS-049", "WIS-050")
def test_the_assessment_its_file_and_its_case_note_are_recorded_together_and_let_the_plan_be_sent():
    draft = left_exploration(BARBERS)
    outside = recorded(draft)
    upload, note = outside.upload, outside.note
    assert (upload.category, upload.document_type, upload.purpose) == ("title_1", "assessments", "assessment")
    assert (outside.program, upload.name) == ("adult", "Job Fit Review: O*NET Interest Profiler, Title 1 Adult")
    assert (note.category, note.about_kind, note.about_key) == ("assessment", "assessment", outside.assessment_id)
    assert "Social: 34 of 40" in note.text
    assert note.text.endswith("No review of barbers is there.")
    seal = states.sent(draft)
    fit = seal.contents.about.job_fit
    assert (fit.outside, fit.outside_result) == ("O*NET Interest Profiler", "Social: 34 of 40")
    assert fit.done_on == states.today().isoformat()


UNFIT = [
    pytest.param({"is_done_outside": False}, "is_done_outside", id="the box", marks=pytest.mark.policy("WIS-048")),
    pytest.param({"note": " "}, "note", id="the case note", marks=pytest.mark.policy("WIS-050")),
    pytest.param({"program": "dislocated_worker"}, "program", id="a program", marks=pytest.mark.policy("WIS-049")),
    pytest.param({"file": SimpleUploadedFile("a.pdf", b"no file")}, "file", id="a file"),
    pytest.param({"name": ""}, "name", id="the name"),
]


@pytest.mark.parametrize(("change", "field"), UNFIT)
def test_where_one_of_it_is_missing_nothing_is_recorded(change, field):
    draft = left_exploration(BARBERS)
    before = everything()
    with pytest.raises(Refusal) as refused:
        recorded(draft, **change)
    assert refused.value.field == field
    assert everything() == before


def test_it_is_recorded_for_the_occupation_of_the_plan_alone_and_by_its_planners():
    draft = left_exploration(BARBERS)
    with pytest.raises(Refusal) as refused:
        recorded(draft, TRUCKS)
    assert refused.value.code == "occupation-not-chosen"
    with pytest.raises(NotAllowed):
        recorded(draft, by=north_planner())
    states.pen(draft)
    recorded(draft)
    states.sent(draft)
    with pytest.raises(Refusal) as refused:
        recorded(draft)
    assert refused.value.code == "awaiting"


@pytest.mark.policy("WIS-049")
@pytest.mark.parametrize(
    ("programs", "found"),
    [
        (("T1-ADULT",), [FitProgram.ADULT]),
        (("T1-DW",), [FitProgram.DISLOCATED_WORKER]),
        (("T1-ADULT", "T1-DW"), [FitProgram.ADULT, FitProgram.DISLOCATED_WORKER]),
        (("T1-YOUTH",), [FitProgram.ADULT, FitProgram.DISLOCATED_WORKER]),
    ],
)
def test_the_program_is_the_one_that_the_customer_is_in(programs, found):
    assert programs_of(states.enrolled(*programs)) == found


def test_what_it_names_is_of_its_own_customer():
    outside = recorded(left_exploration(BARBERS))
    other = recorded(left_exploration(BARBERS))
    for column in ("assessment", "upload", "note"):
        same = {
            name: getattr(outside, name) for name in ("plan", "occupation", "assessment", "upload", "note", "program")
        }
        same |= {column: getattr(other, column), "recorded_at": states.now(), "recorded_by": outside.recorded_by}
        article = "an" if column != "note" else "a"
        guard = f"a_job_fit_from_outside_names_{article}_{column}_of_its_customer"
        refuses(guard, OutsideJobFit(**same).save)


def post(client, draft, **change):
    path = reverse("plan:job-fit-outside", args=[draft.plan.customer_id])
    values = {
        "is_done_outside": "on",
        "name": "Profiler",
        "assessed_on": "01/05/2026",
        "result": "Good",
        "note": "Done at the college.",
        "file": document(),
        **change,
    }
    return client.post(path, values, follow=True)


@pytest.mark.policy("WIS-048", "WIS-049", "WIS-050")
def test_one_form_does_the_three_steps(client):
    draft = left_exploration(BARBERS)
    client.force_login(planner())
    path = reverse("plan:job-fit-outside", args=[draft.plan.customer_id])
    page = Page(client.get(path))
    assert page.facts()["Category"] == "Title I"
    assert page.facts()["Document type"] == "Assessments"
    assert page.facts()["Program"] == "Title 1 Adult"
    assert page.facts()["Purpose"] == "Assessment"
    answer = post(client, draft)
    page = Page(answer)
    assert "recorded, with its file and its case note" in page.words
    assert "Title 1 Adult" in page.facts()["Document"]
    assert [model.objects.filter(customer=draft.plan.customer).count() for model in (Assessment, CaseNote)] == [1, 1]
    assert Upload.objects.filter(customer=draft.plan.customer, document_type="assessments").count() == 1
    assert not [row for row in lacking(draft) if row.place == "job-fit"]


@pytest.mark.policy("WIS-048")
@pytest.mark.parametrize("left_out", ["is_done_outside", "file", "note", "name", "result", "assessed_on"])
def test_the_form_says_what_is_missing_and_records_nothing(client, left_out):
    draft = left_exploration(BARBERS)
    client.force_login(planner())
    before = everything()
    answer = post(client, draft, **{left_out: ""})
    assert answer.status_code == 422
    assert Page(answer).root.xpath("//*[@data-error-summary]//a")
    assert not OutsideJobFit.objects.exists()
    assert everything().keys() == before.keys()


def test_who_is_in_both_programs_chooses(client):
    draft = left_exploration(BARBERS, "T1-ADULT", "T1-DW")
    client.force_login(planner())
    assert post(client, draft).status_code == 422
    post(client, draft, program="dislocated_worker")
    assert OutsideJobFit.objects.get().program == "dislocated_worker"
