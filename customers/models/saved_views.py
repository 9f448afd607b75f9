"""Views of the caseload that a person saved: a name for what the filters of an address choose."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class SavedView(models.Model):
    """A person's own; made and removed, never changed. `query`: as it stands in the address."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="saved_views", verbose_name=_("person")
    )
    name = models.CharField(_("name of the view"), max_length=40)
    query = models.CharField(max_length=500)

    class Meta:
        verbose_name = _("saved view")
        constraints = [
            models.UniqueConstraint(
                fields=["user", "name"],
                name="a_saved_view_has_a_name_of_its_own",
                violation_error_message=_("You already have a view with this name. Choose another."),
            ),
            models.CheckConstraint(condition=~Q(name="") & ~Q(query=""), name="a_saved_view_has_a_name_and_filters"),
        ]

    def __str__(self):
        return self.name
