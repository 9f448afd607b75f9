"""The service catalog, funding sources and budgets, kept by an administrator."""

from django.contrib import admin

from careerplan.base.admin import NAMES, TrackedAdmin
from services.catalog.admin import ServiceAdmin, ServiceAnswerAdmin
from services.classes.support.models import SupportType
from services.costs.models import Budget, BudgetRule, FundingSource
from services.crosswalk.models import ServiceCrosswalk
from services.feed import admin as feed_admin
from services.limits.models import SupportLimit
from services.models import ServiceCategory
from services.providers import admin as providers_admin

__all__ = ["ServiceAdmin", "ServiceAnswerAdmin", "ServiceCategoryAdmin", "feed_admin", "providers_admin"]


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


@admin.register(ServiceCrosswalk)
class ServiceCrosswalkAdmin(TrackedAdmin):
    list_display = ["service", "system", "code", "note"]
    list_filter = ["system"]
    list_select_related = ["service"]
    search_fields = ["code", "note", "service__code", "service__name"]
    autocomplete_fields = ["service"]
    ordering = ["system", "service__code"]
