"""The customer's own pages of the job fit review: where it stands, a screen a group, the result."""

from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from careerplan.base.pages import form_page
from careerplan.base.spoken import OFFICIAL_LANGUAGE, language_now
from goals.fit.models import JobFitReview
from goals.fit.reading import called_in, read_review
from goals.fit.views.screens import TITLES, group_of, result_context, saved, screen_context, screen_form, to_the_next


def own_review(request, review_pk):
    """Of the customer who is signed in; 404 for staff, and of another's."""
    rows = JobFitReview.objects.visible_to(request.user).filter(plan__customer__user=request.user)
    if language_now() != OFFICIAL_LANGUAGE:
        rows = rows.annotate(called=called_in(language_now()))
    related = ("occupation", "plan__customer", "begun_by", "release")
    return get_object_or_404(rows.select_related(*related), pk=review_pk)


@require_GET
def my_job_fit(request, review_pk):
    """What it is about and how far it is; the result, once all is answered or it is over."""
    read = read_review(own_review(request, review_pk))
    context = result_context(read) | {"customer": read.review.plan.customer, "nav_section": "my"}
    context["titled"] = [(TITLES[group.kind], group) for group in read.groups]
    return render(request, "goals/fit/my_job_fit.html", context)


@require_http_methods(["GET", "POST"])
def my_job_fit_rate(request, review_pk, kind):
    review = own_review(request, review_pk)
    read = read_review(review)
    group = group_of(read, kind)
    form = screen_form(request, group)
    if saved(request, form, review):
        after = read_review(review).after(kind)
        if after is None:
            return redirect("my:job-fit", review.pk)
        return to_the_next("my:job-fit-rate", review.pk, group=after)
    context = screen_context(read, group) | {"customer": review.plan.customer, "nav_section": "my"}
    return form_page(request, "goals/fit/my_rate.html", form, context)
