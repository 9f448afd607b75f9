"""Versions for staff: the list, one as it was sealed, any two compared; the paper."""

import logging

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from acknowledgments.agreement.drafts import may_come_back
from acknowledgments.agreement.today import as_of_today, with_whom_to_call
from acknowledgments.agreement.working_copy import contents_of
from acknowledgments.contents.changes import compare
from acknowledgments.contents.kinds import row_count
from acknowledgments.filing.rendering import paper_of
from acknowledgments.models import Acknowledgment, Paper, Seal
from acknowledgments.paper.facts import assessed_facts
from acknowledgments.paper.first_page import FirstPage
from acknowledgments.paper.plain import both_in_plain_words, in_plain_words
from acknowledgments.paper.renderer import RenderingFailed
from acknowledgments.paper.rows import plan_rows
from acknowledgments.paper.words import change_rows, decided_by, stored_rows
from acknowledgments.views.agreement import version_of
from acknowledgments.views.talking import with_forms
from careerplan.base import clock
from careerplan.base.dates import day_of
from careerplan.base.events import note_event
from careerplan.base.prepared import PreparedRows
from careerplan.plans.coenrollment import Asked
from careerplan.plans.enums import VersionState
from careerplan.plans.models import LegacyPlan, PlanVersion
from careerplan.plans.pages import plan_context, plan_page, started_page
from customers.enums import NoteMatter
from customers.notes.matters import notes_about
from customers.stored import content_of
from services.costs.own import PROMISES, help_in_dollars

# Somebody waits, and the page has one of few threads.
SECONDS_IN_REQUEST = 20

logger = logging.getLogger(__name__)


def versions_of(customer: int):
    rows = PlanVersion.objects.filter(plan__customer=customer)
    return rows.select_related("plan", "created_by", "sent_by", "acknowledgment").order_by("-plan_id", "-number")


VERSIONS = PreparedRows(versions_of)


@require_GET
def versions(request, pk):
    page = plan_page(request, pk)
    context = plan_context(request, page, "versions") | {"versions": VERSIONS.read(page.customer.pk)}
    return render(request, "acknowledgments/versions.html", context)


@require_GET
def version(request, pk, version_pk):
    """A version as it was sealed, with its evidence and events."""
    page = started_page(request, pk)
    rows = PlanVersion.objects.visible_to(request.user).filter(plan__customer=page.customer)
    found = get_object_or_404(rows.select_related("plan", "created_by", "sent_by"), pk=version_pk)
    seals = Seal.objects.filter(version=found).order_by("-id")
    # A draft that ended was sealed as it ended; a recalled version's void seals say nothing of it any more.
    ended = found.state in {VersionState.DELETED, VersionState.NOT_COMPLETED}
    seal = (seals if ended else seals.valid()).first()
    contents = in_plain_words(seal.contents) if seal else None
    acknowledgment = Acknowledgment.objects.with_due_on().filter(version=found)
    acknowledgment = acknowledgment.select_related("signer", "desk_signing__planner").first()
    before = Seal.objects.valid().filter(version__plan=found.plan, version__number__lt=found.number)
    may_recover = page.may_edit and found.state == VersionState.DELETED and may_come_back(found)
    context = plan_context(request, page, "versions") | {
        "former": before.select_related("version").order_by("-version__number").first(),
        "version": found,
        "seal": seal,
        "rows": plan_rows(contents) if contents else None,
        "assessed": assessed_facts(contents) if contents else [],
        "changes": stored_rows(seal.decision, contents) if seal and contents else [],
        "decided_by": decided_by(seal.decision) if seal and seal.decision.get("changes") else "",
        "acknowledgment": acknowledgment,
        "evidence_due_on": acknowledgment.due_on if acknowledgment else None,
        "documents": acknowledgment.documents.select_related("upload", "filed_by") if acknowledgment else [],
        "legacy": LegacyPlan.objects.filter(moved_to=found.plan).first() if found.number == 1 else None,
        "recover_url": Asked("recover_draft", {"version": found.pk}).address(pk) if may_recover else "",
        "papers": Paper.objects.filter(seal=seal).select_related("upload") if seal else [],
        "questions": with_forms(found, found.plan),
        "events": found.events.select_related("by").order_by("id"),
        "notes_about": notes_about(NoteMatter.VERSION, found.pk),
    }
    return render(request, "acknowledgments/version.html", context)


@require_GET
def versions_compared(request, pk):
    """Any two sealed versions of the customer's plans side by side."""
    page = started_page(request, pk)
    seals = Seal.objects.valid().visible_to(request.user).filter(version__plan__customer=page.customer)
    sealed = list(seals.select_related("version__plan").order_by("-version__plan_id", "-version__number"))
    by_key = {str(seal.version_id): seal for seal in sealed}
    former, latter = (by_key.get(request.GET.get(name, "")) for name in ("before", "after"))
    changes = []
    if former and latter:
        contents = both_in_plain_words(former.contents, latter.contents)
        changes = change_rows(compare(*contents), *contents)
    context = plan_context(request, page, "versions")
    context |= {"sealed": sealed, "former": former, "latter": latter, "changes": changes}
    return render(request, "acknowledgments/versions_compared.html", context)


@require_GET
def print_paper(request, pk):
    """View/Print IEP/ISS Form: the sealed paper where one stands, else the draft, marked as one."""
    page = started_page(request, pk)
    wanted = request.GET.get("version", "")
    return paper_answer(request, page, version_of(page, wanted) if wanted else page.current or page.active)


@require_GET
def customer_copy(request, pk):
    """Print Customer Copy: one page in short, as the plan in force stands today, and the plan as the customer agreed to
    it; before there is one, what is being written or waits for the customer (ILL-022). It has nothing that staff keep
    to themselves. Of a long plan it is the first page alone, since somebody waits.
    """
    page = started_page(request, pk)
    version = page.active or page.current
    seal, contents = what_to_print(page, version)
    today = as_of_today(page.plan, contents) if version == page.active else contents
    today = with_whom_to_call(today, version)
    is_long = row_count(contents) > settings.PRINT_IN_REQUEST_ROWS
    stands = {"alone": is_long, "is_closed": not page.plan.is_open}
    first_page = FirstPage(today, help_in_dollars(PROMISES.read(page.customer.pk)), **stands)
    name = f"copy-{page.customer.state_id}-v{version.number}.pdf"
    return pdf_now(request, contents, version=version, seal=seal, name=name, first_page=first_page)


def paper_answer(request, page, version):
    """The paper of a version as it is given out, filed or made now; 404 where there is no version to print."""
    seal, contents = what_to_print(page, version)
    if seal is not None:
        filed = Paper.objects.to_hand_out().filter(seal=seal, rendered_at__isnull=False).select_related("upload")
        newest = filed.first()
        if newest is not None:
            note_paper(request, version)
            return filed_pdf(newest.upload)
    return pdf_page(
        request, contents, version=version, seal=seal, name=f"plan-{page.customer.state_id}-v{version.number}.pdf"
    )


def what_to_print(page, version):
    """The seal of a version and its contents; of a draft none, and the plan as it stands. 404 where nothing is."""
    if version is None:
        raise Http404
    seal = Seal.objects.valid().filter(version=version).first()
    if seal is None and not version.is_draft:  # the plan as it stands is another version's by now
        raise Http404
    return seal, seal.contents if seal else contents_of(page.plan, version)


def pdf_page(request, contents, *, version, seal, name):
    if row_count(contents) > settings.PRINT_IN_REQUEST_ROWS:
        sentence = _("This plan is long, so we make its form when you send the plan. Send it, then print it.")
        if seal:
            sentence = _("This plan is long, and we are still making its form. Try again in a minute.")
        context = {"sentence": sentence}
        return render(request, "refused.html", context, status=409)
    return pdf_now(request, contents, version=version, seal=seal, name=name)


def pdf_now(request, contents, *, version, seal, name, first_page=None):
    """Made while somebody waits. `first_page`: of a customer's copy."""
    acknowledgment = Acknowledgment.objects.filter(seal=seal).first() if seal else None
    printed_on = day_of(clock.now())
    note_paper(request, version)
    about = {"printed_on": printed_on, "seal": seal, "acknowledgment": acknowledgment, "first_page": first_page}
    try:
        content = paper_of(version, contents, **about, seconds=SECONDS_IN_REQUEST)
    except RenderingFailed:
        logger.exception("A paper could not be made within a page.")
        context = {"sentence": _("We could not make this form just now. Try again in a few minutes.")}
        return render(request, "refused.html", context, status=503)
    return pdf_answer(content, name)


def filed_pdf(upload):
    """A paper as it was filed. Raises DamagedFile."""
    return pdf_answer(content_of(upload), upload.file.name.rsplit("/", 1)[-1])


def note_paper(request, version):
    """A paper leaves the product: who took it along, and of which version."""
    note_event("file-taken", request, thing="paper", key=version.pk, plan_id=version.plan_id)


def pdf_answer(content, name):
    headers = {"Content-Disposition": f'inline; filename="{name}"', "X-Content-Type-Options": "nosniff"}
    return HttpResponse(content, content_type="application/pdf", headers=headers)
