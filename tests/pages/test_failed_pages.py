"""What the page of a fault says; it is shown without the database, in both languages at once."""

import pytest
from django.test import RequestFactory
from django.views.defaults import server_error
from lxml import html


@pytest.fixture
def page():
    """No test of this file has a database."""
    return html.fromstring(server_error(RequestFactory().get("/")).content.decode())


def test_the_spanish_part_says_what_the_english_one_says(page):
    [spanish] = page.xpath("//*[@lang='es']")
    for mark in ("p", "li", "a"):
        assert len(spanish.findall(f".//{mark}")) * 2 == len(page.findall(f".//main//{mark}")), mark
    assert [link.get("href") for link in page.findall(".//main//a")] == ["/", "/"]


def test_each_language_names_whom_to_tell(page):
    words = page.text_content()
    assert "tell your planner or your administrator" in words
    assert "diga a su planificador o a su administrador" in words
