"""Signing in, and forms of people for the administrator: Django's, for a user model without groups and permissions."""

from typing import Any

from allauth.account.forms import LoginForm, ResetPasswordForm
from django.contrib.auth.forms import AdminPasswordChangeForm, AdminUserCreationForm, UserChangeForm
from django.utils.translation import gettext_lazy as _

from careerplan.accounts.models import User
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
    pass


class AddPersonForm(AdminUserCreationForm):
    class Meta:
        model = User
        fields = ["username", "email", "first_name", "last_name", "role"]


class ChangePersonForm(UserChangeForm):
    class Meta:
        model = User
        fields = "__all__"  # the admin's fieldsets choose


class PasswordForm(AdminPasswordChangeForm):
    def save(self, commit: bool = True) -> Any:
        """A new password is a change as any other: it counts."""
        self.user.row_version += 1
        return super().save(commit)
