"""The service catalog, kept by an administrator."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from careerplan.base.admin import NAMES, TrackedAdmin
from services.crosswalk.models import ServiceCrosswalk
from services.models import Service, ServiceCategory


@admin.register(ServiceCategory)
class ServiceCategoryAdmin(TrackedAdmin):
    list_display = [*NAMES, "code", "position"]
    search_fields = [*NAMES, "code"]
    ordering = ["position"]


@admin.register(Service)
class ServiceAdmin(TrackedAdmin):
    list_display = [*NAMES, "code", "category", "service_class", "in_exploration", "is_active", "is_verified"]
    list_filter = ["category", "service_class", "is_active", "is_verified", "in_exploration", "form_kind"]
    list_select_related = ["category"]
    search_fields = [*NAMES, "code", "description", "pirl_elements"]
    ordering = ["category__position", "code"]
    fieldsets = [
        (None, {"fields": ["code", *NAMES, "category", "service_class", "description", "is_active"]}),
        (
            _("Federal reporting"),
            {"fields": ["pirl_elements", "causes_adult", "causes_dislocated_worker", "causes_youth"]},
        ),
        (
            _("Policy"),
            {
                "fields": [
                    "is_training",
                    "is_supportive",
                    "is_referral",
                    "is_gate_exempt",
                    "assessment_step",
                    "in_exploration",
                    "exploration_note",
                    "offered_adult",
                    "offered_dislocated_worker",
                    "offered_youth",
                ]
            },
        ),
        (_("Form"), {"fields": ["form_kind", "needs_worksite", "needs_soc", "needs_rapids", "needs_dollar_value"]}),
        (_("Source"), {"fields": ["is_verified", "notes"]}),
    ]


@admin.register(ServiceCrosswalk)
class ServiceCrosswalkAdmin(TrackedAdmin):
    list_display = ["service", "system", "code", "note"]
    list_filter = ["system"]
    list_select_related = ["service"]
    search_fields = ["code", "note", "service__code", "service__name"]
    autocomplete_fields = ["service"]
    ordering = ["system", "service__code"]
