"""Career pathways are read in the language of the page; one that has no Spanish title is marked as English."""

import csv
from pathlib import Path

import pytest
from django.core.management import call_command
from django.urls import reverse

from careerplan.base import clock
from careerplan.base.history import record
from goals.actions import save_career_path
from goals.models import CareerCluster
from tests.markup import Page
from tests.people import david, planner

pytestmark = pytest.mark.django_db

PATH = "/my/career-path/"
HEALTH = ("Health Science", "Ciencias de la salud")


def pathway():
    return CareerCluster.objects.get(framework="2002", title=HEALTH[0])


def options(page):
    return {
        option.text.strip(): option.get("lang")
        for option in page.root.xpath("//select[@name='pathway']/option[@value!='']")
    }


def in_spanish(client, address):
    client.post(reverse("set_language"), {"language": "es", "next": "/"})
    return Page(client.get(address))


@pytest.mark.policy("ILL-041")
def test_the_customer_chooses_and_reads_the_pathway_in_the_language_of_the_page(client):
    save_career_path(david(), {"pathway": pathway()}, by=planner(), at=clock.now())
    client.force_login(david().user)
    addresses = (PATH, reverse("my:dashboard"))
    assert all(HEALTH[0] in Page(client.get(address)).words for address in addresses)
    assert set(options(Page(client.get(PATH))).values()) == {None}
    for address in addresses:
        words = in_spanish(client, address).words
        assert HEALTH[1] in words
        assert HEALTH[0] not in words
    assert options(in_spanish(client, PATH))[HEALTH[1]] is None


def test_the_planner_who_reads_spanish_sees_the_official_title_beside_it(client):
    save_career_path(david(), {"pathway": pathway()}, by=planner(), at=clock.now())
    client.force_login(planner())
    for name in ("plan:overview", "plan:career-path"):
        page = in_spanish(client, reverse(name, args=[david().pk]))
        assert f"{HEALTH[1]} {HEALTH[0]}" in page.words
        assert page.root.xpath(f"//small[@class='official-name'][@lang='en'][text()='{HEALTH[0]}']")


def test_a_pathway_without_spanish_is_shown_in_english_and_says_so(client):
    own = CareerCluster(framework="2002", title="Work on the Lake", position=99)
    record(own, by=None, at=clock.now())
    save_career_path(david(), {"pathway": own}, by=planner(), at=clock.now())
    client.force_login(david().user)
    page = in_spanish(client, PATH)
    assert options(page)["Work on the Lake"] == "en"
    page = Page(client.get(reverse("my:dashboard")))
    assert page.root.xpath("//li/bdi[@lang='en'][text()='Work on the Lake']")


def test_each_pathway_of_the_product_has_a_spanish_title():
    with Path("goals/data/career_clusters.csv").open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert [row["title"] for row in rows if not row["spanish"] or row["spanish"] == row["title"]] == []
    assert CareerCluster.objects.filter(spanish="").count() == 0


def test_a_pathway_of_an_older_release_gets_its_spanish_and_one_that_was_taken_away_stays_away():
    finance = CareerCluster.objects.get(framework="2002", title="Finance")
    finance.delete()
    finance.pk, finance._state.adding, finance.spanish = None, True, ""
    record(finance, by=None, at=clock.now())
    taken = pathway()
    taken.spanish = ""
    record(taken, by=None, at=clock.now())
    call_command("seed_reference", verbosity=0)
    finance.refresh_from_db()
    assert (finance.spanish, finance.history.latest("history_id").spanish) == ("Finanzas", "Finanzas")
    assert pathway().spanish == ""
