"""The pages of an import; `kind` says of what (`careerplan/urls.py` mounts them)."""

from django.contrib import messages
from django.http import Http404, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from django_htmx.http import HttpResponseClientRedirect

from careerplan.base import clock
from careerplan.base.bodies import takes_files
from careerplan.base.events import note_event
from careerplan.base.keyset import page_of
from careerplan.base.pages import answered, form_page
from careerplan.base.refusals import NotAllowed
from careerplan.imports import actions
from careerplan.imports.enums import WAITING, ImportState, RowState
from careerplan.imports.forms import ColumnsForm, FileForm, MendForm
from careerplan.imports.kinds import kind_of
from careerplan.imports.models import Import, ImportRow
from careerplan.imports.rows import Counts, ShownRow, as_csv, asks_word, one_done_before, said_of
from careerplan.imports.working import work_on

PAGE_ROWS = 50
# So many rows are checked, or written, while the page is waited for; more is done behind it.
AT_ONCE = 200
SECONDS = 8
# No number of changes: of a page that did not say which it knew.
UNKNOWN = -1


def here(request, name, *keys):
    """The address of another page of this kind of import."""
    return reverse(f"imports:{name}", args=keys, current_app=request.resolver_match.namespace)


def kind_for(request, key):
    kind = kind_of(key)
    if request.user.is_customer:
        raise Http404
    if not kind.may_bring(request.user):
        raise NotAllowed("may-not-import", str(kind.who_may))
    return kind


def import_for(request, key, import_pk):
    kind = kind_for(request, key)
    rows = Import.objects.visible_to(request.user).filter(kind=kind.key).select_related("uploaded_by", "confirmed_by")
    return get_object_or_404(rows, pk=import_pk)


def row_for(request, key, import_pk, row_pk):
    bringing = import_for(request, key, import_pk)
    return get_object_or_404(ImportRow.objects.filter(bringing=bringing).select_related("bringing"), pk=row_pk)


def go_on_at_once(bringing):
    """Small files are not worth the wait for a worker."""
    if bringing.rows.count() <= AT_ONCE:
        work_on(bringing.pk, seconds=SECONDS)


@takes_files
@require_http_methods(["GET", "POST"])
def imports(request, kind):
    about = kind_for(request, kind)
    form, brought = FileForm(request.POST or None, request.FILES or None), []

    def bring():
        file = form.cleaned_data["file"]
        encoding = form.cleaned_data["encoding"]
        brought.append(actions.bring(about, file.name, file.read(), encoding=encoding, by=request.user, at=clock.now()))

    if answered(request, form, bring, ""):
        if not brought:  # the same form was sent twice
            return redirect(here(request, "list"))
        note_event("file-imported", request, thing="import", key=brought[0].pk)
        return redirect(here(request, "columns", brought[0].pk))
    rows = Import.objects.visible_to(request.user).filter(kind=kind).select_related("uploaded_by")
    context = {"about": about, "page": page_of(rows, request, keys=["-id"], rows=10), "nav_section": kind}
    return form_page(request, "imports/imports.html", form, context)


@require_http_methods(["GET", "POST"])
def columns(request, kind, import_pk):
    bringing = import_for(request, kind, import_pk)
    if bringing.state in {ImportState.SAVING, ImportState.DONE}:
        return redirect(here(request, "preview", import_pk))
    form = ColumnsForm(request.POST or None, bringing=bringing, person=request.user)

    def save():
        chosen, options = form.values()
        actions.map_columns(bringing, chosen, options, by=request.user, at=clock.now())

    if answered(request, form, save, ""):
        go_on_at_once(bringing)
        return redirect(here(request, "preview", import_pk))
    context = {"bringing": bringing, "about": bringing.about, "rows": bringing.rows.count(), "nav_section": kind}
    return form_page(request, "imports/columns.html", form, context)


@require_GET
def preview(request, kind, import_pk):
    bringing = import_for(request, kind, import_pk)
    if bringing.state == ImportState.COLUMNS:
        return redirect(here(request, "columns", import_pk))
    counts = Counts(bringing)
    context = {"bringing": bringing, "about": bringing.about, "counts": counts, "nav_section": kind}
    if bringing.is_under_way:
        return render(request, "imports/under_way.html", context)
    chosen = request.GET.get("state", "")
    rows = ImportRow.objects.filter(bringing=bringing)
    rows = rows.filter(state=chosen) if chosen in RowState.values else rows
    page = page_of(rows, request, keys=["number"], rows=PAGE_ROWS)
    beside = bringing.about.beside(bringing, page.rows, request.user)
    context |= {
        "page": page,
        "rows": [ShownRow(bringing, row, beside.get(row.pk)) for row in page.rows],
        "chosen": chosen if chosen in RowState.values else "",
        "filters": counts.filters(chosen if chosen in RowState.values else ""),
        "before": one_done_before(bringing),
        "is_done": bringing.state == ImportState.DONE,
        "kept_at": bringing.about.kept_at(bringing) if bringing.state == ImportState.DONE else "",
        "besides": bringing.about.besides(bringing) if bringing.state == ImportState.READY else [],
    }
    return render(request, "imports/preview.html", context)


@require_GET
def progress(request, kind, import_pk):
    """The part of the page that asks again; once there is something to see, the page itself."""
    bringing = import_for(request, kind, import_pk)
    if not bringing.is_under_way:
        return HttpResponseClientRedirect(here(request, "preview", import_pk))
    return render(request, "imports/_progress.html", {"bringing": bringing, "counts": Counts(bringing)})


@require_http_methods(["GET", "POST"])
def row(request, kind, import_pk, row_pk):
    found = row_for(request, kind, import_pk, row_pk)
    bringing = found.bringing
    if bringing.state != ImportState.READY:
        return redirect(here(request, "preview", import_pk))
    asks = asks_word(found) or bool(found.word) or "word" in request.POST
    form = MendForm(request.POST or None, bringing=bringing, row=found, asks_word=asks)
    waits = []

    def save():
        mended, outcome = actions.mend(
            found,
            form.cells(),
            word=form.cleaned_data.get("word", ""),
            by=request.user,
            at=clock.now(),
            seen=form.seen,
        )
        if outcome.state in WAITING:
            waits.append(mended)

    done = answered(request, form, save, "")
    if done and not waits:
        messages.success(request, _("Line %(line)d was mended.") % {"line": found.number})
        return redirect(here(request, "preview", import_pk))
    shown = waits[0] if waits else found
    if waits and asks_word(shown) and not asks:
        form = MendForm(request.POST, bringing=bringing, row=found, asks_word=True)
    context = {"bringing": bringing, "about": bringing.about, "row": ShownRow(bringing, shown), "nav_section": kind}
    if waits:
        form.tell(shown.faults, said_of)
    elif request.method == "GET":
        form = as_written(bringing, found, asks)
        return render(request, "imports/row.html", {"form": form, **context})
    return form_page(request, "imports/row.html", form, context)


def as_written(bringing, found, asks):
    """The form with the cells as they are, and what is wrong with each beside it."""
    empty = MendForm(bringing=bringing, row=found, asks_word=asks)
    data = {name: field.initial for name, field in empty.fields.items()}
    form = MendForm(data, bringing=bringing, row=found, asks_word=asks)
    form.is_valid()
    form.tell(found.faults, said_of)
    return form


@require_POST
def row_out(request, kind, import_pk, row_pk):
    found = row_for(request, kind, import_pk, row_pk)
    out = request.POST.get("out") != "no"
    actions.leave_out(found, out=out, by=request.user, at=clock.now())
    said = _("Line %(line)d is left out.") if out else _("Line %(line)d is taken in again.")
    messages.success(request, said % {"line": found.number})
    return redirect(here(request, "preview", import_pk))


@require_POST
def waiting_out(request, kind, import_pk):
    bringing = import_for(request, kind, import_pk)
    number = actions.leave_out_waiting(bringing, by=request.user, at=clock.now())
    said = ngettext("%(number)d row is left out.", "%(number)d rows are left out.", number)
    messages.success(request, said % {"number": number})
    return redirect(here(request, "preview", import_pk))


@require_POST
def confirm(request, kind, import_pk):
    bringing = import_for(request, kind, import_pk)
    shown = request.POST.get("changes", "")
    shown = int(shown) if shown.isdecimal() else UNKNOWN
    actions.confirm(bringing, by=request.user, at=clock.now(), shown=shown)
    note_event("import-confirmed", request, thing="import", key=bringing.pk)
    go_on_at_once(bringing)
    return redirect(here(request, "preview", import_pk))


@require_POST
def throw_away(request, kind, import_pk):
    bringing = import_for(request, kind, import_pk)
    actions.throw_away(bringing, by=request.user, at=clock.now())
    messages.success(request, _("The rows of %(file)s were deleted.") % {"file": bringing.file_name})
    return redirect(here(request, "list"))


@require_GET
def rows_file(request, kind, import_pk):
    """The rows of one state as CSV, to be mended elsewhere and brought again."""
    bringing = import_for(request, kind, import_pk)
    chosen = request.GET.get("state", "")
    chosen = chosen if chosen in RowState.values else ""
    note_event("file-taken", request, thing="import", key=bringing.pk)
    answer = StreamingHttpResponse(as_csv(bringing, chosen), content_type="text/csv; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="rows-{chosen or "all"}.csv"'
    return answer
