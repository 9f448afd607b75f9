"""Spanish: a person whose language it is reads everything in it; what is typed and stored is the same as in English."""

import io
import re
from datetime import date

import pypdf
import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation
from lxml import html

from acknowledgments.models import Acknowledgment
from careerplan.accounts.models import User
from careerplan.base import clock
from careerplan.messaging.delivery import deliver_next
from careerplan.messaging.models import Message, Notification
from careerplan.plans.models import BarrierCategory
from customers.models import Program
from goals.models import ActionStep, GoalCategory
from services.models import ServiceCategory
from tests import states
from tests.catalog import KEPT, messages
from tests.markup import Page
from tests.people import angela, henrik, lucia, north_planner, person
from tests.rows import write

pytestmark = pytest.mark.django_db

MONTHS = [
    "enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre", "octubre", "noviembre",
    "diciembre",
]  # fmt: skip


def in_words(day: date) -> str:
    return f"{day.day} de {MONTHS[day.month - 1]} de {day.year}"


def page_of(client: Client, name: str, *args, status: int = 200) -> Page:
    return read(client.get(reverse(name, args=args)), status=status)


def read(response, status: int = 200) -> Page:
    assert response.status_code == status
    return Page(response)


def language_of(page: Page) -> str:
    return page.root.get("lang")


def signed_in(client: Client, user: User) -> Client:
    client.force_login(user)
    return client


def speaks_spanish(user: User) -> User:
    write(user, language="es")
    user.refresh_from_db()
    return user


@pytest.fixture
def asked(client):
    """Lucía's plan was sent to her; she is signed in."""
    request = states.told(states.sent(states.newest(lucia())))
    client.force_login(lucia().user)
    return request


def signing(**values: str) -> dict[str, str]:
    return {"agrees": "on", "typed_name": str(lucia()), **values}


# --- the customer's pages ---------------------------------------------------------------------


def test_the_dashboard_says_that_the_plan_waits(client, asked):
    page = page_of(client, "my:dashboard")
    assert language_of(page) == "es"
    assert "Hola, Lucía" in page.words
    assert "Su plan le espera" in page.words
    assert reverse("my:acknowledge", args=[asked.key]) == page.links()["Leer y confirmar"]
    assert "Su plan está listo para que usted lo lea y lo confirme" in page.words


def test_an_acknowledged_plan_has_its_months_in_spanish_words(client, asked):
    version = states.acknowledged(asked)
    page = page_of(client, "my:dashboard")
    assert f"La versión 1 es su plan desde el {in_words(version.approved_on)}." in page.words
    assert f"a más tardar el {in_words(version.next_review_on)}." in page.words


def test_amounts_have_decimal_points(client, asked):
    """As they are written in the United States, in Spanish too."""
    page = page_of(client, "my:acknowledge", asked.key)
    assert "$120.00" in page.words
    assert "120,00" not in page.words


def test_the_plan_is_read_and_signed_in_spanish(client, asked):
    page = page_of(client, "my:acknowledge", asked.key)
    assert language_of(page) == "es"
    assert "Lea y confirme su plan" in page.words
    assert "Acepto firmar electrónicamente" in page.words
    assert "Exploración de carreras" in page.words
    answer = client.post(reverse("my:acknowledge", args=[asked.key]), signing(), follow=True)
    assert "Gracias. Su plan está confirmado." in read(answer).words
    kept = Acknowledgment.objects.get(request=asked)
    assert kept.language == "es"
    assert kept.statement.startswith("Ayudé a hacer este plan.")


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"typed_name": ""}, "Escriba su nombre completo."),
        ({"typed_name": "Otra Persona"}, "Escriba su nombre completo como está escrito en el plan ("),
        ({"agrees": ""}, "Marque esta casilla si está de acuerdo."),
    ],
)
def test_what_is_wrong_is_said_in_spanish(client, asked, values, words):
    answer = client.post(reverse("my:acknowledge", args=[asked.key]), signing(**values))
    page = read(answer, status=422)
    assert language_of(page) == "es"
    assert "Hay un problema" in page.words
    assert words in page.words
    assert not Acknowledgment.objects.filter(request=asked).exists()


def test_a_plan_that_was_taken_back_says_so_in_spanish(client, asked):
    states.recalled(asked.seal.version)
    page = page_of(client, "my:acknowledge", asked.key, status=409)
    assert "Su planificador retiró esta versión para cambiarla." in page.words


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("help", "Decir que usted ayudó a hacer el plan"),
        ("accessibility", "Hacemos estas páginas para que cumplan con WCAG 2.2"),
        ("privacy", "No hay rastreo."),
    ],
)
def test_help_is_spanish(client, asked, name, words):
    assert words in page_of(client, name).words


def test_a_page_that_is_not_there_says_so_in_spanish(client, asked):
    page = read(client.get("/my/nothing-here/"), status=404)
    assert "No se encontró la página" in page.words
    assert language_of(page) == "es"


def test_another_customer_still_reads_english(client):
    page = page_of(signed_in(client, angela().user), "my:dashboard")
    assert language_of(page) == "en"
    assert "Hello Angela" in page.words


# --- mail and paper ---------------------------------------------------------------------------


def test_the_message_and_the_e_mail_are_in_the_recipients_language(asked):
    message = Message.objects.get(recipient=lucia().user, path__contains=str(asked.key))
    with translation.override("es"):
        assert message.subject == "Su plan está listo para que usted lo lea y lo confirme"
    Notification.objects.exclude(message=message).delete()
    assert deliver_next(clock.now())
    letter = mail.outbox[-1]
    assert letter.to == [lucia().user.email]
    assert letter.subject == "Hay algo pendiente para que usted lo lea y lo firme en CareerPlan"
    assert letter.body.startswith("Hola:\n")
    assert str(asked.key) in letter.body


def test_the_printed_form_is_spanish(asked):
    with states.paper_of(lucia()).upload.file.open() as file:
        pages = pypdf.PdfReader(io.BytesIO(file.read())).pages
    text = " ".join(" ".join(page.extract_text() for page in pages).split())
    assert "Plan de empleo individual (IEP)" in text
    assert "Lo que haré según este plan" in text
    assert in_words(timezone.localdate()) in text
    assert "Empleador/programa que ofrece igualdad de oportunidades." in text
    assert "Signatures" not in text


# --- what is typed ----------------------------------------------------------------------------


@pytest.fixture
def step(client) -> ActionStep:
    """A step of Lucía's plan; her planner reads Spanish and is signed in."""
    client.force_login(speaks_spanish(north_planner()))
    return ActionStep.objects.filter(plan__customer=lucia()).order_by("id")[0]


def address_of(step: ActionStep) -> str:
    return reverse("plan:step-edit", args=[lucia().pk, step.pk])


def test_days_are_written_month_first(client, step):
    page = read(client.get(address_of(step)))
    assert language_of(page) == "es"
    assert page.root.xpath("string(//input[@name='due_on']/@type)") == "text"
    assert page.root.xpath("string(//input[@name='due_on']/@value)") == f"{step.due_on:%m/%d/%Y}"


def test_a_form_that_is_sent_back_as_it_stands_changes_nothing(client, step):
    values = read(client.get(address_of(step))).form(address_of(step))
    client.post(address_of(step), values)
    assert ActionStep.objects.get(pk=step.pk).due_on == step.due_on


@pytest.mark.parametrize("typed", ["2027-03-04", "03/04/2027", "3/4/27"])
def test_dates_mean_the_same_in_both_languages(client, step, typed):
    """Month first, as on every paper of the program."""
    values = read(client.get(address_of(step))).form(address_of(step))
    assert client.post(address_of(step), values | {"due_on": typed}).status_code == 302
    assert ActionStep.objects.get(pk=step.pk).due_on == date(2027, 3, 4)


def test_a_date_that_is_none_is_refused_in_spanish_and_kept_as_typed(client, step):
    values = read(client.get(address_of(step))).form(address_of(step))
    page = read(client.post(address_of(step), values | {"due_on": "31/12/2027"}), status=422)
    assert "Escriba un día real, primero el mes; por ejemplo, 03/31/2027." in page.words
    assert page.root.xpath("string(//input[@name='due_on']/@value)") == "31/12/2027"


def test_an_empty_field_is_asked_for_in_spanish(client, step):
    values = read(client.get(address_of(step))).form(address_of(step))
    page = read(client.post(address_of(step), values | {"text": "", "goal": ""}), status=422)
    assert "Escriba este dato: paso de acción." in page.words
    assert "Elija una opción: meta relacionada." in page.words


def test_what_is_missing_is_said_in_spanish(client):
    states.started(henrik())
    client.force_login(speaks_spanish(north_planner()))
    page = page_of(client, "plan:agreement", henrik().pk)
    assert "Defina la meta de empleo: una ocupación o la exploración de carreras." in page.words
    assert "Agregue los posibles obstáculos, o diga que no hay ninguno." in page.words


# --- nothing is left in English ---------------------------------------------------------------

CUSTOMER_PAGES = ("my:dashboard", "my:messages", "help", "accessibility", "privacy", "account_change_password")
# Not the update log: it shows changes in the words in which they were recorded.
STAFF_PAGES = (
    "customers:overview", "customers:intake", "customers:case-notes", "customers:assessments",
    "customers:assessment-add", "customers:resume", "customers:uploads", "customers:messages", "customer-outcomes",
    "customer-worksites", "credential-add", "plan:overview", "plan:assessment", "plan:goals", "plan:goal-add",
    "plan:career-path", "plan:step-add", "plan:barrier-add", "plan:barriers-comment", "plan:services", "plan:catalog",
    "plan:services-note", "plan:agreement", "plan:draft-delete", "plan:versions", "plan:close", "customer-costs",
)  # fmt: skip
STRANGERS_PAGES = ("account_login", "account_reset_password", "account_reset_password_done", "account_signup", "help")


def english_left(response) -> set[str]:
    """The catalog's English sentences that stand on a page: marked, translated, and yet not shown so."""
    assert response.status_code == 200
    root = html.fromstring(response.content.decode())
    shown = [*root.itertext(), *root.xpath("//@aria-label | //@data-label | //@placeholder | //@alt | //@title")]
    shown += root.xpath("//body/@*[starts-with(name(), 'data-')]")
    lines = {" ".join(text.split()) for text in shown}
    words = {key: text for key, text in messages().items() if isinstance(key, str) and not KEPT.search(key)}
    return {key for key, text in words.items() if key in lines and key != text and " " in key}


def test_the_search_for_english_finds_it(client):
    assert "Sign in to CareerPlan" in english_left(client.get(reverse("account_login")))


@pytest.mark.parametrize("name", STAFF_PAGES)
def test_no_english_is_left_on_a_page_of_the_planner(client, name):
    client.force_login(speaks_spanish(north_planner()))
    assert english_left(client.get(reverse(name, args=[lucia().pk]))) <= names_in_the_database()


@pytest.mark.parametrize("name", CUSTOMER_PAGES)
def test_no_english_is_left_on_a_page_of_the_customer(client, asked, name):
    assert english_left(client.get(reverse(name))) <= names_in_the_database()


@pytest.mark.parametrize("name", STRANGERS_PAGES)
def test_no_english_is_left_on_a_page_of_a_stranger(client, name):
    assert english_left(client.get(reverse(name), headers={"accept-language": "es-MX,es;q=0.9"})) == set()


@pytest.mark.parametrize(
    "name",
    [
        "customers:list",
        "reports:statewide",
        "attendance-class",
        "budgets",
        "providers",
        "provider-import:list",
        "payroll",
        "payroll-import:list",
        "payroll-template",
        "payroll-totals",
    ],
)
def test_no_english_is_left_on_a_page_of_statewide_staff(client, name):
    client.force_login(speaks_spanish(person("statewide")))
    assert english_left(client.get(reverse(name))) <= names_in_the_database()


def names_in_the_database() -> set[str]:
    """Staff see the official names beside the Spanish ones, marked as English."""
    models = (Program, GoalCategory, ServiceCategory, BarrierCategory)
    return {str(row) for model in models for row in model.objects.all()}


# --- the language button ----------------------------------------------------------------------


def press_language(client: Client, page: Page, words: str) -> Page:
    """Press the button with these words in the header; the page that follows."""
    button = page.root.xpath("//button[@name='language'][normalize-space()=$words]", words=words)[0]
    form = button.getparent()
    values = {field.get("name"): field.get("value") for field in form.iter("input")}
    return read(client.post(form.get("action"), {**values, "language": button.get("value")}, follow=True))


def test_a_stranger_changes_the_language_on_the_sign_in_page(client):
    english = page_of(client, "account_login")
    assert language_of(english) == "en"
    spanish = press_language(client, english, "Español")
    assert language_of(spanish) == "es"
    assert "Entrar en CareerPlan" in spanish.words
    assert re.search(r"\bContraseña\b", spanish.words)
    assert language_of(page_of(client, "account_login")) == "es"
    assert "Sign in to CareerPlan" in press_language(client, spanish, "English").words


def test_the_browsers_language_is_a_strangers(client):
    answer = client.get(reverse("account_login"), headers={"accept-language": "es-MX,es;q=0.9"})
    assert language_of(read(answer)) == "es"


def test_the_button_changes_the_persons_language(client, asked):
    page = press_language(client, page_of(client, "my:dashboard"), "English")
    assert language_of(page) == "en"
    assert "Hello Lucía" in page.words
