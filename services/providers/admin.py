"""Providers, training programs and approved credentials, kept by an administrator. Entries end; none is deleted."""

from typing import Any, ClassVar

from django.contrib import admin
from django.db import models
from django.http import HttpRequest

from careerplan.base.admin import TrackedAdmin, TrackedInline
from services.providers.models import ApprovedCredential, Provider, TrainingProgram


@admin.register(Provider)
class ProviderAdmin(TrackedAdmin):
    list_display = ["name", "code", "city", "phone", "ended_on"]
    list_filter = [("ended_on", admin.EmptyFieldListFilter)]
    search_fields = ["name", "code", "city"]
    ordering = ["name", "pk"]
    formfield_overrides: ClassVar[dict[Any, Any]] = {models.URLField: {"assume_scheme": "https"}}
    change_list_template = "admin/services/provider/change_list.html"


class ApprovedCredentialInline(TrackedInline):
    model = ApprovedCredential
    can_delete = False
    ordering = ["name"]


@admin.register(TrainingProgram)
class TrainingProgramAdmin(TrackedAdmin):
    list_display = ["name", "code", "provider", "occupation", "cip_code", "cost", "ended_on"]
    list_filter = [("ended_on", admin.EmptyFieldListFilter)]
    list_select_related = ["provider", "occupation"]
    search_fields = ["name", "code", "provider__name", "cip_code"]
    autocomplete_fields = ["provider", "occupation"]
    ordering = ["name", "pk"]
    inlines = [ApprovedCredentialInline]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        """A program stays with its provider: services name both."""
        fixed = ("provider",) if obj is not None else ()
        return (*super().get_readonly_fields(request, obj), *fixed)


@admin.register(ApprovedCredential)
class ApprovedCredentialAdmin(TrackedAdmin):
    list_display = ["name", "credential_type", "program", "ended_on"]
    list_filter = ["credential_type", ("ended_on", admin.EmptyFieldListFilter)]
    list_select_related = ["program"]
    search_fields = ["name", "program__name", "program__code"]
    autocomplete_fields = ["program"]
    ordering = ["name", "pk"]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        fixed = ("program",) if obj is not None else ()
        return (*super().get_readonly_fields(request, obj), *fixed)
