"""Each kind of message is one class that says all of it."""

import pytest
from django.utils import translation

from careerplan.messaging.actions import notify
from careerplan.messaging.enums import Notice
from careerplan.messaging.kinds import Audience, all_kinds, kind_of
from careerplan.messaging.kinds.kind import Kind
from careerplan.messaging.wording import NAME
from tests import people
from tests.messaging.test_notify import AT, NAMES


def test_every_kind_has_its_class():
    assert {kind.notice for kind in all_kinds()} == set(Notice)


@pytest.mark.parametrize("notice", Notice)
def test_an_email_of_every_kind_is_written_in_both_languages_and_names_nothing(notice):
    kind = kind_of(notice)
    for words in (kind.email_subject, kind.email_sentence):
        with translation.override("en"):
            english = str(words)
        with translation.override("es"):
            spanish = str(words)
        assert english.strip()
        assert english != spanish
        assert NAME.findall(english + spanish) == []


def test_the_email_of_every_kind_says_what_kind_of_thing_waits():
    """People decide by it what they open first; what somebody wrote is a message."""
    subjects = {kind.notice: str(kind.email_subject) for kind in all_kinds()}
    sentences = {kind.notice: str(kind.email_sentence) for kind in all_kinds()}
    assert len(set(subjects.values())) == len(set(sentences.values())) == len(Notice)
    assert [notice for notice, words in subjects.items() if words == str(Kind.email_subject)] == [Notice.MESSAGE]


@pytest.mark.policy("ILL-034")
def test_what_has_to_be_signed_and_what_others_may_have_signed_is_told_at_once():
    at_once = {kind.notice for kind in all_kinds() if kind.always_at_once}
    assert at_once == {
        Notice.ACKNOWLEDGMENT_REQUESTED,
        Notice.REQUEST_WITHDRAWN,
        Notice.PLAN_SIGNED,
        Notice.AGREEMENT_RECORDED,
        Notice.RECORD_DAMAGED,
    }


def test_text_messages_say_that_something_waits_for_a_customer():
    kinds = [kind for kind in all_kinds() if kind.in_text_message]
    assert [kind.notice for kind in kinds if kind.goes_to is Audience.STAFF] == []
    assert Notice.ACKNOWLEDGMENT_REQUESTED in {kind.notice for kind in kinds}


@pytest.mark.django_db
@pytest.mark.usefixtures("people")
def test_a_kind_goes_to_nobody_whom_it_is_not_for():
    with pytest.raises(AssertionError, match="plan-acknowledged is not for customer"):
        notify(people.angela().user, Notice.PLAN_ACKNOWLEDGED, key="-", names=NAMES, path="/", by=None, at=AT)
