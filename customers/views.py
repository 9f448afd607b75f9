"""The tabs of a customer's record that need nothing of the plan."""

import io

from django.contrib import messages
from django.db.models import prefetch_related_objects
from django.http import FileResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from careerplan.accounts.telling import send_reset_link
from careerplan.base import clock
from careerplan.base.bodies import takes_files
from careerplan.base.events import note_event
from careerplan.base.keyset import page_of
from careerplan.base.pages import answered, form_page
from customers import actions
from customers.enums import DocumentType, NoteMatter, Purpose, UploadCategory
from customers.files import shown
from customers.forms import AssessmentForm, NeedsForm, UploadForm
from customers.models import (
    Assessment,
    AssessmentType,
    Upload,
)
from customers.notes.matters import notes_about
from customers.pages import context_for, staff_customer
from customers.reach import unreachable
from customers.sections.reading import list_of_sections
from customers.stored import content_of, opened


@require_GET
def intake(request, pk):
    customer = staff_customer(request, pk)
    context = context_for(request, customer, "intake")
    prefetch_related_objects(context["profile"].enrollments, "planner")
    return render(request, "customers/intake.html", context)


@require_http_methods(["GET", "POST"])
def needs_edit(request, pk):
    customer = staff_customer(request, pk)
    form = NeedsForm(request.POST or None, row=customer)

    def save():
        return actions.save_needs(customer, form.values(), seen=form.seen, by=request.user, at=clock.now())

    if answered(request, form, save, _("The accommodation needs were saved.")):
        return redirect("customers:intake", pk)
    return form_page(request, "customers/needs_edit.html", form, context_for(request, customer, "intake"))


@require_GET
def assessments(request, pk):
    customer = staff_customer(request, pk)
    context = context_for(request, customer, "assessments")
    context |= {"overview": assessment_overview(customer)} | list_of_sections(customer.pk)
    return render(request, "customers/assessments.html", context)


def assessment_overview(customer):
    """The listed assessments with their newest result, and those from outside, newest first. Two queries."""
    taken = list(
        Assessment.objects.filter(customer=customer).select_related("updated_by").order_by("-assessed_on", "-id")
    )
    listed = []
    for kind in AssessmentType.objects.order_by("position"):
        listed.append({"type": kind, "latest": next((row for row in taken if row.assessment_type_id == kind.pk), None)})
    return {"listed": listed, "outside": [row for row in taken if row.assessment_type_id is None]}


@require_http_methods(["GET", "POST"])
def assessment_edit(request, pk, assessment_pk=None):
    customer = staff_customer(request, pk)
    assessment = None
    if assessment_pk is not None:
        rows = Assessment.objects.visible_to(request.user).filter(customer=customer)
        assessment = get_object_or_404(rows, pk=assessment_pk)
    form = AssessmentForm(request.POST or None, row=assessment)

    def save():
        return actions.save_assessment(
            customer, assessment, form.values(), seen=form.seen, by=request.user, at=clock.now()
        )

    if answered(request, form, save, _("The assessment was saved.")):
        return redirect("customers:assessments", pk)
    context = context_for(request, customer, "assessments") | {"assessment": assessment}
    if assessment is not None:
        context["notes_about"] = notes_about(NoteMatter.ASSESSMENT, assessment.pk)
    return form_page(request, "customers/assessment_edit.html", form, context)


@takes_files
@require_http_methods(["GET", "POST"])
def uploads(request, pk):
    page = {"tab": "uploads", "template": "customers/uploads.html"}
    return upload_page(request, staff_customer(request, pk), **page, initial={"category": UploadCategory.TITLE_1})


@takes_files
@require_http_methods(["GET", "POST"])
def resume(request, pk):
    initial = {
        "category": UploadCategory.OTHER,
        "document_type": DocumentType.RESUME,
        "purpose": Purpose.RESUME,
        "name": _("Resume"),
        "shown_to_customer": True,
    }
    page = {"tab": "resume", "template": "customers/resume.html", "only": DocumentType.RESUME}
    return upload_page(request, staff_customer(request, pk), **page, initial=initial)


def upload_page(request, customer, *, tab, template, initial, only=None):
    """The uploads of a customer, all or of one document type, with the form to add one."""
    form = UploadForm(request.POST or None, request.FILES or None, initial=initial)

    def upload():
        values = form.cleaned_data
        return actions.upload_file(customer, values["file"], form.values(), by=request.user, at=clock.now())

    if answered(request, form, upload, _("The file was uploaded.")):
        return redirect(f"customers:{tab}", customer.pk)
    rows = Upload.objects.visible_to(request.user).filter(customer=customer).select_related("uploaded_by")
    rows = rows.filter(document_type=only) if only else rows
    page = page_of(rows, request, keys=["-uploaded_at", "-id"])
    context = context_for(request, customer, tab) | {"page": page}
    return form_page(request, template, form, context)


@require_GET
def upload_file(request, pk, upload_pk):
    """The file itself, for staff and (where it is shown to them) the customer."""
    rows = Upload.objects.visible_to(request.user).filter(customer_id=pk)
    upload = get_object_or_404(rows, pk=upload_pk)
    name = upload.file.name.rsplit("/", 1)[-1]
    file = opened(upload)
    note_event("file-taken", request, thing="upload", key=upload.pk, customer_id=pk)
    return FileResponse(file, content_type=upload.content_type, filename=name, as_attachment=True)


@require_GET
def upload_view(request, pk, upload_pk):
    """A file as every browser shows it: made from one that not every browser does, which is kept as it is."""
    upload = get_object_or_404(Upload.objects.visible_to(request.user).filter(customer_id=pk), pk=upload_pk)
    view = upload.browser_view
    if view is None:
        return redirect("customers:upload-file", pk, upload_pk)
    name = upload.file.name.rsplit("/", 1)[-1].rsplit(".", 1)[0] + view.ending
    content = shown(view, content_of(upload))
    note_event("file-taken", request, thing="upload", key=upload.pk, customer_id=pk)
    return FileResponse(io.BytesIO(content), content_type=view.content_type, filename=name)


@require_POST
def reset_password(request, pk):
    """Send the customer the e-mail with which one sets a new password; staff never see one."""
    customer = staff_customer(request, pk)
    if barred := unreachable(customer):
        messages.error(request, barred.sentence)
        return redirect("customers:overview", pk)
    send_reset_link(customer.user, by=request.user, at=clock.now())
    note_event("link-sent", request, user_id=customer.user_id)
    messages.success(
        request,
        _(
            "An e-mail with a link to set a new password is on its way to the customer. You will get a message if it "
            "does not arrive."
        ),
    )
    return redirect("customers:overview", pk)
