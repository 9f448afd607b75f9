"""Starting, reviewing and closing a plan; its barriers."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from careerplan.base import clock
from careerplan.base.dates import day_of
from careerplan.base.pages import answered, form_page
from careerplan.base.refusals import Refusal
from careerplan.base.words import is_blank
from careerplan.plans import actions, barriers
from careerplan.plans.agreed import has_words
from careerplan.plans.forms import (
    BarrierForm,
    BarrierRemovalForm,
    BarriersCommentForm,
    ClosePlanForm,
    LegacyPlanForm,
    ServicesNoteForm,
    WrittenInForm,
)
from careerplan.plans.items import BARRIER
from careerplan.plans.links import links_of
from careerplan.plans.loose_ends import loose_ends
from careerplan.plans.models import Barrier
from careerplan.plans.named import add_named_barrier
from careerplan.plans.pages import plan_context, plan_page, started_page, undo_url
from customers.pages import staff_customer


@require_POST
def start(request, pk):
    customer = staff_customer(request, pk)
    version = actions.start_plan(customer, by=request.user, at=clock.now())
    messages.success(request, _("The plan was started. Begin with the assessments, then set goals."))
    return redirect("plan:next" if version.plan.is_iep else "plan:assessment", pk)


@require_POST
def review(request, pk):
    page = started_page(request, pk)
    version = actions.open_review(page.plan, by=request.user, at=clock.now())
    carried = _("Version %(number)d was opened with everything carried forward.")
    empty = _("Version %(number)d was started. No version was ever in force, so it starts empty.")
    messages.success(request, (carried if page.active else empty) % {"number": version.number})
    return redirect("plan:overview", pk)


@require_http_methods(["GET", "POST"])
def close(request, pk):
    """Where a version is open, the page says so before anything is filled in."""
    page = started_page(request, pk)
    if request.method == "GET":
        try:
            actions.refuse_open_version(page.plan)
        except Refusal as refusal:
            refused = plan_context(request, page, "overview") | {"refused": refusal.sentence}
            return render(request, "plans/close.html", refused)
    form = ClosePlanForm(request.POST or None, ends=loose_ends(page.plan) if page.active else [])

    def act():
        return actions.close_plan(page.plan, **form.values(), by=request.user, at=clock.now())

    if answered(request, form, act, _("The plan was closed.")):
        return redirect("plan:overview", pk)
    return form_page(request, "plans/close.html", form, plan_context(request, page, "overview"))


@require_http_methods(["GET", "POST"])
def legacy_plan(request, pk):
    """Register a plan that is still in an older system; where there can be none, the page says so."""
    page = plan_page(request, pk)
    context = plan_context(request, page, "overview")
    try:
        actions.refuse_needless_move(page.customer)
    except Refusal as refusal:
        status = 422 if request.method == "POST" else 200
        return render(request, "plans/legacy_plan.html", context | {"refused": refusal.sentence}, status=status)
    form = LegacyPlanForm(request.POST or None, customer=page.customer)

    def register():
        return actions.register_legacy_plan(page.customer, form.cleaned_data, by=request.user, at=clock.now())

    if answered(request, form, register, _("The plan in the older system was registered.")):
        return redirect("plan:overview", pk)
    return form_page(request, "plans/legacy_plan.html", form, context)


def barrier_of(request, page, barrier_pk):
    rows = Barrier.objects.visible_to(request.user).in_plan().filter(plan=page.plan).select_related("category")
    barrier = get_object_or_404(rows, pk=barrier_pk)
    barrier.plan = page.plan
    return barrier


@require_http_methods(["GET", "POST"])
def barrier_edit(request, pk, barrier_pk=None):
    page = started_page(request, pk)
    barrier = barrier_of(request, page, barrier_pk) if barrier_pk else None
    form = BarrierForm(request.POST or None, row=barrier, is_review=page.active is not None)

    def save():
        return barriers.save_barrier(page.plan, barrier, form.values(), seen=form.seen, by=request.user, at=clock.now())

    if answered(request, form, save, _("The barrier was saved.")):
        return redirect("plan:barriers-comment" if lacks_comment(page.plan, form) else "plan:goals", pk)
    context = plan_context(request, page, "goals") | {"barrier": barrier, "groups": form.fields["category"].by_group()}
    return form_page(request, "plans/barrier_edit.html", form, context)


@require_POST
def barrier_named(request, pk, category_pk):
    """One that the assessment names, in one click; its description may be written anew."""
    page = started_page(request, pk)
    barrier = add_named_barrier(page.plan, category_pk, by=request.user, at=clock.now())
    edit = reverse("plan:barrier-edit", args=[pk, barrier.pk])
    sentence = _("The barrier was added as the assessment says it.")
    messages.success(request, format_html('{} <a href="{}">{}</a>', sentence, edit, _("Describe it in other words")))
    return redirect(f"{reverse('plan:goals', args=[pk])}#barriers")


def lacks_comment(plan, form):
    """What was saved is told in the comments on barriers, where nothing stands yet (12.7.5)."""
    return form.cleaned_data["category"].is_told_in_comments and is_blank(plan.barriers_comment)


@require_http_methods(["GET", "POST"])
def barrier_remove(request, pk, barrier_pk):
    page = started_page(request, pk)
    barrier = barrier_of(request, page, barrier_pk)
    form = BarrierRemovalForm(request.POST or None, initial={"contact_on": day_of(clock.now())})

    def remove():
        return barriers.remove_barrier(barrier, **form.cleaned_data, by=request.user, at=clock.now())

    undo, linked = undo_url(pk, BARRIER, barrier), links_of(barrier)
    said = " ".join([_("The barrier was removed from the plan."), *(links.lost for links in linked)])
    if answered(request, form, remove, said, undo=undo):
        return redirect("plan:goals", pk)
    context = plan_context(request, page, "goals") | {"barrier": barrier, "linked": linked}
    return form_page(request, "plans/barrier_remove.html", form, context)


@require_http_methods(["GET", "POST"])
def barriers_comment(request, pk):
    return note_page(request, pk, BarriersCommentForm, template="plans/barriers_comment.html", tab="goals")


@require_http_methods(["GET", "POST"])
def services_note(request, pk):
    return note_page(request, pk, ServicesNoteForm, template="plans/services_note.html", tab="services")


@require_http_methods(["GET", "POST"])
def written_in(request, pk):
    """At any time while the plan is open: it decides how the words to come are marked, too."""
    page = started_page(request, pk)
    worded = has_words(page.plan)
    form = WrittenInForm(request.POST or None, row=page.plan, has_words=worded)

    def save():
        values = form.values()
        how = {"rewritten": values.get("rewritten", False), "seen": form.seen}
        return actions.write_in(page.plan, values["written_in"], **how, by=request.user, at=clock.now())

    if answered(request, form, save, _("The plan was saved.")):
        return redirect("plan:overview", pk)
    return form_page(
        request, "plans/written_in.html", form, plan_context(request, page, "overview") | {"has_words": worded}
    )


def note_page(request, pk, form_class, *, template, tab):
    """A form on columns of the plan itself."""
    page = started_page(request, pk)
    form = form_class(request.POST or None, row=page.plan, is_review=page.active is not None)

    def save():
        return barriers.note_on_plan(page.plan, form.values(), seen=form.seen, by=request.user, at=clock.now())

    if answered(request, form, save, _("The plan was saved.")):
        return redirect(f"plan:{tab}", pk)
    return form_page(request, template, form, plan_context(request, page, tab))
