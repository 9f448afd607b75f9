"""Django admin: an address made by hand fails no page, and what is written is recorded as anywhere else."""

from collections.abc import Iterator, Sequence
from http import HTTPStatus
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.templatetags.admin_urls import admin_urlname
from django.contrib.admin.utils import unquote
from django.contrib.admin.views.main import ERROR_FLAG, ChangeList
from django.core.exceptions import BadRequest, PermissionDenied
from django.core.paginator import Paginator
from django.db import DataError, models, transaction
from django.forms import inlineformset_factory
from django.http import Http404, HttpRequest
from django.shortcuts import redirect
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from simple_history.admin import SimpleHistoryAdmin

from careerplan.base import clock, drafts
from careerplan.base.addresses import key_in
from careerplan.base.events import note_event
from careerplan.base.fields import DateField, MoneyField, NumberField, PastDateField, WholeNumberField
from careerplan.base.history import record, signed
from careerplan.base.models import FormDraft
from careerplan.base.once import SavedAlready, once
from careerplan.base.plausible import DayField

# What an entry of reference data is called: officially, in plain words, in Spanish.
NAMES = ("name", "plain_english", "plain_spanish")


class TypedFields:
    """Numbers and days as on every page of the product (`base/fields.py`)."""

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **options: Any) -> Any:
        made = TYPED.get(type(db_field))
        if made is None or db_field.choices:
            return super().formfield_for_dbfield(db_field, request, **options)  # type: ignore[misc]  # of the admin's class
        said = {"label": capfirst(db_field.verbose_name), "help_text": db_field.help_text}
        said |= {"initial": db_field.get_default()} if db_field.has_default() else {}
        return made(db_field, required=not db_field.blank, **said)


def amount_field(db_field: Any, **options: Any) -> NumberField:
    return MoneyField(digits=db_field.max_digits, **options)


def whole_number_field(db_field: Any, **options: Any) -> NumberField:
    return WholeNumberField(most=MOST, **options)


def day_field(db_field: Any, **options: Any) -> DateField:
    return (PastDateField if db_field.name == "birth_date" else DateField)(**options)


TYPED = {
    models.DecimalField: amount_field,
    models.PositiveSmallIntegerField: whole_number_field,
    models.PositiveIntegerField: whole_number_field,
    DayField: day_field,
}
MOST_NAMED = 100  # rows in a record of the log
# What a person may do, and whether the person gets in: no text that anybody wrote.
TOLD_WITH_VALUES = ("role", "is_active", "reads_confidential")
MOST = 32_767  # that a small number of the database holds


class BoundedPaginator(Paginator):
    """Counts the first rows only: what a whole state comes to is nobody's question here, and costs a look at each row.

    What comes after them is found by the search and the filters.
    """

    MOST = 10_000

    @cached_property
    def count(self) -> int:
        rows: Any = self.object_list
        found = rows.order_by()[: self.MOST].count()
        return int(found)

    @property
    def is_cut(self) -> bool:
        """Whether there may be more."""
        return self.count == self.MOST


class OrderedChangeList(ChangeList):
    """An address asks for no order that the list doesn't offer: where no index has it, a state would be sorted."""

    def get_ordering_field(self, field_name: Any) -> Any:
        return super().get_ordering_field(field_name) if field_name in self.sortable_by else None


class ListAdmin(TypedFields, admin.ModelAdmin):
    """What every list of the administration stands on. Nothing in it counts a whole table."""

    paginator = BoundedPaginator
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER

    def get_changelist(self, request: HttpRequest, **options: Any) -> Any:
        return OrderedChangeList

    def construct_change_message(self, request: HttpRequest, form: Any, formsets: Any, add: bool = False) -> Any:
        """Django asks for it once a row is saved, before it writes its own log."""
        note_change(request, "added" if add else "changed", form, formsets or ())
        return super().construct_change_message(request, form, formsets, add)

    def response_action(self, request: HttpRequest, queryset: Any) -> Any:
        """What the administrator does with the rows that are ticked."""
        act, ticked = action_chosen(request), request.POST.getlist("_selected_action")
        if not all(key_in(key) for key in ticked):
            raise BadRequest("What was ticked is no row.")
        if act in self.get_actions(request):
            note_event("administration", request, act=act, thing=self.opts.label, keys=ticked[:MOST_NAMED])
        return super().response_action(request, queryset)

    def get_changelist_instance(self, request: HttpRequest) -> Any:
        """Django finds out too late that no calendar has the year 0 of an address, and that a pattern is none.

        As for other lookups that make no sense, the whole list is shown instead (`?e=1`).
        """
        try:
            with transaction.atomic():
                return super().get_changelist_instance(request)
        except (DataError, OverflowError, ValueError) as error:
            if set(request.GET) <= {ERROR_FLAG}:  # nothing was asked for: the fault is ours
                raise
            raise IncorrectLookupParameters(error) from error


def action_chosen(request: HttpRequest) -> str:
    """As Django reads it: a page has the choice above the list and below it, and `index` says which was taken."""
    chosen, index = request.POST.getlist("action"), key_in(request.POST.get("index", "0"))
    return chosen[index] if index < len(chosen) else ""


def note_change(request: HttpRequest, act: str, form: Any, formsets: Sequence[Any]) -> None:
    """Fields by their names in the code; of what people wrote nothing. Rows beside the row are named by their keys."""
    row, changed = form.instance, list(form.changed_data)
    beside = [f"{act} {each._meta.label} {each.pk}" for formset in formsets for act, each in rows_changed(formset)]
    facts: dict[str, Any] = {"fields": changed} | ({"rows": beside[:MOST_NAMED]} if beside else {})
    for name in TOLD_WITH_VALUES:
        if name in changed:
            facts |= {f"{name}_was": form.initial.get(name), f"{name}_is": form.cleaned_data.get(name)}
    note_event("administration", request, act=act, thing=row._meta.label, keys=[str(row.pk)], **facts)


def rows_changed(formset: Any) -> Iterator[tuple[str, models.Model]]:
    yield from (("added", row) for row in formset.new_objects)
    yield from (("changed", row) for row, _fields in formset.changed_objects)
    yield from (("deleted", row) for row in formset.deleted_objects)


class TrackedInline(TypedFields, admin.TabularInline):
    """Rows beside a row; no empty ones are offered, but those that were typed and not saved."""

    def get_extra(self, request: HttpRequest, obj: Any = None, **options: Any) -> int:
        draft = drafts.draft_for(request, at=clock.now()) if drafts.is_shown(request) else None
        rows: Any = inlineformset_factory(self.parent_model, self.model, fields=(), fk_name=self.fk_name)
        return drafts.rows_added(draft, rows.get_default_prefix()) if draft else 0


class NotSaved(Exception):
    """The form came back with its errors; `answer` shows them."""

    def __init__(self, answer: Any):
        super().__init__()
        self.answer = answer


def show_draft(request: HttpRequest, context: dict[str, Any], draft: FormDraft) -> None:
    """Fill the page's forms with what was typed; say what else is saved by now."""
    form, row = context["adminform"].form, context.get("original")
    stored = dict(form.initial)
    inlines = [row_form for inline in context["inline_admin_formsets"] for row_form in inline.formset.forms]
    for one in (form, *(row_form for row_form in inlines if drafts.is_row(row_form, draft))):
        drafts.fill(one, draft)
    seen = drafts.value_in(draft, "row_version")
    if row is not None and seen and seen != str(row.row_version):
        differs = [
            f"{field.label}: {form[name].field.prepare_value(stored.get(name))}"
            for name, field in form.fields.items()
            if name in stored and form.initial[name] != form[name].field.prepare_value(stored[name])
        ]
        words = _(
            "Someone else changed this in the meantime. Saving now replaces theirs with yours. Saved now: %(what)s"
        )
        messages.warning(request, words % {"what": "; ".join(differs) or "-"})


class TrackedAdmin(ListAdmin, SimpleHistoryAdmin):
    """Saves through `record`. Rows are retired, never deleted: plans and reports refer to them."""

    history_list_display = ["what_changed"]

    def changeform_view(self, request: HttpRequest, object_id: Any = None, *args: Any, **options: Any) -> Any:
        """Saves once (`base/once.py`), and nothing over what somebody else saved meanwhile without a word."""
        if request.method != "POST":
            return super().changeform_view(request, object_id, *args, **options)
        if self.is_stale(request, object_id):
            return self.shown_again(request)
        try:
            with once(request, at=clock.now()):
                answer = super().changeform_view(request, object_id, *args, **options)
                if answer.status_code != HTTPStatus.FOUND:
                    raise NotSaved(answer)
        except NotSaved as refused:
            return refused.answer
        except SavedAlready as already:
            messages.warning(request, already.sentence)
            return redirect(admin_urlname(self.opts, "changelist")) if already.same else self.shown_again(request)
        drafts.drop(request)
        return answer

    def is_stale(self, request: HttpRequest, object_id: Any) -> bool:
        """Whether the row was saved since the page was opened. A post that does not say what it saw is taken."""
        seen = request.POST.get("row_version", "")
        row = self.get_object(request, unquote(object_id)) if object_id and seen.isdecimal() else None
        return row is not None and str(row.row_version) != seen

    def shown_again(self, request: HttpRequest) -> Any:
        """The form with what was typed; as a draft, so that the page is a new one."""
        kept = drafts.keep_lost(request, at=clock.now())
        return redirect(drafts.shown_at(request.get_full_path()) if kept else request.get_full_path())

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], **options: Any) -> Any:
        """With what was typed before the session ended (`base/drafts.py`); rows that were added there, too."""
        if request.method == "GET":
            context["draft"] = drafts.draft_for(request, at=clock.now())
            if context["draft"] and drafts.is_shown(request):
                show_draft(request, context, context["draft"])
        return super().render_change_form(request, context, **options)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        record(obj, by=request.user, at=clock.now(), reason="administration")

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        at = clock.now()
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

    def history_view(self, request: HttpRequest, object_id: str, *args: Any, **options: Any) -> Any:
        refuse_no_key(object_id)
        return super().history_view(request, object_id, *args, **options)

    def history_form_view(
        self, request: HttpRequest, object_id: str, version_id: str, *args: Any, **options: Any
    ) -> Any:
        """Reading only: simple_history hides the revert button but would obey a POST."""
        if request.method == "POST":
            raise PermissionDenied
        refuse_no_key(object_id, version_id)
        return super().history_form_view(request, object_id, version_id, *args, **options)

    def set_history_delta_changes(self, *args: Any, **options: Any) -> None:
        """Not computed: every history row says in words what changed."""

    def what_changed(self, row: Any) -> str:
        return "; ".join(f"{entry['label']}: {entry['from']} → {entry['to']}" for entry in row.changes)

    what_changed.short_description = _("what changed")  # type: ignore[attr-defined]


def refuse_no_key(*texts: str) -> None:
    """simple_history would ask the database for any text. Raises Http404."""
    if not all(key_in(text) for text in texts):
        raise Http404
