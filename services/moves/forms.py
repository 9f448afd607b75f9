"""The form of a move: what it demands, and nothing else."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from careerplan.base import clock
from careerplan.base.dates import day_of
from careerplan.base.fields import CountedTextField, DateField, TextField
from careerplan.base.forms import RowForm
from services.enums import NeverProvided
from services.models import NOTES_LIMIT, PlannedService
from services.moves.kinds import DAYS, Move

LONGEST_BACK = 400


class MoveForm(RowForm):
    """The fields of a move of one planned service; days are offered as today."""

    actual_start_on = DateField(label=_("Start date"), help_text=_("The day the service actually started."))
    ended_on = DateField(label=_("Completion date"), help_text=_("The last day of the service."))
    never_provided_reason = forms.ChoiceField(
        label=_("Why it was never provided"),
        choices=NeverProvided,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose why the service was never provided (12.7.5).")},
    )
    notes = CountedTextField(
        label=_("Notes"), limit=NOTES_LIMIT, required=False, help_text=_("The customer reads these notes in the plan.")
    )

    back = TextField(required=False, max_length=LONGEST_BACK, widget=forms.HiddenInput)

    def __init__(self, *args, row: PlannedService, move: Move, back: str = "", **options):
        """`back`: the list from which it was opened (services.lines.listing.list_address)."""
        today = day_of(clock.now())
        options["initial"] = {name: today for name in DAYS if not getattr(row, name)} | {"back": back}
        super().__init__(*args, row=row, **options)
        asked = {name for name in move.asks if not (name in move.once and getattr(row, name))}
        self.leave_out(*(self.fields.keys() - asked - {"row_version", "back"}))

    def values(self) -> dict[str, Any]:
        return {name: value for name, value in super().values().items() if name != "back"}
