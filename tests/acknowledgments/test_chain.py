"""The chain of a plan's seals: each carries the one before it, and says all that it says of itself."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from acknowledgments.contents.chain import BEGINNING, LINKED, last_link, link_of
from acknowledgments.models import Seal
from tests import people, states

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("people")]

AT = datetime(2027, 1, 5, 20, 30, 15, tzinfo=UTC)
SAID = {
    "version_id": 7,
    "digest": "d" * 64,
    "schema": 2,
    "short_code": "ACDEFGHJKMNP",
    "sealed_at": AT,
    "sealed_by_id": 3,
    "planner_name": "Devon Okafor",
    "decision": {"needs_acknowledgment": True, "changes": [1.5, None]},
}
# Of the release that began the chain: links that are kept are read for ever.
FIRST_LINK = "89cba418b8ec4616543adad0bccc9d7bf6e9edf683aa2af5c9721dce183e51f5"


def links(customer):
    plan = states.plan_of(customer)
    return list(Seal.objects.filter(version__plan=plan).order_by("id"))


def test_the_first_seal_of_a_plan_begins_a_chain_and_the_next_goes_on():
    version = states.draft()
    states.recalled(states.sent(version).version)
    version.refresh_from_db()
    states.sent(version)
    first, second = links(version.plan.customer)
    assert first.chain_digest == link_of(BEGINNING, vars(first))
    assert second.chain_digest == link_of(first.chain_digest, vars(second))


def test_every_way_of_sealing_links():
    states.deleted(states.reviewed(people.angela()))
    assert all(seal.chain_digest for seal in Seal.objects.all())


def test_the_link_is_the_same_once_the_seal_is_read_again():
    states.deleted(states.reviewed(people.angela()))
    *before, seal = links(people.angela())
    assert seal.chain_digest == link_of(before[-1].chain_digest, vars(seal))


def test_all_that_is_written_with_a_seal_is_linked():
    written = {field.attname for field in Seal._meta.concrete_fields}
    assert written - set(LINKED) == {"id", "canonical", "voided_at", "chain_digest"}


@pytest.mark.parametrize("name", LINKED)
def test_whatever_a_seal_says_changes_its_link(name):
    other = {"sealed_at": AT.replace(microsecond=1), "decision": {}}.get(name, "another")
    assert link_of("", SAID | {name: other}) != link_of("", SAID)
    assert link_of("before", SAID) != link_of("", SAID)


def test_a_moment_is_the_same_by_every_clock():
    there = SAID | {"sealed_at": AT.astimezone(ZoneInfo("America/Chicago"))}
    assert link_of("", there) == link_of("", SAID)


def test_a_link_that_was_kept_is_read_for_ever():
    assert link_of(BEGINNING, SAID) == FIRST_LINK


def test_seals_without_a_link_are_passed_over_as_if_they_had_one():
    first, second = SAID | {"chain_digest": None}, SAID | {"version_id": 8, "chain_digest": None}
    assert last_link([]) == BEGINNING
    assert last_link([first, second]) == link_of(link_of(BEGINNING, first), second)
    assert last_link([first, second | {"chain_digest": "kept"}]) == "kept"
