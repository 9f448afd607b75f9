"""The e-mails about signing in, as they are sent: in the reader's language, with links to the address of this site."""

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from careerplan.accounts.enums import LINKS_TO_PASSWORD, LetterKind
from careerplan.accounts.models import SignInLetter, User

DAY = 24 * 60 * 60  # seconds
TEMPLATES = {
    LetterKind.RESET_LINK: "account/email/password_reset_key",
    LetterKind.CUSTOMER_INVITATION: "account/email/customer_invitation",
    LetterKind.INVITATION: "account/email/invitation",
    LetterKind.UNKNOWN_ADDRESS: "account/email/unknown_account",
    LetterKind.PASSWORD_CHANGED: "account/email/password_changed",
    LetterKind.EMAIL_CHANGED: "account/email/email_changed",
    LetterKind.ONE_SIGN_IN: "account/email/one_sign_in",
}


def sign_in_letter(row: SignInLetter) -> EmailMessage:
    template, context = TEMPLATES[LetterKind(row.kind)], dict(row.facts)
    if row.kind in LINKS_TO_PASSWORD and row.recipient is not None:
        context["password_reset_url"] = settings.SITE_ADDRESS + path_to_new_password(row.recipient)
        context |= {"agency": settings.AGENCY_NAME, "days": settings.PASSWORD_RESET_TIMEOUT // DAY}
    with translation.override(row.recipient.language if row.recipient else row.language):
        subject = " ".join(render_to_string(f"{template}_subject.txt", context).split())
        body = render_to_string(f"{template}_message.txt", context).strip()
    domain = settings.SITE_ADDRESS.split("//")[-1].split(":")[0]
    headers = {"Message-ID": f"<sign-in-{row.pk}@{domain}>"}
    return EmailMessage(subject, body + "\n", to=[row.address], headers=headers)


def path_to_new_password(person: User) -> str:
    """It opens once, and only while the person's password and address are those of the moment at which it leaves."""
    key = default_token_generator.make_token(person)
    return reverse("account_reset_password_from_key", kwargs={"uidb36": user_pk_to_url_str(person), "key": key})
