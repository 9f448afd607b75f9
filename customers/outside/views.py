"""The tab of assessments in a customer's record, and the form of one."""

from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from careerplan.base import clock
from careerplan.base.bodies import takes_files
from careerplan.base.dates import day_of
from careerplan.base.pages import answered, form_page
from customers import actions
from customers.enums import NoteMatter
from customers.models import Assessment
from customers.notes.matters import notes_about
from customers.outside.forms import AssessmentForm
from customers.outside.reading import assessment_overview
from customers.pages import context_for, staff_customer
from customers.sections.reading import list_of_sections


@require_GET
def assessments(request, pk):
    customer = staff_customer(request, pk)
    overview = assessment_overview(customer, on=day_of(clock.now()))
    context = context_for(request, customer, "assessments")
    context |= {"overview": overview} | list_of_sections(customer.pk)
    return render(request, "customers/assessments.html", context)


@takes_files
@require_http_methods(["GET", "POST"])
def assessment_edit(request, pk, assessment_pk=None):
    customer = staff_customer(request, pk)
    assessment = None
    if assessment_pk is not None:
        rows = Assessment.objects.visible_to(request.user).filter(customer=customer)
        assessment = get_object_or_404(rows.select_related("document"), pk=assessment_pk)
    form = AssessmentForm(request.POST or None, request.FILES or None, customer=customer, row=assessment)

    def save():
        return actions.save_assessment(
            customer, assessment, form.values(), file=form.result_file, seen=form.seen, by=request.user, at=clock.now()
        )

    if answered(request, form, save, _("The assessment was saved.")):
        return redirect("customers:assessments", pk)
    context = context_for(request, customer, "assessments") | {"assessment": assessment}
    if assessment is not None:
        context["notes_about"] = notes_about(NoteMatter.ASSESSMENT, assessment.pk)
    return form_page(request, "customers/assessment_edit.html", form, context)
