"""About me: the sections that a customer fills, on the customer's own pages."""

from dataclasses import replace

import pytest
from django.urls import reverse

from careerplan.base import clock
from careerplan.base.refusals import NotAllowed
from customers.deadlines import read_due
from customers.enums import SectionState
from customers.models import AssessmentSection, ConfidentialAnswer, ConfidentialLook, SectionField, SectionRecord
from customers.sections.defining import reword, wording_of
from customers.sections.policy import QUESTIONS_OF_STAFF, SECTIONS_OF_STAFF
from customers.sections.reading import answers_to
from tests import people, states
from tests.assessed import complete, fill, fill_confidential, reopen, review, wording
from tests.customers.sections.section_forms import CLOSED, SECRET
from tests.markup import Page
from tests.rows import write

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("people")]


@pytest.fixture
def own(client, customer):
    client.force_login(customer.user)
    return client


def address(code, name="section"):
    return reverse(f"my:{name}", args=[code.lower().replace("_", "-")])


def opened(client, code):
    """The form of a section as the browser would send it."""
    return Page(client.get(address(code))).form(address(code))


def save(client, code, **values):
    return client.post(address(code), opened(client, code) | values)


def lines_of(page, title):
    rows = page.root.xpath("//section[@aria-labelledby=$title]//li", title=title)
    return [" ".join(row.text_content().split()) for row in rows]


def the_list(client):
    return Page(client.get(reverse("my:sections")))


# --- the list ---------------------------------------------------------------------------------


@pytest.mark.policy("ILL-051")
def test_the_list_has_the_thirteen_sections_with_their_state_and_what_waits(customer, own):
    fill(customer, "EDUCATION_LEVEL", by=customer.user, EDUCATION_LEVEL="1", SCHOOL_STATUS="5")
    complete(customer, "EDUCATION_LEVEL", by=customer.user)
    fill(customer, "SKILLS_AND_INTERESTS", by=customer.user, SKILLS="Cooking")
    review(customer, "SKILLS_AND_INTERESTS", by=people.planner())
    mine, of_staff = (lines_of(the_list(own), title) for title in ("mine-title", "of-staff-title"))
    assert (len(mine), len(of_staff)) == (9, 4)
    # The levels as tested are not the customer's to answer, and are not counted.
    assert mine[3] == "Your schooling 2 of 5 answered Your planner has not looked at 2 answers yet Complete"
    assert mine[1] == "What you can do and what you like 1 of 7 answered In progress"
    assert mine[0].endswith("Not started")
    assert "with confidential questions" in mine[6]


def test_the_pages_ask_the_database_as_often_whatever_is_answered(customer, own, django_assert_max_num_queries):
    everything = {"WORK_HISTORY": [{"employer": f"Shop {number}", "job": "Clerk"} for number in range(18)]}
    fill(customer, "EMPLOYMENT_INFORMATION", by=customer.user, **everything, EMPLOYMENT_STATUS="1", INDUSTRY="Health")
    fill_confidential(customer, CLOSED, by=customer.user, DISABILITY="1", SNAP=True)
    for page in (reverse("my:sections"), address("EMPLOYMENT_INFORMATION"), address(CLOSED)):
        with django_assert_max_num_queries(10):
            assert own.get(page).status_code == 200
    with django_assert_max_num_queries(12):
        own.post(address(CLOSED, "section-confidential"))


# --- the dashboard ----------------------------------------------------------------------------


@pytest.mark.policy("ILL-050")
def test_who_has_answered_nothing_and_has_no_plan_is_asked_to(customer, own):
    page = Page(own.get(reverse("my:dashboard")))
    assert "Tell us about yourself" in page.words
    assert page.links()["Answer questions about me"] == reverse("my:sections")


def test_the_dashboard_says_how_many_parts_are_open(customer, own):
    save(own, "OTHER_CONSIDERATIONS", FAMILY_SUPPORT="My aunt.")
    assert "9 of 9 parts are still open." in Page(own.get(reverse("my:dashboard"))).words
    complete(customer, "OTHER_CONSIDERATIONS", by=customer.user)
    words = Page(own.get(reverse("my:dashboard"))).words
    assert "8 of 9 parts are still open." in words
    assert "Tell us about yourself" not in words


def test_a_plan_in_force_is_not_preceded_by_a_question(client):
    version = states.in_force()
    client.force_login(version.plan.customer.user)
    words = Page(client.get(reverse("my:dashboard"))).words
    assert "9 of 9 parts are still open." in words
    assert "Tell us about yourself" not in words


def test_the_dashboard_says_when_all_is_complete(customer, own):
    for section in AssessmentSection.objects.exclude(code__in=SECTIONS_OF_STAFF):
        record = SectionRecord(customer=customer, section=section, state=SectionState.COMPLETE)
        for name in ("filled", "completed"):
            setattr(record, f"{name}_by", customer.user)
            setattr(record, f"{name}_at", clock.now())
        record.save()
    assert "All parts are complete." in Page(own.get(reverse("my:dashboard"))).words


# --- a section --------------------------------------------------------------------------------


def test_what_the_customer_answers_waits_for_the_planner_and_stands_there_again(customer, own):
    answer = save(own, "EDUCATION_LEVEL", EDUCATION_LEVEL="6", GRADE_COMPLETED="12")
    assert answer.url == reverse("my:sections")
    said = answers_to(customer.pk)
    assert {code: (found.value, found.said_by, found.reviewed_at) for code, found in said.items()} == {
        "EDUCATION_LEVEL": ("6", customer.user, None),
        "GRADE_COMPLETED": ("12", customer.user, None),
    }
    assert opened(own, "EDUCATION_LEVEL")["GRADE_COMPLETED"] == "12"
    assert "Your planner has not looked at 2 of your answers yet." in Page(own.get(address("EDUCATION_LEVEL"))).words


def test_rows_are_saved_and_two_more_given_by_a_button_beside_them(customer, own):
    row = {"WORK_HISTORY-1-employer": "Mercy", "WORK_HISTORY-1-job": "Aide"}
    answer = save(own, "EMPLOYMENT_INFORMATION", **row, more="WORK_HISTORY")
    assert answer.url == f"{address('EMPLOYMENT_INFORMATION')}#div_id_WORK_HISTORY"
    page = Page(own.get(address("EMPLOYMENT_INFORMATION")))
    assert page.has_id("div_id_WORK_HISTORY")
    assert "WORK_HISTORY-3-begun" in page.form(address("EMPLOYMENT_INFORMATION"))
    assert answers_to(customer.pk)["WORK_HISTORY"].value[0]["employer"] == "Mercy"


def test_rows_of_a_question_that_is_none_lead_to_the_list(own):
    assert save(own, "EMPLOYMENT_INFORMATION", INDUSTRY="Health", more="x#y").url == reverse("my:sections")


def test_a_section_that_the_customer_is_done_with_is_read_only_and_says_whom_to_ask(customer, own):
    answer = save(own, "EDUCATION_LEVEL", EDUCATION_LEVEL="6", SCHOOL_STATUS="5", done="yes")
    assert answer.url == reverse("my:sections")
    assert SectionRecord.objects.get(customer=customer).completed_by == customer.user
    page = Page(own.get(address("EDUCATION_LEVEL")))
    assert "Associate's degree" in page.words
    assert str(customer.planner) in page.words
    assert page.links()["write a message"] == reverse("my:messages")
    assert page.root.xpath("//main//form") == []


def test_a_section_that_lacks_an_answer_is_saved_and_says_what_is_missing(customer, own):
    answer = save(own, "EDUCATION_LEVEL", EDUCATION_LEVEL="6", done="yes")
    assert answer.url == address("EDUCATION_LEVEL") + "#div_id_SCHOOL_STATUS"
    assert "Answer this first: School today." in Page(own.get(answer.url)).words
    assert answers_to(customer.pk)["EDUCATION_LEVEL"].value == "6"
    assert SectionRecord.objects.get(customer=customer).state == SectionState.IN_PROGRESS


def test_what_was_typed_while_the_planner_closed_the_section_stays_and_says_where_to_turn(customer, own):
    fill(customer, "OTHER_CONSIDERATIONS", by=people.planner(), OTHER_CONSIDERATIONS="-")
    form = opened(own, "OTHER_CONSIDERATIONS") | {"FAMILY_SUPPORT": "My aunt."}
    complete(customer, "OTHER_CONSIDERATIONS", by=people.planner())
    for _again in range(2):  # first of all it was changed by somebody else
        page = own.post(address("OTHER_CONSIDERATIONS"), form)
        assert page.status_code == 422
        form = Page(page).form(address("OTHER_CONSIDERATIONS"))
        assert form["FAMILY_SUPPORT"] == "My aunt."
    assert "This part was closed while you answered." in Page(page).words
    assert "FAMILY_SUPPORT" not in answers_to(customer.pk)
    reopen(customer, "OTHER_CONSIDERATIONS", by=people.planner())
    assert save(own, "OTHER_CONSIDERATIONS", FAMILY_SUPPORT="My aunt.").status_code == 302


def test_a_question_that_was_reworded_meanwhile_is_named_and_what_was_typed_stays(customer, own):
    form = opened(own, "GOALS_AND_SITUATION") | {"COUNTY": "Peoria", "PROGRAM_GOALS": "A job."}
    before = wording("COUNTY")
    words = replace(wording_of(before), label_english="County or parish")
    reword(before.field, words, by=people.administrator(), at=clock.now())
    page = own.post(address("GOALS_AND_SITUATION"), form)
    assert page.status_code == 422
    assert "“County or parish”" in Page(page).words
    again = Page(page).form(address("GOALS_AND_SITUATION"))
    assert (again["COUNTY"], again["PROGRAM_GOALS"]) == ("Peoria", "A job.")
    assert answers_to(customer.pk) == {}
    assert own.post(address("GOALS_AND_SITUATION"), again).status_code == 302
    assert answers_to(customer.pk)["COUNTY"].value == "Peoria"


def test_what_was_typed_when_the_session_ended_is_offered_again(customer, own):
    form = opened(own, "OTHER_CONSIDERATIONS") | {"FAMILY_SUPPORT": "My aunt."}
    kept = f"{reverse('draft_keep')}?form={address('OTHER_CONSIDERATIONS')}"
    own.post(kept, form)
    assert "You typed something here" in Page(own.get(address("OTHER_CONSIDERATIONS"))).words
    shown = own.get(f"{address('OTHER_CONSIDERATIONS')}?draft=show")
    assert Page(shown).form(address("OTHER_CONSIDERATIONS"))["FAMILY_SUPPORT"] == "My aunt."


# --- what staff write -------------------------------------------------------------------------


def test_what_staff_write_names_sections_and_questions_that_are_there():
    assert set(AssessmentSection.objects.values_list("code", flat=True)) >= SECTIONS_OF_STAFF
    assert set(SectionField.objects.values_list("code", flat=True)) >= QUESTIONS_OF_STAFF


@pytest.mark.parametrize("code", sorted(SECTIONS_OF_STAFF))
def test_a_section_of_staff_is_read_and_not_filled(code, customer, own):
    page = Page(own.get(address(code)))
    assert "Your planner fills in this part" in page.words
    assert page.root.xpath("//main//form") == []
    assert own.post(address(code), {"wordings": ""}).status_code == 403
    assert not SectionRecord.objects.filter(customer=customer).exists()


def test_a_result_that_the_planner_entered_is_read_by_the_customer(customer, own):
    fill(customer, "OBSERVATION", by=people.planner(), OBS_WHERE="Front desk")
    assert "Front desk" in Page(own.get(address("OBSERVATION"))).words
    fill(customer, "EDUCATION_LEVEL", by=people.planner(), READING_LEVEL="9.2")
    page = Page(own.get(address("EDUCATION_LEVEL")))
    assert "9.2" in page.words
    assert "READING_LEVEL" not in page.form(address("EDUCATION_LEVEL"))


def test_a_customer_writes_nothing_of_what_staff_write(customer):
    by = customer.user
    for act in (
        lambda: fill(customer, "OBSERVATION", by=by, OBS_WHERE="Front desk"),
        lambda: fill(customer, "EDUCATION_LEVEL", by=by, READING_LEVEL="9.2"),
        lambda: fill_confidential(customer, CLOSED, by=by, ESTIMATE_RESULT="More"),
        lambda: complete(customer, "OBSERVATION", by=by),
        lambda: reopen(customer, "OBSERVATION", by=by),
    ):
        with pytest.raises(NotAllowed, match="staff-write-it"):
            act()
    assert not SectionRecord.objects.filter(customer=customer).exists()


# --- what is confidential ---------------------------------------------------------------------


def looked(client, code=CLOSED):
    return Page(client.post(address(code, "section-confidential")))


def test_the_customer_reads_and_writes_own_confidential_answers_and_sees_who_looked(customer, own):
    page = Page(own.get(address(CLOSED)))
    assert address(CLOSED, "section-confidential") in page.links().values()
    here = address(CLOSED, "section-confidential-save")
    answer = own.post(here, looked(own).form(here) | {"confidential-DISABILITY_KIND": SECRET})
    assert answer.url == reverse("my:sections")
    [said] = ConfidentialAnswer.objects.all()
    assert (said.value, said.said_by, said.reviewed_at) == (SECRET, customer.user, None)
    for page in (reverse("my:dashboard"), reverse("my:sections"), address(CLOSED)):
        assert SECRET not in own.get(page).content.decode()
    assert SECRET not in own.get(address(CLOSED, "section-confidential")).content.decode()
    assert SECRET in looked(own).words


def test_looking_at_ones_own_is_told_as_ones_own_and_as_nobody_elses(customer, own):
    assert "Nobody yet." in Page(own.get(address(CLOSED, "section-confidential"))).words
    assert not ConfidentialLook.objects.exists()
    assert lines_of(looked(own), "looks-title")[0].startswith("You")
    assert {look.looked_by for look in ConfidentialLook.objects.all()} == {customer.user}


def test_the_confidential_questions_are_what_a_section_is_done_with(customer, own):
    here = address(CLOSED, "section-confidential-save")
    own.post(here, looked(own).form(here) | {"confidential-SNAP": "yes", "done": "yes"})
    assert SectionRecord.objects.get(customer=customer).is_complete
    page = looked(own)
    assert "SNAP" in page.words
    assert page.root.xpath("//main//form") == []


def test_a_confidential_answer_that_does_not_fit_comes_back_with_what_was_typed(customer, own):
    here = address(CLOSED, "section-confidential-save")
    typed = {"confidential-DISABILITY_KIND": SECRET, "confidential-BENEFIT_AMOUNT": "much"}
    page = own.post(here, looked(own).form(here) | typed)
    assert page.status_code == 422
    assert {name: Page(page).form(here)[name] for name in typed} == typed


def test_a_section_without_confidential_questions_says_so(own):
    page = Page(own.get(address("EDUCATION_LEVEL", "section-confidential")))
    assert "This part has no confidential questions." in page.words


# --- the planner hears of it ------------------------------------------------------------------


def due_rows(customer):
    return [row for row in read_due(states.today(), [customer.pk]) if row.code == "answers-to-review"]


@pytest.mark.policy("ILL-053")
def test_what_the_customer_answered_stands_on_today_until_it_is_reviewed(customer, client):
    assert due_rows(customer) == []
    fill(customer, "EDUCATION_LEVEL", by=customer.user, EDUCATION_LEVEL="6")
    fill(customer, "OTHER_CONSIDERATIONS", by=customer.user, FAMILY_SUPPORT="My aunt.")
    [row] = due_rows(customer)
    assert (row.due_on, row.since, row.path) == (None, states.today(), f"/customers/{customer.pk}/plan/assessment/")
    client.force_login(people.planner())
    assert "Look at what the customer answered" in Page(client.get(reverse("today"))).words
    review(customer, "EDUCATION_LEVEL", by=people.planner())
    review(customer, "OTHER_CONSIDERATIONS", by=people.planner())
    assert due_rows(customer) == []


def test_what_a_planner_answers_is_nobodys_work(customer):
    fill(customer, "EDUCATION_LEVEL", by=people.planner(), EDUCATION_LEVEL="6")
    assert due_rows(customer) == []


def test_a_confidential_answer_is_the_work_of_a_planner_who_may_read_it(customer):
    fill_confidential(customer, CLOSED, by=customer.user, SNAP=True)
    assert due_rows(customer) == []
    write(people.planner(), reads_confidential=True)
    assert len(due_rows(customer)) == 1
