"""Two people at one import: nobody confirms what the page did not show, and nobody's words are overwritten unseen."""

import pytest
from django.urls import reverse

from careerplan.base.refusals import Refusal, StaleRow
from careerplan.imports import actions
from careerplan.imports.enums import ImportState
from careerplan.imports.models import Import
from careerplan.imports.working import work_on
from tests.imported import as_shown, checked, person, rows_of, states
from tests.markup import Page
from tests.people import planner, statewide
from tests.states import now

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("people")]


def page(name, bringing, *keys):
    return reverse(f"customer-import:{name}", args=[bringing.pk, *keys])


def cells_with(row, **cells):
    """The cells of a row, other ones in their places: `at_3="x"`."""
    written = list(row.cells)
    for place, text in cells.items():
        written[int(place.removeprefix("at_"))] = text
    return written


def mend(row, cells, **options):
    return actions.mend(row, cells, word="", by=statewide(), at=now(), **options)


def posted(form):
    return {name: form[name].value() or "" for name in form.fields}


CHANGES = {
    "mended": lambda row: mend(row, cells_with(row, at_1="Rosita")),
    "left out": lambda row: actions.leave_out(row, out=True, by=statewide(), at=now()),
    "all left out": lambda row: actions.leave_out_waiting(row.bringing, by=statewide(), at=now()),
}


@pytest.mark.parametrize("change", CHANGES)
def test_what_the_page_did_not_show_is_not_confirmed(client, change):
    client.force_login(planner())
    bringing = checked([person(1), person(2)])
    shown = Page(client.get(page("preview", bringing))).root.xpath(
        "//form[@id='confirm']//input[@name='changes']/@value"
    )
    CHANGES[change](rows_of(bringing)[0])
    answer = client.post(page("confirm", bringing), {"changes": shown[0]})
    assert answer.status_code == 409
    assert "Somebody changed rows meanwhile. Look at them, then confirm." in Page(answer).words
    assert Import.objects.get(pk=bringing.pk).state == ImportState.READY
    client.post(page("confirm", bringing), as_shown(bringing))
    assert Import.objects.get(pk=bringing.pk).state == ImportState.DONE


@pytest.mark.parametrize("sent", [{}, {"changes": "all"}, {"changes": "²"}, {"changes": "9" * 30}])
def test_a_button_that_does_not_say_what_was_shown_confirms_nothing(client, sent):
    client.force_login(planner())
    bringing = checked([person(1)])
    assert client.post(page("confirm", bringing), sent).status_code == 409
    assert Import.objects.get(pk=bringing.pk).state == ImportState.READY


def test_columns_that_are_chosen_anew_are_looked_at_anew():
    bringing = checked([person(1)])
    before = bringing.changes
    actions.map_columns(bringing, bringing.columns, bringing.options, by=planner(), at=now())
    work_on(bringing.pk, seconds=60)
    with pytest.raises(Refusal) as refused:
        actions.confirm(bringing, by=planner(), at=now(), shown=before)
    assert refused.value.code == "not-as-shown"


def test_the_second_who_mends_a_row_sees_both_texts_and_overwrites_nothing(client):
    client.force_login(planner())
    bringing = checked([person(1)])
    [row] = rows_of(bringing)
    form = client.get(page("row", bringing, row.pk)).context["form"]
    mend(row, cells_with(row, at_1="Rosita"))
    mine = posted(form) | {"cell_1": "Rosalia"}
    answer = client.post(page("row", bringing, row.pk), mine)
    assert answer.status_code == 422
    words = Page(answer).words
    assert "Somebody changed this row meanwhile." in words
    assert all(text in words for text in ("Rosalia", "Rosita"))
    assert rows_of(bringing)[0].cells[1] == "Rosita"
    again = posted(answer.context["form"])
    assert again["cell_1"] == "Rosalia"
    assert client.post(page("row", bringing, row.pk), again).status_code == 302
    assert rows_of(bringing)[0].cells[1] == "Rosalia"


def test_a_row_that_was_left_out_meanwhile_is_not_taken_in_unseen(client):
    client.force_login(planner())
    bringing = checked([person(1)])
    [row] = rows_of(bringing)
    form = client.get(page("row", bringing, row.pk)).context["form"]
    actions.leave_out(row, out=True, by=statewide(), at=now())
    answer = client.post(page("row", bringing, row.pk), posted(form))
    assert "Somebody left this row out meanwhile." in Page(answer).words
    assert states(bringing) == ["left_out"]
    client.post(page("row", bringing, row.pk), posted(answer.context["form"]))
    assert states(bringing) == ["good"]


def test_a_column_that_was_chosen_meanwhile_keeps_its_cells(client):
    client.force_login(planner())
    bringing = checked([person(1, City="Aurora")])
    chosen, at = ["" if name == "city" else name for name in bringing.columns], now()
    actions.map_columns(bringing, chosen, bringing.options, by=planner(), at=at)
    work_on(bringing.pk, seconds=60)
    [row] = rows_of(bringing)
    form = client.get(page("row", bringing, row.pk)).context["form"]
    actions.map_columns(bringing, bringing.columns, bringing.options, by=planner(), at=at)
    work_on(bringing.pk, seconds=60)
    answer = client.post(page("row", bringing, row.pk), posted(form))
    assert answer.status_code == 422
    assert client.post(page("row", bringing, row.pk), posted(answer.context["form"])).status_code == 302
    assert rows_of(bringing)[0].cells[5] == "Aurora"


def test_words_that_were_typed_for_another_row_are_refused_by_the_action():
    bringing = checked([person(1)])
    [row] = rows_of(bringing)
    with pytest.raises(StaleRow):
        mend(row, row.cells, seen="another")
