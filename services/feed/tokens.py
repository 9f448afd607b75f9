"""Tokens of sources: made, told once, revoked; and whose token one is."""

import hashlib
import secrets
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from careerplan.accounts.enums import Role
from careerplan.accounts.models import User
from careerplan.base.refusals import NotAllowed, Refusal
from services.feed.models import FeedSource, FeedToken

# Bytes of the secret: nobody finds one by trying, so that a plain digest of it is enough.
SECRET_BYTES = 32
BEGINNING = "cpf_"  # by which a token that got lost is known for what it is
LONGEST = 100
HINT = 4


def digest_of(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


@transaction.atomic
def make_token(source: FeedSource, *, by: User, at: datetime) -> str:
    """A new token, which is told this once. Raises NotAllowed for anybody but administrators."""
    require_administrator(by)
    token = BEGINNING + secrets.token_urlsafe(SECRET_BYTES)
    FeedToken.objects.create(source=source, digest=digest_of(token), hint=token[-HINT:], made_at=at, made_by=by)
    return token


@transaction.atomic
def revoke_token(token: FeedToken, *, by: User, at: datetime) -> FeedToken:
    """It opens nothing from now on. Raises Refusal where it was revoked already."""
    require_administrator(by)
    token = FeedToken.objects.select_for_update(of=("self",)).get(pk=token.pk)
    if token.revoked_at is not None:
        raise Refusal("revoked-already", _("This token was revoked already."))
    token.revoked_at, token.revoked_by = at, by
    token.save(update_fields=["revoked_at", "revoked_by"])
    return token


def require_administrator(by: User) -> None:
    if by.role != Role.ADMINISTRATOR:
        raise NotAllowed("not-an-administrator", _("Only administrators keep the sources of a feed."))


def source_of(token: str) -> FeedSource | None:
    """Whose token it is; None where it is nobody's, was revoked, or the source is switched off."""
    if len(token) > LONGEST:
        return None
    rows = FeedToken.objects.filter(digest=digest_of(token), revoked_at=None, source__is_active=True)
    found = rows.select_related("source").first()
    return found.source if found else None
