"""Signing in, and forms of people for the administrator, for a user model without groups, permissions and passwords of
others."""

from typing import Any

from allauth.account.forms import LoginForm, ResetPasswordForm
from django import forms
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from careerplan.accounts.duties import OWN_SIGN_IN, hanging_on
from careerplan.accounts.enums import EDITING_ROLES
from careerplan.accounts.models import User
from careerplan.accounts.telling import send_reset_link, tell_nobody_signs_in
from careerplan.base import clock
from careerplan.base.forms import words_for_empty


class InOurWords:
    """allauth's forms say what to enter as our own do, and beside the field, not in it."""

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)
            words_for_empty(field)


class SignInForm(InOurWords, LoginForm):
    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.fields["login"].label = _("Email or username")
        self.fields["login"].error_messages["required"] = _("Enter your email or username.")
        self.fields["password"].error_messages["required"] = _("Enter your password.")
        self.fields["password"].help_text = ""  # the link to a new password stands below the form


class ForgottenPasswordForm(InOurWords, ResetPasswordForm):
    def save(self, request: HttpRequest, **options: Any) -> Any:
        """Into the outbox: the page takes as long, and says the same, whoever has the address.

        Nothing is sent to a sign-in that is switched off.
        """
        email, at = self.cleaned_data["email"], clock.now()
        for person in self.users:
            send_reset_link(person, by=None, at=at)
        if not self.users and not User.objects.filter(email__iexact=email).exists():
            tell_nobody_signs_in(email, at=at)
        return email


class AddPersonForm(forms.ModelForm):
    """A new person gets a link to set a password: nobody sets one for somebody else."""

    class Meta:
        model = User
        fields = ["username", "email", "first_name", "last_name", "role"]

    def save(self, commit: bool = True) -> Any:
        self.instance.set_unusable_password()
        return super().save(commit)


class ChangePersonForm(forms.ModelForm):
    # Who changes the person; the administration sets it.
    by_pk: int | None = None

    class Meta:
        model = User
        fields = ["username", "email", "first_name", "last_name", "role", "phone", "language", "time_zone", "is_active"]

    def clean(self) -> Any:
        """Who leaves hands over first: neither the tick nor another role is taken while something hangs on a person."""
        values = super().clean()
        was = User.objects.get(pk=self.instance.pk)
        if was.pk == self.by_pk and not values.get("is_active", True):
            self.add_error("is_active", OWN_SIGN_IN)
            return values
        leaves = was.is_active and not values.get("is_active", True)
        leaves |= was.edits_plans and values.get("role", was.role) not in EDITING_ROLES
        if leaves and hanging_on(was):
            page = reverse("person-switch-off", args=[was.pk])
            field = "role" if values.get("is_active", True) else "is_active"
            self.add_error(field, format_html('{} <a href="{}">{}</a>', HANDS_OVER, page, HAND_OVER))
        return values


HANDS_OVER = _("This person is still responsible for customers, programs, approvals or messages.")
HAND_OVER = _("Hand them over, and switch the sign-in off")
