"""Employers, worksites and jobs from a file: each row is shown before anything is kept, and is there once."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from careerplan.base.refusals import NotAllowed, Refusal
from careerplan.imports import actions
from careerplan.imports.enums import ImportState
from careerplan.imports.models import Import
from careerplan.imports.rows import said_of
from tests import states
from tests.imported import as_file, as_shown, changes, confirmed, rows_of, why
from tests.imported import states as row_states
from tests.markup import Page
from tests.people import administrator, angela, north_planner, planner, statewide
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


@pytest.mark.parametrize("name", ["ΟΔΟΣ", "İSTANBUL"])
def test_names_are_compared_letter_by_letter_as_the_database_does(name):
    rows = [row_of_file(Employer=name, Worksite=name)]
    confirmed(brought(rows))
    assert row_states(brought(rows)) == ["unchanged"]


def test_the_second_row_of_a_job_waits():
    rows = [
        row_of_file(),
        row_of_file(**{"Job title": "WELDER", "Openings": "9"}),
        of_roosevelt(),
        of_roosevelt(Openings="3"),
    ]
    bringing = brought(rows)
    assert row_states(bringing) == ["good", "double", "unchanged", "double"]
    assert why(rows_of(bringing)[1]) == [("job", "again")]


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


OTHER_WORDS = {"City": "Millbrook", "Supervisor email": "ida@example.org", "Industry": "Glass"}


def test_another_word_on_one_worksite_or_employer_waits_at_its_cell():
    first = row_of_file(**{"Supervisor email": "stone@example.org", "Industry": "Steel"})
    other = first | {"Job title": "Helper"} | OTHER_WORDS
    bringing = brought([first, other, first | {"Job title": "Cook"}, row_of_file(**{"Job title": "Cutter"})])
    assert row_states(bringing) == ["good", "bad", "good", "good"]
    told = {(name, "two-words") for name in ("city", "supervisor_email", "industry")}
    assert set(why(rows_of(bringing)[1])) == told
    assert said_of(rows_of(bringing)[1].faults[0]) == "Line 2 says “Steel” here. Write the same in both lines."
    actions.leave_out(rows_of(bringing)[0], out=True, by=planner(), at=states.now())
    assert row_states(bringing) == ["left_out", "good", "bad", "bad"]
    actions.leave_out(rows_of(bringing)[0], out=False, by=planner(), at=states.now())
    assert row_states(bringing) == ["good", "bad", "good", "good"]


OF_NO_JOB = ("Job title", "SOC", "Employment type", "Hourly wage", "Hours a week", "Openings")


def without_job(**cells):
    return {heading: cell for heading, cell in row_of_file(**cells).items() if heading not in OF_NO_JOB}


def test_employers_and_worksites_come_without_jobs():
    rows = [without_job(), without_job(Worksite="Plant 2"), without_job(Worksite="Plant 3", State="")]
    bringing = brought(rows)
    assert row_states(bringing) == ["good", "good", "bad"]
    assert why(rows_of(bringing)[2]) == [("state", "missing")]
    done = confirmed(brought(rows[:2]))
    assert done.state == ImportState.DONE
    employer = Employer.objects.get(name="Foundry")
    plants = {row.name: row for row in Worksite.objects.filter(employer=employer)}
    assert (set(plants), Job.objects.filter(worksite__employer=employer).exists()) == ({"Plant 1", "Plant 2"}, False)
    address = done.about.address_of(rows_of(done)[0].found)
    assert address == reverse("worksite", args=[plants["Plant 1"].pk])
    again = brought([*rows[:1], without_job(Worksite="Plant 2", City="Aurora"), without_job(Worksite="PLANT 1")])
    assert row_states(again) == ["unchanged", "changed", "double"]
    assert confirmed(brought([without_job(Worksite="Plant 2", City="Aurora")])).state == ImportState.DONE
    assert Worksite.objects.get(pk=plants["Plant 2"].pk).city == "Aurora"


def test_a_worksite_without_a_job_may_stand_beside_jobs():
    nothing = dict.fromkeys(OF_NO_JOB, "")
    bringing = brought([row_of_file(Worksite="Plant 2", **nothing), row_of_file()])
    assert row_states(bringing) == ["good", "good"]
    half = row_of_file(**nothing | {"Openings": "2"})
    assert why(rows_of(brought([half]))[0]) == [("job", "no-name")]


def test_what_is_said_of_jobs_asks_for_their_title():
    with pytest.raises(Refusal) as refused:
        brought([without_job() | {"Openings": "2"}])
    assert refused.value.code == "no-job"


def test_administrators_bring_no_worksites(client):
    client.force_login(administrator())
    assert client.get(reverse("worksite-import:list")).status_code == 403
    assert reverse("worksite-import:list") not in Page(client.get(reverse("worksites"))).links().values()


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
    client.post(reverse("worksite-import:confirm", args=[bringing.pk]), as_shown(bringing))
    done = Page(client.get(reverse("worksite-import:preview", args=[bringing.pk])))
    job = Job.objects.get(title="Welder")
    assert f"{reverse('worksites')}?job={job.pk}" in done.links().values()
    listed = Page(client.get(reverse("worksites"), {"job": job.pk}))
    assert "1 job" in listed.words
    assert "Welder" in listed.words
