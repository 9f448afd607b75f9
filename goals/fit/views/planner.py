"""The planner's pages of the job fit review: how it stands, a screen a group, the result, and the one from outside."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from careerplan.base import clock
from careerplan.base.addresses import key_asked
from careerplan.base.bodies import takes_files
from careerplan.base.pages import answered, form_page
from careerplan.plans.agreed import explored_before
from careerplan.plans.kinds import Reading
from careerplan.plans.pages import plan_context, started_page
from goals.fit import actions, outside
from goals.fit.choosing import sources_of
from goals.fit.forms import OutsideForm
from goals.fit.models import JobFitReview
from goals.fit.reading import outside_of, read_review, reviews_of, standing_of
from goals.fit.views.screens import group_of, result_context, saved, screen_context, screen_form, to_the_next
from goals.items import CAREER_GOAL, GOAL
from goals.models import Goal, Occupation


def standing_on(page):
    """Three queries at most, of which the list beside the page asks one."""
    goals = [CAREER_GOAL.read(row, Reading()) for row in page.in_plan(CAREER_GOAL)]
    return standing_of(page.plan.pk, page.plan.plan_type, goals, explored=explored_before(page.plan))


@require_GET
def job_fit(request, pk):
    """What is asked for, what was done, and where to begin: here, by the customer, or outside."""
    page = started_page(request, pk)
    context = plan_context(request, page, "goals") | {"standing": standing_on(page)}
    reviews = list(reviews_of(page.plan))
    going_on = next((review for review in reviews if review.is_going_on), None)
    context |= {"reviews": reviews, "going_on": going_on, "outside": outside_of(page.plan)}
    offered = [one for one in context["standing"].candidates if one.is_available] if page.may_change else []
    context["offers"] = [(one.occupation, sources_of(one.occupation)) for one in offered]
    return render(request, "goals/fit/job_fit.html", context)


@require_POST
def job_fit_begin(request, pk):
    """To record the answers here, or to ask the customer for them, as the button says."""
    page = started_page(request, pk, acts=True)
    occupation = Occupation.objects.filter(code=request.POST.get("occupation", "")).first()
    begun = {"source": request.POST.get("source", ""), "by": request.user, "at": clock.now()}
    if request.POST.get("way") == "ask":
        actions.ask_customer(page.plan, occupation, **begun)
        messages.success(request, _("The customer was told that the job fit review waits."))
        return redirect("plan:job-fit", pk)
    review = actions.begin(page.plan, occupation, **begun)
    group = read_review(review).first_to_answer
    return to_the_next("plan:job-fit-rate", pk, review.pk, group=group)


def review_of(request, page, review_pk):
    """A review of this plan, 404 where it is not one."""
    rows = JobFitReview.objects.visible_to(request.user).filter(plan=page.plan)
    review = get_object_or_404(rows.select_related("occupation", "begun_by", "release"), pk=review_pk)
    review.plan = page.plan
    return review


@require_http_methods(["GET", "POST"])
def job_fit_rate(request, pk, review_pk, kind):
    """One group of items: the planner records what the customer says."""
    page = started_page(request, pk)
    review = review_of(request, page, review_pk)
    read = read_review(review)
    group = group_of(read, kind)
    form = screen_form(request, group)
    if saved(request, form, review):
        after = read_review(review).after(kind)
        if after is None:
            return redirect("plan:job-fit-result", pk, review.pk)
        return to_the_next("plan:job-fit-rate", pk, review.pk, group=after)
    context = plan_context(request, page, "goals") | screen_context(read, group)
    return form_page(request, "goals/fit/rate.html", form, context)


@require_GET
def job_fit_result(request, pk, review_pk):
    page = started_page(request, pk)
    read = read_review(review_of(request, page, review_pk))
    context = plan_context(request, page, "goals") | result_context(read)
    context["goals"] = page.in_plan(GOAL)
    return render(request, "goals/fit/result.html", context)


@require_POST
def job_fit_step(request, pk, review_pk):
    """What is to be learned becomes an action step."""
    page = started_page(request, pk)
    review = review_of(request, page, review_pk)
    goal = Goal.objects.in_plan().filter(plan=page.plan, pk=key_asked(request.POST, "goal") or 0).first()
    key = key_asked(request.POST, "answer") or 0
    actions.add_step(review, key, goal, by=request.user, at=clock.now())
    messages.success(request, _("The action step was added."))
    return redirect(reverse("plan:job-fit-result", args=[pk, review.pk]) + f"#answer-{key}")


@takes_files
@require_http_methods(["GET", "POST"])
def job_fit_outside(request, pk):
    """ "Job Fit Review was completed outside": box, file and case note in one (12.7.5, Job Fit)."""
    page = started_page(request, pk)
    standing = standing_on(page)
    if standing.shown is None:
        raise Http404
    occupation, programs = standing.shown.occupation, outside.programs_of(page.customer)
    note = _("The Job Fit Review for %(occupation)s was completed outside.") % {"occupation": occupation.title}
    form = OutsideForm(request.POST or None, request.FILES or None, programs=programs, initial={"note": note})

    def record():
        return outside.record_outside(page.plan, occupation, **form.values(), by=request.user, at=clock.now())

    said = _("The job fit review from outside was recorded, with its file and its case note.")
    if answered(request, form, record, said):
        return redirect("plan:job-fit", pk)
    context = plan_context(request, page, "goals") | {"standing": standing, "occupation": occupation}
    return form_page(request, "goals/fit/outside.html", form, context | {"programs": programs})
