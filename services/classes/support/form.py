"""The part of the form of a planned service that support and barrier reduction has."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from crispy_forms.layout import HTML
from django import forms
from django.db.models import Exists, Q
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from careerplan.base.fields import NamedChoiceField, WholeNumberField
from careerplan.base.named import plain_name_of
from careerplan.base.words import is_blank
from services.classes.form_part import FormPart
from services.classes.support.enums import Frequency
from services.classes.support.models import TIMES_LIMIT, SupportType
from services.limits.left import Left, left_of

CENT = Decimal("0.01")
# What is left of each limit stands below the amounts, within the form.
LIMITS = "services/_limits_live.html"


class SupportPart(FormPart):
    """The amount is asked as it is given each time; the dollar value of the service is what that comes to."""

    first_rows = (("support_type",),)
    class_rows = (("dollar_value",), ("frequency", "times"))
    amount_words = _("In dollars. Not payroll.")

    support_type = NamedChoiceField(
        label=_("Kind of support"),
        queryset=SupportType.objects.none(),
        empty_label=_("Choose the kind of support"),
    )
    frequency = forms.ChoiceField(
        label=_("How often"), choices=[("", pgettext_lazy("how often", "Once")), *Frequency.choices], required=False
    )
    times = WholeNumberField(
        label=_("How many times"),
        most=TIMES_LIMIT,
        required=False,
        help_text=_("Of what is given more than once."),
    )

    def __init__(self, *args: Any, row: Any, **options: Any):
        super().__init__(*args, row=row, **options)  # type: ignore[call-arg]  # of the form into which it is mixed
        choice: Any = self.fields["support_type"]
        choice.queryset = types_for(row)
        kinds = list(choice.queryset)
        choice.choices = [("", choice.empty_label), *((kind.pk, choice.label_from_instance(kind)) for kind in kinds)]
        if self.initial.get("support_type") is None and len(kinds) == 1:
            self.initial["support_type"] = kinds[0]
        amount = self.fields["dollar_value"]
        amount.label = _("Amount each time")
        if row.service.needs_dollar_value:
            amount.required = True
            amount.error_messages["required"] = _("Enter the amount. Where nothing is paid, enter 0.")
        rows = self.helper.layout.fields
        amounts = next(place for place, div in enumerate(rows) if "times" in div.fields)
        rows.insert(amounts + 1, HTML(f'{{% include "{LIMITS}" %}}'))

    def values_of(self, row: Any) -> dict[str, Any]:
        values: dict[str, Any] = super().values_of(row)  # type: ignore[misc]  # of the form into which it is mixed
        together, times = values["dollar_value"], values.get("times")
        if together is None or not times:
            return values
        part = (together / times).quantize(CENT)
        if part * times != together:  # it was entered as a whole, and can't be parted to the cent
            return values | {"frequency": "", "times": None}
        return values | {"dollar_value": part}

    def values(self) -> dict[str, Any]:
        values: dict[str, Any] = super().values()  # type: ignore[misc]
        return values | {"dollar_value": whole(values)}

    @cached_property
    def together(self) -> Decimal | None:
        """What is given more than once comes to, with what is typed."""
        if not self.is_bound:
            times = self.row.detail.times if self.row.detail else None
            return self.row.dollar_value if times else None
        self.is_valid()
        together: Decimal | None = self.typed.get("dollar_value")
        return together if self.typed.get("times") else None

    @cached_property
    def left(self) -> list[Left]:
        """What is left of each limit, with what is typed as far as it can be read."""
        if not self.is_bound:
            return left_of(self.row)
        self.is_valid()
        return left_of(self.row, self.typed)

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or {}
        again, times = bool(values.get("frequency")), values.get("times")
        if again and not times and "times" not in self.errors:
            self.add_error("times", _("Enter how many times, 1 or more."))
        elif times is not None and not again:
            if times > 1:
                self.add_error("frequency", _("Choose how often, or leave the number of times empty."))
            values["times"] = None
        amount: Any = self.fields["dollar_value"]
        if values.get("dollar_value") is not None and (whole(values) or 0) > amount.most:
            self.add_error("dollar_value", amount.error_messages["above"] % {"most": f"{amount.most:,}"})
        self.ask_for_the_need(values)
        # Kept, since a refusal takes the field that it is about out of what was read.
        self.typed = values | ({"dollar_value": whole(values)} if values.get("dollar_value") is not None else {})
        return values

    def ask_for_the_need(self, values: dict[str, Any]) -> None:
        """Support answers a barrier, or a word says why it is needed to take part (12.7.5; AMB-I4)."""
        if not self.row.service.is_supportive or "notes" in self.errors:
            return
        words = (values.get(name) or "" for name in ("notes", "exploration_reason"))
        if not values.get("barriers") and all(map(is_blank, words)):
            at = "barriers" if "barriers" in self.fields else "notes"
            self.add_error(at, _("Choose the barrier that this support answers, or say in the notes why it is needed."))


def whole(values: Mapping[str, Any]) -> Decimal | None:
    """What the amount comes to, however often it is given."""
    amount: Decimal | None = values["dollar_value"]
    return None if amount is None else amount * (values.get("times") or 1)


def types_for(planned: Any) -> Any:
    """The kinds of support of a catalog entry; of all entries where it has none of its own, as for youth. One that the
    service names already stays."""
    own = SupportType.objects.filter(service=planned.service_id, is_active=True)
    fits = Q(service=planned.service_id) | Q(service=None) | ~Q(Exists(own))
    named = planned.detail.support_type_id if planned.detail else None
    return SupportType.objects.filter(fits & Q(is_active=True) | Q(pk=named)).order_by(plain_name_of(), "pk")
