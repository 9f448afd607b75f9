"""`manage.py begin`: a state begins on an empty database, from questions or from a folder (docs/beginning.md)."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import translation

from acknowledgments.rules.policy import RULE_SETS
from careerplan.accounts.enums import Role
from careerplan.accounts.letters import path_to_new_password
from careerplan.accounts.models import User
from careerplan.base import clock
from careerplan.base.events import note_event
from careerplan.base.refusals import Refusal
from careerplan.beginning.actions import Faulty, begin, has_begun
from careerplan.beginning.checking import OF_THE_ENVIRONMENT, faults_of_line, faults_of_next, known_programs, named
from careerplan.beginning.sheets import (
    AGENCY,
    EXAMPLE,
    GRANTEES,
    OFFICES,
    PEOPLE,
    PROGRAMS,
    REGIONS,
    Line,
    Sheet,
    Tables,
    files_in,
    read,
)
from customers.models import Program
from customers.policy import DEFAULT_REVIEW_DAYS

BEGUN = "This installation has begun: there are regions or people. Administrators go on in its pages."
NOTHING = "Nothing was written."


class Command(BaseCommand):
    help = (
        "Begins on an empty database: regions, offices, grantees, programs and the first people, who are invited by"
        " e-mail. Asks for them, or takes them from a folder of CSV files that is checked whole before."
    )

    def add_arguments(self, parser: Any) -> None:
        way = parser.add_mutually_exclusive_group()
        way.add_argument("--from", dest="folder", metavar="FOLDER", help="take everything from the CSV files in there")
        way.add_argument("--example", metavar="FOLDER", help="write such a folder, to be filled in")
        parser.add_argument("--check", action="store_true", help="with --from: say what is wrong, and write nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        with translation.override(settings.LANGUAGE_CODE):
            if options["example"]:
                self.give_example(Path(options["example"]))
                return
            if has_begun():
                raise CommandError(f"{BEGUN} {NOTHING}")
            tables = self.from_folder(Path(options["folder"])) if options["folder"] else self.from_answers()
            self.write(tables, is_check=options["check"])

    def give_example(self, folder: Path) -> None:
        """Refuses a folder that is there: what somebody filled in stays."""
        if folder.exists():
            raise CommandError(f"{folder} is there already. Name a new folder.")
        shutil.copytree(EXAMPLE, folder)
        self.stdout.write(f"An example stands in {folder}. Fill it in, then: manage.py begin --from {folder}")

    def from_folder(self, folder: Path) -> Tables:
        try:
            tables, faults = read(files_in(folder))
        except OSError as error:
            raise CommandError(f"{folder} can't be read: {error.strerror}. {NOTHING}") from None
        if faults:
            self.refuse(Faulty(faults))
        return tables

    def refuse(self, faulty: Faulty) -> None:
        for fault in faulty.faults:
            self.stderr.write(str(fault))
        raise CommandError(f"{len(faulty.faults)} things are wrong. {NOTHING}")

    def write(self, tables: Tables, *, is_check: bool) -> None:
        people: list[User] = []
        try:
            with transaction.atomic():
                people = begin(tables, by=None, at=clock.now())
                transaction.set_rollback(is_check)
        except Faulty as faulty:
            self.refuse(faulty)
        except Refusal as refusal:
            raise CommandError(str(refusal.sentence)) from refusal
        if is_check:
            self.stdout.write(f"Nothing is wrong. {NOTHING}")
            return
        note_event("administration", None, act="begun", thing="installation", keys=[str(row.pk) for row in people])
        self.tell(tables, people)

    def tell(self, tables: Tables, people: list[User]) -> None:
        counted = [(sheet.name, len(tables.of(sheet))) for sheet in (REGIONS, GRANTEES, OFFICES, PROGRAMS, PEOPLE)]
        self.stdout.write("Written: " + ", ".join(f"{number} {name}" for name, number in counted) + ".")
        self.stdout.write("Each of the people gets an e-mail with a link to choose a password.")
        first = next((person for person in people if person.role == Role.ADMINISTRATOR), None)
        if first is not None:
            self.stdout.write(f"Where e-mail does not work yet, this is the link of {first} ({first.email}):")
            self.stdout.write(settings.SITE_ADDRESS + path_to_new_password(first))

    # --- questions ------------------------------------------------------------------------------

    def from_answers(self) -> Tables:
        tables = Tables()
        try:
            self.ask_for_agency(tables)
            self.ask_for_places(tables)
            self.ask_for_programs(tables)
            self.ask_for_people(tables)
            if self.ask("Write all of this? (yes or no)", "no") != "yes":
                raise CommandError(NOTHING)
        except EOFError:
            raise CommandError(f"The answers ended. {NOTHING}") from None
        return tables

    def ask(self, question: str, offered: str = "") -> str:
        shown = f" [{offered}]" if offered else ""
        return input(f"{question}{shown}: ").strip() or offered

    def ask_line(
        self, tables: Tables, sheet: Sheet, said: dict[str, str] | None = None, /, **asked: tuple[str, str]
    ) -> Line:
        """One line; what is wrong with it is said, and it is asked for again. `asked`: question and offer by column."""
        while True:
            answers = {column: self.ask(*question) for column, question in asked.items()}
            line = Line(sheet, 0, {**(said or {}), **answers})
            faults = list(faults_of_next(tables, line))
            if not faults:
                tables.take(line)
                return line
            for fault in faults:
                self.stderr.write(f"{fault.column}: {fault.reason}")

    def ask_for_agency(self, tables: Tables) -> None:
        """The environment has it: where an answer differs, the lines to set are printed, and nothing goes on."""
        self.stdout.write("These come from the environment of every process. Press Enter where one is right.")
        rules = f"Rules of acknowledgment ({', '.join(sorted(RULE_SETS))})"
        questions = {"name": "Agency", "time_zone": "Time zone", "acknowledgment_rules": rules}
        answers = {
            column: self.ask(question, getattr(settings, OF_THE_ENVIRONMENT[column]))
            for column, question in questions.items()
        }
        line = Line(AGENCY, 0, answers)
        if faults := list(faults_of_line(tables, line)):
            for fault in faults:
                self.stderr.write(f"{fault.column}: {fault.reason}")
            differ = [column for column in answers if answers[column] != getattr(settings, OF_THE_ENVIRONMENT[column])]
            self.stdout.write("\n".join(f"{OF_THE_ENVIRONMENT[column]}={answers[column]}" for column in differ))
            raise CommandError(f"Set these in the environment, then begin again. {NOTHING}")
        tables.take(line)

    def more(self, question: str) -> Iterator[str]:
        """Answers until one is empty."""
        while answer := self.ask(f"{question} (Enter when there is no other)"):
            yield answer

    def ask_for_places(self, tables: Tables) -> None:
        for name in self.more("Grantee, the organization that runs the program in a region: its name"):
            self.ask_line(tables, GRANTEES, name=("Name", name), phone=("Phone", ""), email=("E-mail", ""))
        for code in self.more("Region: its code, such as LWA-07"):
            region = self.ask_line(tables, REGIONS, code=("Code", code), name=("Name", ""))
            self.ask_for_offices(tables, region)

    def ask_for_offices(self, tables: Tables, region: Line) -> None:
        grantee = tables.of(GRANTEES)[0]["name"] if tables.of(GRANTEES) else ""
        for name in self.more(f"Office of {region['name']}: its name"):
            place = {"street": ("Street", ""), "city": ("City", ""), "state": ("State, such as WI", "")}
            place |= {"zip_code": ("ZIP code", ""), "phone": ("Phone", ""), "relay": ("Relay number", "711")}
            asked = {"grantee": ("Grantee", grantee), "name": ("Name", name)}
            self.ask_line(tables, OFFICES, {"region": region["code"]}, **asked, **place)

    def ask_for_programs(self, tables: Tables) -> None:
        self.stdout.write("Days between two reviews of a plan, by program.")
        stored = dict(Program.objects.values_list("code", "review_interval_days"))
        for code, name in known_programs().items():
            days = str(stored.get(code, DEFAULT_REVIEW_DAYS))
            self.ask_line(tables, PROGRAMS, {"code": code}, review_interval_days=(name, days))
        for code in self.more("Another program: its code"):
            asked = {"code": ("Code", code), "name": ("Name", "")}
            asked |= {"kind": ("Kind: adult, dislocated_worker, youth, apprenticeship or state", "state")}
            asked |= {"plan_type": ("Plan: IEP, ISS or both", "IEP"), "is_title_1": ("WIOA Title I: yes or no", "no")}
            self.ask_line(tables, PROGRAMS, **asked, review_interval_days=("Days", str(DEFAULT_REVIEW_DAYS)))

    def ask_for_people(self, tables: Tables) -> None:
        """The first is offered to be an administrator."""
        self.stdout.write("Regions: " + ", ".join(line["code"] for line in tables.of(REGIONS)))
        self.stdout.write("Offices: " + ", ".join(named(line) for line in tables.of(OFFICES)))
        for email in self.more("First people: an e-mail address"):
            offered = Role.PLANNER if tables.of(PEOPLE) else Role.ADMINISTRATOR
            asked = {"email": ("E-mail", email), "first_name": ("First name", ""), "last_name": ("Last name", "")}
            asked |= {"role": ("Role: administrator, statewide or planner", offered.value)}
            asked |= {"regions": ("Of a planner, codes of whole regions, with ; between", "")}
            asked |= {"offices": ("Of a planner, offices as code/name, with ; between", "")}
            asked |= {"administers": ("Local administrator of regions, with ; between", "")}
            self.ask_line(tables, PEOPLE, **asked)
