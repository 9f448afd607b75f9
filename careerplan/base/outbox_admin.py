"""The administration's list of e-mails that could not be delivered, and another try for them."""

from typing import Any

from django.contrib import admin, messages
from django.db import transaction
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from careerplan.base import clock
from careerplan.base.admin import ListAdmin
from careerplan.base.background import nudge
from careerplan.base.outbox import SETTLED


class OutboxAdmin(ListAdmin):
    """The e-mails of an outbox that could not be delivered. Read only: an e-mail follows from what happened."""

    ordering = ["-given_up_at", "-id"]
    sortable_by = ["given_up_at"]  # what an index has the order of
    actions = ["try_again"]

    def get_queryset(self, request: HttpRequest) -> Any:
        """Without those of which nobody has to be told any more."""
        return super().get_queryset(request).filter(given_up_at__isnull=False).exclude(last_error=SETTLED)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    @admin.action(description=_("Try to deliver again"))
    def try_again(self, request: HttpRequest, queryset: Any) -> None:
        count = queryset.try_again(clock.now())
        transaction.on_commit(lambda: nudge("careerplan.messaging.tasks.deliver"))
        text = ngettext("%(count)d e-mail will be tried again.", "%(count)d e-mails will be tried again.", count)
        messages.success(request, text % {"count": count})
