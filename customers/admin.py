"""Programs, listed assessments, and the customers' records (not their plans), kept by an administrator."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from careerplan.accounts.enums import Role
from careerplan.accounts.models import User
from careerplan.base.admin import NAMES, TrackedAdmin
from customers.models import AssessmentType, Customer, Enrollment, Program


@admin.register(Program)
class ProgramAdmin(TrackedAdmin):
    list_display = [*NAMES, "code", "kind", "plan_type", "is_title_1", "review_interval_days"]
    list_filter = ["kind", "plan_type"]
    search_fields = [*NAMES, "code"]
    ordering = ["name"]


@admin.register(AssessmentType)
class AssessmentTypeAdmin(TrackedAdmin):
    list_display = [*NAMES, "code", "section", "position"]
    search_fields = [*NAMES, "code"]
    ordering = ["position"]


class PeopleInTheirRoles:
    """Takes only planners as planners, and only customers as a customer's sign-in."""

    def formfield_for_foreignkey(self, db_field, request, **options):
        roles = {"planner": Role.PLANNER, "user": Role.CUSTOMER}
        if db_field.name in roles:
            people = User.objects.filter(role=roles[db_field.name])
            options["queryset"] = people.order_by("last_name", "first_name")
        return super().formfield_for_foreignkey(db_field, request, **options)


class EnrollmentInline(PeopleInTheirRoles, admin.TabularInline):
    model = Enrollment
    extra = 0
    can_delete = False


@admin.register(Customer)
class CustomerAdmin(PeopleInTheirRoles, TrackedAdmin):
    inlines = [EnrollmentInline]
    list_display = ["__str__", "state_id", "email", "office", "planner", "customer_type"]
    list_filter = ["office__region", "office", "customer_type"]
    list_select_related = ["office", "planner"]
    search_fields = ["name_key"]
    search_help_text = _("A name, participant ID, phone, birth date, e-mail or username, or how it begins.")
    autocomplete_fields = ["user"]
    ordering = ["name_key", "id"]

    def get_search_results(self, request, queryset, search_term):
        """As the planners' own search."""
        return queryset.matching(search_term), False

    def save_model(self, request, obj, form, change):
        obj.set_keys(obj.user.username if obj.user else "")
        super().save_model(request, obj, form, change)
