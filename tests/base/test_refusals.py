"""A refusal that no form took up is a page that says what to do, with a way back on this site only."""

import pytest
from django.http import Http404, HttpResponse
from django.test import Client, RequestFactory
from django.utils.translation import gettext_lazy

from careerplan.base.middleware import RefusalMiddleware
from careerplan.base.refusals import NotAllowed, Refusal, StaleRow
from careerplan.plans.models import EmploymentPlan
from tests import people
from tests.markup import Page

SENTENCE = gettext_lazy("The plan was sent already. Nothing was sent again.")


def answer(exception, **headers):
    request = RequestFactory().post("/customers/1/plan/agreement/send/", headers=headers)
    request.user = None
    return RefusalMiddleware(lambda request: HttpResponse()).process_exception(request, exception)


@pytest.mark.parametrize(
    ("refusal", "status"),
    [
        (Refusal("cannot-send", SENTENCE), 409),
        (NotAllowed("not-a-planner", SENTENCE), 403),
        (StaleRow(None, SENTENCE), 409),
    ],
)
def test_a_refusal_says_its_sentence_with_its_status(refusal, status):
    response = answer(refusal)
    assert response.status_code == status
    assert str(SENTENCE) in Page(response).words


@pytest.mark.parametrize("exception", [Http404(), ValueError("x"), PermissionError()])
def test_other_exceptions_are_not_touched(exception):
    assert answer(exception) is None


@pytest.mark.parametrize(
    ("referer", "back"),
    [
        ("http://testserver/customers/1/plan/agreement/?x=1", "/customers/1/plan/agreement/?x=1"),
        ("http://testserver//elsewhere.example/", "/elsewhere.example/"),
        ("", "/"),
        ("https://elsewhere.example/customers/1/", "/"),
        ("http://testserver.elsewhere.example/", "/"),
        ("https://testserver/", "/"),
        ("javascript:alert(1)", "/"),
    ],
)
def test_the_way_back_leads_to_our_own_site_only(referer, back):
    response = answer(Refusal("cannot-send", SENTENCE), referer=referer)
    assert Page(response).links()["Go back"] == back


@pytest.mark.django_db
@pytest.mark.usefixtures("people")
def test_a_form_of_another_site_is_not_taken():
    client = Client(enforce_csrf_checks=True)
    client.force_login(people.planner())
    response = client.post(f"/customers/{people.henrik().pk}/plan/start/")
    assert response.status_code == 403
    assert not EmploymentPlan.objects.filter(customer=people.henrik()).exists()


@pytest.mark.django_db
@pytest.mark.usefixtures("people")
@pytest.mark.parametrize("sent", [{"q": "kru\0se"}, {"q": ["kruse", "\0"]}])
def test_characters_that_nobody_types_are_a_bad_request(client, sent):
    client.force_login(people.planner())
    assert client.get("/customers/", sent).status_code == 400
    assert client.post("/language/", sent).status_code == 400


@pytest.mark.django_db
@pytest.mark.usefixtures("people")
def test_a_page_in_the_browser_shows_it(client):
    client.force_login(people.planner())
    response = client.post(
        f"/customers/{people.angela().pk}/plan/start/", headers={"referer": "http://testserver/customers/"}
    )
    assert response.status_code == 409
    page = Page(response)
    assert "This was not done" in page.words
    assert page.links()["Go back"] == "/customers/"
