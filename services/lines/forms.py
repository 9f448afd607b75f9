"""What is asked for several services at once; which they are, the list sends along."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from careerplan.base import clock
from careerplan.base.dates import day_of
from careerplan.base.fields import CountedTextField, DateField, TextField
from careerplan.base.forms import PageForm
from goals.models import Goal
from services.enums import NeverProvided
from services.forms import NO_GOAL_YET
from services.lines.together import Ticked
from services.models import NOTES_LIMIT
from services.moves.forms import LONGEST_BACK
from services.moves.kinds import DAYS, Move

# Which services it is about, and the list from which they come: nothing of what is changed.
SENT_ALONG = {"line", "back"}


class LinesField(forms.Field):
    """The services that are ticked, as the list names them: `services.lines.views.ticked_in` reads them."""

    widget = forms.MultipleHiddenInput


class TogetherForm(PageForm):
    """`ticked`: the services that it is about."""

    adds_a_row = False

    line = LinesField(required=False)
    back = TextField(required=False, max_length=LONGEST_BACK, widget=forms.HiddenInput)

    def __init__(self, *args: Any, ticked: list[Ticked], back: str = "", **options: Any):
        """`back`: the filter of the list in which they were ticked (services.lines.listing.list_address)."""
        lines = [f"{row.planned.pk}.{row.seen}" for row in ticked]
        super().__init__(*args, **options | {"initial": {"line": lines, "back": back, **options.get("initial", {})}})

    def values(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name not in SENT_ALONG}


class GoalTogetherForm(TogetherForm):
    goal = forms.ModelChoiceField(label=_("Related goal"), queryset=Goal.objects.none(), empty_label=_("Choose a goal"))

    def __init__(self, *args: Any, ticked: list[Ticked], **options: Any):
        super().__init__(*args, ticked=ticked, **options)
        plans = {row.planned.plan_id for row in ticked}
        goals = self.fields["goal"].queryset = Goal.objects.in_plan().filter(plan__in=plans).in_order()
        if len(found := list(goals[:2])) == 1:
            self.initial["goal"] = found[0]
        elif not found:
            self.fields["goal"].help_text = NO_GOAL_YET


class DatesTogetherForm(TogetherForm):
    mark_optional = False  # one of the two is enough

    planned_start_on = DateField(
        label=_("Planned start"), required=False, help_text=_("Leave empty what is to stay as it is.")
    )
    planned_end_on = DateField(label=_("Planned end"), required=False)


class MoveTogetherForm(TogetherForm):
    """What a move demands; the start of those that have none."""

    actual_start_on = DateField(label=_("Start date"), help_text=_("Of those that have none yet."))
    ended_on = DateField(label=_("Completion date"), help_text=_("The last day of the services."))
    never_provided_reason = forms.ChoiceField(
        label=_("Why they were never provided"),
        choices=NeverProvided,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose why the service was never provided (12.7.5).")},
    )
    notes = CountedTextField(
        label=_("Notes"),
        limit=NOTES_LIMIT,
        required=False,
        help_text=_("They are added to the notes of each. The customer reads them in the plan."),
    )

    def __init__(self, *args: Any, ticked: list[Ticked], move: Move, **options: Any):
        today = day_of(clock.now())
        super().__init__(*args, ticked=ticked, **options | {"initial": dict.fromkeys(DAYS, today)})
        said = {name for name in move.once if all(getattr(row.planned, name) for row in ticked)}
        self.leave_out(*(self.fields.keys() - (set(move.asks) - said) - SENT_ALONG))
