"""The detail row of a planned service: what only its class has."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from careerplan.accounts.models import User
from careerplan.base.history import QUIET, Subject, TrackedModel, TrackedQuerySet

# The log tells what changed as changes of the service; the detail row keeps a history of its own beside.
WITH_ITS_SERVICE = f"{QUIET}with its service"
WHOSE = {"id", "row_version", "planned"}


class DetailQuerySet(TrackedQuerySet):
    def visible_to(self, user: User) -> "DetailQuerySet":
        """Where its planned service is."""
        services: Any = self.model._meta.get_field("planned").related_model
        return self.filter(Exists(services.objects.visible_to(user).filter(pk=OuterRef("planned"))))


class ServiceDetail(TrackedModel):
    """One row a planned service of its class; it is there as soon as something of it is said.

    What it says is free: it is recorded at any time, without a new version of the plan. The log tells it as changes of
    the service.
    """

    # The names of what it says in rows of their own.
    in_rows: ClassVar[tuple[str, ...]] = ()

    planned = models.OneToOneField(
        "services.PlannedService", models.PROTECT, related_name="%(class)s", editable=False, verbose_name=_("service")
    )

    objects = DetailQuerySet.as_manager()  # type: ignore[misc]

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return str(self.planned)

    def history_subject(self) -> Subject:
        found: Subject = self.planned.history_subject()
        return found

    @classmethod
    def own_fields(cls) -> list[Any]:
        """What it says beside whose it is."""
        return [field for field in cls._meta.concrete_fields if field.name not in WHOSE]

    def says_nothing(self) -> bool:
        return all(getattr(self, field.attname) in (None, "") for field in self.own_fields())

    def settle(self) -> None:
        """Fill what follows from the rest, before it is written; Refusal where what is said does not go together."""

    def copied_to(self, planned: Any) -> "ServiceDetail":
        """An unsaved row of a service that goes on from its own, which says the same."""
        return type(self)(planned=planned, **{field.name: getattr(self, field.name) for field in self.own_fields()})

    def rows_copied_to(self, detail: "ServiceDetail") -> list[TrackedModel]:
        """Unsaved rows of its copy, which say the same as its own rows."""
        return []

    @staticmethod
    def asked(detail: Any, service: Any) -> list[tuple[Any, Any]]:
        """What must be said before a service of the catalog entry starts: in words, and what to do where it is not said
        ("" where it is). `detail`: the row, None where nothing of it is said."""
        return []

    @staticmethod
    def unsaid(detail: Any, service: Any) -> dict[str, Any]:
        """What keeps a service of the catalog entry from starting: by the field, what to enter there."""
        return {}

    def as_sealed(self) -> dict[str, Any]:
        """The keys of a service in contents that this class fills; what it names must be at hand."""
        return {}
