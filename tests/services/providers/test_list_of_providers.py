"""The list of eligible training providers from a file: every row shown before anything changes; nothing is deleted."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from careerplan.base.refusals import NotAllowed, Refusal
from careerplan.imports.enums import Encoding, ImportState
from careerplan.imports.models import Import
from services.providers.models import ApprovedCredential, Provider, TrainingProgram
from tests.imported import as_file, as_shown, changes, confirmed, rows_of, states, why
from tests.markup import Page
from tests.people import administrator, angela, planner, statewide
from tests.providers import TODAY, course, listed, nursing, of_the_demo, program
from tests.rows import changed, everything

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff(client):
    client.force_login(statewide())
    return client


def page(name, bringing):
    return reverse(f"provider-import:{name}", args=[bringing.pk])


def test_each_row_is_new_changed_the_same_or_bad():
    before = everything()
    rows = [program(1), of_the_demo(Cost="1,500.00"), of_the_demo(**{"Program ID": ""}), program(2, Cost="much")]
    bringing = listed(rows)
    assert states(bringing) == ["good", "changed", "bad", "bad"]
    found = rows_of(bringing)
    assert changes(found[1]) == {"cost": ("1385.00", "1500.00")}
    assert why(found[2]) == [("program_code", "no-id")]
    assert why(found[3]) == [("cost", "invalid")]
    assert states(listed([of_the_demo()])) == ["unchanged"]
    assert changed(before, everything()) == {}


def test_what_is_confirmed_is_listed_with_its_history():
    bringing = confirmed(listed([program(1), of_the_demo(Cost="1,500.00")]))
    assert bringing.state == ImportState.DONE
    made = TrainingProgram.objects.select_related("provider", "occupation").get(code="HTC-1")
    assert (made.provider.name, made.occupation.code, made.cip_code) == (
        "Harbor Technical College", "51-4121", "48.0508",
    )  # fmt: skip
    assert (str(made.cost), made.weeks) == ("4200.00", 16)
    [credential] = made.credentials.all()
    assert (credential.name, credential.credential_type) == ("AWS Certified Welder", "certification")
    assert str(nursing().cost) == "1500.00"
    latest = nursing().history.latest()
    assert (latest.history_user, latest.history_change_reason) == (statewide(), "list of providers")
    assert states(listed([program(1), of_the_demo(Cost="1,500.00")])) == ["unchanged", "unchanged"]


def test_what_a_file_leaves_out_stays_where_nobody_asked_that_it_ends():
    confirmed(listed([program(1)]))
    assert nursing().ended_on is None


def test_what_a_file_leaves_out_ends_where_it_was_asked_and_stays_where_it_was_chosen(staff):
    bringing = listed([program(1)], ends_missing=True)
    shown = staff.get(page("preview", bringing)).content.decode()
    assert "1 program is listed and not in this file. It ends: Basic Nursing Assistant" in shown
    assert nursing().ended_on is None
    confirmed(bringing)
    assert nursing().ended_on == TODAY
    assert course(angela()).training.training_program == nursing()


def test_a_list_that_only_ends_something_can_be_confirmed(staff):
    confirmed(listed([program(1), of_the_demo()]))
    bringing = listed([program(1)], ends_missing=True)
    assert states(bringing) == ["unchanged"]
    assert "Confirm: end what is not in the file" in staff.get(page("preview", bringing)).content.decode()
    staff.post(page("confirm", bringing), as_shown(bringing))
    assert nursing().ended_on == TODAY


def test_a_row_that_is_left_out_is_no_missing_one():
    bringing = listed([program(1), of_the_demo(Cost="much")], ends_missing=True)
    row = rows_of(bringing)[1]
    row.state = "left_out"
    row.save(update_fields=["state"])
    confirmed(bringing)
    assert nursing().ended_on is None


def test_a_program_that_is_in_the_file_again_is_listed_again():
    confirmed(listed([program(1)], ends_missing=True))
    bringing = listed([of_the_demo()])
    assert changes(rows_of(bringing)[0]) == {"ended_on": (TODAY.isoformat(), "")}
    confirmed(bringing)
    assert nursing().ended_on is None


def test_credentials_are_added_and_end_only_where_it_was_asked():
    more = of_the_demo(Credential="CPR; Phlebotomist", **{"Credential type": "5; 6"})
    confirmed(listed([more]))
    names = set(ApprovedCredential.objects.offered().filter(program=nursing()).values_list("name", flat=True))
    assert names == {"Certified Nursing Assistant", "CPR", "Phlebotomist"}
    confirmed(listed([more], ends_missing=True))
    assert certified_ended() == TODAY


def certified_ended():
    return ApprovedCredential.objects.get(program=nursing(), name="Certified Nursing Assistant").ended_on


@pytest.mark.parametrize(
    ("content", "encoding"),
    [
        (lambda text: b"\xef\xbb\xbf" + text.encode(), Encoding.UTF_8),
        (lambda text: b"\xff\xfe" + text.encode("utf-16-le"), Encoding.UTF_8),
        (lambda text: ("sep=;\r\n" + text.replace(",", ";")).encode("cp1252"), Encoding.WINDOWS_1252),
    ],
    ids=["UTF-8 with its mark", "UTF-16", "Windows-1252 with semicolons"],
)
def test_a_list_as_excel_saves_it(content, encoding):
    text = as_file([program(1, Provider="Colegio Técnico", Cost="4200")]).decode()
    confirmed(listed(content(text), encoding=encoding))
    assert Provider.objects.get(code="HTC").name == "Colegio Técnico"


def test_an_id_that_excel_quoted_keeps_its_zeros_and_a_formula_is_no_text():
    bringing = listed([program(1, **{"Program ID": '="0071"'}), program(2, Program='=HYPERLINK("http://x","y")')])
    assert states(bringing) == ["good", "bad"]
    assert why(rows_of(bringing)[1]) == [("program", "formula")]
    row = rows_of(bringing)[1]
    row.state = "left_out"
    row.save(update_fields=["state"])
    confirmed(bringing)
    assert TrainingProgram.objects.get(provider__code="HTC").code == "0071"


@pytest.mark.parametrize(
    ("cells", "fault"),
    [
        ({"SOC": "99-9999"}, ("occupation", "no-occupation")),
        ({"CIP": "513902"}, ("cip_code", "no-cip")),
        ({"Weeks": "0.5"}, ("weeks", "places")),
        ({"Weeks": "0"}, ("weeks", "no-length")),
        ({"Credential type": "9"}, ("credential_types", "no-type")),
        ({"Credential": "One; Two; Three", "Credential type": "5; 6"}, ("credential_types", "types")),
        ({"Provider": ""}, ("provider", "no-name")),
    ],
    ids=lambda value: str(value),
)
def test_a_bad_cell_is_told_at_the_cell(cells, fault):
    assert why(rows_of(listed([program(1, **cells)]))[0]) == [fault]


def test_the_second_row_of_a_program_waits():
    bringing = listed([program(1), program(1, Cost="100")])
    assert states(bringing) == ["good", "double"]


def test_another_word_on_one_provider_waits_at_its_cell():
    bringing = listed([program(1), program(2, Phone="217-555-0199")])
    [good, bad] = rows_of(bringing)
    assert (good.state, bad.state, why(bad)) == ("good", "bad", [("phone", "two-words")])


def test_the_list_is_reached_from_the_customers_and_from_a_training(client):
    client.force_login(planner())
    row = course(angela())
    for path in (reverse("customers:list"), reverse("plan:service-edit", args=[angela().pk, row.pk])):
        assert reverse("providers") in Page(client.get(path)).links().values()


def test_planners_import_no_list(client):
    client.force_login(planner())
    assert client.get(reverse("provider-import:list")).status_code == 403
    with pytest.raises(NotAllowed):
        listed([program(1)], by=planner())


def test_a_column_without_ids_is_asked_for():
    with pytest.raises(Refusal) as refused:
        listed([{"Provider": "Harbor", "Program": "Welding"}])
    assert refused.value.code == "no-ids"


@pytest.mark.parametrize("person", [statewide, administrator])
def test_a_list_is_brought_looked_at_and_imported_on_its_pages(client, person):
    client.force_login(person())
    file = SimpleUploadedFile("etpl.csv", as_file([program(1)]))
    answer = client.post(reverse("provider-import:list"), {"file": file, "encoding": "utf-8"})
    bringing = Import.objects.get(kind="providers")
    assert answer.url == page("columns", bringing)
    form = client.get(answer.url).context["form"]
    posted = {name: form[name].value() or "" for name in form.fields if form[name].value()}
    shown = client.post(answer.url, posted, follow=True).content.decode()
    assert "Confirm: import 1 row" in shown
    assert "Welding 1, Harbor Technical College" in shown
    client.post(page("confirm", bringing), as_shown(bringing))
    assert TrainingProgram.objects.filter(code="HTC-1").exists()
