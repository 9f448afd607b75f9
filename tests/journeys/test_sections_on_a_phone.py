"""A customer fills three sections on a phone, in Spanish, and the planner sees what is new and reviews it."""

import pytest

from customers.models import SectionRecord
from tests import states
from tests.assessed import section
from tests.journeys.browser import DESKTOP, PHONE, both_widths, sign_in, watched_page
from tests.journeys.steps import follow, press, said
from tests.people import planner
from tests.rows import write

pytestmark = pytest.mark.django_db(transaction=True)


def looked_at(page, name):
    both_widths(page, name)
    page.set_viewport_size(PHONE)


@pytest.mark.policy("ILL-050", "ILL-051")
def test_a_customer_fills_three_sections_on_a_phone_and_the_planner_reviews_them(chromium, live_server, people):
    customer = states.enrolled()
    write(customer.user, language="es")
    options = {"viewport": PHONE, "locale": "es-US"}
    with watched_page(chromium, live_server.url, **options) as page:
        sign_in(page, live_server, customer.user)
        page.goto("/my/")
        looked_at(page, "70-my-dashboard-asks")
        follow(page, "Responder preguntas sobre mí")
        assert page.get_by_role("heading", name="Sobre mí").is_visible()
        looked_at(page, "71-about-me")

        follow(page, "Sus estudios")
        page.get_by_label("Nivel más alto que completó").select_option("1")
        page.get_by_label("Fuera de la escuela: terminó la secundaria").check()
        looked_at(page, "72-schooling")
        press(page, "Guardar: ya terminé esta parte")
        follow(page, "Sus estudios")
        assert page.get_by_text("Esta parte está completa").is_visible()
        looked_at(page, "73-schooling-complete")

        page.goto("/my/about-me/employment-information/")
        first = page.get_by_role("group", name="Fila 1").first
        first.get_by_label("Empleador").fill("Panadería Ruiz")
        first.get_by_label("Puesto").fill("Panadera")
        press(page, "Guardar y agregar más filas")
        assert page.get_by_role("group", name="Fila 3").first.is_visible()
        looked_at(page, "74-work")

        page.goto("/my/about-me/emergency-contact/")
        first = page.get_by_role("group", name="Fila 1")
        first.get_by_label("Nombre").fill("Ana Ruiz")
        press(page, "Guardar las respuestas")
        assert "Escriba" in page.locator("main").inner_text()
        page.get_by_role("group", name="Fila 1").get_by_label("Teléfono", exact=True).fill("217-555-0100")
        press(page, "Guardar las respuestas")
        assert "Sus respuestas se guardaron." in said(page)
        looked_at(page, "75-about-me-begun")

        page.goto("/my/about-me/disability-benefits/confidential/")
        looked_at(page, "76-confidential")
        press(page, "Mostrar las preguntas y mis respuestas")
        looked_at(page, "77-confidential-questions")

    with watched_page(chromium, live_server.url, viewport=DESKTOP) as page:
        sign_in(page, live_server, planner())
        page.goto("/today/")
        follow(page, f"See the answers {customer}")
        assert page.get_by_text("2 to review").is_visible()
        for code in ("EDUCATION_LEVEL", "EMPLOYMENT_INFORMATION", "EMERGENCY_CONTACT"):
            page.goto(f"/customers/{customer.pk}/sections/{section(code).slug}/")
            if code == "EMPLOYMENT_INFORMATION":
                assert page.get_by_text("Panadería Ruiz").first.is_visible()
            press(page, "Mark as reviewed")
        page.goto("/today/")
        assert not page.get_by_role("link", name=f"See the answers {customer}").is_visible()
    assert SectionRecord.objects.filter(customer=customer, answers__reviewed_at=None).count() == 0
