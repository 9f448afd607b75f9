"""The pages on which customers are added, corrected, invited, enrolled, ended and reassigned."""

from datetime import date, timedelta

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from acknowledgments.models import Acknowledgment
from careerplan.accounts.models import Office, User
from careerplan.demo.cast import HARBOR
from careerplan.messaging.models import Message
from customers.enums import EnrollmentStatus
from customers.models import Customer, Program
from tests import htmx, people, states
from tests.accounts.test_passwords import link_in, set_by_link
from tests.accounts.test_sign_in import PASSWORD, sign_in, signed_in
from tests.mail import letters_about_signing_in
from tests.markup import Page
from tests.people import david, north_planner, planner, statewide, youth_planner
from tests.rows import everything, write

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("people")]

ADD = reverse("customers:add")


def address(name, customer, *keys):
    return reverse(f"customers:{name}", args=[customer.pk, *keys])


def posted(client, path, by=planner, **changes):
    """The page's form as it stands, with changes."""
    if client.session.get("_auth_user_id") != str(by().pk):
        client.force_login(by())
    page = Page(client.get(path))
    form = page.form(path.partition("?")[0])
    return client.post(path, form | changes, follow=True)


def typed(**others):
    program = Program.objects.get(code="T1-ADULT")
    known = {"first_name": "Rosa", "last_name": "Lindqvist", "birth_date": "4/2/90", "email": "rosa@careerplan.test"}
    return known | {"program": program.pk, "status": "enrolled", "begun_on": "11/02/2026"} | others


# --- adding -------------------------------------------------------------------------------------


def test_a_planner_adds_a_customer_in_one_page(client):
    response = posted(client, ADD, **typed())
    customer = Customer.objects.get(email="rosa@careerplan.test")
    assert response.redirect_chain == [(address("intake", customer), 302)]
    assert (customer.office.name, customer.planner, customer.user) == (HARBOR, planner(), None)
    assert customer.birth_date == date(1990, 4, 2)
    facts = Page(response).facts()
    assert facts["Participant ID"] == customer.state_id
    assert facts["Username"].startswith("No sign-in yet")
    assert Page(response).table("Enrollments")[0]["Status"] == "Enrolled"


def test_a_state_is_two_letters_and_kept_in_capitals(client):
    answer = posted(client, ADD, **typed(state="w1"))
    assert answer.context["form"].errors["state"] == ["Write the two letters of the state, for example IL."]
    posted(client, ADD, **typed(state="wi"))
    assert Customer.objects.get(email="rosa@careerplan.test").state == "WI"


def test_without_a_program_nothing_is_enrolled(client):
    posted(client, ADD, **typed(program=""))
    assert not Customer.objects.get(email="rosa@careerplan.test").enrollments.exists()


def test_a_planner_of_one_office_finds_it_chosen_and_offered_alone(client):
    client.force_login(planner())
    form = Page(client.get(ADD)).form(ADD)
    assert form["office"] == str(Office.objects.get(name=HARBOR).pk)
    assert form["planner"] == str(planner().pk)


def test_a_possible_double_is_shown_and_added_only_with_a_word(client):
    twin = typed(first_name=david().first_name, last_name=david().last_name, birth_date="")
    client.force_login(planner())
    before = everything()
    page = posted(client, ADD, **twin)
    assert page.status_code == 422
    assert Page(page).links()[david().legal_name] == address("overview", david())
    assert everything() == before
    posted(client, ADD, **twin, word_on_doubles="His son.")
    assert Customer.objects.get(email="rosa@careerplan.test").case_notes.get().text.startswith("His son.")


def test_while_typing_the_same_is_asked_as_the_page_shows(client):
    client.force_login(planner())
    form = Page(client.get(ADD)).form(ADD)
    twin = form | typed(first_name=david().first_name, last_name=david().last_name, birth_date="no day")
    answer = client.post(reverse("customers:doubles"), twin, headers={"HX-Request": "true"})
    page, [asking] = htmx.tree(client.get(ADD)), htmx.tree(client.get(ADD)).xpath("//*[@hx-post]")
    assert asking.get("hx-post") == reverse("customers:doubles")
    assert david().state_id in htmx.settled(htmx.swapped(page, answer, asking))
    [live] = asking.xpath("self::*[@aria-live='polite']")
    assert live is asking


def test_nothing_of_a_customer_elsewhere_is_shown(client):
    other = people.lucia()
    page = posted(client, ADD, **typed(email=other.email))
    assert "Somebody in another office may be the same person." in Page(page).words
    assert other.state_id not in Page(page).words


# --- inviting -----------------------------------------------------------------------------------


def test_who_is_invited_when_added_chooses_a_password_and_signs_in(client):
    posted(client, ADD, **typed(invite="on", language="es"))
    customer = Customer.objects.get(email="rosa@careerplan.test")
    assert (customer.user.role, customer.user.language) == ("customer", "es")
    [letter] = letters_about_signing_in()
    assert letter.to == ["rosa@careerplan.test"]
    for word in ("Rosa", "Lindqvist", customer.state_id, HARBOR):
        assert word not in letter.subject + letter.body
    client.logout()
    set_by_link(client, link_in(letter), PASSWORD)
    sign_in(client, "rosa@careerplan.test", PASSWORD)
    assert signed_in(client)
    assert client.get(reverse("my:dashboard")).status_code == 200


def test_an_invitation_needs_an_address(client):
    page = posted(client, ADD, **typed(invite="on", email=""))
    assert "Enter the e-mail address to which the invitation goes." in Page(page).words


def test_a_record_without_sign_in_gets_one_later_and_another_letter_until_a_password_is_chosen(client):
    customer = states.enrolled(with_sign_in=False)
    path = address("invite", customer)
    client.force_login(planner())
    assert Page(client.get(address("intake", customer))).links()["Invite to sign in"] == path
    page = posted(client, path)
    customer.refresh_from_db()
    assert customer.user.email == customer.email
    assert Customer.objects.matching(customer.user.username).get() == customer
    assert "Invited, no password yet" in Page(page).facts()["Username"]
    posted(client, path)
    assert len(letters_about_signing_in()) == 2
    customer.user.set_password(PASSWORD)
    customer.user.save()
    page = posted(client, path)
    assert page.status_code == 422
    assert len(mail.outbox) == 2


def test_the_address_of_somebody_else_invites_nobody_and_adds_nobody(client):
    client.force_login(planner())
    before = everything()
    page = posted(client, ADD, **typed(invite="on", email=planner().email.upper()))
    assert "Someone else already signs in with this e-mail address." in Page(page).words
    assert everything() == before


# --- correcting ---------------------------------------------------------------------------------


def test_a_planner_corrects_the_record_and_the_sign_in_follows(client):
    customer = states.enrolled()
    former = customer.user.email
    page = posted(
        client, address("intake-edit", customer), last_name="Quist", email="New@Careerplan.test", language="es"
    )
    assert Page(page).facts()["Name"].endswith("Quist")
    user = User.objects.get(pk=customer.user_id)
    assert (user.last_name, user.email, user.language) == ("Quist", "new@careerplan.test", "es")
    customer.refresh_from_db()
    assert customer.email == "new@careerplan.test"
    assert Customer.objects.matching("quist").get() == customer
    assert {entry.history_user for entry in customer.history.all()} == {planner()}
    assert sorted(letter.to[0] for letter in letters_about_signing_in()) == sorted([former, "new@careerplan.test"])


def test_what_a_colleague_changed_meanwhile_is_not_overwritten(client):
    customer = states.enrolled()
    path = address("intake-edit", customer)
    client.force_login(planner())
    form = Page(client.get(path)).form(path)
    posted(client, path, phone="312-555-0101")
    page = client.post(path, form | {"phone": "312-555-0199"})
    assert page.status_code == 422
    assert "Someone else changed this" in Page(page).words
    assert Customer.objects.get(pk=customer.pk).phone == "312-555-0101"


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"state_id": ""}, "Enter the participant ID."),
        ({"email": ""}, "Who signs in has an e-mail address."),
        ({"first_name": "", "last_name": ""}, "Enter a first or a last name."),
    ],
)
def test_what_a_record_must_have_is_asked_for(client, changes, sentence):
    page = posted(client, address("intake-edit", states.enrolled()), **changes)
    assert page.status_code == 422
    assert sentence in Page(page).words


def test_a_participant_id_and_an_address_are_one_persons(client):
    customer = states.enrolled()
    client.force_login(planner())
    before = everything()
    page = posted(client, address("intake-edit", customer), state_id=david().state_id)
    assert "Somebody has this participant ID already." in Page(page).words
    page = posted(client, address("intake-edit", customer), email=planner().email)
    assert "Someone else already signs in with this e-mail address." in Page(page).words
    assert everything() == before


# --- programs -----------------------------------------------------------------------------------


def test_a_planner_enrolls_changes_and_ends(client):
    customer = states.enrolled()
    jted = Program.objects.get(code="JTED")
    posted(client, address("enroll", customer), program=jted.pk, status="applicant", begun_on="11/02/2026")
    row = customer.enrollments.get(program=jted)
    posted(client, address("enrollment-edit", customer, row.pk), status="enrolled")
    page = posted(client, address("enrollment-end", customer, row.pk), exited_on="11/20/2026")
    row.refresh_from_db()
    assert (row.status, row.exited_on) == (EnrollmentStatus.EXITED, date(2026, 11, 20))
    assert "11/20/2026" in [cells["Exited"] for cells in Page(page).table("Enrollments")]


@pytest.mark.policy("WIS-085", "WIS-087", "AMB-W20")
def test_what_is_due_at_the_exit_is_listed_and_stands_against_no_exit(client):
    version = states.draft()
    customer = version.plan.customer
    states.signed(version)
    path = address("enrollment-end", customer, customer.enrollments.get().pk)
    client.force_login(planner())
    page = Page(client.get(path))
    agreed_on = Acknowledgment.objects.get(version=version).agreed_on
    sentence = f"Upload the document of the agreement to version 1, due by {agreed_on:%m/%d/%Y}."
    assert page.links()[sentence] == reverse("plan:evidence-add", args=[customer.pk, version.pk])
    assert "still planned or under way" in page.words
    assert "The plan is still open." in page.words
    posted(client, path)
    assert customer.enrollments.get().status == EnrollmentStatus.EXITED


@pytest.mark.policy("WIS-085")
def test_a_program_that_is_not_the_last_asks_for_no_document(client):
    version = states.draft("T1-ADULT", "JTED")
    customer = version.plan.customer
    for row in version.plan.services.all():
        write(row, program=Program.objects.get(code="T1-ADULT"))
    states.signed(version)
    client.force_login(planner())
    page = Page(client.get(address("enrollment-end", customer, customer.enrollments.get(program__code="JTED").pk)))
    assert "Nothing is due at the exit." in page.words


def test_a_version_that_waits_is_due_at_the_exit(client):
    version = states.draft()
    states.sent(version)
    customer = version.plan.customer
    client.force_login(planner())
    page = Page(client.get(address("enrollment-end", customer, customer.enrollments.get().pk)))
    assert "Version 1 waits for the customer." in page.words


# --- many at once -------------------------------------------------------------------------------


def reassigned(client, customers, by=planner, former=planner, successor=youth_planner):
    path = reverse("customers:reassign") + f"?planner={former().pk}"
    keys = [str(customer.pk) for customer in customers]
    return posted(client, path, by=by, customers=keys, successor=successor().pk)


def test_many_customers_go_to_another_planner_in_one_step(client):
    customers = [states.enrolled(), states.enrolled(), states.enrolled()]
    page = reassigned(client, customers[:2])
    assert "2 customers were reassigned." in Page(page).words
    assert [Customer.objects.get(pk=row.pk).planner for row in customers] == [youth_planner()] * 2 + [planner()]
    assert {row.enrollments.get().planner for row in customers[:2]} == {youth_planner()}
    message = Message.objects.get(recipient=youth_planner(), kind="part-handed-over")
    assert "2" in message.body


def test_a_whole_list_goes_by_one_tick_and_nobody_without_one(client):
    path = reverse("customers:reassign") + f"?planner={planner().pk}"
    page = posted(client, path, successor=youth_planner().pk)
    assert "Choose at least one customer." in Page(page).words
    posted(client, path, successor=youth_planner().pk, everybody="on")
    assert not Customer.objects.filter(planner=planner()).exists()


def test_all_go_or_none(client):
    customers = [states.enrolled(), states.enrolled()]
    write(customers[1], office=people.lucia().office)
    client.force_login(statewide())
    before = everything()
    page = reassigned(client, customers, by=statewide)
    assert page.status_code == 422
    assert everything() == before


def test_customers_of_nobody_get_a_planner(client):
    customer = states.enrolled()
    write(customer, planner=None)
    path = reverse("customers:reassign") + "?planner=nobody"
    posted(client, path, customers=[str(customer.pk)], successor=youth_planner().pk)
    assert Customer.objects.get(pk=customer.pk).planner == youth_planner()


def test_only_customers_of_the_list_are_taken(client):
    customer = states.enrolled()
    page = reassigned(client, [customer], by=north_planner, former=north_planner)
    assert page.status_code == 422
    assert Customer.objects.get(pk=customer.pk).planner == planner()


def test_the_last_day_for_a_document_is_never_later_than_the_exit(client):
    """AMB-W20 on the page: the exit that is typed, not today's."""
    version = states.draft()
    states.signed(version)
    customer = version.plan.customer
    path = address("enrollment-end", customer, customer.enrollments.get().pk)
    later = timezone.localdate() + timedelta(days=5)
    page = posted(client, path, exited_on=f"{later:%m/%d/%Y}")
    assert f"due by {later:%m/%d/%Y}" in Page(page).words
