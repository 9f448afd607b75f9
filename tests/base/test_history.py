"""Every change leaves one history row: who, when, why, and what in words. Nothing changed leaves none."""

import copy
from datetime import UTC, date, datetime

import pytest
from django.utils import translation

from careerplan.accounts.models import Office, Region, User
from careerplan.base.history import changed_values, ensure_current, record, record_all, signed, tracked_models
from careerplan.base.refusals import StaleRow
from careerplan.demo.cast import MILLBROOK
from customers.models import Customer, Program
from tests import people
from tests.rows import changed, everything

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("people")]

AT = datetime(2026, 3, 2, 15, tzinfo=UTC)


def history_of(row):
    return type(row).history.filter(id=row.pk).order_by("history_id")


def newest(row):
    return history_of(row).last()


def told(row):
    """(label, from, to) of each change in the newest history row."""
    return [(entry["label"], entry["from"], entry["to"]) for entry in newest(row).changes]


def change(row, *, by=None, reason="", also=(), **values):
    for name, value in values.items():
        setattr(row, name, value)
    return record(row, by=by or people.planner(), at=AT, reason=reason, also=also)


# --- one row for one change -------------------------------------------------------------------


def test_a_new_row_leaves_one_history_row_with_all_it_holds():
    region = Region(code="LWA-99", name="Far East")
    assert change(region, reason="administration")
    [entry] = history_of(region)
    assert (entry.history_type, entry.history_user, entry.history_date) == ("+", people.planner(), AT)
    assert (entry.history_change_reason, entry.about) == ("administration", "Far East")
    assert entry.changes == [
        {"label": "code", "from": "", "to": "LWA-99"},
        {"label": "name", "from": "", "to": "Far East"},
    ]
    assert (entry.code, entry.name) == ("LWA-99", "Far East")


def test_a_change_leaves_one_history_row_with_what_changed():
    david = people.david()
    count, version = history_of(david).count(), david.row_version
    assert change(david, phone="217-555-0199", reason="he called")
    entry = newest(david)
    assert history_of(david).count() == count + 1
    assert entry.changes == [{"label": "phone", "from": "217-555-0150", "to": "217-555-0199"}]
    assert (entry.history_type, entry.history_user, entry.history_date) == ("~", people.planner(), AT)
    assert (entry.history_change_reason, entry.about_customer_id) == ("he called", david.pk)
    assert people.david().row_version == version + 1


def test_saving_what_did_not_change_writes_nothing():
    david = people.david()
    before = everything()
    assert change(david, phone=david.phone, city=david.city) is False
    assert changed(before, everything()) == {}


def test_two_changes_leave_two_rows_each_with_its_own():
    david = people.david()
    change(david, phone="1")
    change(david, city="Millbrook")
    first, second = list(history_of(david))[-2:]
    assert [entry["label"] for entry in first.changes] == ["phone"]
    assert [entry["label"] for entry in second.changes] == ["city"]


def test_only_what_changed_is_written():
    mine, theirs = people.david(), people.david()
    change(theirs, city="Millbrook")
    change(mine, phone="217-555-0199")
    david = people.david()
    assert (david.city, david.phone) == ("Millbrook", "217-555-0199")


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"language": "es"}, ("preferred language", "English", "Spanish")),
        ({"birth_date": date(2001, 2, 3)}, ("birth date", "09/21/2000", "02/03/2001")),
        ({"birth_date": None}, ("birth date", "09/21/2000", "")),
        ({"needs": "Large print"}, ("accommodation needs", "", "Large print")),
        ({"customer_type": ""}, ("customer type", "Youth; Out-of-School", "")),
    ],
)
def test_the_changes_are_in_words(values, words):
    david = people.david()
    change(david, **values)
    assert told(david) == [words]


def test_what_a_row_points_to_is_named():
    david = people.david()
    change(david, office=Office.objects.get(name=MILLBROOK), planner=None)
    assert told(david) == [
        ("office", "Harbor Street Career Center", "Millbrook Career Center"),
        ("career planner", "Devon Okafor", ""),
    ]


def test_yes_and_no_are_words():
    program = Program.objects.get(code="JTED")
    change(program, is_title_1=True)
    assert newest(program).changes == [{"label": "WIOA Title I", "from": "no", "to": "yes"}]


def test_the_words_are_those_of_the_person_who_changed():
    david = people.david()
    with translation.override("es"):
        change(david, language="es")
        expected = (translation.gettext("preferred language"), translation.gettext("English"))
    assert told(david)[0][:2] == expected
    assert expected[1] != "English"


def test_changes_beside_the_rows_columns_are_told_too():
    david = people.david()
    also = [{"label": "barriers", "from": "", "to": "No car"}]
    assert change(david, also=also)
    assert newest(david).changes == also
    assert change(david) is False


# --- other ways to write ----------------------------------------------------------------------


def test_a_plain_save_leaves_history_too():
    david = people.david()
    david.phone = "217-555-0199"
    david.save()
    assert newest(david).changes == [{"label": "phone", "from": "217-555-0150", "to": "217-555-0199"}]


def test_what_was_said_of_one_change_is_not_said_of_the_next():
    david = people.david()
    change(david, phone="217-555-0199", reason="he called")
    david.city = "Millbrook"
    david.save()
    assert (newest(david).history_user, newest(david).history_change_reason) == (None, None)


def test_a_copy_of_a_row_keeps_what_it_was_read_with():
    david = people.david()
    other = copy.copy(david)
    other.phone = david.phone = "217-555-0199"
    change(other)
    assert changed_values(other) == {}
    assert changed_values(david) == {"phone": ("217-555-0150", "217-555-0199")}


def test_a_deleted_row_leaves_its_history():
    scope = people.north_planner().scopes.get()
    key = scope.pk
    signed(scope, by=people.administrator(), at=AT).delete()
    entry = type(scope).history.filter(id=key).latest("history_id")
    assert (entry.history_type, entry.history_user, entry.history_date) == ("-", people.administrator(), AT)
    assert entry.changes == []


@pytest.mark.parametrize("model", tracked_models(), ids=lambda model: model._meta.label)
def test_writes_that_leave_no_history_are_refused(model):
    row = model.objects.order_by("pk").first()
    with pytest.raises(RuntimeError, match="leaves no history"):
        model.objects.filter(pk=0).update(row_version=1)
    with pytest.raises(RuntimeError, match="leaves no history"):
        model.objects.bulk_create([row])
    with pytest.raises(RuntimeError, match="leaves no history"):
        model.objects.bulk_update([row], ["row_version"])


def test_many_rows_at_once_leave_a_history_row_each():
    rows = [Region(code=f"LWA-9{number}", name=f"Region {number}") for number in range(3)]
    signed(rows[2], by=people.planner(), at=datetime(2025, 1, 1, tzinfo=UTC))
    stored = record_all(rows, by=people.administrator(), at=AT, reason="import", batch_size=2)
    entries = [history_of(row).get() for row in stored]
    assert [entry.about for entry in entries] == ["Region 0", "Region 1", "Region 2"]
    assert [entry.history_user for entry in entries] == [people.administrator()] * 2 + [people.planner()]
    assert [entry.history_date.year for entry in entries] == [2026, 2026, 2025]
    assert {(entry.history_type, entry.history_change_reason) for entry in entries} == {("+", "import")}
    assert entries[0].changes[1] == {"label": "name", "from": "", "to": "Region 0"}


def test_no_rows_at_once_are_no_rows():
    assert record_all([], by=None, at=AT) == []


def test_signing_in_leaves_no_history(client, settings):
    settings.DEMO_SIGN_IN = True
    user = people.planner()
    count = history_of(user).count()
    client.post("/accounts/login/", {"login": "planner", "password": settings.DEMO_PASSWORD})
    assert User.objects.get(pk=user.pk).last_login is not None
    assert history_of(user).count() == count


# --- noticing a colleague's change ------------------------------------------------------------


def test_a_row_that_changed_since_it_was_shown_is_refused():
    david = people.david()
    ensure_current(david, david.row_version)
    ensure_current(david, None)
    with pytest.raises(StaleRow) as refused:
        ensure_current(david, david.row_version - 1)
    assert (refused.value.code, refused.value.current, refused.value.status) == ("stale-row", david, 409)


def test_columns_that_were_not_read_count_as_unchanged():
    david = Customer.objects.only("first_name").get(pk=people.david().pk)
    assert changed_values(david) == {}
    assert change(david, first_name="Dave")
    assert [entry["label"] for entry in newest(people.david()).changes] == ["first name"]
