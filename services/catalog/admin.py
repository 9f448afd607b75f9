"""The catalog in the administration: its entries, the days of their offer, and what answers which need."""

from typing import Any

from django.contrib import admin, messages
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from careerplan.base import clock
from careerplan.base.admin import NAMES, TrackedAdmin
from careerplan.base.refusals import Refusal
from services.catalog.actions import end_offers
from services.models import PlannedService, Service, ServiceAnswer

# In how many plans an entry stands is counted so far.
MOST_COUNTED = 1000


@admin.register(Service)
class ServiceAdmin(TrackedAdmin):
    change_list_template = "admin/services/service_list.html"
    list_display = [
        *NAMES,
        "code",
        "category",
        "service_class",
        "offered_from",
        "offered_until",
        "is_active",
        "is_verified",
    ]
    list_filter = ["category", "service_class", "is_active", "is_verified", "in_exploration", "form_kind"]
    list_select_related = ["category"]
    search_fields = [*NAMES, "code", "description", "pirl_elements"]
    ordering = ["category__position", "code"]
    readonly_fields = ["why_it_stays"]
    actions = ["end_offer"]
    fieldsets = [
        (None, {"fields": ["code", *NAMES, "category", "service_class", "description"]}),
        (
            gettext_lazy("When it is offered"),
            {"fields": ["is_active", "offered_from", "offered_until", "is_opened_by_system", "why_it_stays"]},
        ),
        (
            gettext_lazy("Federal reporting"),
            {"fields": ["pirl_elements", "causes_adult", "causes_dislocated_worker", "causes_youth"]},
        ),
        (
            gettext_lazy("Policy"),
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
        (
            gettext_lazy("Form"),
            {"fields": ["form_kind", "needs_worksite", "needs_soc", "needs_rapids", "needs_dollar_value"]},
        ),
        (gettext_lazy("Source"), {"fields": ["is_verified", "notes"]}),
    ]

    @admin.display(description=gettext_lazy("Deleting"))
    def why_it_stays(self, entry: Any) -> str:
        """What the missing button would have to say."""
        if entry.pk is None:
            return _("A service is never deleted. Enter its last day once it ends.")
        planned = PlannedService.objects.filter(service=entry).order_by()[:MOST_COUNTED].count()
        if not planned:
            return _("No plan has this service. It is not deleted either: enter its last day, so that nobody adds it.")
        sentence = ngettext(
            "It can't be deleted: it stands in plans %(number)d time. Enter its last day, so that nobody adds it.",
            "It can't be deleted: it stands in plans %(number)d times. Enter its last day, so that nobody adds it.",
            planned,
        )
        return sentence % {"number": planned}

    @admin.action(description=gettext_lazy("Let today be the last day"))
    def end_offer(self, request: HttpRequest, queryset: Any) -> None:
        try:
            ended = end_offers(queryset, by=request.user, at=clock.now())  # type: ignore[arg-type]  # who gets here is signed in
        except Refusal as refusal:
            self.message_user(request, refusal.sentence, messages.ERROR)
            return
        said = ngettext(
            "%(number)d service is offered until today. It stays in the plans that have it.",
            "%(number)d services are offered until today. They stay in the plans that have them.",
            ended,
        )
        self.message_user(request, said % {"number": ended}, messages.SUCCESS)


@admin.register(ServiceAnswer)
class ServiceAnswerAdmin(TrackedAdmin):
    list_display = ["__str__", "barrier", "goal_category", "service", "category", "is_active"]
    list_filter = ["is_active", "goal_category", "barrier"]
    list_select_related = ["barrier", "goal_category", "service", "category"]
    search_fields = ["barrier__name", "service__name", "category__name"]
    autocomplete_fields = ["service"]
    ordering = ["barrier__position", "goal_category__position", "pk"]
