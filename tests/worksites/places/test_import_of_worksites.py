"""Employers, worksites and jobs from a file: each row is shown before anything is kept, and is there once."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from careerplan.base.refusals import NotAllowed, Refusal
from careerplan.imports.enums import ImportState
from careerplan.imports.models import Import
from tests import states
from tests.imported import as_file, changes, confirmed, rows_of, why
from tests.imported import states as row_states
from tests.markup import Page
from tests.people import angela, north_planner, planner, statewide
from tests.rows import changed, everything
from tests.spreadsheets import workbook
from tests.worksites.places.places import (
    brought,
    job_of_the_document,
    new_employer,
    new_job,
    new_worksite,
    placed,
    region,
    row_of_file,
    saved,
)
from worksites.places.actions import save_employer
from worksites.places.models import Employer, Job, Worksite

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("people")]


def of_roosevelt(**cells):
    """A row that says what stands there."""
    known = {
        "Employer": "roosevelt university",
        "Worksite": "Roosevelt University",
        "Job title": "Teacher assistants",
        "Hourly wage": "15.00",
        "Hours a week": "40",
        "Openings": "1",
        "Employment type": "Permanent Employment",
        "Start date": "05/15/2020",
    }
    return known | cells


def test_each_row_is_new_changed_the_same_or_bad_and_nothing_is_kept():
    before = everything()
    rows = [row_of_file(), of_roosevelt(), row_of_file(**{"Job title": "Helper", "Hourly wage": "much"})]
    bringing = brought(rows)
    assert row_states(bringing) == ["good", "unchanged", "bad"]
    assert why(rows_of(bringing)[2]) == [("hourly_wage", "invalid")]
    dearer = brought([of_roosevelt(**{"Hourly wage": "16.50", "Openings": "3"})])
    assert row_states(dearer) == ["changed"]
    assert changes(rows_of(dearer)[0]) == {"hourly_wage": ("15.00", "16.50"), "openings": ("1", "3")}
    assert changed(before, everything()) == {}


def test_what_is_confirmed_is_there_with_its_history_once():
    rows = [row_of_file(), row_of_file(**{"Job title": "Helper", "SOC": ""}), row_of_file(Worksite="Plant 2", City="")]
    assert confirmed(brought(rows)).state == ImportState.DONE
    job = Job.objects.select_related("worksite__employer__region", "occupation").get(
        title="Welder", worksite__name="Plant 1"
    )
    assert (job.worksite.employer.name, job.worksite.employer.region) == ("Foundry", region())
    assert (job.occupation.code, str(job.hourly_wage), job.openings) == ("51-4121", "17.00", 2)
    assert (job.worksite.supervisor, job.history.latest().history_user) == ("Ida Stone", planner())
    assert Worksite.objects.filter(employer__name="Foundry").count() == 2
    assert Employer.objects.filter(name="Foundry").count() == 1
    assert row_states(brought(rows)) == ["unchanged"] * 3


def test_a_changed_row_changes_the_job_its_worksite_and_its_employer_alone():
    row = of_roosevelt(**{"Openings": "4", "Supervisor": "Ada Reed", "Industry": "College", "Hourly wage": ""})
    confirmed(brought([row]))
    job = job_of_the_document()
    assert (job.openings, job.title, str(job.hourly_wage)) == (4, "Teacher Assistants", "15.00")
    assert (job.worksite.supervisor, job.worksite.employer.industry) == ("Ada Reed", "College")
    assert (job.worksite.employer.name, job.worksite.city) == ("Roosevelt University", "Marlow")


@pytest.mark.parametrize(
    ("cells", "fault"),
    [
        ({"Employer": ""}, ("employer", "no-name")),
        ({"Worksite": ""}, ("worksite", "no-name")),
        ({"Job title": ""}, ("job", "no-name")),
        ({"State": ""}, ("state", "missing")),
        ({"State": "Illinois"}, ("state", "state")),
        ({"State": "ZZ"}, ("state", "no-state")),
        ({"ZIP": "6279"}, ("zip_code", "zip")),
        ({"Hourly wage": ""}, ("hourly_wage", "missing")),
        ({"Hourly wage": "15.005"}, ("hourly_wage", "places")),
        ({"Openings": "2.5"}, ("openings", "places")),
        ({"Hourly wage": "0"}, ("hourly_wage", "zero")),
        ({"Hours a week": "169"}, ("weekly_hours", "above")),
        ({"Openings": "-1"}, ("openings", "below")),
        ({"Employment type": "Barter"}, ("employment_type", "not-a-choice")),
        ({"SOC": "99-9999"}, ("occupation", "no-occupation")),
        ({"Start date": "06/02/2026", "End date": "06/01/2026"}, ("ends_on", "job-ends-before")),
        ({"Start date": "31.12.2026"}, ("starts_on", "invalid")),
        ({"Region": "Northern Lakes"}, ("region", "not-a-choice")),
        ({"City": "=HYPERLINK(1)"}, ("city", "formula")),
        ({"Supervisor email": "ida at example"}, ("supervisor_email", "invalid")),
    ],
    ids=str,
)
def test_a_bad_cell_is_told_at_the_cell(cells, fault):
    assert why(rows_of(brought([row_of_file(**cells)]))[0]) == [fault]


def test_the_second_row_of_a_job_waits():
    rows = [row_of_file(), row_of_file(**{"Job title": "WELDER", "Openings": "9"}), of_roosevelt(), of_roosevelt()]
    assert row_states(brought(rows)) == ["good", "double", "unchanged", "double"]


def test_openings_below_the_filled_ones_and_what_has_ended_are_told():
    placed()
    assert why(rows_of(brought([of_roosevelt(Openings="0")]))[0]) == [("openings", "fewer-than-filled")]
    employer = new_employer()
    save_employer(region(), employer, {"ended_on": states.today()}, by=planner(), at=states.now())
    assert why(rows_of(brought([row_of_file()]))[0]) == [("employer", "ended")]


def test_a_job_that_ended_is_entered_anew():
    job = saved(new_job(new_worksite()), ended_on=states.today())
    confirmed(brought([row_of_file()]))
    assert Job.objects.filter(worksite=job.worksite, title="Welder").count() == 2


def test_two_words_on_one_worksite_import_nothing():
    bringing = confirmed(brought([row_of_file(), row_of_file(**{"Job title": "Helper", "City": "Millbrook"})]))
    assert bringing.state == ImportState.READY
    assert "“Marlow” and “Millbrook”" in bringing.why_refused
    assert not Employer.objects.filter(name="Foundry").exists()


def test_who_sees_several_regions_names_one_in_the_row_or_chooses_one():
    rows = [row_of_file(Region="LWA-02"), row_of_file(Region="river valley"), row_of_file(Region="")]
    bringing = brought(rows, by=statewide())
    assert row_states(bringing) == ["good", "good", "bad"]
    assert why(rows_of(bringing)[2]) == [("region", "no-region")]
    assert row_states(brought(rows[2:], by=statewide(), of=region(1))) == ["good"]
    confirmed(brought(rows[:2], by=statewide()))
    assert {row.region for row in Employer.objects.filter(name="Foundry").select_related("region")} == {
        region(),
        region(1),
    }


def test_columns_of_the_names_are_asked_for():
    with pytest.raises(Refusal) as refused:
        brought([{"Employer": "Foundry", "Job title": "Welder"}])
    assert refused.value.code == "no-names"


def test_a_workbook_is_read_as_well():
    rows = [row_of_file()]
    content = workbook([list(rows[0]), *[list(row.values()) for row in rows]])
    assert row_states(brought(content)) == ["good"]


def test_customers_bring_none_and_another_planner_does_not_see_it(client):
    bringing = brought([row_of_file()])
    client.force_login(angela().user)
    assert client.get(reverse("worksite-import:list")).status_code == 404
    with pytest.raises(NotAllowed):
        brought([row_of_file()], by=angela().user, of=region())
    client.force_login(north_planner())
    assert client.get(reverse("worksite-import:preview", args=[bringing.pk])).status_code == 404


def test_a_file_is_brought_looked_at_and_imported_on_its_pages(client):
    client.force_login(planner())
    file = SimpleUploadedFile("jobs.csv", as_file([row_of_file()]))
    answer = client.post(reverse("worksite-import:list"), {"file": file, "encoding": "utf-8"})
    bringing = Import.objects.get(kind="worksites")
    form = client.get(answer.url).context["form"]
    posted = {name: form[name].value() for name in form.fields if form[name].value()}
    shown = Page(client.post(answer.url, posted, follow=True)).words
    assert "Confirm: import 1 row" in shown
    assert "Welder, Plant 1, Foundry" in shown
    client.post(reverse("worksite-import:confirm", args=[bringing.pk]))
    done = Page(client.get(reverse("worksite-import:preview", args=[bringing.pk])))
    job = Job.objects.get(title="Welder")
    assert f"{reverse('worksites')}?job={job.pk}" in done.links().values()
    listed = Page(client.get(reverse("worksites"), {"job": job.pk}))
    assert "1 job" in listed.words
    assert "Welder" in listed.words
