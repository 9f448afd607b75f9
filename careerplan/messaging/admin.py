"""The e-mails that could not be delivered, and another try for them."""

from django.contrib import admin

from careerplan.base.outbox_admin import OutboxAdmin
from careerplan.messaging.models import Notification


@admin.register(Notification)
class NotificationAdmin(OutboxAdmin):
    list_display = ["recipient", "message", "created_at", "given_up_at", "attempts", "last_error"]
    list_select_related = ["recipient", "message"]
    search_fields = ["recipient__username", "recipient__email", "last_error"]
