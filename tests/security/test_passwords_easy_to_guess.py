"""Passwords that are guessed first are refused in words; phrases are taken."""

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from careerplan.accounts.models import User
from careerplan.accounts.passwords import NotEasyToGuess

PERSON = User(username="amartinez", email="lupe.m@careerplan.test", first_name="Guadalupe", last_name="Muñoz Ortega")

EASY = [
    "careerplan2026", "CareerPlan-2026!", "C4reerPl4n!2026", "123456789012", "987654321098", "abcdefghijkl",
    "ABCDEFGHIJKL", "zyxwvutsrqpo", "qwertyuiop12", "asdfghjkl;123", "1qaz2wsx3edc", "aaaaaaaaaaaa", "abababababab",
    "passwordpassword", "Password123456", "P@ssw0rd2026!", "Welcome2026!!", "Guadalupe1990", "munoz-ortega-1",
    "amartinez2026", "StateWorkforce1", "agency agency agency", "Summer2026Summer", "football2026!!", "horses123456",
    "Illinois-2026", "11112222333344", "2024202520262027", "trustno1trustno1", "TrustNo1-trustno1!", "mustangmustang1",
    "chicagobears85", "147258369147", "963852741963", "159357159357", "thisismypassword", "This is my Passw0rd",
    "hello hello12", "pepperpepper12345", "mustangpepper12", "computer computer", "liverpool123456", "83920174650293",
    "Milwaukee2026!", "Springfield12", "M1lwaukee-2026", "Covid192020!", "SACRAMENTO999", "2026Kenosha!!!",
    "correcthorsebatterystaple", "Correct Horse Battery Staple", "maytheforcebewithyou4",
    "gu4d4lup31990", "mun0z0rt3g42026", "9u1ll3rm0-2026",
]  # fmt: skip
GOOD = [
    "nine quiet horses", "seven loud geese", "long-and-new-1", "correct horse battery", "tres caballos verdes",
    "my dog ate 4 career plans", "Xk9-vT2m-Qp7w", "la lluvia cae despacio", "ключ под ковриком",
    "violet-ladder-41-tundra", "yellow guitar river planet", "purple monkey dishwasher", "copper turtle lantern",
    "my aunt sells marbles", "grandmother eats strawberries", "mi abuela baila los jueves", "zapatos rojos de papel",
    "this morning it rained", "hunter green canoe", "8f3129c4017b60e5",
    "kRtmWqxLzpBn", "quietlampoverthemoor", "horse in Milwaukee 2026", "我家门前有一条小河静静流过村庄",
]  # fmt: skip


@pytest.mark.parametrize("password", EASY)
def test_what_is_guessed_first_is_refused_in_words(settings, password):
    settings.AGENCY_NAME = "State Workforce Agency"
    with pytest.raises(ValidationError) as refused:
        validate_password(password, PERSON)
    assert any("This password is easy to guess" in sentence for sentence in refused.value.messages)


@pytest.mark.parametrize("password", GOOD)
def test_words_that_do_not_belong_together_are_taken(password):
    validate_password(password, PERSON)


ANGELA = User(username="a.w", email="a.w@careerplan.test", first_name="Angela", last_name="Whitfield")


@pytest.mark.parametrize("password", ["4ng3l4wh1tf13ld", "Ange1aWhitfie1d", "wh!tf!eld4nge!a", "angelaWh1tf1e1d"])
def test_the_own_name_is_known_whatever_signs_stand_for_its_letters(password):
    with pytest.raises(ValidationError, match="easy to guess"):
        NotEasyToGuess().validate(password, ANGELA)
