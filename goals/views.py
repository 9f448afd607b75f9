"""Set Goals: career goals, goal statements and action steps."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from careerplan.base import clock
from careerplan.base.addresses import key_asked, search_asked
from careerplan.base.dates import day_of
from careerplan.base.pages import answered, form_page, offer_undo
from careerplan.base.prepared import PreparedRows
from careerplan.base.together import PreparedTogether
from careerplan.plans.coenrollment import ApprovalNeeded
from careerplan.plans.items import BARRIER
from careerplan.plans.named import barriers_named, barriers_to_name, said_of_barriers
from careerplan.plans.pages import plan_context, plan_page, started_page, undo_url
from goals import actions, steps
from goals.careers.paths import last_changes, path_with_change, paths_of
from goals.careers.roles import roles_of
from goals.careers.same import the_same_before
from goals.careers.showing import career_goals_by_role, careers_of, role_shown
from goals.enums import STATUS_MEANINGS, CareerGoalRole, GoalStatus, OccupationLevel
from goals.forms import CareerGoalWordsForm, GoalForm, StepForm
from goals.ideas.choosing import ideas_for
from goals.items import ACTION_STEP, CAREER_GOAL, GOAL
from goals.models import ActionStep, CareerGoal, Goal, Occupation
from goals.onet.showing import shown_of
from goals.proposing.views import newest_proposals
from goals.proving.showing import proofs_of
from goals.searching import Found, search

SEARCH_RESULTS = 20
# So many results of assessments stand beside a goal: the newest.
SHOWN_ASSESSMENTS = 5
NEWEST = ("-assessed_on", "-pk")


@require_GET
def goals(request, pk):
    page = plan_page(request, pk)
    context = plan_context(request, page, "goals")
    if page.plan is not None:
        proposals, said, paths, changes, *assessed = BESIDE.read(page.plan.pk, page.customer.pk)
        path, changed = path_with_change(paths, changes, page.customer)
        context |= careers_of(page, path, changed, on=day_of(clock.now())) | {
            "goals": page.in_plan(GOAL),
            "barriers": page.in_plan(BARRIER),
            "named": barriers_named(page.plan, page.rows[BARRIER], *assessed) if page.may_change else None,
            "steps": steps_of(page, {(row.id, row.done_on) for row in said}, reader=request.user),
            "proposals": proposals,
            "today": day_of(clock.now()),
            "statuses": status_meanings(),
        }
    return render(request, "goals/goals.html", context)


# What Set Goals shows beside the rows of the plan.
BESIDE = PreparedTogether(
    PreparedRows(lambda plan, customer: newest_proposals(plan)),
    PreparedRows(steps.said_done),
    PreparedRows(lambda plan, customer: paths_of(customer)),
    PreparedRows(lambda plan, customer: last_changes(customer)),
    PreparedRows(lambda plan, customer: said_of_barriers(customer)),
    PreparedRows(lambda plan, customer: barriers_to_name()),
)


def steps_of(page, said, *, reader):
    """The action steps in plan order, with their proofs; of one that is done, whether it was the customer who `said`
    so: the keys of steps with the days. One query."""
    goals = {goal.pk: goal for goal in page.rows[GOAL]}
    found = page.in_plan(ACTION_STEP)
    proofs = proofs_of(page.plan.pk, reader=reader)
    for step in found:
        step.goal = goals[step.goal_id]
        step.files = proofs[step.pk]
        step.said_by_customer = (step.pk, step.done_on) in said
    return found


def item_of(request, page, model, item_pk):
    """An item of this plan's working copy, 404 where it is not one."""
    item = get_object_or_404(model.objects.visible_to(request.user).in_plan().filter(plan=page.plan), pk=item_pk)
    item.plan = page.plan
    return item


@require_http_methods(["GET", "POST"])
def goal_edit(request, pk, goal_pk=None):
    page = started_page(request, pk)
    goal = page.item(GOAL, goal_pk) if goal_pk else None
    barriers, assessments = page.in_plan(BARRIER), list(page.customer.assessments.order_by(*NEWEST))
    ideas = None
    if goal is None:
        about, idea = request.GET.get("about", ""), request.GET.get("idea", "")
        ideas = ideas_for(page.plan, barriers, category=about, idea=idea)
    begins_with = ideas.begins_with() if ideas else {}
    choices = {"barriers": barriers, "assessments": assessments}
    form = GoalForm(request.POST or None, row=goal, plan=page.plan, choices=choices, initial=begins_with)

    def save():
        change = {"seen": form.seen, "by": request.user, "at": clock.now()}
        try:
            return actions.save_goal(page.plan, goal, form.values(), **change)
        except ApprovalNeeded:
            keep_status(request, page, goal, form.values(), **change)
            raise

    if answered(request, form, save, _("The goal was saved.")):
        say_opened(request, page)
        return redirect("plan:goals", pk)
    context = plan_context(request, page, "goals") | {"goal": goal, "statuses": status_meanings(), "ideas": ideas}
    context["assessments"] = assessments[:SHOWN_ASSESSMENTS]
    context["summary"] = page.customer.assessment_summaries.select_related("written_by").newest_first().first()
    return form_page(request, "goals/goal_edit.html", form, context)


def say_opened(request, page):
    """A goal that goes off track opens a version: the planner hears of it, and where to see what the rules ask."""
    opened = page.plan.versions.open().first() if page.current is None else None
    if opened is not None:
        sentence = _("The goal is off track now, so version %(number)d was opened. See what it needs:")
        messages.info(request, linked(sentence % {"number": opened.number}, page.customer.pk))


def linked(sentence, customer_pk):
    return format_html(
        '{} <a href="{}">{}</a>', sentence, reverse("plan:agreement", args=[customer_pk]), _("Go to Agreement")
    )


def status_meanings():
    return [(status, STATUS_MEANINGS[status]) for status in GoalStatus]


def keep_status(request, page, goal, values, **change):
    """Nobody has to approve how a goal goes: it is saved at once, and the question is about the words alone."""
    freely = {name: value for name, value in values.items() if name not in actions.ASKED_OF_OTHERS}
    kept = actions.save_goal(page.plan, goal, freely, **change)
    page.read_again()
    if kept.status != goal.status:
        messages.success(request, _("The status of the goal was saved. Its new wording is waiting for approval."))
        say_opened(request, page)


@require_POST
def goal_remove(request, pk, goal_pk):
    page = started_page(request, pk)
    goal = item_of(request, page, Goal, goal_pk)
    actions.remove_goal(goal, reason=_("Removed from the plan"), by=request.user, at=clock.now())
    offer_undo(request, _("The goal was removed."), undo_url(pk, GOAL, goal))
    return redirect("plan:goals", pk)


@require_http_methods(["GET", "POST"])
def step_edit(request, pk, step_pk=None):
    page = started_page(request, pk)
    step = page.item(ACTION_STEP, step_pk) if step_pk else None
    goal = goal_asked_for(request, page) if step is None else None
    form = StepForm(request.POST or None, row=step, plan=page.plan, is_review=page.active is not None, under=goal)

    def save():
        return steps.save_step(page.plan, step, form.values(), seen=form.seen, by=request.user, at=clock.now())

    if answered(request, form, save, _("The action step was saved.")):
        return redirect("plan:goals", pk)
    return form_page(request, "goals/step_edit.html", form, plan_context(request, page, "goals") | {"step": step})


def goal_asked_for(request, page):
    """The goal that the address of a new step names; the only one, where the plan has one."""
    goals = page.in_plan(GOAL)
    key = key_asked(request.GET, "goal")
    return next((goal for goal in goals if goal.pk == key), goals[0] if len(goals) == 1 else None)


@require_POST
def step_remove(request, pk, step_pk):
    page = started_page(request, pk)
    step = item_of(request, page, ActionStep, step_pk)
    steps.remove_step(step, reason=_("Removed from the plan"), by=request.user, at=clock.now())
    offer_undo(request, _("The action step was removed."), undo_url(pk, ACTION_STEP, step))
    return redirect("plan:goals", pk)


@require_http_methods(["GET", "POST"])
def career_goal(request, pk, role):
    """Choose the occupation of a role: by search, or by the three linked lists (12.7.5, Goals for Youth)."""
    page = started_page(request, pk)
    if role not in roles_of(page.plan):
        raise Http404
    in_words = role in actions.IN_WORDS
    words_form = CareerGoalWordsForm(request.POST if in_words and "words" in request.POST else None)
    if request.method == "POST":
        words = words_form.data.get("words", "") if words_form.is_bound else ""
        code, explores = request.POST.get("occupation", ""), request.POST.get("explores") == "yes"
        occupation = Occupation.objects.filter(code=code, is_active=True).first()
        if words_form.is_bound:
            chosen = answered(request, words_form, lambda: choose(request, page, role, words=words.strip()), "")
        else:
            chosen = choose(request, page, role, occupation=occupation, explores=explores)
        if chosen:
            return redirect("plan:goals", pk)
    context = plan_context(request, page, "goals") | occupation_lists(request)
    context |= role_shown(page, role, on=day_of(clock.now())) | {"in_words": in_words, "role_code": role}
    context["choose_url"] = reverse("plan:career-goal", args=[pk, role])
    if actions.may_be_an_area(page.plan, role):
        groups = (*context["majors"], *context["minors"])
        context["areas"] = [group for group in groups if group.code in {context["major"], context["minor"]}]
    template = "goals/_occupations.html" if request.htmx else "goals/career_goal.html"
    return form_page(request, template, words_form, context)


def choose(request, page, role, **chosen):
    before = career_goals_by_role(page.plan)
    goal = actions.set_career_goal(page.plan, role, **chosen, by=request.user, at=clock.now())
    messages.success(request, format_html(_("{role}: {goal}."), role=goal.get_role_display(), goal=goal))
    say_what_stays(request, before, goal)
    return goal


def say_what_stays(request, before, goal):
    """The employment goal is another one now: goals that said the same until then keep what they say."""
    former = before.get(goal.role)
    if goal.role != CareerGoalRole.EMPLOYMENT or former is None or former.occupation_id == goal.occupation_id:
        return
    for other in the_same_before(before.values(), former.occupation):
        sentence = _("{role}: still {goal}, as the employment goal was until now. Change it if it is to change, too.")
        messages.info(request, format_html(sentence, role=other.get_role_display(), goal=other))


def occupation_lists(request):
    """What the search and the three lists show: at most nine queries."""
    words = search_asked(request.GET)
    major, minor = request.GET.get("major", ""), request.GET.get("minor", "")
    offered = Occupation.objects.filter(is_active=True).order_by("code")
    detailed = offered.filter(level=OccupationLevel.DETAILED)
    found = []
    if words:
        found = search(words, limit=SEARCH_RESULTS)
    elif minor:
        rows = detailed.filter(parent__parent__code=minor).values_list("code", "title")
        found = [Found(*row) for row in rows]
    shown = shown_of([one.code for one in found])
    return {
        "words": words,
        "major": major,
        "minor": minor,
        "majors": offered.filter(level=OccupationLevel.MAJOR),
        "minors": offered.filter(level=OccupationLevel.MINOR, parent__code=major) if major else (),
        "occupations": [{"found": one, "zone": shown.zones.get(one.code)} for one in found],
        "onet": shown.release if shown.zones or any(one.by_onet for one in found) else None,
    }


@require_POST
def career_goal_remove(request, pk, role):
    page = started_page(request, pk)
    rows = CareerGoal.objects.visible_to(request.user).in_plan().filter(plan=page.plan)
    goal = get_object_or_404(rows, role=role)
    actions.remove_career_goal(goal, reason=_("Removed from the plan"), by=request.user, at=clock.now())
    offer_undo(request, _("The career goal was removed."), undo_url(pk, CAREER_GOAL, goal))
    return redirect("plan:goals", pk)
