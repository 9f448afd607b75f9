"""Freezing what a version says: its canonical text, the digest, the short code and the papers (12.7.6)."""

import secrets
from datetime import datetime

from django.db import transaction

from acknowledgments.agreement.working_copy import contents_of
from acknowledgments.contents.chain import last_link, link_of
from acknowledgments.contents.items import SCHEMA, PlanContents
from acknowledgments.contents.sealed_text import canonical_json, digest_of
from acknowledgments.enums import PrintKind
from acknowledgments.models import Paper, Seal
from acknowledgments.rules.decisions import Decision
from careerplan.accounts.models import User
from careerplan.base.background import nudge
from careerplan.plans.models import PlanVersion

# Without the letters and digits that people confuse: 0 O, 1 I L, 5 S, 8 B.
SHORT_CODE_LETTERS = "ACDEFGHJKMNPQRTUVWXYZ234679"


def seal_contents(
    version: PlanVersion,
    contents: PlanContents,
    decision: Decision | None = None,
    *,
    after: str | None = None,
    by: User,
    at: datetime,
) -> Seal:
    """The next seal of the plan, which the caller has locked: nobody else links one to the same before it.

    `after`: what the last seal carries (`sealed_before`), where it is at hand.
    """
    if after is None:
        after = last_link(Seal.objects.links_of(version.plan_id))
    canonical = canonical_json(contents)
    seal = Seal(
        version=version,
        canonical=canonical,
        digest=digest_of(canonical),
        schema=SCHEMA,
        short_code=new_short_code(),
        sealed_at=at,
        sealed_by=by,
        planner_name=str(by),
        decision=decision.as_data() if decision else {},
    )
    seal.chain_digest = link_of(after, vars(seal))
    seal.save(force_insert=True)
    return seal


def new_short_code() -> str:
    """Twelve letters that people can read out; a page says whether they name the version on file."""
    return "".join(secrets.choice(SHORT_CODE_LETTERS) for _letter in range(12))


def order_paper(seal: Seal, kind: PrintKind, *, at: datetime) -> Paper:
    """Ask a worker for the PDF, after commit; the sweep makes what the queue lost. Nobody waits for the filed copy of
    what was signed: the papers to be signed go before it."""
    paper = Paper.objects.create(seal=seal, kind=kind, created_at=at)
    last = kind == PrintKind.AGREED
    transaction.on_commit(lambda: nudge("acknowledgments.tasks.render_paper", paper.pk, last=last))
    return paper


def keep_contents(version: PlanVersion, *, by: User, at: datetime) -> None:
    """Keep what a draft said: sealed, and void at once."""
    kept = seal_contents(version, contents_of(version.plan, version), by=by, at=at)
    kept.voided_at = at
    kept.save(update_fields=["voided_at"])
