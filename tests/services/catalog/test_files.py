"""The catalog as a file: exported, and imported line by line once it is confirmed."""

import csv
import io
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.urls import reverse

from careerplan.base.refusals import NotAllowed, Refusal
from services.catalog.actions import end_offers, save_entries
from services.catalog.columns import COLUMNS
from services.models import Service
from tests import states
from tests.imported import catalog_brought, changes, confirmed, rows_of, why
from tests.imported import states as states_of
from tests.markup import Page
from tests.people import administrator, david, planner
from tests.rows import changed, everything, write

pytestmark = pytest.mark.django_db

NEW = {
    "code": "SS-MEAL",
    "name": "Support - Meals",
    "category": "SS",
    "service_class": "supportive",
    "description": "Meals on days of class.",
    "participation_causing_adult": "no",
    "participation_causing_dw": "no",
    "participation_causing_youth": "no",
    "career_exploration": "justify",
    "form_kind": "support",
}


@pytest.fixture(autouse=True)
def signed_in(client, people):
    client.force_login(administrator())


def export(client):
    answer = client.get(reverse("catalog-export"))
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    return b"".join(answer.streaming_content)


def lines(content):
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))


# --- export ------------------------------------------------------------------------------------


def test_the_export_has_every_service_and_every_column(client):
    found = lines(export(client))
    assert {row["code"] for row in found} == set(Service.objects.values_list("code", flat=True))
    assert list(found[0]) == [column.heading for column in COLUMNS]


def test_what_is_exported_changes_nothing_when_it_comes_again(client):
    write(Service.objects.get(code="SS-TRAN"), offered_until=date(2030, 1, 31), notes="One\nTwo", description="=1+1")
    bringing = catalog_brought(export(client))
    assert set(states_of(bringing)) == {"unchanged"}


def test_a_cell_that_a_spreadsheet_would_run_is_text_there_and_comes_back_as_it_was(client):
    write(Service.objects.get(code="SS-TRAN"), description="=HYPERLINK(1)")
    content = export(client)
    assert b"'=HYPERLINK(1)" in content
    assert b",=HYPERLINK" not in content


def test_the_file_of_the_product_itself_can_be_brought():
    content = (Path(settings.BASE_DIR) / "services/data/service_catalog.csv").read_bytes()
    assert set(states_of(catalog_brought(content))) == {"unchanged"}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_excels_encodings_are_read(encoding):
    content = "code;plain_spanish\r\nSS-TRAN;Autobús y niñera\r\n".encode(encoding)
    (row,) = rows_of(catalog_brought(content))
    assert changes(row)["plain_spanish"][1] == "Autobús y niñera"


# --- import ------------------------------------------------------------------------------------


def test_each_line_says_what_becomes_of_it_before_anything_is_written():
    before = everything()
    kept = Service.objects.get(code="SS-CHLD")
    bringing = catalog_brought(
        [
            NEW,
            NEW | {"code": "SS-TRAN", "name": "Support - Rides"},
            {"code": kept.code, "name": kept.name},
            NEW | {"code": "SS-BAD", "category": "ZZ"},
        ]
    )
    assert states_of(bringing)[0] == "good"
    assert states_of(bringing)[1] == "changed"
    assert changes(rows_of(bringing)[1])["name"] == ("Support - Transportation Assistance", "Support - Rides")
    assert why(rows_of(bringing)[3])[0] == ("category", "unreadable-cell")
    assert not {name for name in changed(before, everything()) if name.startswith("services.")}


def test_what_is_confirmed_is_written_with_its_history(client):
    bringing = catalog_brought([NEW, NEW | {"code": "SS-TRAN", "offered_until": "2030-01-31"}])
    assert confirmed(bringing).state == "done"
    made, moved = Service.objects.get(code="SS-MEAL"), Service.objects.get(code="SS-TRAN")
    assert (made.name, made.category.code, made.in_exploration) == ("Support - Meals", "SS", "justify")
    assert moved.offered_until == date(2030, 1, 31)
    assert [row.history_user for row in Service.history.filter(id=made.pk)] == [administrator()]
    again = catalog_brought([NEW])
    assert states_of(again) == ["unchanged"]


def test_what_the_file_does_not_say_stays():
    before = Service.objects.get(code="SS-TRAN")
    confirmed(catalog_brought([{"code": "SS-TRAN", "name": "Support - Rides"}]))
    after = Service.objects.get(code="SS-TRAN")
    assert after.name == "Support - Rides"
    assert (after.description, after.pirl_elements) == (before.description, before.pirl_elements)


@pytest.mark.parametrize(
    ("cells", "field", "code"),
    [
        ({"service_class": "holiday"}, "service_class", "unreadable-cell"),
        ({"is_training": "perhaps"}, "is_training", "unreadable-cell"),
        ({"offered_from": "31.12.2030"}, "offered_from", "unreadable-cell"),
        ({"name": ""}, "name", "unreadable-cell"),
        ({"name": "x" * 151}, "name", "unreadable-cell"),
        ({"offered_from": "2030-02-01", "offered_until": "2030-01-01"}, "offered_until", "ends-before-it-begins"),
    ],
)
def test_a_bad_line_says_at_which_cell_and_why(cells, field, code):
    (row,) = rows_of(catalog_brought([NEW | cells]))
    assert row.state == "bad"
    assert why(row) == [(field, code)]


def test_a_new_service_says_everything_that_policy_asks_of_it():
    (row,) = rows_of(catalog_brought([{"code": "SS-MEAL", "name": "Support - Meals"}]))
    assert why(row) == [("", "incomplete")]


def test_two_lines_about_one_service_wait():
    bringing = catalog_brought([NEW, NEW | {"description": "Meals on days of work."}])
    assert states_of(bringing) == ["good", "double"]
    assert why(rows_of(bringing)[1]) == [("code", "again")]


def test_the_very_same_line_twice_needs_no_hand():
    bringing = catalog_brought([NEW, NEW])
    assert states_of(bringing) == ["good", "unchanged"]
    assert why(rows_of(bringing)[1]) == [("", "same-line")]


def test_nobody_but_administrators_brings_takes_or_changes_it(client):
    client.force_login(planner())
    assert client.get(reverse("catalog-import:list")).status_code == 403
    assert client.get(reverse("catalog-export")).status_code == 403
    client.force_login(david().user or planner())
    with pytest.raises(NotAllowed):
        save_entries([], by=planner(), at=states.now())
    with pytest.raises(NotAllowed):
        end_offers([], by=planner(), at=states.now())


# --- in the administration --------------------------------------------------------------------


def admin_list():
    return reverse("admin:services_service_changelist")


def test_the_list_leads_to_both_files(client):
    links = Page(client.get(admin_list())).links()
    assert links["Export as CSV"] == reverse("catalog-export")
    assert links["Import a file"] == reverse("catalog-import:list")


def test_the_page_says_why_an_entry_is_not_deleted(client):
    states.pen(states.newest(david())).service("SS-LEGL")
    used, unused = Service.objects.get(code="SS-LEGL"), Service.objects.get(code="PP-TAA")
    for entry, said in ((used, "It can't be deleted: it stands in plans"), (unused, "No plan has this service.")):
        page = client.get(reverse("admin:services_service_change", args=[entry.pk]))
        assert said in Page(page).words
        assert client.post(reverse("admin:services_service_delete", args=[entry.pk])).status_code == 403
    assert Service.objects.filter(pk=used.pk).exists()


def test_today_becomes_the_last_day_of_what_is_ticked(client):
    entry = Service.objects.get(code="SS-LEGL")
    posted = {"action": "end_offer", "_selected_action": [entry.pk]}
    page = Page(client.post(admin_list(), posted, follow=True))
    assert "1 service is offered until today." in page.words
    entry.refresh_from_db()
    assert entry.offered_until == states.today()
    assert entry.is_offered_on(states.today())
    assert not entry.is_offered_on(states.today() + timedelta(days=1))


def test_an_offer_that_has_not_begun_does_not_end_before(client):
    entry = Service.objects.get(code="SS-LEGL")
    write(entry, offered_from=states.today() + timedelta(days=3))
    with pytest.raises(Refusal, match="ends-before-it-begins"):
        end_offers([Service.objects.get(pk=entry.pk)], by=administrator(), at=states.now())
    posted = {"action": "end_offer", "_selected_action": [entry.pk]}
    assert "The last day can't be before the first." in Page(client.post(admin_list(), posted, follow=True)).words
