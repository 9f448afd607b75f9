"""Changes of the list of providers that come from a file: entries are added, changed, listed again and ended."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, TypeVar

from django.db import transaction
from django.utils.translation import gettext as _

from careerplan.accounts.models import User
from careerplan.base.dates import day_of
from careerplan.base.history import record
from careerplan.base.refusals import NotAllowed
from services.providers.models import ApprovedCredential, ListedModel, Provider, TrainingProgram
from services.providers.rights import may_keep_list

REASON = "list of providers"
Entry = TypeVar("Entry", bound=ListedModel)


@transaction.atomic
def keep_provider(code: str, values: Mapping[str, Any], *, by: User, at: datetime) -> Provider:
    """Add the provider of this ID, or change what the values say of it. It is listed from then on."""
    require_keeper(by)
    provider = Provider.objects.select_for_update().filter(code__iexact=code).first() or Provider(code=code)
    return written(provider, values, by=by, at=at)


@transaction.atomic
def keep_program(
    provider: Provider, code: str, values: Mapping[str, Any], *, by: User, at: datetime
) -> TrainingProgram:
    """The same of a program of this provider."""
    require_keeper(by)
    rows = TrainingProgram.objects.select_for_update().filter(provider=provider, code__iexact=code)
    program = rows.first() or TrainingProgram(provider=provider, code=code)
    program.provider = provider
    return written(program, values, by=by, at=at)


@transaction.atomic
def keep_credential(
    program: TrainingProgram, name: str, credential_type: str, *, by: User, at: datetime
) -> ApprovedCredential:
    """The same of a credential that is approved for this program."""
    require_keeper(by)
    rows = ApprovedCredential.objects.select_for_update().filter(program=program, name__iexact=name)
    credential = rows.first() or ApprovedCredential(program=program, name=name)
    return written(credential, {"credential_type": credential_type}, by=by, at=at)


@transaction.atomic
def end_entries(entries: Iterable[ListedModel], *, by: User, at: datetime) -> int:
    """Of what is no longer listed: it may not be chosen any more, and stays where it was chosen. Returns how many."""
    require_keeper(by)
    ended = 0
    for entry in entries:
        if entry.is_offered:
            entry.ended_on = day_of(at)
            ended += record(entry, by=by, at=at, reason=REASON)
    return ended


def written(entry: Entry, values: Mapping[str, Any], *, by: User, at: datetime) -> Entry:
    for name, value in values.items():
        setattr(entry, name, value)
    entry.ended_on = None
    record(entry, by=by, at=at, reason=REASON)
    return entry


def require_keeper(by: User) -> None:
    if not may_keep_list(by):
        raise NotAllowed("may-not-keep-list", _("Only statewide staff and administrators keep the list of providers."))
