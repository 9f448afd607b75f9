"""A supervisor opens a link with its code, and answers: once, and whoever comes second overwrites nothing."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from careerplan.base.dates import day_of, in_text
from careerplan.base.refusals import Refusal
from careerplan.base.words import said
from customers.models import AssessmentSection, FieldDefinition
from customers.sections.filling import GivenAnswers, questions_answered
from customers.sections.policy import Kind
from customers.sections.questions import settled
from worksites.evaluations.asking import refuse_hours
from worksites.evaluations.codes import LENGTH, is_code, secret_digest
from worksites.evaluations.enums import LinkStanding
from worksites.evaluations.models import USER_AGENT_LIMIT, SupervisorAnswer, SupervisorLink
from worksites.evaluations.telling import tell_of_lock, tell_planner

SECTION = "WORKSITE"
# What the link itself says: where, who and when.
KNOWN = frozenset({"SITE_NAME", "SITE_SUPERVISOR", "SITE_ON"})


@dataclass(frozen=True)
class Supervisor:
    """Who answers: no user, but a name that was typed, and where it came from."""

    name: str
    ip_address: str | None = None
    user_agent: str = ""


ANSWERED = ("answered_at", "answered_as", "ip_address", "user_agent", "hours")
NOT_WAITING: dict[LinkStanding, Any] = {
    LinkStanding.OVER: gettext_lazy(
        "The two weeks in which this link worked are over. Ask the career planner for a new one."
    ),
    LinkStanding.LOCKED: gettext_lazy(
        "The code was wrong too often, so this link is locked. Ask the career planner for a new one."
    ),
    LinkStanding.REPLACED: gettext_lazy(
        "This worksite names another supervisor by now, so this link is over. If you still want to answer, ask the "
        "career planner."
    ),
    LinkStanding.NOT_PLACED: gettext_lazy(
        "By what the agency knows, this person does not work here yet. Call the career planner: the link works again "
        "once the first day of work is recorded."
    ),
    LinkStanding.WITHDRAWN: gettext_lazy(
        "The career planner took this link back. If you still want to answer, ask the career planner."
    ),
}


def link_of(secret: str) -> SupervisorLink | None:
    """None where the secret is nobody's."""
    if len(secret) != LENGTH:
        return None
    found: SupervisorLink | None = SupervisorLink.objects.with_all().filter(secret_digest=secret_digest(secret)).first()
    return found


def refuse_settled(link: SupervisorLink, *, at: datetime) -> None:
    """Raises Refusal where nobody can answer it any more; its code is the standing."""
    standing = link.standing(at)
    if standing == LinkStanding.ANSWERED:
        sentence = _("Already answered on %(day)s by %(name)s. Nothing was changed.")
        answered_at: Any = link.answered_at
        words = {"day": in_text(day_of(answered_at)), "name": link.answered_as}
        raise Refusal(standing, sentence % words)
    if standing != LinkStanding.WAITS:
        raise Refusal(standing, NOT_WAITING[standing])


def locked_link(link: SupervisorLink, *, at: datetime) -> SupervisorLink:
    """As it stands, while it waits for its answer. Raises Refusal as `refuse_settled`."""
    SupervisorLink.objects.select_for_update(of=("self",)).get(pk=link.pk)
    # Read once it is locked: its start may have been taken back while another one held the lock.
    found: SupervisorLink = SupervisorLink.objects.with_all().get(pk=link.pk)
    refuse_settled(found, at=at)
    if at < found.made_at:  # the clock was set back
        raise Refusal("too-early", _("This did not work. Try again in a few minutes."))
    return found


def open_with_code(link: SupervisorLink, typed: str, *, at: datetime) -> None:
    """Raises Refusal: a wrong code, which counts, and after five of which the link is locked; or nobody can answer."""
    left = tries_after(link, typed, at=at)
    if left is None:
        return
    if not left:
        raise Refusal(LinkStanding.LOCKED, NOT_WAITING[LinkStanding.LOCKED])
    sentence = _("This is not the code. Ask the career planner for it. Tries left: %(left)d.")
    raise Refusal("wrong-code", sentence % {"left": left}, field="code")


@transaction.atomic
def tries_after(link: SupervisorLink, typed: str, *, at: datetime) -> int | None:
    """How many are left after a wrong code, which stays counted; None where it was right."""
    link = locked_link(link, at=at)
    if is_code(typed, link.seed, link.code_digest):
        return None
    link.tries_left -= 1
    link.save(update_fields=["tries_left"])
    if not link.tries_left:
        tell_of_lock(link, at=at)
    return link.tries_left


def questions() -> list[FieldDefinition]:
    """What a supervisor is asked of the section: what is open, and fits on one page of a phone."""
    rows = FieldDefinition.objects.asked().filter(field__section__code=SECTION, is_confidential=False)
    return [row for row in rows if row.field.code not in KNOWN and row.kind != Kind.ROWS]


@transaction.atomic
def evaluate(link: SupervisorLink, given: GivenAnswers, *, by: Supervisor, at: datetime) -> SupervisorLink:
    """Keep the evaluation, and tell the planner.

    Raises Refusal: it is answered, over, locked or taken back; nothing was answered; or a question was changed.
    """
    link = locked_link(link, at=at)
    section = AssessmentSection.objects.get(code=SECTION)
    own = {definition.field.code for definition in questions()}
    values = {code: value for code, value in given.values.items() if code in own}
    answered = [
        (definition, settled(definition, value))
        for definition, value in questions_answered(section, GivenAnswers(values, given.numbers), confidential=False)
    ]
    answered = [(definition, value) for definition, value in answered if value is not None]
    if not answered:
        raise Refusal("nothing-answered", _("Answer one question or more."))
    say_answered(link, by=by, at=at)
    link.save(update_fields=ANSWERED)
    SupervisorAnswer.objects.bulk_create(
        SupervisorAnswer(link=link, field=definition.field, definition=definition, value=value)
        for definition, value in answered
    )
    tell_planner(link, at=at)
    return link


@transaction.atomic
def confirm_hours(link: SupervisorLink, hours: Decimal, *, by: Supervisor, at: datetime) -> SupervisorLink:
    """Keep the hours of the period, as they were asked or corrected, and tell the planner. Raises as `evaluate`."""
    link = locked_link(link, at=at)
    if hours > link.most_hours and link.days_under_way < link.days:
        sentence = _(
            "The placement was under way on %(days)d of these days, which have %(most)s hours together. Enter the "
            "hours that were worked, or call the career planner."
        )
        words = {"days": link.days_under_way, "most": link.most_hours}
        raise Refusal("hours-that-cannot-be", sentence % words, field="hours")
    refuse_hours(hours, link.most_hours, field="hours")
    link.hours = hours
    say_answered(link, by=by, at=at)
    link.save(update_fields=ANSWERED)
    tell_planner(link, at=at)
    return link


def say_answered(link: SupervisorLink, *, by: Supervisor, at: datetime) -> None:
    link.answered_as = said(by.name, _("Enter your own name."), field="name")[:100]
    link.answered_at, link.ip_address, link.user_agent = at, by.ip_address, by.user_agent[:USER_AGENT_LIMIT]
