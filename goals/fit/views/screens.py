"""What the planner's pages of a review and the customer's own share: a screen of items, and the result."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from careerplan.base import clock
from careerplan.base.pages import answered
from careerplan.base.spoken import OFFICIAL_LANGUAGE, language_now
from goals.enums import OnetKind
from goals.fit import actions
from goals.fit.enums import Comfort
from goals.fit.forms import RateForm
from goals.fit.rules import MUCH_TO_LEARN, PARTLY, WELL

TITLES = {
    OnetKind.TASK: gettext_lazy("Tasks"),
    OnetKind.SKILL: gettext_lazy("Skills"),
    OnetKind.KNOWLEDGE: gettext_lazy("Knowledge"),
}
QUESTIONS = {
    OnetKind.TASK: gettext_lazy("How comfortable are you with doing this at work?"),
    OnetKind.SKILL: gettext_lazy("How comfortable are you with this skill?"),
    OnetKind.KNOWLEDGE: gettext_lazy("How comfortable are you with what you know about this?"),
}
VERDICTS = {
    WELL: gettext_lazy("This job fits well: most of it is comfortable already."),
    PARTLY: gettext_lazy("This job fits in part: about half of it is comfortable, and some things are to be learned."),
    MUCH_TO_LEARN: gettext_lazy("There is much to learn for this job. Talk about training, or about other jobs."),
}
# How long the longest bar of a chart is, in the drawing's own units.
WIDEST = 200


def group_of(read, kind):
    """The group of a review, 404 where it has none of this kind."""
    group = next((group for group in read.groups if group.kind == kind), None)
    if group is None:
        raise Http404
    return group


def screen_form(request, group):
    return RateForm(request.POST or None, answers=group.answers)


def saved(request, form, review):
    """Save the screen; False where there are errors, or somebody else said something else meanwhile."""
    rated = None

    def rate():
        nonlocal rated
        rated = actions.rate(review, form.said, by=request.user, at=clock.now())

    if not answered(request, form, rate, ""):
        return False
    if rated.differing:
        form.tell_differing(rated.differing)
        return False
    messages.success(request, saved_words(rated.open_ones))
    return True


def saved_words(number):
    """`number`: of items that are still open."""
    if not number:
        return _("All is answered. This is the result.")
    words = ngettext("Saved. %(number)s item is still open.", "Saved. %(number)s items are still open.", number)
    return words % {"number": number}


def to_the_next(name, *keys, group):
    """To the screen of a group, where something of it is open. `name`: of the page; `keys`: what its address has."""
    return redirect(reverse(name, args=[*keys, group.kind]) + group.place)


def screen_context(read, group):
    place = read.groups.index(group)
    return {
        "read": read,
        "review": read.review,
        "group": group,
        "title": TITLES[group.kind],
        "question": QUESTIONS[group.kind],
        "place": place + 1,
        "before": read.groups[place - 1] if place else None,
        "is_last": place + 1 == len(read.groups),
        "is_foreign": is_foreign(group),
        "barred": actions.barred_from_answering(read.review),
        "onet": read.review.release,
    }


def is_foreign(group):
    """Whether the items are in another language than the page: those of O*NET are in English."""
    return group.answers[0].onet_item is not None and language_now() != OFFICIAL_LANGUAGE


def result_context(read):
    return {
        "read": read,
        "review": read.review,
        "verdict": VERDICTS[read.verdict] if read.answered else "",
        "sections": [section(group) for group in read.groups],
        "onet": read.review.release,
        "barred": actions.barred_from_answering(read.review),
    }


def section(group):
    """A group with its chart: a bar for each point of the scale, the most comfortable first, with its number."""
    counts = group.tally.counts
    most = max(counts) or 1
    bars = [
        {
            "label": Comfort(point).label,
            "number": counts[point - 1],
            "width": WIDEST * counts[point - 1] // most,
            "widest": WIDEST,
        }
        for point in range(len(counts), 0, -1)
    ]
    titles = {"group": group, "title": TITLES[group.kind], "is_foreign": is_foreign(group)}
    return titles | {"tally": group.tally, "bars": bars}
