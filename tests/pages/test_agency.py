"""The agency's pages: regions, grantees, offices and programs, and the folder of a beginning."""

import io
import logging
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from careerplan.accounts.models import Grantee, Office, Region, User
from careerplan.base import clock
from careerplan.base.refusals import NotAllowed
from careerplan.beginning.sheets import EXAMPLE
from careerplan.demo import cast
from customers.agency import save_entry
from customers.models import Program
from tests.empty import empty_everything
from tests.mail import letters_about_signing_in
from tests.markup import Page
from tests.people import administrator, north_planner, planner, statewide, youth_planner
from tests.rows import everything

pytestmark = pytest.mark.django_db

ADD = "agency-add"


@pytest.fixture(autouse=True)
def in_the_zone_of_the_example(settings):
    """The suite runs in several."""
    settings.TIME_ZONE = "America/Chicago"


@pytest.fixture
def told(caplog):
    caplog.set_level(logging.INFO, "careerplan.security")
    return caplog


@pytest.fixture
def first(client):
    """The first administrator of an installation that has not begun."""
    empty_everything()
    person = User.objects.create_superuser("first", "first@agency.example", first_name="Alma", last_name="Reyes")
    client.force_login(person)
    return person


def added(client, entry, **values):
    answer = client.post(reverse(ADD, args=[entry]), values)
    assert answer.status_code == 302, answer.context["form"].errors


# --- a state begins in the pages --------------------------------------------------------------


def test_the_first_administrator_is_led_to_the_agency_and_adds_it_step_by_step(client, first, told):
    assert client.get("/").url == reverse("agency")
    page = client.get(reverse("agency"))
    assert reverse("agency-begin") in page.content.decode()
    assert reverse(ADD, args=["office"]) not in page.content.decode()
    added(client, "grantee", name="Valley Partners")
    added(client, "region", code="RIVER", name="River Valley")
    said = told.records[-1]
    assert (said.act, said.thing, said.by_id) == ("added", "accounts.Region", first.pk)
    assert "River Valley" not in str(vars(said))
    page = client.get(client.get("/").url)
    assert "Begin here" in Page(page).words
    assert reverse("agency-begin") not in page.content.decode(), "it has begun"
    where = {"region": Region.objects.get().pk, "grantee": Grantee.objects.get().pk}
    added(client, "office", name="Harbor Street", relay="711", **where)
    shown = Page(client.get(reverse("agency")))
    assert shown.table("Offices")[0]["Region"] == "River Valley"
    assert "Begin here" not in shown.words
    assert "Nobody but you works here yet." in shown.words
    assert client.get("/").url == reverse("customers:list")


def test_a_program_has_its_own_days_between_reviews(client, people):
    client.force_login(administrator())
    row = Program.objects.get(code="T1-YOUTH")
    path = reverse("agency-edit", args=["program", row.pk])
    offered = Page(client.get(path)).form(path)
    assert "code" not in offered, "the code stays"
    assert client.post(path, offered | {"review_interval_days": "60", "code": "OTHER"}).status_code == 302
    row.refresh_from_db()
    assert (row.review_interval_days, row.code) == (60, "T1-YOUTH")
    assert client.post(path, offered | {"review_interval_days": "45"}).status_code == 422, "somebody saved it since"
    offered["row_version"] = row.row_version
    for days in ("0", "x", "99999", ""):
        assert client.post(path, offered | {"review_interval_days": days}).status_code == 422
    assert Program.objects.get(pk=row.pk).review_interval_days == 60


@pytest.mark.parametrize(
    ("entry", "values", "field"),
    [
        ("region", {"code": "LWA-07", "name": "Again"}, "code"),
        ("region", {"code": "", "name": "No code"}, "code"),
        ("grantee", {"name": "One", "email": "no address"}, "email"),
        ("program", {"code": "X", "name": "Y", "kind": "county", "plan_type": "IEP"}, "kind"),
        ("office", {"name": "Nowhere", "relay": "711"}, "region"),
    ],
)
def test_what_can_not_be_is_said_at_its_field(client, people, entry, values, field):
    client.force_login(administrator())
    before = everything()
    answer = client.post(reverse(ADD, args=[entry]), values)
    assert (answer.status_code, everything()) == (422, before)
    assert field in answer.context["form"].errors


def test_an_office_goes_to_another_region_only_where_nobody_loses_customers(client, people):
    """Who has the whole of River Valley is responsible for customers of its offices."""
    client.force_login(administrator())
    office = Office.objects.get(name=cast.MILLBROOK)
    path = reverse("agency-edit", args=["office", office.pk])
    away = north_planner().scopes.get().office.region
    before = everything()
    answer = client.post(path, Page(client.get(path)).form(path) | {"region": away.pk})
    assert (answer.status_code, everything()) == (422, before)
    assert "/hand-over/" in answer.content.decode()
    assert youth_planner().last_name in answer.content.decode()


@pytest.mark.parametrize("by", [planner, statewide, youth_planner])
def test_administrators_alone_keep_the_agency(people, by):
    with pytest.raises(NotAllowed):
        save_entry(Region(), {"code": "N", "name": "New"}, by=by(), at=clock.now())


def test_there_is_nothing_else_to_add(client, people):
    client.force_login(administrator())
    assert client.get(reverse(ADD, args=["customer"])).status_code == 404


# --- the folder -------------------------------------------------------------------------------


def archive(**changed):
    """The example as a ZIP file, below a folder as computers make it; with other files in it."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as opened:
        for path in EXAMPLE.iterdir():
            opened.writestr(f"state/{path.name}", changed.pop(path.stem, None) or path.read_bytes())
        opened.writestr("state/notes.txt", "not looked at")
        opened.writestr("__MACOSX/state/._regions.csv", "the computer's own")
    return SimpleUploadedFile("state.zip", held.getvalue())


def sent(client, file):
    return client.post(reverse("agency-begin"), {"folder": file})


def test_the_folder_begins_a_state_once(client, first, told):
    assert sent(client, archive()).status_code == 302
    assert (Region.objects.count(), Office.objects.count(), User.objects.count()) == (2, 3, 6)
    assert len(letters_about_signing_in()) == 5
    assert told.records[-1].act == "begun"
    before = everything()
    assert sent(client, archive()).status_code == 302
    assert everything() == before


def test_every_fault_of_the_folder_is_listed_and_nothing_is_written(client, first):
    before = everything()
    answer = sent(client, archive(regions=b"code,name\nNORTH,\nRIVER,River Valley\n"))
    assert (answer.status_code, everything()) == (422, before)
    assert Page(answer).table("What is wrong") == [
        {"File": "regions.csv", "Line": "2", "Column": "name", "Reason": "The cell is empty."}
    ]


def test_what_is_no_folder_is_refused(client, first):
    before = everything()
    many = io.BytesIO()
    with zipfile.ZipFile(many, "w") as opened:
        for number in range(30):
            opened.writestr(f"{number}.csv", "a")
    large = io.BytesIO()
    with zipfile.ZipFile(large, "w", zipfile.ZIP_DEFLATED) as opened:
        opened.writestr("regions.csv", b"x" * 50_000_000)
    answers = [
        sent(client, SimpleUploadedFile("state.zip", content))
        for content in (b"no archive", many.getvalue(), large.getvalue(), archive().read()[:-200])
    ]
    assert [answer.status_code for answer in answers] == [422] * 4
    assert "no ZIP file" in Page(answers[0]).words
    assert "other files" in Page(answers[1]).words
    assert "larger than 1 MB" in Page(answers[2]).words
    assert everything() == before
