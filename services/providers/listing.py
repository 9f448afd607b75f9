"""What a row of a list of providers is about, what it changes, and how it is written; and what the list leaves out."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef
from django.db.models.functions import Lower
from django.utils.translation import gettext as _

from careerplan.accounts.models import User
from careerplan.imports.cells import columns_of, differing, neutral, text_of
from careerplan.imports.enums import RowState
from careerplan.imports.kinds import UNIQUE, Difference, Fault, Outcome, Read, said_key
from careerplan.imports.models import Import, ImportRow
from services.providers.actions import end_entries, keep_credential, keep_program, keep_provider
from services.providers.cells import CREDENTIALS, OF_PROGRAM, OF_PROVIDER, Cells
from services.providers.models import ApprovedCredential, Provider, TrainingProgram

END_MISSING = "end_missing"

Pair = tuple[str, str]


def pair_of(values: Mapping[str, Any]) -> Pair:
    """What a program is found by: IDs are the same in small letters and in capitals."""
    return str(values.get("provider_code", "")).casefold(), str(values.get("program_code", "")).casefold()


def keys_of(values: Mapping[str, Any]) -> Iterator[str]:
    """One row is about a program; all must say the same of its provider: else the last would win, whichever that is."""
    pair = pair_of(values)
    yield f"{UNIQUE}{'/'.join(pair)}"
    if said := {name: neutral(values[name]) for name in OF_PROVIDER if name in values}:
        yield said_key(f"provider {pair[0]}", said)


class ListReader:
    def __init__(self, bringing: Import):
        self.bringing = bringing
        self.ends_missing = bool(bringing.options.get(END_MISSING))
        self.cells = Cells()

    # --- one row by itself -----------------------------------------------------------------------

    def read(self, texts: Mapping[str, str], word: str) -> Read:
        values, faults = self.cells.read(texts)
        told = {fault.field for fault in faults}
        for name, say in (("provider_code", words_for_provider), ("program_code", words_for_program)):
            if name not in values and name not in told:
                faults.append(Fault.of(name, "no-id", say))
        return Read(values, faults, () if faults else tuple(keys_of(values)), (), word)

    # --- what is there already -------------------------------------------------------------------

    def look(self, reads: Sequence[Read]) -> list[Outcome]:
        providers, programs = listed(reads)
        return [self.outcome(read, providers, programs) for read in reads]

    def outcome(
        self, read: Read, providers: Mapping[str, Provider], programs: Mapping[Pair, TrainingProgram]
    ) -> Outcome:
        pair = pair_of(read.values)
        provider, program = providers.get(pair[0]), programs.get(pair)
        faults = [
            Fault.of(name, "no-name", words_for_name)
            for name, there in (("provider", provider), ("program", program))
            if there is None and name not in read.values
        ]
        if faults:
            return Outcome(RowState.BAD, program.pk if program else None, faults)
        if program is None:
            found = [] if provider is None else differing(read.values, provider, OF_PROVIDER)
            return Outcome(RowState.GOOD, differences=found)
        assert provider is not None  # a program has one
        found = differing(read.values, provider, OF_PROVIDER) + differing(read.values, program, OF_PROGRAM)
        found += self.of_credentials(read.values, program)
        ended = program.ended_on or provider.ended_on
        found += [Difference("ended_on", ended.isoformat(), "")] if ended else []
        return Outcome(RowState.CHANGED if found else RowState.UNCHANGED, program.pk, [], found)

    def of_credentials(self, values: Mapping[str, Any], program: TrainingProgram) -> list[Difference]:
        """An empty cell changes nothing; what it leaves out stays, where it was not asked that it ends."""
        if CREDENTIALS not in values:
            return []
        now = {row.name: row.credential_type for row in program.credentials.all() if row.is_offered}
        told = {name.casefold(): name for name in values[CREDENTIALS]}
        kept = {name: kind for name, kind in now.items() if not self.ends_missing and name.casefold() not in told}
        by_fold = {name.casefold(): name for name in now}
        then = kept | {by_fold.get(fold, name): values[CREDENTIALS][name] for fold, name in told.items()}
        return [Difference(CREDENTIALS, as_text(now), as_text(then))] if now != then else []

    # --- writing ---------------------------------------------------------------------------------

    def write(self, rows: Sequence[tuple[Read, Outcome]], *, by: User, at: datetime) -> list[int]:
        made = [self.write_row(read.values, by=by, at=at) for read, _outcome in rows]
        if self.ends_missing:
            end_entries(missing_programs(self.bringing), by=by, at=at)
        return made

    def write_row(self, values: Mapping[str, Any], *, by: User, at: datetime) -> int:
        provider = keep_provider(values["provider_code"], columns_of(values, OF_PROVIDER), by=by, at=at)
        program = keep_program(provider, values["program_code"], columns_of(values, OF_PROGRAM), by=by, at=at)
        for name, kind in values.get(CREDENTIALS, {}).items():
            keep_credential(program, name, kind, by=by, at=at)
        if self.ends_missing and CREDENTIALS in values:
            told = {name.casefold() for name in values[CREDENTIALS]}
            rows = ApprovedCredential.objects.offered().filter(program=program)
            end_entries([row for row in rows if row.name.casefold() not in told], by=by, at=at)
        return int(program.pk)


def listed(reads: Sequence[Read]) -> tuple[dict[str, Provider], dict[Pair, TrainingProgram]]:
    """Providers by ID, and programs by both IDs, that these rows are about. Three queries."""
    codes = {pair_of(read.values)[0] for read in reads}
    found = Provider.objects.annotate(folded=Lower("code")).filter(folded__in=codes)
    providers: dict[str, Provider] = {row.code.casefold(): row for row in found}
    rows = TrainingProgram.objects.filter(provider__in=providers.values()).select_related("provider", "occupation")
    programs = {
        (row.provider.code.casefold(), row.code.casefold()): row for row in rows.prefetch_related("credentials")
    }
    return providers, programs


def as_text(credentials: Mapping[str, str]) -> str:
    return ";".join(f"{name}={kind}" for name, kind in sorted(credentials.items()))


def missing_programs(bringing: Import) -> list[TrainingProgram]:
    """What is listed and in no row of the file, left out or not; but for what was entered since it was brought."""
    history: Any = TrainingProgram.history.model
    entered_since = history.objects.filter(id=OuterRef("pk"), history_type="+", history_date__gte=bringing.uploaded_at)
    offered = TrainingProgram.objects.offered().in_order().exclude(Exists(entered_since))
    named = pairs_in(bringing)
    return [row for row in offered if (row.provider.code.casefold(), row.code.casefold()) not in named]


def pairs_in(bringing: Import) -> set[Pair]:
    cells = ImportRow.objects.filter(bringing=bringing).values_list("cells", flat=True)
    texts = (bringing.texts_of(row) for row in cells.iterator(chunk_size=1000))
    return {pair_of({name: text_of(text) for name, text in row.items()}) for row in texts}


def words_for_provider() -> str:
    return _("Write the ID of the provider.")


def words_for_program() -> str:
    return _("Write the ID of the program.")


def words_for_name() -> str:
    return _("This is new. Write its name.")
