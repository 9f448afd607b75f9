"""Minimum wages, kept by an administrator. A new rate is a new row; the old one stays for placements of its time."""

from django.contrib import admin

from careerplan.base.admin import TrackedAdmin
from worksites.wages.models import MinimumWage


@admin.register(MinimumWage)
class MinimumWageAdmin(TrackedAdmin):
    list_display = ["jurisdiction", "circumstance", "age", "effective_on", "rate", "usable_for_placement"]
    list_filter = ["jurisdiction", "usable_for_placement", "verification"]
    search_fields = ["jurisdiction", "circumstance"]
    date_hierarchy = "effective_on"
    ordering = ["jurisdiction", "circumstance", "-effective_on"]
