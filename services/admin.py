"""The service catalog, kept by an administrator."""

from django.contrib import admin

from careerplan.base.admin import NAMES, TrackedAdmin
from services.catalog.admin import ServiceAdmin, ServiceAnswerAdmin
from services.models import ServiceCategory

__all__ = ["ServiceAdmin", "ServiceAnswerAdmin", "ServiceCategoryAdmin"]


@admin.register(ServiceCategory)
class ServiceCategoryAdmin(TrackedAdmin):
    list_display = [*NAMES, "code", "position"]
    search_fields = [*NAMES, "code"]
    ordering = ["position"]
