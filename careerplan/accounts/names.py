"""Whom a typed name means: an e-mail address or a username, in any case, and in any form of its letters."""

import unicodedata

from django.db.models import Q, TextField, Value
from django.db.models.functions import Cast, Lower

from careerplan.accounts.models import User


def canonical(name: str) -> str:
    """One text for a name, however it is typed: letters of one form and case, without spaces around them."""
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())


def person_named(name: str) -> User | None:
    """One person at most, so that a try costs one look at one password. The e-mail address goes before the username."""
    found = by_any(name, "email", "username")
    addressed = [person for person in found if canonical(person.email) == canonical(name)]
    return next(iter(addressed or found), None)


def person_with_email(email: str) -> User | None:
    return next(iter(by_any(email, "email")), None)


def by_any(name: str, *fields: str) -> list[User]:
    """By the database's own lower case, which its unique indexes hold."""
    forms = {name.strip(), unicodedata.normalize("NFC", name.strip()), unicodedata.normalize("NFKC", name.strip())}
    wanted = Q()
    for field in fields:
        for form in sorted(forms):
            wanted |= Q(**{f"{field}_in_lower_case": Lower(Cast(Value(form), TextField()))})
    names = {f"{field}_in_lower_case": Lower(field) for field in fields}
    return list(User.objects.alias(**names).filter(wanted).order_by("pk"))
