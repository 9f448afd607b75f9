"""What a person typed into a form and has not saved yet, and the forms that were saved."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class FormDraft(models.Model):
    """One draft for each person and form; kept on the server, since customers use shared computers."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    path = models.CharField(max_length=200, help_text=_("The address of the form's page."))
    data = models.TextField(help_text=_("The fields as the browser sends them (URL-encoded)."))
    saved_at = models.DateTimeField()

    class Meta:
        verbose_name = _("draft of a form")
        constraints = [models.UniqueConstraint(fields=["user", "path"], name="one_draft_a_person_and_form")]
        indexes = [models.Index(fields=["saved_at"], name="drafts_by_age")]

    def __str__(self):
        return f"{self.user}: {self.path}"


class FormPost(models.Model):
    """A form that was saved (`base/once.py`); `typed`: SHA-256 of what was in it."""

    key = models.UUIDField(primary_key=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", db_index=False)
    typed = models.CharField(max_length=64)
    posted_at = models.DateTimeField()

    class Meta:
        verbose_name = _("form that was saved")
        indexes = [
            models.Index(fields=["user", "posted_at"], name="forms_of_a_person_by_time"),
            models.Index(fields=["posted_at"], name="forms_by_time"),
        ]

    def __str__(self):
        return f"{self.user}: {self.key}"


class Heartbeat(models.Model):
    """When something that runs behind the pages was last done (`base/health/heartbeat.py`), by the database's clock."""

    name = models.CharField(max_length=40, unique=True)
    beat_at = models.DateTimeField()

    class Meta:
        verbose_name = _("heartbeat")

    def __str__(self):
        return self.name


class Alarm(models.Model):
    """What the last look at one check found, and whether somebody was told (`base/health/alarm.py`)."""

    check_code = models.CharField(max_length=40, unique=True)
    looked_at = models.DateTimeField()
    wrong_since = models.DateTimeField(null=True)
    # When somebody was last told of it; null again once it is over and that was told.
    told_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("alarm")

    def __str__(self):
        return self.check_code
