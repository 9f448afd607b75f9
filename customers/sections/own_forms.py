"""The form of a section as its customer fills it, on a phone: a question in rows has a button for more of them."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from careerplan.base.refusals import Refusal
from customers.sections.forms import ConfidentialForm, Rows, SectionForm


class OwnRows(Rows):
    template = "customers/sections/_my_rows.html"


class OwnForm(SectionForm):
    rows_as = OwnRows

    def refuse(self, refusal: Refusal) -> None:
        say_where_to_turn(refusal)
        super().refuse(refusal)


class OwnConfidentialForm(ConfidentialForm):
    rows_as = OwnRows

    def refuse(self, refusal: Refusal) -> None:
        say_where_to_turn(refusal)
        super().refuse(refusal)


def say_where_to_turn(refusal: Refusal) -> None:
    """What was typed while somebody closed the section stays on the page, so that it can be copied."""
    if refusal.code == "section-complete":
        refusal.sentence = _(
            "This part was closed while you answered. Copy what you typed and send it to your planner."
        )
        refusal.leads_to, refusal.leads_as = reverse("my:messages"), _("Write a message")


def rows_asked_for(posted: Any, form: SectionForm) -> str:
    """The id of the question of which more rows were asked for; "" for none."""
    code = posted.get("more", "")
    asked = {definition.field.code for definition in form.definitions}
    return f"div_id_{form.add_prefix(code)}" if code in asked else ""
