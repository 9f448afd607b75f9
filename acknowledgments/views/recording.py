"""Recording agreement on paper or by e-mail, its document, and agreement that can't be had."""

from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from acknowledgments.agreement import declining, documents
from acknowledgments.enums import DOCUMENTED, Method
from acknowledgments.forms.agreement import DocumentForm, EmailForm, PaperForm, UnableForm
from acknowledgments.models import Acknowledgment, Seal
from acknowledgments.rules.evidence import EVIDENCE_DAYS
from careerplan.base import clock
from careerplan.base.bodies import takes_files
from careerplan.base.dates import day_of
from careerplan.base.pages import answered, form_page
from careerplan.base.refusals import Refusal
from careerplan.plans.pages import plan_context, started_page

FORMS = {Method.PAPER: PaperForm, Method.EMAIL: EmailForm}


class NothingWaits(Refusal):
    """There is nothing at this address now, and a sentence says why."""

    status = 404


def awaiting_page(request, pk):
    """The plan whose version is with the customer; where none is any more, a sentence says so."""
    page = started_page(request, pk)
    if page.current is None or not page.current.is_awaiting:
        raise NothingWaits(
            "not-awaiting", _("No version of this plan is waiting for the customer now. Open the plan again.")
        )
    return page


@takes_files
@require_http_methods(["GET", "POST"])
def agreement_record(request, pk, method):
    """The customer signed on paper, or agreed by e-mail: the version is in force from that day."""
    page = awaiting_page(request, pk)
    if method not in FORMS:
        raise Http404
    initial = initial_agreement(page) if request.method == "GET" else {}
    form = FORMS[method](request.POST or None, request.FILES or None, method=method, initial=initial)

    def record():
        return documents.record_agreement(
            page.current, method=method, **form.cleaned_data, by=request.user, at=clock.now()
        )

    if answered(request, form, record, _("The agreement was recorded. The version is active.")):
        return redirect("plan:agreement", pk)
    context = plan_context(request, page, "agreement") | {"method": Method(method), "days": EVIDENCE_DAYS}
    return form_page(request, "acknowledgments/agreement_record.html", form, context)


def initial_agreement(page):
    """`seen`: the seal whose paper the planner has in hand."""
    seal = Seal.objects.valid().get(version=page.current)
    return {"agreed_on": day_of(clock.now()), "name": str(page.customer), "seen": seal.pk}


@takes_files
@require_http_methods(["GET", "POST"])
def evidence_add(request, pk, version_pk):
    """Upload the signed copy or the e-mail chain, at once or later."""
    page = started_page(request, pk)
    rows = Acknowledgment.objects.visible_to(request.user).with_due_on().filter(version__plan__customer=page.customer)
    agreement = get_object_or_404(
        rows.filter(method__in=DOCUMENTED).select_related("version__plan"), version__pk=version_pk
    )
    form = DocumentForm(request.POST or None, request.FILES or None, method=agreement.method)

    def file():
        return documents.file_evidence(agreement, **form.cleaned_data, by=request.user, at=clock.now())

    if answered(request, form, file, _("The document is on file.")):
        return redirect("plan:agreement", pk)
    context = plan_context(request, page, "agreement") | {"agreement": agreement}
    context["due_on"] = agreement.due_on
    return form_page(request, "acknowledgments/evidence_add.html", form, context)


@require_http_methods(["GET", "POST"])
def unable(request, pk):
    """Unable to Get Customer Agreement on File."""
    page = awaiting_page(request, pk)
    form = UnableForm(request.POST or None, initial={"contact_on": day_of(clock.now())})

    def note():
        return declining.note_unable(page.current, **form.cleaned_data, by=request.user, at=clock.now())

    if answered(request, form, note, _("Your note was saved: the customer's agreement could not be obtained.")):
        return redirect("plan:agreement", pk)
    return form_page(request, "acknowledgments/unable.html", form, plan_context(request, page, "agreement"))
