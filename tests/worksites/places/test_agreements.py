"""The agreement with a worksite: each upload stays, the newest gives the dates, staff of the region alone open it."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from acknowledgments.proof.files import wrong_files
from acknowledgments.proof.wrong import Kind
from careerplan.base.files import find_orphans
from careerplan.base.refusals import NotAllowed, Refusal
from careerplan.messaging.enums import Notice
from careerplan.messaging.models import Message
from tests import states
from tests.markup import Page
from tests.people import administrator, angela, north_planner, planner, statewide
from tests.real_files import PDF
from tests.rows import refuses
from tests.worksites.places.places import filed, new_worksite
from worksites.places.models import Worksite, WorksiteAgreement

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("people")]

TODAY = states.today()


def days(number):
    return TODAY + timedelta(days=number)


def address(agreement):
    return reverse("agreement-file", args=[agreement.worksite_id, agreement.pk])


def test_the_newest_agreement_gives_the_worksite_its_dates():
    worksite = new_worksite()
    filed(worksite, days(-400), days(-35))
    filed(worksite, days(-34), None)
    worksite.refresh_from_db()
    assert (worksite.agreement_from, worksite.agreement_until) == (days(-34), None)
    assert worksite.agreements.count() == 2


@pytest.mark.parametrize(
    ("another", "stands"),
    [
        ((-400, -35), (-30, 30)),  # an older one, filed late
        ((31, 90), (-30, 90)),  # it follows
        ((40, 90), (-30, 30)),  # there is a gap, and it comes later
        ((-10, 60), (-10, 60)),  # it replaces
    ],
)
def test_while_one_is_in_force_another_one_changes_what_it_can(another, stands):
    worksite = new_worksite()
    filed(worksite, days(-30), days(30))
    filed(worksite, *map(days, another))
    worksite.refresh_from_db()
    assert (worksite.agreement_from, worksite.agreement_until) == tuple(map(days, stands))


def standing_on(worksite, *numbers):
    """In words of `Agreement`, of so many days from today."""
    rows = Worksite.objects.with_agreements().get(pk=worksite.pk)
    return [str(rows.agreement_on(days(number))) for number in numbers]


@pytest.mark.parametrize(
    ("present", "next_one", "on_days"),
    [
        ((-300, None), (30, 300), {0: "in_force", 29: "in_force", 300: "in_force", 301: "over"}),
        ((-300, 10), (12, 300), {10: "in_force", 11: "to_come", 12: "in_force", 301: "over"}),
        ((-300, 10), (11, None), {10: "in_force", 11: "in_force", 999: "in_force"}),
    ],
)
def test_the_present_one_stays_in_force_where_the_next_is_filed_early(client, present, next_one, on_days):
    worksite = new_worksite()
    for begins, ends in (present, next_one):
        filed(worksite, days(begins), None if ends is None else days(ends))
    assert standing_on(worksite, *on_days) == [*on_days.values()]
    client.force_login(planner())
    for page in (reverse("worksite", args=[worksite.pk]), reverse("employer", args=[worksite.employer_id])):
        assert "The agreement is not in force yet." not in Page(client.get(page)).words


def test_a_new_one_corrects_the_days_of_one_that_began_before():
    worksite = new_worksite()
    filed(worksite, days(-100), None)
    filed(worksite, days(-100), days(10))
    assert standing_on(worksite, 0, 10, 11) == ["in_force", "in_force", "over"]


def test_the_present_one_filed_after_the_next_one_takes_nothing_from_it():
    worksite = new_worksite()
    filed(worksite, days(30), days(300))
    filed(worksite, days(-100), days(29))
    assert standing_on(worksite, 0, 30, 300, 301) == ["in_force", "in_force", "in_force", "over"]


def test_one_that_was_over_when_it_was_filed_ends_no_other():
    worksite = new_worksite()
    filed(worksite, days(-100), None)
    filed(worksite, days(-50), days(-20))
    assert standing_on(worksite, -10, 0) == ["in_force", "in_force"]


@pytest.mark.parametrize(
    ("begins", "ends", "words"),
    [
        (None, None, "No agreement is on file."),
        (-9, -1, "The agreement is over."),
        (1, 9, "The agreement is not in force yet."),
        (-9, 0, None),
        (0, None, None),
    ],
)
def test_the_page_warns_where_none_is_in_force(client, begins, ends, words):
    worksite = new_worksite()
    if begins is not None:
        filed(worksite, days(begins), None if ends is None else days(ends))
    client.force_login(planner())
    for page in (reverse("worksite", args=[worksite.pk]), reverse("employer", args=[worksite.employer_id])):
        shown = Page(client.get(page)).root.xpath("//main//p[contains(@class, 'notice--warning')]")
        assert [notice.text.strip() for notice in shown] == ([words] if words else [])


def test_it_does_not_end_before_it_begins_and_is_a_file_that_can_be_taken():
    worksite = new_worksite()
    for act, expected in (
        (lambda: filed(worksite, days(0), days(-1)), ("agreement-ends-before", "ends_on")),
        (lambda: filed(worksite, days(40 * 366)), ("unlikely-day", "begins_on")),
        (lambda: filed(worksite, name="agreement.exe"), ("unknown-file-kind", "file")),
    ):
        with pytest.raises(Refusal) as caught:
            act()
        assert (caught.value.code, caught.value.field) == expected
    assert not WorksiteAgreement.objects.exists()


def test_another_regions_planner_files_none():
    with pytest.raises(NotAllowed):
        filed(new_worksite(), by=north_planner())


def test_what_was_filed_is_neither_changed_nor_deleted():
    agreement = filed(new_worksite())
    rows = WorksiteAgreement.objects.filter(pk=agreement.pk)
    refuses("are kept as they are", lambda: rows.update(ends_on=days(9)))
    refuses("are kept as they are", lambda: rows.delete())


@pytest.mark.parametrize(
    ("person", "status"),
    [(planner, 200), (statewide, 200), (administrator, 200), (north_planner, 404), (lambda: angela().user, 404)],
)
def test_staff_of_the_region_alone_open_the_file(client, person, status):
    agreement = filed(new_worksite())
    client.force_login(person())
    answer = client.get(address(agreement))
    assert answer.status_code == status
    if status == 200:
        assert b"".join(answer.streaming_content) == PDF
        assert answer.headers["Content-Disposition"].startswith("attachment")


def test_a_file_that_was_changed_on_the_disk_is_not_handed_out(client):
    agreement = filed(new_worksite())
    path = Path(agreement.file.path)
    path.chmod(0o600)
    path.write_bytes(PDF + b" ")
    client.force_login(planner())
    answer = client.get(address(agreement))
    assert answer.status_code == 409
    assert "This file is not the one that was filed" in Page(answer).words
    [message] = Message.objects.filter(kind=Notice.RECORD_DAMAGED)
    client.force_login(administrator())
    assert client.get(message.path).status_code == 200
    assert [(wrong.kind, f"Agreement {agreement.pk}" in wrong.sentence) for wrong in wrong_files()] == [
        (Kind.FILE_CHANGED, True)
    ]


def test_its_file_is_no_orphan():
    agreement = filed(new_worksite())
    assert agreement.file.name not in set(find_orphans(timedelta(days=-1)))


def test_an_agreement_is_uploaded_on_its_page(client):
    worksite = new_worksite()
    client.force_login(planner())
    page = reverse("agreement-add", args=[worksite.pk])
    answer = client.post(page, {"file": SimpleUploadedFile("signed.pdf", PDF), "begins_on": "", "ends_on": ""})
    assert answer.status_code == 422
    assert "Enter the first day of the agreement." in Page(answer).words
    posted = {"file": SimpleUploadedFile("signed.pdf", PDF), "begins_on": "01/02/2026", "ends_on": ""}
    shown = Page(client.post(page, posted, follow=True)).words
    assert "The agreement was filed." in shown
    assert "signed.pdf" in shown
