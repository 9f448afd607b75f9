"""The list of barriers, kept by an administrator."""

from django.contrib import admin

from careerplan.base.admin import TrackedAdmin
from careerplan.plans.models import BarrierCategory


@admin.register(BarrierCategory)
class BarrierCategoryAdmin(TrackedAdmin):
    list_display = ["name", "code", "group", "is_confidential", "is_active", "is_verified", "position"]
    list_filter = ["group", "is_active", "is_confidential", "is_verified"]
    search_fields = ["name", "code", "definition"]
    ordering = ["position"]
