"""Signing in, and forms of people for the administrator, for a user model without groups, permissions and passwords of
others."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from allauth.account import forms as allauth_forms
from allauth.account.forms import LoginForm, ResetPasswordForm
from allauth.core import context
from django import forms
from django.core.validators import MaxLengthValidator
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from careerplan.accounts.duties import OWN_SIGN_IN, hanging_on
from careerplan.accounts.enums import EDITING_ROLES
from careerplan.accounts.hashing import Busy
from careerplan.accounts.models import User
from careerplan.accounts.names import canonical, person_with_email
from careerplan.accounts.telling import send_reset_link, tell_nobody_signs_in
from careerplan.accounts.tries import (
    TOO_MANY,
    TOO_MANY_LINKS,
    TOO_MANY_TRIES_SIGNED_IN,
    count_link,
    count_old_password,
    take_back,
)
from careerplan.base import clock
from careerplan.base.events import digest_of, note_event
from careerplan.base.forms import words_for_empty

LONGEST_NAME = 254  # an e-mail address


@contextmanager
def busy_in_words() -> Iterator[None]:
    """No turn came to look at the password: an error of the form, which keeps what else was typed."""
    try:
        yield
    except Busy as busy:
        raise forms.ValidationError(busy.sentence, code=busy.code) from busy


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
        self.fields["login"].max_length = LONGEST_NAME
        self.fields["login"].validators.append(MaxLengthValidator(LONGEST_NAME))

    def clean(self) -> Any:
        with busy_in_words():
            return super().clean()


class ChangePasswordForm(allauth_forms.ChangePasswordForm):
    def clean_oldpassword(self) -> str:
        """Counted as at signing in: who sits down at a page that was left open guesses no password there."""
        at = clock.now()
        tried = count_old_password(self.user, at=at)
        if tried.is_over:
            note_event("limit-reached", context.request, what="old password", limits=tried.over)
            raise forms.ValidationError(TOO_MANY_TRIES_SIGNED_IN, code=TOO_MANY)
        try:
            with busy_in_words():
                typed: str = super().clean_oldpassword()
        except forms.ValidationError as error:
            if error.code == Busy.CODE:
                take_back(tried, at=at)
            else:
                note_event("old-password-wrong", context.request)
            raise
        take_back(tried, at=at)
        return typed


class ForgottenPasswordForm(InOurWords, ResetPasswordForm):
    # The address that asks had its e-mails to people whom nobody knows.
    is_quiet = False

    def clean_email(self) -> str:
        """Counted, whoever has the address: each is an e-mail. No answer tells whether one is sent."""
        typed: str = super().clean_email()
        person = person_with_email(typed)
        about: dict[str, Any] = {"user_id": person.pk if person else None, "name_digest": digest_of(canonical(typed))}
        tried = count_link(context.request, person, typed, at=clock.now())
        if tried.is_over:
            note_event("limit-reached", context.request, what="link", limits=tried.over, **about)
            raise forms.ValidationError(TOO_MANY_LINKS, code=TOO_MANY)
        if tried.is_news:
            note_event("limit-reached", context.request, what="link", limits=("address",), even_so=True, **about)
        note_event("link-asked", context.request, **about)
        self.is_quiet = tried.is_quiet
        if tried.is_quiet:
            note_event("limit-reached", context.request, what="link", limits=("unknown",), **about)
        return typed

    def save(self, request: HttpRequest, **options: Any) -> Any:
        """Into the outbox: the page takes as long, and says the same, whoever has the address.

        Nothing is sent to a sign-in that is switched off.
        """
        email, at = self.cleaned_data["email"], clock.now()
        for person in self.users:
            send_reset_link(person, by=None, at=at)
        if not self.users and not self.is_quiet and not User.objects.filter(email__iexact=email).exists():
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
        fields = [
            "username", "email", "first_name", "last_name", "role", "reads_confidential", "phone", "language",
            "time_zone", "is_active",
        ]  # fmt: skip

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
