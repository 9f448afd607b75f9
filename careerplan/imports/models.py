"""A file that somebody brought: its rows as they were written, and what is to become of each.

The file itself is not kept. What is here is private: whoever brought it sees it, and statewide staff do; by night it
goes (`KEPT_FOR`).
"""

import hashlib
import json
from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from careerplan.accounts.enums import Role
from careerplan.base.every_language import in_language_now
from careerplan.imports.enums import UNDER_WAY, ImportState, RowState
from careerplan.imports.kinds import Kind, kind_of, kinds_of

KEPT_FOR = timedelta(days=30)
MARK = 32  # letters


class ImportQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Who brought it, and statewide staff; nobody who may not bring such a file."""
        if not (user.is_authenticated and user.is_active):
            return self.none()
        rows = self.filter(kind__in=kinds_of(user))
        return rows if user.role == Role.STATEWIDE else rows.filter(uploaded_by=user)

    def under_way(self):
        return self.filter(state__in=UNDER_WAY).order_by("id")

    def ended(self, at: datetime):
        """Whose time is over, however far they came."""
        return self.filter(uploaded_at__lt=at - KEPT_FOR).exclude(state=ImportState.SAVING)


class Import(models.Model):
    kind = models.CharField(_("what the rows are"), max_length=30)
    state = models.CharField(_("state"), max_length=10, choices=ImportState, default=ImportState.COLUMNS)
    file_name = models.CharField(_("name of the file"), max_length=150)
    sha256 = models.CharField(_("SHA-256 of the file"), max_length=64)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="imports", verbose_name=_("who brought it")
    )
    uploaded_at = models.DateTimeField(_("brought"))
    headings = models.JSONField(_("headings"), default=list)
    # The field of each column, "" for none.
    columns = models.JSONField(_("fields of the columns"), default=list)
    options = models.JSONField(default=dict)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("who confirmed it")
    )
    confirmed_at = models.DateTimeField(_("confirmed"), null=True)
    done_at = models.DateTimeField(_("imported"), null=True)
    # Raised whenever rows are not as a page may have shown them.
    changes = models.PositiveIntegerField(default=0, db_default=0)
    # Why a confirmed import was not done, by language.
    refused = models.JSONField(default=dict)

    objects = ImportQuerySet.as_manager()

    class Meta:
        verbose_name = _("import")
        indexes = [
            models.Index(fields=["uploaded_by", "-id"], name="imports_of_a_person"),
            models.Index(fields=["id"], condition=Q(state__in=["checking", "saving"]), name="imports_under_way"),
            models.Index(fields=["kind", "sha256"], name="imports_of_a_file"),
            models.Index(fields=["uploaded_at"], name="imports_by_age"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=ImportState.values), name="an_import_has_a_known_state"),
            models.CheckConstraint(
                condition=Q(confirmed_at__isnull=True, confirmed_by__isnull=True)
                | Q(confirmed_at__isnull=False, confirmed_by__isnull=False),
                name="an_import_is_confirmed_by_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["saving", "done"]) | Q(confirmed_at__isnull=False),
                name="an_import_is_confirmed_before_it_is_done",
            ),
            models.CheckConstraint(
                condition=Q(state="done", done_at__isnull=False) | (~Q(state="done") & Q(done_at__isnull=True)),
                name="an_import_that_is_done_has_its_day",
            ),
        ]

    def __str__(self):
        return self.file_name

    @cached_property
    def about(self) -> Kind:
        return kind_of(self.kind)

    @property
    def why_refused(self) -> str:
        return in_language_now(self.refused)

    @property
    def is_under_way(self) -> bool:
        return self.state in UNDER_WAY

    def texts_of(self, cells: list[str]) -> dict[str, str]:
        """By field, of the columns that have one."""
        return {name: cell for name, cell in zip(self.columns, cells, strict=False) if name}

    def place_of(self, name: str) -> int | None:
        return self.columns.index(name) if name in self.columns else None


class ImportRow(models.Model):
    bringing = models.ForeignKey(Import, models.CASCADE, related_name="rows", db_index=False, verbose_name=_("import"))
    # The line of the file.
    number = models.PositiveIntegerField(_("line"))
    cells = models.JSONField(_("cells"))
    state = models.CharField(_("state"), max_length=10, choices=RowState, default=RowState.UNREAD)
    # Why it is another one than those like it.
    word = models.CharField(max_length=500, blank=True, default="")
    faults = models.JSONField(default=list)
    differences = models.JSONField(default=list)
    # What it shares with other rows of the file (`kinds.Read.keys`).
    keys = models.JSONField(default=list)
    # The key of what it is about, which the kind knows.
    found = models.BigIntegerField(null=True)

    class Meta:
        verbose_name = _("row of an import")
        constraints = [
            models.UniqueConstraint(fields=["bringing", "number"], name="a_line_is_in_an_import_once"),
            models.CheckConstraint(condition=Q(state__in=RowState.values), name="an_import_row_has_a_known_state"),
        ]
        indexes = [models.Index(fields=["bringing", "state", "number"], name="import_rows_by_state")]

    def __str__(self):
        return f"{self.bringing}, {self.number}"

    @property
    def mark(self) -> str:
        """Another one whenever somebody writes it otherwise, leaves it out, or reads its columns otherwise."""
        shown = [self.cells, self.word, self.state == RowState.LEFT_OUT, self.bringing.columns]
        return hashlib.sha256(json.dumps(shown).encode()).hexdigest()[:MARK]


class Heading(models.Model):
    """What a person chose for a heading the last time."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", db_index=False)
    kind = models.CharField(max_length=30)
    # As `base.names.fold` reads it.
    heading = models.CharField(max_length=100)
    field = models.CharField(max_length=30, blank=True)

    class Meta:
        verbose_name = _("heading of a column")
        constraints = [models.UniqueConstraint(fields=["person", "kind", "heading"], name="a_heading_is_known_once")]

    def __str__(self):
        return f"{self.heading}: {self.field}"
