"""The pages of earned credentials: of a customer, and of a completed service."""

from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from careerplan.base import clock
from careerplan.base.bodies import takes_files
from careerplan.base.pages import answered, form_page
from careerplan.plans.pages import plan_context, started_page
from customers.pages import context_for, staff_customer
from services.classes.kinds import detail_model
from services.classes.provided import ProvidedDetail
from services.credentials import actions
from services.credentials.forms import CredentialForm
from services.enums import ServiceStatus
from services.models import EarnedCredential
from services.selected import planned_of


@takes_files
@require_http_methods(["GET", "POST"])
def credential_add(request, pk):
    customer = staff_customer(request, pk)
    form = CredentialForm(request.POST or None, request.FILES or None, customer=customer)

    def add():
        return actions.add_credential(customer, **form.values(), by=request.user, at=clock.now())

    if answered(request, form, add, _("The credential was saved.")):
        return redirect("customer-outcomes", pk)
    return form_page(request, "services/credential_add.html", form, context_for(request, customer, "outcomes"))


@takes_files
@require_http_methods(["GET", "POST"])
def credential_edit(request, pk, credential_pk):
    customer = staff_customer(request, pk)
    rows = EarnedCredential.objects.visible_to(request.user).filter(customer=customer)
    named = ("service__service", "service__training__training_program__provider", "approved", "proof")
    credential = get_object_or_404(rows.select_related(*named), pk=credential_pk)
    form = CredentialForm(request.POST or None, request.FILES or None, customer=customer, row=credential)

    def correct():
        return actions.correct_credential(credential, **form.values(), seen=form.seen, by=request.user, at=clock.now())

    if answered(request, form, correct, _("The credential was saved.")):
        return redirect("customer-outcomes", pk)
    context = context_for(request, customer, "outcomes") | {"credential": credential}
    return form_page(request, "services/credential_edit.html", form, context)


@takes_files
@require_http_methods(["GET", "POST"])
def service_credential(request, pk, service_pk):
    """From the completed service: what is approved for its training program is offered (ILL-121)."""
    page = started_page(request, pk)
    planned = planned_of(request, page, service_pk)
    form = CredentialForm(request.POST or None, request.FILES or None, customer=page.customer, earned_in=planned)

    def add():
        return actions.add_credential(page.customer, **form.values(), by=request.user, at=clock.now())

    if answered(request, form, add, _("The credential was saved.")):
        return redirect("plan:service-edit", pk, service_pk)
    context = plan_context(request, page, "services") | {"planned": planned}
    context["is_complete"] = planned.status == ServiceStatus.COMPLETE
    context["has_no_program"] = not issubclass(detail_model(planned) or object, ProvidedDetail)
    return form_page(request, "services/service_credential.html", form, context)
