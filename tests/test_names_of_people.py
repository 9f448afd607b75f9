"""Two states name the same people differently; this product says "career planner" and "customer" (AMB-X5)."""

import re
import subprocess

import pytest

from careerplan.accounts.enums import Role
from tests.catalog import messages
from tests.ops.test_settings import started

# "Participant" stands in names of policy alone: the state's number of a person, and Wisconsin's name of a review.
NAMED_BY_POLICY = re.compile(r"participant ids?|plan does not require participant acknowledgment", re.IGNORECASE)
# What else they are called elsewhere. "Case manager" and "client" are read in files of other systems, never said.
OTHER_NAMES = re.compile(
    r"\b(participants?|clients?|consumers?|enrollees?|case ?workers?|case managers?|counsell?ors?|coach(es)?|"
    r"advis[eo]rs?)\b",
    re.IGNORECASE,
)
IN_SPANISH = re.compile(r"\b(participantes?|consumidora?s?|consejer[oa]s?|asesora?s?)\b", re.IGNORECASE)
NUMBER_OF_A_PARTICIPANT = re.compile(r"(número|números|n\.º) de participantes?", re.IGNORECASE)


def english(message):
    """A message of the catalog; with a context, or in the plural, it is a pair."""
    return " ".join(str(part) for part in message) if isinstance(message, tuple) else message


def others_in(text):
    return [found.group() for found in OTHER_NAMES.finditer(NAMED_BY_POLICY.sub("", text))]


def test_the_sweep_sees_the_other_names():
    assert others_in("Tell the participant, or the client's case manager.") == ["participant", "client", "case manager"]
    assert others_in("Participant ID") == []


@pytest.mark.policy("AMB-X5")
def test_what_pages_and_letters_say_calls_people_by_one_name():
    said = {english(message) for message in messages()}
    assert {text: others for text in said if (others := others_in(text))} == {}
    assert any("customer" in text.lower() for text in said)


@pytest.mark.policy("AMB-X5")
def test_so_do_the_roles_of_people():
    assert str(Role.PLANNER.label) == "Career planner"
    assert str(Role.CUSTOMER.label) == "Customer"


@pytest.mark.policy("AMB-X5")
def test_and_the_words_in_spanish():
    wrong = {}
    for message, words in messages().items():
        if isinstance(words, str) and not NAMED_BY_POLICY.search(english(message)):
            found = IN_SPANISH.findall(NUMBER_OF_A_PARTICIPANT.sub("", words))
            wrong |= {words: found} if found else {}
    assert wrong == {}


ASK = """
import django
django.setup()
from django.utils.translation import override
from careerplan.accounts.enums import Role
for language in ("en", "es"):
    with override(language):
        print(Role.PLANNER.label, Role.CUSTOMER.label, sep=", ")
"""
OWN_WORDS = """
msgid ""
msgstr "Content-Type: text/plain; charset=UTF-8\\n"

msgid "Customer"
msgstr "Participant"
"""


@pytest.mark.policy("AMB-X5")
def test_an_agency_says_other_words_by_a_setting(tmp_path):
    folder = tmp_path / "en" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    subprocess.run(["msgfmt", "-o", folder / "django.mo", "-"], input=OWN_WORDS, text=True, check=True)
    answer = started("-c", ASK, WORDS_FOLDER=str(tmp_path), DJANGO_SETTINGS_MODULE="careerplan.settings")
    assert answer.stdout.splitlines() == ["Career planner, Participant", "Planificador de carrera, Cliente"], (
        answer.stderr
    )


def test_a_folder_without_words_starts_nothing(tmp_path):
    answer = started("-c", ASK, WORDS_FOLDER=str(tmp_path), DJANGO_SETTINGS_MODULE="careerplan.settings")
    assert f"- WORDS_FOLDER, {tmp_path}, has no words in it" in answer.stderr
