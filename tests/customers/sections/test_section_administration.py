"""The administration of sections and questions, and who may read confidential answers."""

import pytest
from django.urls import reverse

from customers.models import AssessmentSection, FieldDefinition, SectionField
from customers.sections.defining import wording_of
from customers.sections.reading import answers_to
from tests import people, states
from tests.accounts.test_admin import fields_of
from tests.assessed import fill, fill_confidential, look, section, wording
from tests.markup import Page
from tests.rows import write

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("people")]

ADD = reverse("admin:customers_sectionfield_add")


@pytest.fixture
def administrator(client):
    client.force_login(people.administrator())
    return client


def page_of(code):
    return reverse("admin:customers_sectionfield_change", args=[wording(code).field_id])


def change(client, code, **values):
    page = client.get(page_of(code))
    return client.post(page_of(code), fields_of(page) | values)


def added(client, **values):
    data = {
        "section": section("OTHER_CONSIDERATIONS").pk,
        "code": "SHOES",
        "position": "5",
        "kind": "choice",
        "label_english": "Shoe size",
        "label_spanish": "Talla de zapatos",
        "choices": "S = Small | Chica\nL = Large | Grande",
    }
    return client.post(ADD, data | values)


def test_an_administrator_adds_a_question_and_it_is_asked(administrator):
    assert added(administrator).status_code == 302
    found = wording("SHOES")
    assert (found.number, found.begun_by, found.field.section.code) == (
        1,
        people.administrator(),
        "OTHER_CONSIDERATIONS",
    )
    customer = states.enrolled()
    fill(customer, "OTHER_CONSIDERATIONS", by=people.planner(), SHOES="L")
    assert answers_to(customer.pk)["SHOES"].words == "Large"


def test_a_new_question_follows_the_others_unless_it_is_placed(administrator):
    places = SectionField.objects.values_list("position", flat=True)
    assert int(fields_of(administrator.get(ADD))["position"]) > max(places)


def test_an_administrator_adds_rows(administrator):
    columns = "size: number: required = Size | Talla\nsince: day = Since | Desde"
    assert added(administrator, kind="rows", choices="", columns=columns).status_code == 302
    assert [(one["code"], one["kind"], one["required"]) for one in wording("SHOES").columns] == [
        ("size", "number", True),
        ("since", "day", False),
    ]


WRONG = {
    "a line that says no choice": ({"choices": "Small"}, "This line can&#x27;t be read: Small"),
    "no choices": ({"choices": ""}, "Write the choices of a question to choose from"),
    "a code twice": ({"choices": "S = Small | Chica\nS = Large | Grande"}, "A code stands there twice."),
    "a code in small letters": ({"code": "shoes"}, "Write it in capital letters"),
    "a code that is taken": ({"code": "COUNTY"}, "already exists"),
}


@pytest.mark.parametrize("what", WRONG)
def test_what_can_not_be_asked_comes_back_with_its_reason(administrator, what):
    values, reason = WRONG[what]
    page = added(administrator, **values)
    assert page.status_code == 200
    assert reason in page.content.decode()
    assert not SectionField.objects.filter(code="SHOES").exists()


def test_other_words_begin_a_wording_and_the_former_ones_stay(administrator):
    assert change(administrator, "COUNTY", label_english="County or parish").status_code == 302
    numbers = FieldDefinition.objects.filter(field__code="COUNTY").order_by("number")
    assert [(row.number, row.label_english) for row in numbers] == [
        (1, "County where you live"),
        (2, "County or parish"),
    ]
    shown = Page(administrator.get(page_of("COUNTY"))).words
    assert "County where you live" in shown
    entry = SectionField.history.filter(id=numbers[0].field_id).latest("history_id")
    assert entry.changes == [{"label": "Question", "from": "County where you live", "to": "County or parish"}]


def test_saved_without_a_change_nothing_begins(administrator):
    for code in ("COUNTY", "LIVING_SITUATION", "WORK_HISTORY", "OBS_TEAM", "DISABILITY"):
        before = wording_of(wording(code))
        assert change(administrator, code).status_code == 302
        assert (wording(code).number, wording_of(wording(code))) == (1, before)


def test_a_question_keeps_its_kind_and_who_reads_it(administrator):
    change(administrator, "COUNTY", kind="long", is_confidential="on", label_english="Parish")
    found = wording("COUNTY")
    assert (found.number, found.kind, found.is_confidential) == (2, "short", False)


def test_two_administrators_who_reword_at_once_do_not_overwrite_each_other(administrator):
    seen = {"row_version": str(wording("COUNTY").field.row_version)}
    shown = fields_of(administrator.get(page_of("COUNTY"))) | seen
    change(administrator, "COUNTY", label_english="Parish")
    administrator.post(page_of("COUNTY"), shown | {"label_english": "Borough"})
    assert wording("COUNTY").label_english == "Parish"


def test_a_question_is_asked_no_longer_and_again(administrator):
    page = fields_of(administrator.get(page_of("COUNTY")))
    page.pop("is_active")
    administrator.post(page_of("COUNTY"), page)
    assert "COUNTY" not in FieldDefinition.objects.asked().values_list("field__code", flat=True)
    change(administrator, "COUNTY", is_active="on")
    assert "COUNTY" in FieldDefinition.objects.asked().values_list("field__code", flat=True)


def test_a_section_is_called_as_an_administrator_says(administrator):
    found = section("OBSERVATION")
    address = reverse("admin:customers_assessmentsection_change", args=[found.pk])
    administrator.post(address, fields_of(administrator.get(address)) | {"plain_english": "How you do"})
    assert AssessmentSection.objects.get(pk=found.pk).plain_name == "How you do"


def test_looks_are_listed_for_administrators_without_what_was_seen(administrator):
    customer = states.enrolled()
    fill_confidential(customer, "DISABILITY_BENEFITS", by=customer.user, DISABILITY_KIND="bipolar")
    write(people.planner(), reads_confidential=True)
    look(customer, "DISABILITY_BENEFITS", by=people.planner())
    page = Page(administrator.get(reverse("admin:customers_confidentiallook_changelist")))
    assert str(people.planner()) in page.words
    assert "bipolar" not in page.words


def test_an_administrator_says_who_may_read_confidential_answers(administrator):
    address = reverse("admin:accounts_user_change", args=[people.planner().pk])
    administrator.post(address, fields_of(administrator.get(address)) | {"reads_confidential": "on"})
    assert people.planner().reads_confidential


def test_no_customer_is_given_those_of_others(administrator):
    address = reverse("admin:accounts_user_change", args=[people.angela().user_id])
    page = administrator.post(address, fields_of(administrator.get(address)) | {"reads_confidential": "on"})
    assert "Customers read their own confidential answers" in Page(page).words
    assert not people.angela().user.reads_confidential
