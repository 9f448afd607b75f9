"""Django admin for models that keep their history: what is written here is recorded as anywhere else."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from simple_history.admin import SimpleHistoryAdmin

from careerplan.base.history import record, signed


class TrackedAdmin(SimpleHistoryAdmin):
    """Saves through `record`. Rows are retired, never deleted: plans and reports refer to them."""

    history_list_display = ["what_changed"]
    show_full_result_count = False

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        record(obj, by=request.user, at=timezone.now(), reason="administration")

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        at = timezone.now()
        for row in formset.save(commit=False):
            record(row, by=request.user, at=at, reason="administration")
        for row in formset.deleted_objects:
            signed(row, by=request.user, at=at).delete()
        formset.save_m2m()

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        """What sealed contents and rules name an entry by stays: its code."""
        fixed = ("code",) if obj is not None and any(field.name == "code" for field in obj._meta.fields) else ()
        return (*super().get_readonly_fields(request, obj), *fixed)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def history_form_view(self, request: HttpRequest, *args: Any, **options: Any) -> Any:
        """Reading only: simple_history hides the revert button but would obey a POST."""
        if request.method == "POST":
            raise PermissionDenied
        return super().history_form_view(request, *args, **options)

    def set_history_delta_changes(self, *args: Any, **options: Any) -> None:
        """Not computed: every history row says in words what changed."""

    def what_changed(self, row: Any) -> str:
        return "; ".join(f"{entry['label']}: {entry['from']} → {entry['to']}" for entry in row.changes)

    what_changed.short_description = _("what changed")  # type: ignore[attr-defined]
