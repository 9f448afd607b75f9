"""Forms of people for the administrator: Django's, for a user model without groups and permissions."""

from typing import Any

from django.contrib.auth.forms import AdminPasswordChangeForm, AdminUserCreationForm, UserChangeForm

from careerplan.accounts.models import User


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
