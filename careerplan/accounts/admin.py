"""People, what planners see, and the organisation, kept by an administrator."""

from allauth.account.admin import EmailAddress
from allauth.account.decorators import secure_admin_login
from django.contrib import admin
from django.contrib.auth.admin import Group, UserAdmin
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from careerplan.accounts.forms import AddPersonForm, ChangePersonForm, PasswordForm
from careerplan.accounts.models import Grantee, Office, Region, StaffScope, User
from careerplan.base.admin import TrackedAdmin
from careerplan.base.history import record

admin.site.site_header = admin.site.site_title = _("CareerPlan administration")
# One sign-in for everybody, with its limits on attempts; the admin's own would have none.
admin.site.login = secure_admin_login(admin.site.login)
# Roles stand in the place of groups, and a person has one address.
admin.site.unregister([Group, EmailAddress])


@admin.register(Region)
class RegionAdmin(TrackedAdmin):
    list_display = ["name", "code"]
    search_fields = ["name", "code"]
    ordering = ["name"]


@admin.register(Grantee)
class GranteeAdmin(TrackedAdmin):
    list_display = ["name", "phone", "email"]
    search_fields = ["name"]
    ordering = ["name"]


@admin.register(Office)
class OfficeAdmin(TrackedAdmin):
    list_display = ["name", "region", "grantee", "city", "phone"]
    list_filter = ["region"]
    list_select_related = ["region", "grantee"]
    search_fields = ["name", "city"]
    ordering = ["name"]


class ScopeInline(admin.TabularInline):
    """Which customers a planner sees. The only rows that may be deleted: a scope ends, and its history stays."""

    model = StaffScope
    extra = 0


@admin.register(User)
class PersonAdmin(TrackedAdmin, UserAdmin):
    """Django's own pages for people and passwords, with our roles in place of groups and permissions."""

    add_form = AddPersonForm
    form = ChangePersonForm
    change_password_form = PasswordForm
    inlines = [ScopeInline]
    list_display = ["username", "last_name", "first_name", "email", "role", "is_active"]
    list_filter = ["role", "is_active"]
    search_fields = ["username", "last_name", "first_name", "email"]
    ordering = ["username"]
    filter_horizontal = []
    readonly_fields = ["last_login", "date_joined"]
    fieldsets = [
        (None, {"fields": ["username", "password"]}),
        (_("Person"), {"fields": ["first_name", "last_name", "email", "phone", "language", "time_zone"]}),
        (_("Access"), {"fields": ["role", "is_active"]}),
        (_("Dates"), {"fields": ["last_login", "date_joined"]}),
    ]
    add_fieldsets = [
        (_("Person"), {"fields": ["username", "email", "first_name", "last_name", "role"]}),
        (_("Password"), {"fields": ["usable_password", "password1", "password2"]}),
    ]

    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        # A person has one address: allauth would go on to take the former one for signing in and new passwords.
        EmailAddress.objects.filter(user=obj).exclude(email=obj.email).delete()
        customer = getattr(obj, "customer", None)
        if customer is not None:  # the record's search keys hold the username
            customer.set_keys(obj.username)
            record(customer, by=request.user, at=timezone.now(), reason="administration")
