"""Programs, listed assessments, and the customers' records (not their plans), kept by an administrator."""

from django import forms
from django.contrib import admin, messages
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _

from careerplan.accounts.admin import OfficeAdmin, PersonAdmin
from careerplan.accounts.duties import people_of
from careerplan.accounts.enums import EDITING_ROLES, Role
from careerplan.accounts.forms import ChangePersonForm
from careerplan.accounts.models import Office, User
from careerplan.base import clock, drafts
from careerplan.base.admin import NAMES, TrackedAdmin, TrackedInline
from careerplan.base.forms import words_for_gone
from careerplan.base.refusals import Refusal
from customers.actions import save_customer
from customers.calendar_feeds import end_of_who_leaves
from customers.enrolling import refuse_twice
from customers.finding import people_matching
from customers.forms import PlannerField
from customers.models import AssessmentType, Customer, Enrollment, LocalInterval, Program
from customers.sections.admin import SectionFieldAdmin as SectionFieldAdmin
from customers.sight import refuse_chosen_unseeing, settle_sight, unseen_by

# So many customers are named, each with a link, where a change is refused for their sake.
LINKS = 10


# The floor of people knows no customers: these two are registered again, with what they mean for customers.
admin.site.unregister([Office, User])


class KeepsInSight:
    """A change by which people see less hands over what goes out of their sight, or is refused as a whole."""

    def people_of(self, row):
        """The keys of those who may see less by a change of the row."""

    def save_model(self, request, obj, form, change):
        form.unseen_before = unseen_by(self.people_of(obj)) if change else {}
        super().save_model(request, obj, form, change)

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        successor, asks = form.cleaned_data.get("successor"), "successor" in form.fields
        settle_sight(form.unseen_before, successor=successor, asks=asks, by=request.user, at=clock.now())

    def changeform_view(self, request, *args, **options):
        try:
            return super().changeform_view(request, *args, **options)
        except Refusal as refusal:  # raised within the transaction, which took everything back
            lost = refusal.facts.get("customers", [])
            said = (_("Nothing was saved."), refusal.sentence, hand_over_links(lost))
            messages.error(request, format_html("{} {} {}", *said))
            kept = drafts.keep_lost(request, at=clock.now())
            return redirect(drafts.shown_at(request.get_full_path()) if kept else request.get_full_path())


def hand_over_links(customers):
    """The first of the customers, each with the page on which one is handed over."""
    rows = [(reverse("customer-hand-over", args=[row.pk]), row) for row in customers[:LINKS]]
    more = "" if len(customers) <= LINKS else ", …"
    return format_html("{}{}", format_html_join(", ", '<a href="{}">{}</a>', rows), more)


@admin.register(Office)
class MovedOfficeAdmin(KeepsInSight, OfficeAdmin):
    """An office may go to another region, and out of the sight of who has the whole former one."""

    def people_of(self, row):
        region = Office.objects.values("region").filter(pk=row.pk)
        return User.objects.filter(scopes__region__in=region).values_list("pk", flat=True)


class SuccessorField(PlannerField):
    """Planners and statewide staff who can sign in."""

    def __init__(self, **options):
        super().__init__(
            label=_("Who takes over the customers that this planner will no longer see"), required=False, **options
        )
        people = User.objects.filter(role__in=EDITING_ROLES, is_active=True)
        people = people.prefetch_related("scopes__office", "scopes__region")
        self.queryset = people.order_by("last_name", "first_name", "pk")
        words_for_gone(self)


class PersonForm(ChangePersonForm):
    successor = SuccessorField(
        help_text=_(
            "If you take a scope away from a planner, or change one: choose who takes over the customers that the "
            "planner no longer sees."
        ),
    )

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.fields["successor"].queryset = self.fields["successor"].queryset.exclude(pk=self.instance.pk)


@admin.register(User)
class PersonOfCustomersAdmin(KeepsInSight, PersonAdmin):
    form_to_change = PersonForm
    search_help_text = _("A name, e-mail, username or phone, or the beginning of one; of customers as in their list.")

    def people_of(self, row):
        return [row.pk]

    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        end_of_who_leaves(obj, at=clock.now())

    def get_fieldsets(self, request, obj=None):
        shown = super().get_fieldsets(request, obj)
        if obj is None or not obj.edits_plans:
            return shown
        return [*shown, (_("Handing over"), {"fields": ["successor"]})]

    def get_search_results(self, request, queryset, search_term):
        """As customers are searched for; of who works here, what stands in the middle of a word is found as well."""
        return people_matching(queryset, search_term), False


@admin.register(Program)
class ProgramAdmin(TrackedAdmin):
    list_display = [*NAMES, "code", "kind", "plan_type", "is_title_1", "review_interval_days", "contact_interval_days"]
    list_filter = ["kind", "plan_type"]
    search_fields = [*NAMES, "code"]
    ordering = ["name"]


@admin.register(LocalInterval)
class LocalIntervalAdmin(TrackedAdmin):
    list_display = ["program", "region", "review_interval_days", "contact_interval_days"]
    list_filter = ["program", "region"]
    list_select_related = ["program", "region"]
    search_fields = ["program__name", "program__code", "region__name"]
    ordering = ["program__name", "region__name"]


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
            if db_field.name == "planner" and db_field.model is Customer:  # offered for a new customer alone
                people = people.filter(is_active=True)
            options["queryset"] = people.order_by("last_name", "first_name")
        return super().formfield_for_foreignkey(db_field, request, **options)


class EnrollmentForm(forms.ModelForm):
    """The planner of a program changes by Hand over, so that approvals and messages go along."""

    class Meta:
        model = Enrollment
        fields = ["program", "planner", "status", "begun_on", "exited_on"]

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        planner = self.fields["planner"]
        if self.instance.pk and self.instance.planner_id:
            planner.disabled = True
        else:
            planner.queryset = planner.queryset.filter(is_active=True)

    def clean(self):
        """As the actions refuse it: nobody is in a program twice at one time."""
        values = super().clean()
        if values.get("program") and values.get("begun_on"):
            days = {name: values.get(name) for name in ("program", "begun_on", "exited_on")}
            try:
                refuse_twice(Enrollment(pk=self.instance.pk, customer=self.instance.customer, **days), field="begun_on")
            except Refusal as refusal:
                self.add_error(refusal.field, refusal.sentence)
        return values


class CustomerForm(forms.ModelForm):
    """A customer has one address: with a sign-in, the address of the sign-in."""

    successor = SuccessorField(
        help_text=_(
            "If a program ends: choose who takes over what is still open for planners who no longer see the customer."
        ),
    )

    def clean(self):
        values = super().clean()
        user, typed = values.get("user"), values.get("email", "")
        if user is not None and typed and typed.casefold() != user.email.casefold():
            sentence = _(
                "This sign-in has another address, %(email)s, and a customer has only one. Leave this empty to keep "
                "the address of the sign-in. To keep yours, change the address of the sign-in first."
            )
            self.add_error("email", sentence % {"email": user.email})
        return values


class EnrollmentInline(PeopleInTheirRoles, TrackedInline):
    model = Enrollment
    form = EnrollmentForm
    can_delete = False


class RecordAdmin(PeopleInTheirRoles, TrackedAdmin):
    form = CustomerForm
    inlines = [EnrollmentInline]
    list_display = ["__str__", "state_id", "email", "office", "planner", "customer_type"]
    list_filter = ["office__region", "office", "customer_type"]
    list_select_related = ["office", "planner"]
    search_fields = ["name_key"]
    search_help_text = _("A name, participant ID, phone, birth date, e-mail or username, or the beginning of one.")
    autocomplete_fields = ["user"]
    ordering = ["name_key", "id"]
    sortable_by: tuple[str, ...] = ()  # no index has another order than that of names

    def get_search_results(self, request, queryset, search_term):
        """As the planners' own search."""
        return queryset.matching(search_term), False

    def has_change_permission(self, request, obj=None):
        """A record that was merged into another one stays as it is."""
        merged = obj is not None and obj.merged_into_id is not None
        return super().has_change_permission(request, obj) and not merged

    def get_readonly_fields(self, request, obj=None):
        """Office and planner change by Hand over, with what waits; the e-mail is the sign-in's, where there is one."""
        fixed = ["office", "planner", "handing_over"] if obj else []
        fixed += ["email"] if obj and obj.user_id else []
        return (*super().get_readonly_fields(request, obj), *fixed)

    @admin.display(description=_("hand over"))
    def handing_over(self, customer):
        page = reverse("customer-hand-over", args=[customer.pk])
        return format_html('<a href="{}">{}</a>', page, _("Choose another planner or office"))

    def save_model(self, request, obj, form, change):
        before = obj.email
        save_customer(obj, by=request.user, at=clock.now())
        if before and obj.email != before:
            said = _("The customer's e-mail is now %(email)s, as the sign-in has it. It was %(before)s.")
            messages.info(request, said % {"email": obj.email, "before": before})


@admin.register(Customer)
class CustomerAdmin(KeepsInSight, RecordAdmin):
    """A program may end, or begin, and with it the sight of who is responsible for something of the customer."""

    def people_of(self, row):
        return people_of(row.pk)

    def get_fieldsets(self, request, obj=None):
        """The successor stands below the record, and only where there is somebody to succeed."""
        [(title, shown)] = super().get_fieldsets(request, obj)
        fields = [name for name in shown["fields"] if name != "successor"]
        below = [(_("Handing over"), {"fields": ["successor"]})] if obj else []
        return [(title, shown | {"fields": fields}), *below]

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        refuse_chosen_unseeing(form.unseen_before, form.instance)
