"""People, what planners see, and the organisation, kept by an administrator."""

from allauth.account.admin import EmailAddress
from django.contrib import admin, messages
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.contrib.auth.admin import Group
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from careerplan.accounts.actions import note_arrival, note_bounce, save_person, send_link_to_password
from careerplan.accounts.duties import hanging_on
from careerplan.accounts.forms import AddPersonForm, ChangePersonForm
from careerplan.accounts.models import Grantee, Office, Region, SignInLetter, StaffScope, User
from careerplan.base import clock
from careerplan.base.admin import TrackedAdmin, TrackedInline
from careerplan.base.outbox_admin import OutboxAdmin


@login_not_required
def one_sign_in(request, extra_context=None):
    """To the product's page of signing in; who is signed in already, and may not enter, is told so."""
    if request.user.is_authenticated and not request.user.is_staff:
        raise PermissionDenied
    asked_for = request.GET.get(REDIRECT_FIELD_NAME, "") or reverse("admin:index")
    if request.user.is_authenticated:
        return redirect("admin:index")
    return redirect_to_login(asked_for)


def own_password(request, extra_context=None):
    return redirect("account_change_password")


admin.site.site_header = admin.site.site_title = _("CareerPlan administration")
# One sign-in for everybody, with its limits on attempts; the admin's own would have none.
admin.site.login = one_sign_in
# One page changes one's password, and tells of it by e-mail; the admin's own would not.
admin.site.password_change = own_password
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


class ScopeInline(TrackedInline):
    """Which customers a planner sees. The only rows that may be deleted: a scope ends, and its history stays."""

    model = StaffScope


SIGN_IN = ["last_login", "date_joined", "bounced_email", "sign_in_set_up_at", "sign_in_changed_at"]


@admin.register(User)
class PersonAdmin(TrackedAdmin):
    """People and their roles. Passwords stand nowhere here: a person sets one's own, by a link."""

    inlines = [ScopeInline]
    list_display = ["username", "last_name", "first_name", "email", "role", "is_active"]
    list_filter = ["role", "is_active"]
    search_fields = ["username"]  # that there is a search; customers/admin.py says how
    ordering = ["username"]
    sortable_by = ["username"]  # what an index has the order of
    readonly_fields = [*SIGN_IN, "leaving"]
    fieldsets = [
        (None, {"fields": ["username"]}),
        (_("Person"), {"fields": ["first_name", "last_name", "email", "phone", "language", "time_zone"]}),
        (_("Access"), {"fields": ["role", "reads_confidential", "is_active", "leaving"]}),
        (_("Sign-in"), {"fields": SIGN_IN}),
    ]
    add_fieldsets = [(_("Person"), {"fields": ["username", "email", "first_name", "last_name", "role"]})]
    form_to_change = ChangePersonForm
    actions = ["send_reset_links", "mark_undeliverable", "mark_deliverable"]

    def get_form(self, request, obj=None, change=False, **options):
        form = super().get_form(request, obj, change, form=self.form_to_change if obj else AddPersonForm, **options)
        form.by_pk = request.user.pk
        return form

    def get_fieldsets(self, request, obj=None):
        return super().get_fieldsets(request, obj) if obj else self.add_fieldsets

    @admin.display(description=_("leaves"))
    def leaving(self, person):
        if not (person.is_active or hanging_on(person)):
            return "-"
        page = reverse("person-switch-off", args=[person.pk])
        return format_html('<a href="{}">{}</a>', page, _("Hand over, and switch the sign-in off"))

    def save_model(self, request, obj, form, change):
        save_person(obj, by=request.user, at=clock.now())
        if not change:
            self.send_link(request, obj)

    @admin.action(description=_("Send a link to set a new password"))
    def send_reset_links(self, request, queryset):
        for person in queryset.order_by("pk"):
            self.send_link(request, person)

    def send_link(self, request, person):
        """Tells the administrator what became of it."""
        if not person.is_active:
            messages.error(request, _("%(person)s's sign-in is switched off. Nothing was sent.") % {"person": person})
            return
        send_link_to_password(person, by=request.user, at=clock.now())
        words = _("A link to set a password is on its way to %(person)s. You will get a message if it does not arrive.")
        messages.success(request, words % {"person": person})

    @admin.action(description=_("E-mail to this address comes back"))
    def mark_undeliverable(self, request, queryset):
        for person in queryset:
            note_bounce(person, by=request.user, at=clock.now())

    @admin.action(description=_("E-mail to this address arrives again"))
    def mark_deliverable(self, request, queryset):
        for person in queryset:
            note_arrival(person, by=request.user, at=clock.now())


@admin.register(SignInLetter)
class SignInLetterAdmin(OutboxAdmin):
    list_display = ["recipient", "address", "kind", "created_at", "given_up_at", "attempts", "last_error"]
    list_select_related = ["recipient"]
    search_fields = ["recipient__username", "address", "last_error"]
