"""A program ends, or begins: nobody is responsible for a customer out of sight, and the page asks who takes over."""

import pytest
from django.urls import reverse
from django.utils import timezone

from acknowledgments.models import StaffAnswer, StaffRequest
from careerplan.base.refusals import Refusal
from careerplan.messaging.enums import Notice
from careerplan.messaging.models import Message
from customers.models import Customer, Enrollment
from tests import people, states
from tests.accounts.test_admin import fields_of
from tests.markup import Page
from tests.people import administrator, angela, north_planner, planner, statewide, youth_planner
from tests.rows import date_back, write
from tests.shared_plans import approved, asked, closing, shared_angela

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("people")]


def sees(person, customer):
    return Customer.objects.editable_by(person).filter(pk=customer.pk).exists()


def page_of(customer):
    return reverse("admin:customers_customer_change", args=[customer.pk])


def ended(client, enrollment, **values):
    """The customer's page of the administration, posted with today as the exit of this program."""
    client.force_login(administrator())
    path = page_of(enrollment.customer)
    fields = fields_of(client.get(path))
    [key] = [name for name, value in fields.items() if name.endswith("-id") and str(value) == str(enrollment.pk)]
    row = key.removesuffix("-id")
    today = timezone.localdate().strftime("%m/%d/%Y")
    return client.post(path, fields | {f"{row}-status": "exited", f"{row}-exited_on": today} | values, follow=True)


def is_open(enrollment):
    return Enrollment.objects.get(pk=enrollment.pk).exited_on is None


def shared_with_the_north():
    """Angela's Dislocated Worker program is Grace's, who sees her as long as another planner has a program, too."""
    customer = shared_angela()
    write(customer.enrollments.get(program__code="T1-DW"), planner=north_planner())
    return customer


def adult():
    return angela().enrollments.get(program__code="T1-ADULT")


def worker():
    return angela().enrollments.get(program__code="T1-DW")


def test_the_planner_of_the_last_open_program_is_not_left_without_sight(client):
    shared_with_the_north()
    answer = ended(client, adult())
    page = Page(answer)
    assert "Nothing was saved." in page.words
    assert f"{north_planner()} would no longer see 1 customer" in page.words
    assert "Choose who takes it over" in page.words
    assert page.links()[str(angela())] == reverse("customer-hand-over", args=[angela().pk])
    assert is_open(adult())


def test_the_successor_takes_over_in_the_step_that_ends_the_program(client):
    shared_with_the_north()
    ended(client, adult(), successor=youth_planner().pk)
    assert not is_open(adult())
    assert worker().planner == youth_planner()
    assert Message.objects.filter(recipient=youth_planner(), kind=Notice.PART_HANDED_OVER).exists()


def test_what_somebody_asked_for_whose_program_ends_goes_to_the_successor(client):
    shared_with_the_north()
    request = asked(closing(angela(), north_planner()), north_planner())
    assert "Nothing was saved." in Page(ended(client, worker())).words
    ended(client, worker(), successor=youth_planner().pk)
    request.refresh_from_db()
    assert request.asker == youth_planner()
    assert approved(request, planner()).state == "approved"


def test_what_waits_for_somebody_whose_program_ends_goes_to_the_successor(client):
    shared_with_the_north()
    request = asked(closing(angela(), planner()), planner())
    ended(client, worker(), successor=youth_planner().pk)
    assert StaffAnswer.objects.waiting_for(youth_planner()).filter(request=request).exists()


def test_a_program_ends_without_a_word_where_nobody_loses_sight(client):
    shared_angela()
    asked(closing(angela(), planner()), planner())
    ended(client, worker())
    assert not is_open(worker())


def test_a_successor_who_does_not_see_the_customer_is_refused(client):
    shared_with_the_north()
    write(people.lucia(), planner=people.person("train10"))
    answer = ended(client, adult(), successor=north_planner().pk)
    assert "Choose someone else" in Page(answer).words
    assert is_open(adult())


# --- who is chosen ----------------------------------------------------------------------------


def added(client, **values):
    client.force_login(administrator())
    path = reverse("admin:customers_customer_add")
    fields = fields_of(client.get(path)) | {"first_name": "Ivy", "last_name": "Lindholm", "state_id": "NEW-1"}
    answer = client.post(path, fields | {"office": people.david().office_id} | values, follow=True)
    return answer, Customer.objects.filter(state_id="NEW-1").first()


def test_a_new_customer_gets_no_planner_who_does_not_see_the_customer(client):
    answer, customer = added(client, planner=north_planner().pk)
    assert f"{north_planner()} works for other offices and does not see Ivy Lindholm." in Page(answer).words
    assert customer is None


def test_a_new_customer_gets_a_planner_of_the_office_and_is_not_asked_for_a_successor(client):
    answer, customer = added(client, planner=planner().pk)
    assert customer is not None, Page(answer).words
    assert customer.planner == planner()
    assert 'name="successor"' not in client.get(reverse("admin:customers_customer_add")).content.decode()


def test_a_further_program_gets_no_planner_who_does_not_see_the_customer(client):
    _answer, customer = added(client)
    today = timezone.localdate().strftime("%m/%d/%Y")
    new = {"program": adult().program_id, "planner": north_planner().pk, "status": "enrolled", "begun_on": today}
    new = {f"enrollments-0-{name}": value for name, value in new.items()} | {"enrollments-TOTAL_FORMS": "1"}
    answer = client.post(page_of(customer), fields_of(client.get(page_of(customer))) | new, follow=True)
    assert f"{north_planner()} works for other offices and does not see Ivy Lindholm." in Page(answer).words
    assert not customer.enrollments.exists()


def test_who_did_not_see_the_customer_before_stops_no_other_change(client):
    customer = states.enrolled()
    write(customer.enrollments.get(), planner=north_planner())
    client.force_login(administrator())
    client.post(page_of(customer), fields_of(client.get(page_of(customer))) | {"phone": "847-555-0119"})
    customer.refresh_from_db()
    assert customer.phone == "847-555-0119"


# --- what lost its asker by any other way -----------------------------------------------------


def asked_by_somebody_out_of_sight():
    shared_with_the_north()
    request = asked(closing(angela(), north_planner()), north_planner())
    write(worker(), status="exited", exited_on=timezone.localdate())
    assert not sees(north_planner(), angela())
    return StaffRequest.objects.get(pk=request.pk)


def test_the_last_approval_goes_on_in_the_name_of_the_customers_planner(client):
    request = asked_by_somebody_out_of_sight()
    client.force_login(planner())
    answer = client.post(reverse("requests:request", args=[request.pk]), {"approves": "yes", "note": ""}, follow=True)
    assert "Your answer was saved." in Page(answer).words
    request.refresh_from_db()
    assert (request.state, request.asked_by, request.asker) == ("approved", north_planner(), planner())
    assert states.plan_of(angela()).closed_by == planner()


def test_where_nobody_answers_for_the_customer_the_approver_reads_the_way_on(client):
    request = asked_by_somebody_out_of_sight()
    date_back(angela(), planner=None)
    client.force_login(statewide())
    page = reverse("requests:request", args=[request.pk])
    words = Page(client.post(page, {"approves": "yes", "note": ""}, follow=True)).words
    assert f"{north_planner()} asked for this, and no longer works with this customer. Refuse the request" in words
    client.post(page, {"approves": "no", "note": "Ask again."})
    request.refresh_from_db()
    assert request.state == "refused"
    answered = Message.objects.filter(kind=Notice.STAFF_REQUEST_ANSWERED, path=page)
    assert north_planner() not in {message.recipient for message in answered}
    assert all(sees(message.recipient, angela()) for message in answered)
    assert answered


def test_what_can_not_be_approved_is_a_refusal_in_words():
    request = asked_by_somebody_out_of_sight()
    date_back(angela(), planner=None)
    with pytest.raises(Refusal, match="nobody-asks"):
        approved(request, statewide())
