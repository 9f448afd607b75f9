"""The way through a job fit review: what comes after a screen, what is still open, and where the result is."""

import pytest
from django.urls import reverse

from tests.fit import answers_of, begun, left_exploration, onet_imported, say, say_all
from tests.markup import Page
from tests.people import planner
from tests.rows import write

pytestmark = pytest.mark.django_db


@pytest.fixture
def review(client):
    """Of a customer who is signed in."""
    review = begun(left_exploration())
    client.force_login(review.plan.customer.user)
    return review


def screen(review, kind):
    return reverse("my:job-fit-rate", args=[review.pk, kind])


def sent(client, path, comforts):
    """Save the screen: `comforts` by the key of the answer."""
    form = Page(client.get(path)).form(path)
    return client.post(path, form | {f"item_{key}": str(comfort) for key, comfort in comforts.items()})


def all_but(review, *open_ones):
    say(review, {answer.pk: 4 for answer in answers_of(review) if answer not in open_ones})


def said(client, answer):
    return Page(client.get(answer.url)).words


def test_the_last_answer_leads_to_the_result_whichever_screen_it_is_on(client, review):
    first = answers_of(review)[0]
    all_but(review, first)
    answer = sent(client, screen(review, "task"), {first.pk: 2})
    assert answer.url == reverse("my:job-fit", args=[review.pk])
    words = said(client, answer)
    assert "All is answered. This is the result." in words
    assert "What to learn or practice" in words


def test_what_is_changed_once_all_is_answered_leads_back_to_the_result(client, review):
    say_all(review)
    answer = sent(client, screen(review, "skill"), {answers_of(review)[8].pk: 1})
    assert answer.url == reverse("my:job-fit", args=[review.pk])


def test_the_planners_screens_lead_to_the_result_too(client, review):
    first = answers_of(review)[0]
    all_but(review, first)
    client.force_login(planner())
    pk = review.plan.customer_id
    path = reverse("plan:job-fit-rate", args=[pk, review.pk, "task"])
    assert sent(client, path, {first.pk: 2}).url == reverse("plan:job-fit-result", args=[pk, review.pk])


def test_an_item_that_was_left_open_is_named_and_stands_where_the_screen_opens(client, review):
    tasks = [answer for answer in answers_of(review) if answer.kind == "task"]
    all_but(review, tasks[3], *answers_of(review)[-1:])
    answer = sent(client, screen(review, "knowledge"), {answers_of(review)[-1].pk: 4})
    assert answer.url == f"{screen(review, 'task')}#div_id_item_{tasks[3].pk}"
    page = Page(client.get(answer.url))
    assert "Saved. 1 item is still open." in page.words
    assert page.root.xpath(f"//*[@id='div_id_item_{tasks[3].pk}']")
    start = Page(client.get(reverse("my:job-fit", args=[review.pk])))
    assert start.links()["Go on"] == answer.url


def test_a_screen_of_which_nothing_is_answered_opens_at_its_beginning(client, review):
    tasks = [answer for answer in answers_of(review) if answer.kind == "task"]
    answer = sent(client, screen(review, "task"), {task.pk: 4 for task in tasks})
    assert answer.url == screen(review, "skill")


def test_screens_that_are_answered_are_passed_over(client, review):
    open_ones = [answer for answer in answers_of(review) if answer.kind == "task"][:2] + answers_of(review)[-1:]
    all_but(review, *open_ones)
    answer = sent(client, screen(review, "task"), {open_ones[0].pk: 4})
    assert answer.url == f"{screen(review, 'knowledge')}#div_id_item_{open_ones[-1].pk}"


def test_customers_read_of_themselves_as_you(client, review):
    say_all(review)
    assert "You answered 14 items." in Page(client.get(reverse("my:job-fit", args=[review.pk]))).words


def test_whoever_reads_no_english_is_told_who_explains_the_items(client, tmp_path):
    onet_imported(tmp_path)
    review = begun(left_exploration())
    customer = review.plan.customer.user
    write(customer, language="es")
    client.force_login(customer)
    assert (
        "Pida a su planificador que los repase con usted en su idioma" in Page(client.get(screen(review, "task"))).words
    )


def test_the_result_leads_the_customer_to_a_step_of_ones_own(client, review):
    start = reverse("my:job-fit", args=[review.pk])
    assert "Propose a step" not in Page(client.get(start)).links()
    say_all(review, 2)
    assert Page(client.get(start)).links()["Propose a step"] == reverse("my:step-propose")
    assert client.get(reverse("my:step-propose")).status_code == 200


def test_a_job_is_named_in_the_customers_language_beside_its_english_title(client, review):
    pages = (reverse("my:job-fit", args=[review.pk]), screen(review, "task"))
    for language, named in (("en", False), ("es", True)):
        write(review.plan.customer.user, language=language)
        for path in pages:
            words = Page(client.get(path)).words
            assert "Nursing Assistants" in words
            assert ("Auxiliar de enfermería" in words) == named
