"""The service catalog, funding sources and budgets, kept by an administrator."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from careerplan.base.admin import NAMES, TrackedAdmin
from services.classes.support.models import SupportType
from services.costs.models import Budget, BudgetRule, FundingSource
from services.limits.models import SupportLimit
from services.models import Service, ServiceCategory
from services.providers import admin as providers_admin  # noqa: F401  # registers what it keeps


@admin.register(ServiceCategory)
class ServiceCategoryAdmin(TrackedAdmin):
    list_display = [*NAMES, "code", "position"]
    search_fields = [*NAMES, "code"]
    ordering = ["position"]


@admin.register(SupportType)
class SupportTypeAdmin(TrackedAdmin):
    list_display = [*NAMES, "code", "service", "is_active", "is_verified"]
    list_filter = ["is_active", "is_verified", "service"]
    list_select_related = ["service"]
    search_fields = [*NAMES, "code"]
    ordering = ["service__code", "code"]


@admin.register(SupportLimit)
class SupportLimitAdmin(TrackedAdmin):
    """Where policy changes, the limit ends and a new one begins: what was given before was held to the old one."""

    list_display = ["of_what", "region", "amount", "period", "beyond", "begins_on", "ends_on"]
    list_filter = ["region", "period", "beyond"]
    list_select_related = ["region", "service", "support_type"]
    search_fields = ["service__name", "service__code", "support_type__name", "region__name", "source"]
    ordering = ["region__name", "service__code", "support_type__code", "-begins_on"]


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


@admin.register(FundingSource)
class FundingSourceAdmin(TrackedAdmin):
    list_display = [*NAMES, "code", "program", "has_budgets", "is_active"]
    list_filter = ["has_budgets", "is_active"]
    list_select_related = ["program"]
    search_fields = [*NAMES, "code"]
    ordering = ["position", "name"]


@admin.register(Budget)
class BudgetAdmin(TrackedAdmin):
    """What a budget is of stays once it is saved; its amount follows what the region is given."""

    list_display = ["funding_source", "region", "program_year", "amount"]
    list_filter = ["program_year", "region", "funding_source"]
    list_select_related = ["funding_source", "region"]
    search_fields = ["funding_source__name", "region__name"]
    ordering = ["-program_year", "region__name", "funding_source__position"]

    def get_readonly_fields(self, request, obj=None):
        fixed = ("funding_source", "region", "program_year") if obj is not None else ()
        return (*super().get_readonly_fields(request, obj), *fixed)


@admin.register(BudgetRule)
class BudgetRuleAdmin(TrackedAdmin):
    list_display = ["region", "when_over"]
    list_select_related = ["region"]
    search_fields = ["region__name"]
    ordering = ["region__name"]

    def get_readonly_fields(self, request, obj=None):
        return (*super().get_readonly_fields(request, obj), *(("region",) if obj is not None else ()))
