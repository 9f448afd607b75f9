"""The attendance of a class of customers: rows to enter, and lines to paste."""

from datetime import timedelta
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from careerplan.accounts.models import Office
from careerplan.base import clock, drafts
from careerplan.base.addresses import key_in
from careerplan.base.dates import day_of
from careerplan.base.keyset import page_of
from careerplan.base.pages import form_page
from careerplan.base.refusals import Refusal
from customers.actions import not_an_editor
from customers.pages import require_staff
from services.attendance.actions import record_class
from services.attendance.class_forms import ChooseClassForm, ClassForm, PasteForm, rows_of_class
from services.attendance.courses import ORDER, attending, between, courses_of, recorded_in
from services.attendance.pasting import digest_of, lines_of
from services.attendance.policy import last_day_of, monday_of

ROWS = 40
# So many services of a class are matched with pasted lines.
MOST_MATCHED = 2000
# So long after its end the page of a service still leads to its class.
LATELY = timedelta(days=31)
CHOSEN = ("office", "course", "week", "weekday")


def require_recorder(request):
    require_staff(request)
    if not request.user.edits_plans:
        raise not_an_editor()


def choose(request):
    """The form of the choice, bound where the address chooses something, and the office of who chooses one."""
    with_office = request.user.sees_every_region
    asked = request.GET if "course" in request.GET or "office" in request.GET else None
    office = office_asked(request) if with_office else None
    today = day_of(clock.now())
    courses = offered(request, office, today) if office or not with_office else {}
    start = {"week": today}
    return ChooseClassForm(asked, courses=courses, with_office=with_office, initial=start), office


def offered(request, office, today):
    """The classes that are under way, and the one that was asked for where it has just ended."""
    courses, asked = courses_of(request.user, office), request.GET.get("course", "")
    if not asked or any(course.code == asked for course in courses):
        return courses
    ended = courses_of(request.user, office, since=today - LATELY)
    return courses | {course: number for course, number in ended.items() if course.code == asked}


def office_asked(request):
    return Office.objects.filter(pk=key_in(request.GET.get("office", ""))).first()


def address_of(request, page):
    """Of another page about the same class."""
    chosen = {key: value for key, value in request.GET.items() if key in CHOSEN}
    return f"{page}?{urlencode(chosen)}"


@require_http_methods(["GET", "POST"])
def attendance_class(request):
    """A row a customer of a class, for one day or one week."""
    require_recorder(request)
    chosen, office = choose(request)
    context = {"chosen": chosen, "nav_section": "customers"}
    if not (chosen.is_bound and chosen.is_valid()):
        return render(request, "services/attendance/class.html", context | {"courses": chosen.courses})
    course, span, day = (chosen.cleaned_data[name] for name in ("course", "span", "day"))
    rows = attending(course, request.user, office).filter(between(day, last_day_of(span, day)))
    page = page_of(rows, request, keys=ORDER, rows=ROWS)
    lines = rows_of_class(page.rows, recorded_in(page.rows, monday_of(day)), span=span, day=day)
    form = ClassForm(request.POST or None, lines=lines, span=span, day=day)
    if saved(request, form):
        return redirect(request.get_full_path())
    context |= {"course": course, "span": span, "day": day, "page": page, "lines": form.lines()}
    context["paste_url"] = address_of(request, reverse("attendance-paste"))
    return form_page(request, "services/attendance/class.html", form, context)


def saved(request, form):
    """Record what can be; False where a line is left, which is said beside it."""
    if request.method != "POST":
        return False
    form.is_valid()
    recorded = record_class(form.said(), by=request.user, at=clock.now())
    form.tell(recorded)
    count = len(recorded.saved)
    if count:
        said = ngettext("%(number)d row was recorded.", "%(number)d rows were recorded.", count)
        messages.success(request, said % {"number": count})
    if form.errors:
        return False
    if not count:
        messages.info(request, _("Nothing was changed."))
    drafts.drop(request)
    return True


@require_http_methods(["GET", "POST"])
def attendance_paste(request):
    """Lines of a spreadsheet: looked at first, then saved."""
    require_recorder(request)
    chosen, office = choose(request)
    course = chosen.cleaned_data.get("course") if chosen.is_bound and chosen.is_valid() else None
    if course is None:
        raise Http404
    form = PasteForm(request.POST or None, initial={"span": chosen.cleaned_data["span"]})
    lines = looked_at(request, form, attending(course, request.user, office)[:MOST_MATCHED])
    back = address_of(request, reverse("attendance-class"))
    if lines and "save" in request.POST and form.cleaned_data["looked"] == digest_of(lines):
        rest = save_lines(request, lines)
        if not rest:
            drafts.drop(request)
            return redirect(back)
        left = "\n".join(line.as_pasted for line in rest)
        form = PasteForm({"text": left, "span": form.cleaned_data["span"]})
        form.is_valid()
        lines = rest
    elif lines and "save" in request.POST:
        form.add_error(None, _("Something changed since you looked. Look at the lines again, then save them."))
    context = {"course": course, "lines": lines, "back_url": back, "nav_section": "customers"}
    context |= {"looked": digest_of(lines), "writes": sum(line.is_written for line in lines)}
    return form_page(request, "services/attendance/paste.html", form, context)


def looked_at(request, form, services):
    """The lines of a valid form; none where there is nothing to look at."""
    if not (form.is_bound and form.is_valid()):
        return []
    pasted, span = (form.cleaned_data[name] for name in ("text", "span"))
    try:
        return lines_of(pasted, list(services), span=span, by=request.user, on=day_of(clock.now()))
    except Refusal as refusal:
        refusal.field = "text"
        form.refuse(refusal)
        return []


def save_lines(request, lines):
    """Returns the lines that are left, with what is wrong with each."""
    written = [line for line in lines if line.is_written]
    recorded = record_class([line.said for line in written], by=request.user, at=clock.now())
    for place, refusal in recorded.refused.items():
        written[place].refuse(str(refusal.sentence))
    count = len(recorded.saved)
    said = ngettext("%(number)d line was recorded.", "%(number)d lines were recorded.", count)
    messages.success(request, said % {"number": count})
    return [line for line in lines if line.why]
