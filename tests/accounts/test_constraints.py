"""What the database refuses about people, offices and scopes."""

import pytest
from django.core.exceptions import ValidationError

from careerplan.accounts.models import (
    Grantee,
    LocalAdministration,
    Office,
    Region,
    SignInLetter,
    StaffScope,
    User,
    known_time_zone,
)
from careerplan.accounts.telling import send_reset_link
from careerplan.base import clock
from careerplan.base.history import record
from careerplan.demo.cast import HARBOR
from tests import people
from tests.rows import constraints_of, copy, refuses, write

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("people")]


def harbor():
    return Office.objects.get(name=HARBOR)


def another(user, **values):
    copy(user, **{"username": "another", "email": "another@careerplan.test"} | values)


def both_scopes():
    copy(people.planner().scopes.get(), user_id=people.statewide().pk, region_id=Region.objects.first().pk)


def the_same_region_again():
    copy(people.youth_planner().scopes.get())


def an_administration():
    record(
        LocalAdministration(user=people.planner(), region=Region.objects.first()),
        by=people.administrator(),
        at=clock.now(),
    )
    return LocalAdministration.objects.get()


def a_letter():
    send_reset_link(people.planner(), by=None, at=clock.now())
    return SignInLetter.objects.get()


BROKEN = {
    "an_office_name_is_unique_in_its_region": lambda: copy(harbor()),
    "an_email_address_belongs_to_one_person": lambda: another(people.planner(), email="Planner@CareerPlan.test"),
    "a_username_belongs_to_one_person": lambda: another(people.planner(), username="PLANNER"),
    "only_staff_read_confidential_answers_of_others": lambda: write(people.angela().user, reads_confidential=True),
    "a_person_has_a_known_role": lambda: write(people.planner(), role="visitor"),
    "text_messages_go_to_who_agreed": lambda: write(people.planner(), text_messages_to="+12175550123"),
    "a_scope_is_a_region_or_an_office": both_scopes,
    "a_region_is_in_a_scope_once": the_same_region_again,
    "a_sign_in_letter_ends_one_way": lambda: write(a_letter(), sent_at=clock.now(), given_up_at=clock.now()),
    "a_sign_in_letter_has_a_person": lambda: write(a_letter(), recipient=None),
    "an_office_is_in_a_scope_once": lambda: copy(people.planner().scopes.get()),
    "a_region_is_administered_by_a_person_once": lambda: copy(an_administration()),
}


def test_every_constraint_has_its_case():
    assert set(BROKEN) == constraints_of("accounts")


@pytest.mark.parametrize("name", BROKEN)
def test_the_database_refuses(name):
    refuses(name, BROKEN[name])


def test_a_scope_of_neither_is_refused_too():
    scope = people.planner().scopes.get()
    refuses("a_scope_is_a_region_or_an_office", lambda: write(scope, office=None))


def test_an_office_of_the_same_name_may_stand_in_another_region():
    other = Region.objects.exclude(pk=harbor().region_id).first()
    copy(harbor(), region_id=other.pk)
    assert Office.objects.filter(name=HARBOR).count() == 2


def words_about(row):
    """What a form says of the row."""
    with pytest.raises(ValidationError) as refused:
        row.full_clean()
    return refused.value.messages


def test_a_form_says_it_in_words():
    name = {"first_name": "Devon", "last_name": "Again", "role": "planner", "password": "!"}
    same_email = User(username="another", email="PLANNER@careerplan.test", **name)
    assert words_about(same_email) == ["Person with this E-mail already exists."]
    same_username = User(username="Planner", email="another@careerplan.test", **name)
    assert words_about(same_username) == ["Someone else already has this username."]
    both = StaffScope(user=people.planner(), office=harbor(), region=harbor().region)
    assert "Choose a whole region or one office, not both." in words_about(both)


@pytest.mark.parametrize("name", ["America/Chicago", "Pacific/Honolulu", "UTC"])
def test_a_known_time_zone_is_taken(name):
    known_time_zone(name)


@pytest.mark.parametrize("name", ["Chicago", "America/Chicag", "../etc/passwd"])
def test_an_unknown_time_zone_is_refused(name):
    with pytest.raises(ValidationError, match="America/Chicago"):
        known_time_zone(name)


def test_whoever_wrote_something_is_never_deleted():
    refuses("Cannot delete", lambda: User.objects.filter(pk=people.planner().pk).delete())


def test_a_grantee_with_offices_is_never_deleted():
    refuses("Cannot delete", lambda: Grantee.objects.get(pk=harbor().grantee_id).delete())
