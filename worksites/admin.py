"""Minimum wages, kept by an administrator. A new rate is a new row; the old one stays for placements of its time."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db import transaction

from careerplan.base.admin import TrackedAdmin
from careerplan.base.background import nudge
from customers.models import Program
from worksites.wages.models import MinimumWage, ProgramMinimum


class WageAdmin(TrackedAdmin):
    """A rate that is entered or put right may be more than placements pay: a worker looks at once (`wages.rises`)."""

    date_hierarchy: str | None

    def save_model(self, request: Any, obj: Any, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        transaction.on_commit(lambda: nudge("worksites.tasks.look_for_low_wages", last=True))


@admin.register(MinimumWage)
class MinimumWageAdmin(WageAdmin):
    list_display = [
        "jurisdiction", "circumstance", "age", "employer_size", "effective_on", "rate", "usable_for_placement",
        "verification", "seen_on",
    ]  # fmt: skip
    list_filter = ["jurisdiction", "usable_for_placement", "holds_for", "verification"]
    search_fields = ["jurisdiction", "circumstance", "notes"]
    date_hierarchy = "effective_on"
    ordering = ["jurisdiction", "circumstance", "-effective_on"]


class ProgramMinimumForm(forms.ModelForm):
    def clean(self) -> Any:
        """Looks at the other rates of the program while it is locked: of two administrators at once one is told."""
        values = super().clean()
        program = values.get("program") or (self.instance.program_id and self.instance.program)
        if program:
            Program.objects.select_for_update().get(pk=program.pk)
        return values


@admin.register(ProgramMinimum)
class ProgramMinimumAdmin(WageAdmin):
    """A rate that changes gets its last day, and another one begins: what was held to the old one stays so."""

    form = ProgramMinimumForm
    list_display = ["program", "region", "rate", "from_on", "until_on", "source"]
    list_filter = ["program", "region"]
    list_select_related = ["program", "region"]
    search_fields = ["program__name", "region__name", "source"]
    date_hierarchy = "from_on"
    ordering = ["program__name", "region__name", "-from_on"]

    def get_readonly_fields(self, request: Any, obj: Any = None) -> tuple[str, ...]:
        fixed = ("program", "region") if obj is not None else ()
        return (*super().get_readonly_fields(request, obj), *fixed)
