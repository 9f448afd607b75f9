"""Nothing stands in the product that nothing uses: templates, loads, addresses, messages, files for browsers."""

import re
from pathlib import Path

import allauth
import pytest
from django.apps import apps
from django.conf import settings
from django.template import engines
from django.urls import URLPattern, get_resolver

from acknowledgments.contents.items import KINDS
from careerplan.accounts.letters import TEMPLATES
from careerplan.messaging.enums import Notice
from careerplan.messaging.wording import dashboard_words
from tests.leftovers import (
    ROOMS,
    led_to,
    texts_of,
    unused_files,
    unused_loads,
    unused_names,
    unused_parts,
    unused_templates,
    words_of,
)

ROOT = Path(settings.BASE_DIR)
# The parts in which the kinds of items are shown, and the plain one of a kind that names none.
SECTIONS = {
    f"acknowledgments/{folder}/_{name}.html"
    for kind in KINDS
    for folder, names in (("paper", kind.printed), ("contents", kind.shown))
    for name in (*names, "items")
}
CODE = texts_of(ROOT, ROOMS, (".py",))
PAGES = texts_of(ROOT, ["templates"], (".html", ".txt"))


# --- templates --------------------------------------------------------------------------------


def of_packages() -> set[str]:
    """What an installed package ships, and so looks for by itself; and Django's error pages."""
    packages = [Path(app.path) for app in apps.get_app_configs() if "site-packages" in app.path]
    folders = [package / "templates" for package in packages]
    shipped = {str(path.relative_to(folder)) for folder in folders for path in folder.rglob("*") if path.is_file()}
    return shipped | {f"{status}.html" for status in (400, 403, 404, 500)} | {"403_csrf.html"}


def of_letters() -> set[str]:
    """The two parts of each e-mail about signing in, which the code names without their endings."""
    return {f"{name}_{part}.txt" for name in TEMPLATES.values() for part in ("subject", "message")}


def test_every_template_is_used():
    assert (
        unused_templates(
            ROOT / "templates", words_of(CODE.values()), known=of_packages() | of_letters() | set(SECTIONS)
        )
        == []
    )


def unused_of(folder, pages, code, known=()):
    for name, text in pages.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(text)
    return unused_templates(folder, words_of([code]), known=known)


@pytest.mark.parametrize(
    "code",
    [
        'return render(request, "plans/page.html", context)',
        'template = "plans/_rows.html" if request.htmx else "plans/page.html"',
        'PAGE = {"tab": "plan", "template": "plans/page.html"}',
    ],
)
def test_a_template_that_code_leads_to_is_used(tmp_path, code):
    pages = {"plans/page.html": "{% extends 'base.html' %}", "base.html": '{%include "plans/_rows.html" with row=1%}'}
    assert unused_of(tmp_path, pages | {"plans/_rows.html": "-"}, code) == []


def test_an_unused_template_is_found(tmp_path):
    pages = dict.fromkeys(["plans/page.html", "plans/_left.html", "404.html"], "-")
    assert unused_of(tmp_path, pages, 'render(request, "plans/page.html")', ["404.html"]) == ["plans/_left.html"]


def test_templates_that_only_include_each_other_are_found(tmp_path):
    pages = {"page.html": "-", "_one.html": '{% include "_two.html" %}', "_two.html": "{% include '_one.html' %}"}
    assert unused_of(tmp_path, pages, 'render(request, "page.html")') == ["_one.html", "_two.html"]


@pytest.mark.parametrize(
    "words", ["{# {% include '_left.html' %} #}", '<a title="_left.html">', "{% url '_left.html' %}"]
)
def test_a_template_that_is_only_spoken_of_is_found(tmp_path, words):
    code = '"""As `render(request, "_left.html")`."""\nrender(request, "page.html")  # "_left.html"'
    assert unused_of(tmp_path, {"page.html": words, "_left.html": "-"}, code) == ["_left.html"]


# --- {% load %} ---------------------------------------------------------------------------------


def libraries() -> dict[str, tuple[set[str], set[str]]]:
    engine = engines["django"].engine
    return {
        name: (set(library.tags), set(library.filters))
        for name, library in ((name, load(path)) for name, path in engine.libraries.items())
    }


def load(path):
    from django.template.library import import_library

    return import_library(path)


def test_what_a_template_loads_it_uses():
    known = libraries()
    left = {str(path.relative_to(ROOT)): unused_loads(text, known) for path, text in PAGES.items()}
    assert {path: names for path, names in left.items() if names} == {}


@pytest.mark.parametrize(
    ("text", "unused"),
    [
        ("{% load i18n %}<p>{% translate 'Goal' %}</p>", []),
        ("{% load i18n %}<p>Goal</p>", ["i18n"]),
        ("{% load i18n humanize %}{{ number|intcomma }}", ["i18n"]),
        ("{% load intcomma from humanize %}{{ number }}", ["intcomma"]),
        ("{% load i18n %}{% comment %}{% translate 'Goal' %}{% endcomment %}", ["i18n"]),
    ],
)
def test_an_unused_load_is_found(text, unused):
    assert unused_loads(text, libraries()) == unused


# --- names of addresses -----------------------------------------------------------------------


def names_of(patterns, prefix="") -> set[str]:
    found = set()
    for pattern in patterns:
        if isinstance(pattern, URLPattern):
            found |= {f"{prefix}{pattern.name}"} if pattern.name else set()
        elif pattern.namespace != "admin":
            found |= names_of(pattern.url_patterns, f"{prefix}{pattern.app_name}:" if pattern.namespace else prefix)
    return found


# Where django-allauth leads by itself: after a form, or by the link of an e-mail.
BY_ALLAUTH = {
    "account_inactive", "account_signup", "account_set_password",
    "account_reset_password_done", "account_reset_password_from_key_done",
}  # fmt: skip
# Asked for by no page: by a load balancer, and by other systems.
ASKED_FROM_OUTSIDE = {"healthz", "readyz"}
ASKED_FROM_OUTSIDE |= {f"feed-api:{name}" for name in ("api-root", "openapi-json", "record", "catalog")}


def test_every_address_is_led_to():
    names = names_of(get_resolver().url_patterns)
    assert unused_names(names, led_to(CODE.values(), PAGES.values())) == sorted(BY_ALLAUTH | ASKED_FROM_OUTSIDE)


def test_allauth_names_the_addresses_where_it_leads():
    of_allauth = texts_of(Path(allauth.__file__).parent, ["account"], (".py",))
    code = [text for path, text in of_allauth.items() if "tests" not in path.parts and path.stem != "urls"]
    assert unused_names(BY_ALLAUTH, words_of(code)) == []


@pytest.mark.parametrize(
    ("code", "page"),
    [
        ("", "{% url 'goal' customer.pk %}"),
        ("", '{% url "goal" as back_url %}'),
        ('redirect("goal", pk)', ""),
        ('shortcuts.redirect(path if safe else "goal")', ""),
        ('urls.reverse("goal", args=[pk])', ""),
        ('reverse_lazy("goal")', ""),
        ('resolve_url("goal")', ""),
        ('LOGIN_REDIRECT_URL = "goal"', ""),
        ("f\"{reverse('goal')}?{words}\"", ""),
        ('def get_absolute_url(self):\n    return reverse("goal", args=[self.pk])', ""),
    ],
)
def test_a_name_that_something_leads_to_is_used(code, page):
    assert unused_names(["goal"], led_to([code], [page])) == []


@pytest.mark.parametrize(
    ("code", "page"),
    [
        ('path("goal/", views.goal, name="goal")', ""),
        ('context = {"goal": goal}', ""),
        ('redirect("plan:goals", "goal")', ""),
        ('"""redirect("goal")"""', ""),
        ('# redirect("goal")', ""),
        ('redirect(f"goal{number}")', ""),
        ('KIND = "goal"', ""),
        ("", '<label for="goal">{% translate "goal" %}</label>'),
        ("", "{# {% url 'goal' %} #}"),
        ("", "{% comment %}{% url 'goal' %}{% endcomment %}"),
    ],
)
def test_a_name_that_only_stands_somewhere_is_found(code, page):
    assert unused_names(["goal"], led_to([code], [page])) == ["goal"]


def test_a_name_in_a_space_is_used_where_a_table_has_it():
    code = 'MISSING = {Missing.GOAL: ("plan:goals", "#goals")}\nredirect(f"plan:{tab}", pk)\nkey = f"plan:left{pk}"'
    assert unused_names(["plan:goals", "plan:log", "plan:left"], led_to([code], [])) == ["plan:left", "plan:log"]


# --- keys of messages -------------------------------------------------------------------------


def sent_in(texts) -> set[str]:
    return {name for text in texts for name in re.findall(r"\bNotice\.([A-Z_]+)\b", text)}


def test_every_message_is_sent_and_has_its_words():
    senders = [text for path, text in CODE.items() if path.parent.name != "messaging" or path.name == "actions.py"]
    assert sent_in(senders) == {notice.name for notice in Notice}
    for notice in Notice:
        assert notice == Notice.MESSAGE or all(dashboard_words(notice))


def test_a_message_that_nobody_sends_is_found():
    assert sent_in(["notify(user, Notice.GOAL_OFF_TRACK, key=key)"]) == {"GOAL_OFF_TRACK"}


# --- files for browsers -----------------------------------------------------------------------


def test_every_file_for_browsers_is_used():
    assert unused_files(ROOT / "static", PAGES.values()) == []
    assert unused_parts(ROOT / "static") == []


def test_an_unused_file_or_part_of_the_look_is_found(tmp_path):
    look = '@import "forms"; @font-face { src: url("../fonts/sans-#{$weight}.woff2") }'
    names = ["css/look.css", "css/old.css", "fonts/sans-400.woff2", "fonts/serif-400.woff2", "fonts/SANS-LICENSE.txt"]
    for name in [*names, "src/_forms.scss", "src/_old.scss"]:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("")
    (tmp_path / "src/look.scss").write_text(look)
    assert unused_files(tmp_path, ["{% static 'css/look.css' %}"]) == ["css/old.css", "fonts/serif-400.woff2"]
    assert unused_parts(tmp_path) == ["_old.scss"]
