"""The list of barriers, kept by an administrator."""

from django.contrib import admin

from careerplan.base.admin import NAMES, TrackedAdmin
from careerplan.plans.models import BarrierCategory


@admin.register(BarrierCategory)
class BarrierCategoryAdmin(TrackedAdmin):
    list_display = [*NAMES, "code", "group", "is_confidential", "is_active", "is_verified", "position"]
    list_filter = ["group", "is_active", "is_confidential", "is_verified"]
    search_fields = [*NAMES, "code", "definition"]
    ordering = ["position"]
