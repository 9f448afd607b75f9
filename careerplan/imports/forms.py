"""Forms of an import: the file, its columns, one row."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from careerplan.base.fields import CountedTextField, TextField
from careerplan.base.forms import PageForm
from careerplan.base.refusals import Refusal, StaleRow
from careerplan.imports.actions import LONGEST_WORD
from careerplan.imports.enums import Encoding
from careerplan.imports.models import MARK, Import, ImportRow
from careerplan.imports.tables import LONGEST_CELL, refuse_size

# So many cells of a column are shown, from so many rows.
SAMPLES, ROWS_OF_SAMPLES = 3, 200


class FileForm(PageForm):
    # The same file may be brought again, after it was mended.
    adds_a_row = False

    file = forms.FileField(
        label=_("File"),
        help_text=_(
            "CSV or Excel (.xlsx), 5 MB and 20,000 rows at most. The first line has the headings. You see every row "
            "before anything is imported."
        ),
        error_messages={"required": _("Choose a file."), "empty": _("This file is empty. Choose another.")},
    )
    encoding = forms.ChoiceField(
        label=_("Letters of a CSV file"),
        choices=Encoding,
        initial=Encoding.UTF_8,
        help_text=_("Choose the second one if names with accents look wrong."),
    )

    def clean_file(self):
        file = self.cleaned_data["file"]
        try:
            refuse_size(file.size)
        except Refusal as refusal:
            raise forms.ValidationError(refusal.sentence, code=refusal.code) from refusal
        return file


def name_of_column(place: int) -> str:
    """As programs of tables call it: A, B ... AA."""
    letters = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


class ColumnsForm(PageForm):
    adds_a_row = False

    def __init__(self, *args, bringing: Import, person, **options):
        kind, samples = bringing.about, first_cells(bringing)
        choices = [("", _("Leave this column out")), *((one.name, one.label) for one in kind.fields)]
        offered = kind.options(person)
        self.option_names, self.columns = list(offered), []
        made = {}
        for place, heading in enumerate(bringing.headings):
            label = heading or _("Column %(letter)s") % {"letter": name_of_column(place)}
            shown = ", ".join(list(dict.fromkeys(cells[place] for cells in samples if cells[place]))[:SAMPLES])
            made[f"column_{place}"] = forms.ChoiceField(
                label=label,
                choices=choices,
                required=False,
                initial=bringing.columns[place] if place < len(bringing.columns) else "",
                help_text=_("For example: %(cells)s") % {"cells": shown}
                if shown
                else _("The first rows have nothing here."),
            )
            made[f"column_{place}"].mark_optional = False
        for name, field in offered.items():
            kept = bringing.options.get(name, field.initial)
            field.initial = date.fromisoformat(kept) if kept and isinstance(field, forms.DateField) else kept
        self.base_fields = {**offered, **made}
        super().__init__(*args, **options)

    def values(self):
        """The field of each column, and the options as they are kept."""
        columns = [value for name, value in self.cleaned_data.items() if name.startswith("column_")]
        return columns, {name: kept_value(self.cleaned_data[name]) for name in self.option_names}


def kept_value(chosen: Any) -> Any:
    """As JSON keeps it: a row by its key, a day by its text."""
    return chosen.isoformat() if isinstance(chosen, date) else getattr(chosen, "pk", chosen)


def first_cells(bringing: Import) -> list[list[str]]:
    rows = ImportRow.objects.filter(bringing=bringing).order_by("number")
    return list(rows.values_list("cells", flat=True)[:ROWS_OF_SAMPLES])


def texts_of(bringing: Import, row: ImportRow) -> dict[str, str]:
    """What stands in a row, by the names of the form that mends it."""
    cells = {f"cell_{place}": row.cells[place] for place, name in enumerate(bringing.columns) if name}
    return cells | {"word": row.word}


class MendForm(PageForm):
    """The cells of one row that have a field, each as it was written; what is wrong with it stands at it. Carries the
    mark of the row, so that a colleague's words are noticed and not overwritten."""

    adds_a_row = False

    def __init__(self, *args, bringing: Import, row: ImportRow, asks_word: bool, **options):
        self.bringing, self.row = bringing, row
        self.stale: list[dict[str, Any]] = []
        made: dict[str, forms.Field] = {
            "mark": forms.CharField(widget=forms.HiddenInput, required=False, max_length=MARK, initial=row.mark)
        }
        for place, name in enumerate(bringing.columns):
            if name:
                made[f"cell_{place}"] = TextField(
                    label=bringing.about.label_of(name), required=False, initial=row.cells[place],
                    max_length=LONGEST_CELL,
                )  # fmt: skip
                made[f"cell_{place}"].mark_optional = False  # type: ignore[attr-defined]  # of our forms
        if asks_word:
            made["word"] = CountedTextField(
                label=pgettext_lazy("rows", "Why this is another person"),
                limit=LONGEST_WORD,
                required=False,
                initial=row.word,
                help_text=_("Only if it is another person. What you write is kept with the new record."),
            )
        self.base_fields = made
        super().__init__(*args, **options)

    def cells(self):
        """All of the row's cells, with what was typed; none beyond the headings."""
        written = list(self.row.cells[: len(self.bringing.headings)])
        for place, name in enumerate(self.bringing.columns):
            if name:
                written[place] = self.cleaned_data[f"cell_{place}"]
        return written

    @property
    def seen(self) -> str | None:
        """The mark with which the form was opened."""
        return self.cleaned_data["mark"] or None

    def refuse(self, refusal: Refusal) -> None:
        super().refuse(refusal)
        if isinstance(refusal, StaleRow):
            self.compare(refusal.current)

    def compare(self, current: ImportRow) -> None:
        """Show what was typed beside what stands there now, and ask for both. A column that was chosen meanwhile has
        what stands there."""
        self.data = self.data.copy()
        self.data["mark"] = current.mark
        for name, stored in texts_of(self.bringing, current).items():
            if name in self.fields and self.data.setdefault(name, stored) != stored:
                texts = {"label": self.fields[name].label, "typed": self.data[name], "stored": stored}
                self.stale.append(texts)

    def tell(self, faults, said_of) -> None:
        """Put each fault at its cell, or above all. `said_of`: the sentence of one."""
        for fault in faults:
            place = self.bringing.place_of(fault["field"])
            name = f"cell_{place}" if place is not None and fault["field"] else None
            self.add_error(name, forms.ValidationError(said_of(fault), code=fault["code"]))
