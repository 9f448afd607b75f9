"""The pages of a customer's costs: what there is, and what becomes of a line."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from careerplan.base import clock
from careerplan.base.dates import day_of
from careerplan.base.pages import answered, form_page
from careerplan.base.readable import dollars
from careerplan.plans.pages import plan_context, started_page
from customers.pages import context_for, staff_customer
from services.costs import actions, payments
from services.costs.budgets import choices_for, over_by
from services.costs.forms import CostForm, ObligateForm, PayForm, PaymentForm, VoidForm
from services.costs.models import Budget, CostLine
from services.costs.reading import BY_CODE, by_service, costs_of_service, lines_of, sums_by, total
from services.limits.views import warn_of_limits
from services.selected import planned_of

OF_A_CUSTOMER = ("source", "program")


@require_GET
def customer_costs(request, pk):
    """All costs of a customer, service by service, and by funding source and program."""
    customer = staff_customer(request, pk)
    lines = lines_of(customer)
    context = context_for(request, customer, "costs") | {
        "services": by_service(list(lines)),
        "total": total(lines),
        "sums": [(BY_CODE[code], sums_by(lines, BY_CODE[code])) for code in OF_A_CUSTOMER],
    }
    return render(request, "services/costs/customer.html", context)


@require_http_methods(["GET", "POST"])
def cost_add(request, pk, service_pk):
    page = started_page(request, pk)
    planned = planned_of(request, page, service_pk)
    costs = costs_of_service(planned)
    choices = choices_for(page.customer, day_of(clock.now()))
    form = CostForm(request.POST or None, choices=choices, initial={"amount": costs.not_planned_yet})

    def add():
        return actions.plan_cost(planned, **form.cleaned_data, by=request.user, at=clock.now())

    if answered(request, form, add, _("The cost was planned.")):
        return redirect(reverse("plan:service-edit", args=[pk, service_pk]) + "#costs")
    context = plan_context(request, page, "services") | {"planned": planned, "choices": choices, "costs": costs}
    return form_page(request, "services/costs/add.html", form, context)


@require_http_methods(["GET", "POST"])
def payment_add(request, pk, service_pk):
    """What was paid at once of a service: one line, which is planned, obligated and paid."""
    page = started_page(request, pk)
    planned = planned_of(request, page, service_pk)
    costs = costs_of_service(planned)
    choices = choices_for(page.customer, day_of(clock.now()))
    about = {"choices": choices, "region": page.customer.office.region_id}
    offered = {"amount": costs.next_payment, "paid_on": day_of(clock.now())}
    form = PaymentForm(request.POST or None, **about, initial=offered)

    def pay():
        line = payments.pay_at_once(planned, **form.cleaned_data, by=request.user, at=clock.now())
        warn_of_overspending(request, line)

    if answered(request, form, pay, _("The payment was recorded.")):
        warn_of_limits(request, planned_of(request, page, service_pk))
        return redirect(reverse("plan:service-edit", args=[pk, service_pk]) + "#costs")
    context = plan_context(request, page, "services") | {"planned": planned, "choices": choices, "costs": costs}
    return form_page(request, "services/costs/pay.html", form, context)


@require_http_methods(["GET", "POST"])
def cost_obligate(request, pk, cost_pk):
    return moved(request, pk, cost_pk, ObligateForm, actions.obligate, _("The cost was obligated."))


@require_http_methods(["GET", "POST"])
def cost_pay(request, pk, cost_pk):
    return moved(request, pk, cost_pk, PayForm, actions.pay, _("The payment was recorded."))


@require_http_methods(["GET", "POST"])
def cost_void(request, pk, cost_pk):
    return moved(request, pk, cost_pk, VoidForm, actions.void, _("The cost was voided."))


def moved(request, pk, cost_pk, form_class, act, said):
    customer = staff_customer(request, pk)
    line = line_for_page(request, customer, cost_pk)
    form = form_class(request.POST or None, row=line)

    def move():
        return act(line, **form.values(), seen=form.seen, by=request.user, at=clock.now())

    if answered(request, form, move, said):
        warn_of_overspending(request, line)
        warn_of_limits(request, line.service)
        return redirect(back_to(line))
    context = context_for(request, customer, "costs") | {"line": line, "move": act.__name__, "back_to": back_to(line)}
    context |= left_of(line.budget) if line.budget else {}
    return form_page(request, "services/costs/move.html", form, context)


def line_for_page(request, customer, cost_pk):
    rows = CostLine.objects.visible_to(request.user).filter(service__plan__customer=customer)
    named = ("service__service", "service__plan", "funding_source", "budget__funding_source", "budget__region")
    line = get_object_or_404(rows.select_related(*named), pk=cost_pk)
    line.service.plan.customer = customer
    return line


def left_of(budget):
    found = Budget.objects.with_figures().get(pk=budget.pk)
    return {"left": found.left, "over": found.over}


def back_to(line):
    """The page of the service in the open plan; of another one the customer's costs."""
    service = line.service
    if service.plan.is_open and service.removed_at is None:
        return reverse("plan:service-edit", args=[service.plan.customer_id, service.pk]) + "#costs"
    return reverse("customer-costs", args=[service.plan.customer_id])


def warn_of_overspending(request, line):
    over = over_by(line.budget) if line.budget else 0
    if over:
        words = _("This budget is over by %(over)s now: %(budget)s.")
        messages.warning(request, words % {"over": dollars(str(over)), "budget": line.budget.told})
