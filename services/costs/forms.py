"""What is asked of a cost, at each of its stages."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from careerplan.base import clock
from careerplan.base.dates import day_of
from careerplan.base.fields import CountedTextField, DateField, MoneyField, TextField
from careerplan.base.forms import PageForm, RowForm
from careerplan.base.readable import dollars
from services.costs.budgets import PaidFrom, when_over
from services.costs.enums import WhenOver
from services.costs.models import COST_DIGITS, PAID_TO_LIMIT, REASON_LIMIT, REFERENCE_LIMIT, CostLine, year_words


def amount_field(label: Any) -> MoneyField:
    missing = {"required": _("Enter the amount in dollars.")}
    return MoneyField(label=label, digits=COST_DIGITS, error_messages=missing)


def reference_field() -> TextField:
    return TextField(label=_("Voucher or reference number"), max_length=REFERENCE_LIMIT, required=False)


def paid_to_field() -> TextField:
    return TextField(label=_("Paid to"), max_length=PAID_TO_LIMIT, required=False)


def over_budget_field() -> forms.BooleanField:
    return forms.BooleanField(
        label=_("Go over the budget, if it has not enough left"),
        help_text=_("Your region lets you; the page of budgets shows by how much."),
        required=False,
    )


class PaidFromField(forms.ChoiceField):
    """One list of the budgets with what is left of each, and of what regions have no budgets of."""

    def offer(self, choices: list[PaidFrom]) -> None:
        self.by_key = {key_of(each): each for each in choices}
        self.choices = [("", gettext("Choose")), *((key, said(each)) for key, each in self.by_key.items())]

    def clean(self, value: Any) -> Any:
        return self.by_key[super().clean(value)]


def key_of(each: PaidFrom) -> str:
    return f"budget-{each.budget.pk}" if each.budget else f"source-{each.source.pk}"


def said(each: PaidFrom) -> str:
    if each.budget is None:
        return str(each.source.told)
    left = getattr(each.budget, "left")  # noqa: B009  # the query's own column
    words = {"source": each.source.told, "year": year_words(each.budget.program_year)}
    if left < 0:
        return gettext("%(source)s, %(year)s: %(over)s over") % {**words, "over": dollars(str(-left))}
    return gettext("%(source)s, %(year)s: %(left)s left") % {**words, "left": dollars(str(left))}


class CostForm(PageForm):
    """Plan a cost of a service."""

    paid_from = PaidFromField(
        label=_("Paid from"),
        error_messages={
            "required": _("Choose what it is paid from."),
            "invalid_choice": _("Choose what it is paid from in the list."),
        },
    )
    amount = amount_field(_("Amount"))
    reference = reference_field()

    def __init__(self, *args: Any, choices: list[PaidFrom], **options: Any):
        super().__init__(*args, **options)
        field: Any = self.fields["paid_from"]
        field.offer(choices)


class PaymentForm(CostForm):
    """What is paid at once, and was promised by no line before."""

    amount = amount_field(_("Amount paid"))
    paid_on = DateField(
        label=_("Date paid"),
        help_text=_("The day the money, pass or voucher was given."),
        error_messages={"required": _("Enter the day.")},
    )
    paid_to = paid_to_field()
    over_budget = over_budget_field()

    field_order = ("paid_from", "amount", "paid_on", "paid_to", "reference", "over_budget")

    def __init__(self, *args: Any, region: int, **options: Any):
        super().__init__(*args, **options)
        if when_over(region) != WhenOver.WARN:
            self.leave_out("over_budget")


class MoneyMoveForm(RowForm):
    """What takes money of a budget; who may go over it is asked whether to."""

    amount = amount_field(_("Amount"))
    over_budget = over_budget_field()

    def __init__(self, *args: Any, row: CostLine, **options: Any):
        super().__init__(*args, row=row, **options)
        budget = row.budget
        if budget is None or when_over(budget.region_id) != WhenOver.WARN:
            self.leave_out("over_budget")


class ObligateForm(MoneyMoveForm):
    obligated_on = DateField(label=_("Obligated on"), error_messages={"required": _("Enter the day.")})
    until_on = DateField(
        label=_("Promised until"),
        help_text=_("The customer is told that the money is there until this day."),
        error_messages={"required": _("Enter until when it is promised.")},
    )
    reference = reference_field()

    field_order = ("amount", "obligated_on", "until_on", "reference", "over_budget")

    def __init__(self, *args: Any, row: CostLine, **options: Any):
        today = day_of(clock.now())
        ends = row.service.planned_end_on or (row.budget.last_day if row.budget else None)
        options["initial"] = {"obligated_on": today, "until_on": ends if ends and ends >= today else None}
        super().__init__(*args, row=row, **options)


class PayForm(MoneyMoveForm):
    amount = amount_field(_("Amount paid"))
    rest_stays = forms.BooleanField(
        label=_("If it is less than what was promised, the rest stays promised"),
        help_text=_("Otherwise the rest returns to the budget."),
        required=False,
        initial=True,
    )
    paid_on = DateField(label=_("Date paid"), error_messages={"required": _("Enter the day.")})
    paid_to = paid_to_field()
    reference = reference_field()

    field_order = ("amount", "rest_stays", "paid_on", "paid_to", "reference", "over_budget")

    def __init__(self, *args: Any, row: CostLine, **options: Any):
        options["initial"] = {"paid_on": day_of(clock.now())}
        super().__init__(*args, row=row, **options)


class VoidForm(RowForm):
    adds_a_row = False

    reason = CountedTextField(
        label=_("Why is it voided?"),
        limit=REASON_LIMIT,
        error_messages={"required": _("Enter why the cost is voided.")},
    )
