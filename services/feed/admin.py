"""Sources of a feed, kept by an administrator: their tokens, files that are brought, and when records came."""

from urllib.parse import urlencode

from django import forms
from django.contrib import admin, messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from careerplan.base import clock
from careerplan.base.addresses import key_in
from careerplan.base.admin import ListAdmin, TrackedAdmin
from careerplan.base.bodies import takes_files
from careerplan.base.events import note_event
from careerplan.base.refusals import Refusal
from careerplan.imports.forms import FileForm
from services.feed.bringing import bring, file_it, preview, throw_away
from services.feed.inbox import heard_of
from services.feed.mapping import map_code, unknown_codes
from services.feed.models import FeedCode, FeedFile, FeedRun, FeedSource
from services.feed.tokens import make_token, revoke_token

FAULTS_SHOWN = 200
CODES_SHOWN = 50
TOKENS = "admin/services/feedsource/tokens.html"
FILE = "admin/services/feedsource/file.html"
PREVIEW = "admin/services/feedsource/preview.html"


class FeedFileForm(FileForm):
    file = forms.FileField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy(
            "CSV, 5 MB and 10,000 records at most. You see what becomes of them before any is filed."
        ),
        error_messages={
            "required": gettext_lazy("Choose a file."),
            "empty": gettext_lazy("This file is empty. Choose another."),
        },
    )


@admin.register(FeedSource)
class FeedSourceAdmin(TrackedAdmin):
    list_display = ["name", "code", "region", "is_active", "asking", "last_sync"]
    list_filter = ["is_active", "region"]
    list_select_related = ["region"]
    search_fields = ["name", "code"]
    ordering = ["name"]
    fields = ["code", "name", "region", "is_active", "asking", "address", "keys", "files", "unknown"]
    readonly_fields = ["keys", "files", "unknown"]

    def get_queryset(self, request):
        return super().get_queryset(request).with_last_sync()

    @admin.display(description=gettext_lazy("last sync"))
    def last_sync(self, source):
        return source.last_sync_at or _("N/A")

    @admin.display(description=gettext_lazy("tokens"))
    def keys(self, source):
        return link_to(source, "tokens", _("Make a token, or revoke one"))

    @admin.display(description=gettext_lazy("file"))
    def files(self, source):
        return link_to(source, "file", _("Bring a file of its records"))

    @admin.display(description=gettext_lazy("codes that wait for a service"))
    def unknown(self, source):
        found = list(unknown_codes(source)[:CODES_SHOWN]) if source and source.pk else []
        if not found:
            return _("None")
        add = reverse("admin:services_feedcode_add")
        rows = [(add, urlencode({"source": source.pk, "code": code}), code, number) for code, number in found]
        return format_html_join(SafeString("<br>"), '<a href="{}?{}"><bdi>{}</bdi></a> ({})', rows)

    def get_urls(self):
        view = self.admin_site.admin_view
        own = [
            path("<object_id>/tokens/", view(self.tokens), name="services_feedsource_tokens"),
            path("<object_id>/file/", takes_files(view(self.file)), name="services_feedsource_file"),
            path("<object_id>/file/<file_id>/", view(self.file_preview), name="services_feedsource_preview"),
        ]
        return own + super().get_urls()

    def tokens(self, request, object_id):
        """A new token is on the answer to the post, and nowhere else."""
        source, token = source_named(object_id), ""
        if request.method == "POST" and "revoke" in request.POST:
            named = get_object_or_404(source.tokens, pk=key_in(request.POST["revoke"]))
            try:
                revoke_token(named, by=request.user, at=clock.now())
                note_event("feed-token-revoked", request, source=source.pk, token=named.pk)
                messages.success(request, _("The token was revoked. It opens nothing from now on."))
            except Refusal as refusal:
                messages.error(request, refusal.sentence)
            return redirect("admin:services_feedsource_tokens", source.pk)
        if request.method == "POST":
            token = make_token(source, by=request.user, at=clock.now())
            note_event("feed-token-made", request, source=source.pk)
        rows = source.tokens.select_related("made_by", "revoked_by").order_by("-made_at", "-pk")
        return self.page(request, source, _("Tokens"), TOKENS, {"token": token, "tokens": rows})

    def file(self, request, object_id):
        source = source_named(object_id)
        form = FeedFileForm(request.POST or None, request.FILES or None)
        if request.method == "POST" and form.is_valid():
            sent, encoding = form.cleaned_data["file"], form.cleaned_data["encoding"]
            try:
                found = bring(source, sent.name, sent.read(), encoding=encoding, by=request.user, at=clock.now())
                return redirect("admin:services_feedsource_preview", source.pk, found.pk)
            except Refusal as refusal:
                form.refuse(refusal)
        status = 422 if form.errors else 200
        return self.page(request, source, _("Bring a file"), FILE, {"form": form}, status=status)

    def file_preview(self, request, object_id, file_id):
        source = source_named(object_id)
        found = get_object_or_404(FeedFile.objects.select_related("source"), source=source, pk=key_in(file_id))
        if request.method == "POST":
            return self.file_decided(request, source, found)
        report = preview(found, at=clock.now())
        context = {"file": found, "report": report, "said": heard_of(report), "faults": report.faults[:FAULTS_SHOWN]}
        return self.page(request, source, _("Look at the file"), PREVIEW, context)

    def file_decided(self, request, source, found):
        try:
            if "throw_away" in request.POST:
                throw_away(found, by=request.user, at=clock.now())
                messages.success(request, _("The file was thrown away. Nothing was filed."))
            else:
                report = file_it(found, by=request.user, at=clock.now())
                messages.success(request, heard_of(report))
        except Refusal as refusal:
            messages.error(request, refusal.sentence)
        return redirect("admin:services_feedsource_change", source.pk)

    def page(self, request, source, title, template, context, status=200):
        about = {"source": source, "title": f"{source.name}: {title}", "opts": self.opts}
        return render(request, template, self.admin_site.each_context(request) | about | context, status=status)


def source_named(object_id):
    return get_object_or_404(FeedSource, pk=key_in(object_id))


def link_to(source, name, words):
    if source is None or source.pk is None:
        return "-"
    return format_html('<a href="{}">{}</a>', reverse(f"admin:services_feedsource_{name}", args=[source.pk]), words)


@admin.register(FeedCode)
class FeedCodeAdmin(TrackedAdmin):
    """A source's table of codes. The code stays; what it means may be corrected, and records that wait follow."""

    list_display = ["code", "source", "service", "note"]
    list_filter = ["source"]
    list_select_related = ["source", "service"]
    search_fields = ["code", "note", "service__code", "service__name"]
    autocomplete_fields = ["service"]
    ordering = ["source__name", "code", "pk"]

    def get_readonly_fields(self, request, obj=None):
        return (*super().get_readonly_fields(request, obj), *(("source",) if obj is not None else ()))

    def save_model(self, request, obj, form, change):
        number = map_code(obj, by=request.user, at=clock.now())
        if number:
            words = ngettext(
                "%(number)s record that waits has its service now.",
                "%(number)s records that wait have their service now.",
                number,
            )
            messages.success(request, words % {"number": number})


@admin.register(FeedRun)
class FeedRunAdmin(ListAdmin):
    """When records came, and which of them were refused; nobody changes it."""

    list_display = ["source", "way", "ended_at", "new", "changed", "unchanged", "refused", "unmapped", "refusal"]
    list_filter = ["source", "way"]
    list_select_related = ["source"]
    ordering = ["-ended_at"]
    sortable_by: tuple[str, ...] = ()
    fields = ["source", "way", "begun_at", "ended_at", "asked_by", "file_name", "new", "changed", "unchanged"]
    fields += ["refused", "unmapped", "refusal", "told"]
    readonly_fields = fields

    @admin.display(description=gettext_lazy("faults"))
    def told(self, run):
        return "\n".join(f"{one['place']} {one['external_id']} {one['field']}: {one['sentence']}" for one in run.faults)

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False
