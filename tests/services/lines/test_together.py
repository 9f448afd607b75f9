"""Several planned services at once: under a goal, planned for other days, complete, never provided, ended early."""

from datetime import timedelta

import pytest
from django.urls import reverse

from careerplan.base.refusals import NotAllowed, Refusal
from goals.models import Goal
from services.lines.together import Ticked, move_together, plan_together
from services.models import NOTES_LIMIT, PlannedService
from services.moves.kinds import FINISH
from services.moves.kinds import NEVER_PROVIDED as NEVER
from tests import states
from tests.markup import Page
from tests.people import angela, david, jennifer, lucia, north_planner, planner
from tests.points_of_life import shared_plan
from tests.rows import changed, everything, write
from tests.services.service_form import training

pytestmark = pytest.mark.django_db

TODAY = states.today()
PLANNED = ("BC-JSST", "SS-CHLD", "SS-TRAN")


@pytest.fixture
def client(client):
    client.force_login(planner())
    return client


def rows(customer=angela, codes=PLANNED):
    found = PlannedService.objects.in_plan().filter(plan__customer=customer(), service__code__in=codes)
    return list(found.select_related("plan__customer", "service").order_by("pk"))


def path(how, customer=angela):
    return reverse("plan:services-together", args=[customer().pk, how])


def ticked(found):
    return {"line": [f"{row.pk}.{row.row_version}" for row in found]}


def send(client, how, found, customer=angela, **values):
    page = Page(client.get(path(how, customer), ticked(found)))
    said = {name: value.isoformat() if hasattr(value, "isoformat") else value for name, value in values.items()}
    return client.post(path(how, customer), page.form(path(how, customer)) | ticked(found) | said, follow=True)


# --- what is done -----------------------------------------------------------------------------


@pytest.mark.policy("ILL-101", "ILL-102")
def test_several_are_put_under_a_goal(client):
    goal = states.pen(states.newest(jennifer())).goal("Find work", "CAREER_PLAN")
    page = Page(client.get(path("goal", jennifer), ticked(loose())))
    assert page.form(path("goal", jennifer))["goal"] == str(goal.pk)
    page = Page(send(client, "goal", loose(), jennifer))
    assert "2 services were changed." in page.words
    assert {row.goal for row in rows(jennifer, ("WE-PERM", "BC-JREQ"))} == {goal}


@pytest.mark.policy("WIS-060")
def test_several_are_planned_for_other_days_and_what_is_not_given_stays(client):
    ends = {row.pk: row.planned_end_on for row in rows()}
    start = min(ends.values()) - timedelta(days=1)
    send(client, "dates", rows(), planned_start_on=start)
    assert {row.planned_start_on for row in rows()} == {start}
    assert {row.pk: row.planned_end_on for row in rows()} == ends


@pytest.mark.policy("ILL-111")
def test_several_are_complete_with_their_day_and_the_start_of_those_without(client):
    begun = training().actual_start_on
    found = [training(), rows()[0]]
    yesterday = TODAY - timedelta(days=1)
    send(client, "complete", found, actual_start_on=yesterday, ended_on=TODAY)
    after = rows(codes=("TR-OST", rows()[0].service.code))
    assert {row.status for row in after} == {"complete"}
    assert {row.ended_on for row in after} == {TODAY}
    assert [training().actual_start_on, rows()[0].actual_start_on] == [begun, yesterday]


def test_no_start_is_asked_of_what_has_started(client):
    form = Page(client.get(path("complete"), ticked([training()]))).form(path("complete"))
    assert "actual_start_on" not in form


@pytest.mark.policy("WIS-063")
def test_several_were_never_provided_and_what_is_said_is_added_to_their_notes(client):
    write(rows()[0], notes="Ask in May.")
    send(client, "never", rows(), never_provided_reason="not_wanted", notes="She moved.")
    assert {(row.status, row.never_provided_reason) for row in rows()} == {("never_provided", "not_wanted")}
    assert [row.notes for row in rows()] == ["Ask in May.\nShe moved.", "She moved.", "She moved."]


def test_several_end_early(client):
    for row in rows():
        send(client, "complete", [row], actual_start_on=TODAY, ended_on=TODAY)
    page = Page(send(client, "terminate", [training()], ended_on=TODAY, notes="The school closed."))
    assert "1 service was changed." in page.words
    assert (training().status, training().ended_on) == ("terminated", TODAY)


def test_the_list_comes_back_as_it_was_narrowed(client):
    query = {"status": "planned", "category": "SS"}
    page = Page(client.get(reverse("plan:services", args=[angela().pk]), query))
    back = page.root.xpath("//form[@id='together']/input[@name='back']/@value")
    assert back == ["status=planned&category=SS"]
    form = Page(client.get(path("dates"), ticked(rows()) | {"back": back[0]}))
    narrowed = f"{reverse('plan:services', args=[angela().pk])}?{back[0]}"
    assert form.root.xpath("//form//a[normalize-space()='Cancel']/@href") == [narrowed]
    posted = form.form(path("dates")) | ticked(rows()) | {"planned_end_on": (TODAY + timedelta(days=200)).isoformat()}
    assert client.post(path("dates"), posted).url == narrowed
    assert (
        client.post(path("dates"), ticked(rows()) | {"back": "//elsewhere", "planned_end_on": "x"}).status_code == 422
    )


def test_where_the_plan_has_no_goal_the_page_says_what_to_do(client):
    assert "This plan has no goal yet." in Page(client.get(path("goal", jennifer), ticked(loose()))).words
    states.pen(states.newest(jennifer())).goal("Find work", "CAREER_PLAN")
    assert "This plan has no goal yet." not in Page(client.get(path("goal", jennifer), ticked(loose()))).words


def loose():
    return rows(jennifer, ("WE-PERM", "BC-JREQ"))


# --- all or none ------------------------------------------------------------------------------


def refused(client, how, found, customer=angela, **values):
    before = everything()
    answer = send(client, how, found, customer, **values)
    assert answer.status_code == 422
    assert changed(before, everything()) == {}
    return Page(answer).words


def test_one_that_cannot_go_there_is_named_and_none_goes(client):
    words = refused(client, "never", [*rows(), training()], never_provided_reason="not_wanted")
    assert f"{training().service.plain_name}: It is Started now." in words


def test_a_day_that_fits_one_and_not_the_other_is_refused_for_all(client):
    last = max(rows(), key=lambda row: row.planned_end_on)
    first = min(rows(), key=lambda row: row.planned_end_on)
    assert first.planned_end_on < last.planned_end_on
    words = refused(client, "dates", rows(), planned_start_on=last.planned_end_on)
    assert ": The planned end can't be before the planned start." in words


@pytest.mark.policy("WIS-070")
def test_another_reason_is_written_anew_for_each(client):
    write(rows()[1], notes="Needed to get to class.")
    words = refused(client, "never", rows()[1:], never_provided_reason="other", notes="")
    assert f"{rows()[1].service.plain_name}: The notes were written before. Add why" in words
    send(client, "never", rows()[1:], never_provided_reason="other", notes="She moved.")
    assert [row.notes for row in rows()[1:]] == ["Needed to get to class.\nShe moved.", "She moved."]


def test_notes_that_would_be_too_long_together_are_refused(client):
    write(rows()[0], notes="x" * (NOTES_LIMIT - 4))
    words = refused(client, "never", rows(), never_provided_reason="not_wanted", notes="Moved")
    assert "The notes would be longer than 2000 characters. Shorten them." in words
    send(client, "never", rows(), never_provided_reason="not_wanted", notes="Two")
    assert len(rows()[0].notes) == NOTES_LIMIT


def test_no_day_at_all_is_refused(client):
    words = refused(client, "dates", rows(), planned_start_on="", planned_end_on="")
    assert "Enter the planned start, the planned end, or both." in words


def test_without_a_draft_no_goal_is_changed(client):
    goal = Goal.objects.in_plan().filter(plan__customer=angela()).exclude(pk=rows()[0].goal_id)[0]
    assert "Choose Update/Review to open the next version" in refused(client, "goal", rows(), goal=goal.pk)


def test_what_a_colleague_changed_meanwhile_is_not_overwritten(client):
    seen = rows()
    send(client, "dates", rows()[:1], planned_end_on=rows()[0].planned_end_on + timedelta(days=1))
    words = refused(client, "dates", seen, planned_end_on=TODAY + timedelta(days=300))
    assert f"{seen[0].service.plain_name}: " in words


def test_what_another_planner_answers_for_is_asked_for_on_its_own(client):
    customer = shared_plan()
    theirs = customer.enrollments.exclude(planner=planner()).first()
    row = PlannedService.objects.in_plan().filter(plan=states.plan_of(customer), status="planned").first()
    write(row, program=theirs.program)
    row.refresh_from_db()
    before = everything()
    with pytest.raises(Refusal) as refusal:
        move_together([Ticked(row, row.row_version)], NEVER, {"never_provided_reason": "not_wanted"}, **who())
    assert refusal.value.code == "approval-needed"
    assert refusal.value.leads_to
    assert not refusal.value.has_page
    assert changed(before, everything()) == {}


def who():
    return {"by": planner(), "at": states.now()}


def test_another_regions_planner_may_not():
    given = {"planned_start_on": TODAY, "planned_end_on": None}
    with pytest.raises(NotAllowed):
        plan_together([Ticked(rows()[0], rows()[0].row_version)], **given, by=north_planner(), at=states.now())


def test_a_start_that_is_there_is_not_written_over():
    begun = training()
    given = {"actual_start_on": TODAY, "ended_on": TODAY}
    [after] = move_together([Ticked(begun, begun.row_version)], FINISH, given, **who())
    assert after.actual_start_on == begun.actual_start_on


# --- the page ---------------------------------------------------------------------------------


@pytest.mark.parametrize("how", ["goal", "dates", "complete", "never", "terminate"])
def test_nothing_ticked_is_said(client, how):
    words = "Tick one or more services in the list first."
    answer = client.get(path(how))
    assert answer.status_code == 200
    assert words in Page(answer).words
    before = everything()
    answer = client.post(path(how), {"ended_on": "05/01/2026"})
    assert answer.status_code == 422
    assert words in Page(answer).words
    assert changed(before, everything()) == {}


@pytest.mark.parametrize("line", ["²", "1", "1.", ".1", "a.b", "9" * 40])
def test_what_is_no_line_is_not_found(client, line):
    assert client.get(path("dates"), {"line": line}).status_code == 404


def test_lines_of_another_plan_are_not_found(client):
    for customer in (david, lucia):
        [row, *_others] = PlannedService.objects.in_plan().filter(plan__customer=customer())
        answer = client.post(path("dates"), ticked([row, *rows()]) | {"planned_start_on": "05/01/2026"})
        assert answer.status_code == 404


def test_no_other_way(client):
    assert client.get(path("vanish"), ticked(rows())).status_code == 404


def test_the_list_has_a_button_for_each(client):
    services = reverse("plan:services", args=[angela().pk])
    buttons = Page(client.get(services)).root.xpath("//button[@form='together']/@formaction")
    assert buttons == [path(how) for how in ("dates", "complete", "never", "terminate")]
    services = reverse("plan:services", args=[jennifer().pk])
    buttons = Page(client.get(services)).root.xpath("//button[@form='together']/@formaction")
    assert path("goal", jennifer) in buttons
