"""The e-mails that could not be delivered, and another try for them."""

from django.contrib import admin, messages
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from careerplan.base.admin import ListAdmin
from careerplan.messaging.failed import given_up, send_again
from careerplan.messaging.models import Notification


@admin.register(Notification)
class NotificationAdmin(ListAdmin):
    """Read only: a notification follows from what happened, and nobody writes one here."""

    list_display = ["recipient", "message", "created_at", "given_up_at", "attempts", "last_error"]
    list_select_related = ["recipient", "message"]
    search_fields = ["recipient__username", "recipient__email", "last_error"]
    ordering = ["-given_up_at"]
    actions = ["try_again"]

    def get_queryset(self, request):
        """Without those of which nobody has to be told any more."""
        return given_up(super().get_queryset(request))

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    @admin.action(description=_("Try to deliver again"))
    def try_again(self, request, queryset):
        count = send_again(queryset, at=timezone.now())
        text = ngettext("%(count)d e-mail will be tried again.", "%(count)d e-mails will be tried again.", count)
        messages.success(request, text % {"count": count})
