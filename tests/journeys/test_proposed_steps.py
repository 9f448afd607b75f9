"""A customer proposes a step on a phone in Spanish; the planner changes and accepts it; a photo shows what is done."""

import pytest

from careerplan.demo.cast import LUCIA
from goals.models import ActionStep
from goals.proposing.models import StepProposal
from goals.proving.models import StepProof
from tests import states
from tests.journeys.browser import DESKTOP, NARROW, PHONE, assert_no_sideways_scrolling, both_widths, sign_in
from tests.journeys.steps import follow, press, said, signed_in_page
from tests.people import lucia
from tests.real_files import picture_file

STEP, WORDS = "Preguntar por la clase de la noche", "Enroll in the evening class"
WORD = "Llámeme el lunes."


@pytest.mark.django_db(transaction=True)
def test_a_step_is_proposed_on_a_phone_in_spanish_and_accepted_in_other_words(chromium, live_server, people, settings):
    settings.DEMO_SIGN_IN = True
    with signed_in_page(chromium, live_server, LUCIA, viewport=PHONE) as page:
        page.goto("/my/")
        follow(page, "Proponer un paso")
        page.set_viewport_size(NARROW)
        assert_no_sideways_scrolling(page)
        page.set_viewport_size(PHONE)
        page.get_by_label("Lo que usted quiere hacer").fill(STEP)
        press(page, "Enviar a mi planificador")
        assert "Espera a su planificador" in page.locator("#proposals").inner_text()
        both_widths(page, "my-steps-proposed")
    with signed_in_page(chromium, live_server, "planner.north", viewport=DESKTOP) as page:
        page.goto(f"/customers/{lucia().pk}/plan/goals/")
        assert STEP in page.locator("#proposals").inner_text()
        both_widths(page, "goals-proposed")
        follow(page, f"Accept or change {STEP}")
        page.get_by_label("Action step").fill(WORDS)
        page.get_by_label("Related goal").select_option(index=1)
        both_widths(page, "proposal-accept")
        press(page, "Put it into the plan")
        assert "Say why the words are others now." in page.locator("main").inner_text()
        page.get_by_label("Your word to the customer").fill(WORD)
        press(page, "Put it into the plan")
        assert "The step is in the plan now." in said(page)
    with signed_in_page(chromium, live_server, LUCIA, viewport=PHONE) as page:
        page.goto("/my/steps/")
        told = page.locator("#proposals").inner_text()
        assert STEP in told
        assert WORDS in told
        assert WORD in told
        both_widths(page, "my-steps-accepted")
    proposal = StepProposal.objects.get()
    assert (proposal.accepted_as, proposal.step.text) == (WORDS, WORDS)


@pytest.mark.django_db(transaction=True)
def test_a_photo_shows_that_a_step_is_done_and_its_pages_are_accessible_and_fit(page, live_server, people):
    version = states.in_force("T1-ADULT")
    customer = version.plan.customer
    sign_in(page, live_server, customer.user)
    page.goto("/my/steps/")
    both_widths(page, "my-steps")
    follow(page, "Done, with a photo or a file")
    both_widths(page, "my-step-proof")
    photo = {"name": "form.jpg", "mimeType": "image/jpeg", "buffer": picture_file("JPEG")}
    page.get_by_label("Take a photo").set_input_files(photo)
    press(page, "I have done this")
    assert "The step is done now." in said(page)
    both_widths(page, "my-steps-done")
    assert StepProof.objects.get().step == ActionStep.objects.get(plan=version.plan)
    sign_in(page, live_server, customer.planner)
    page.goto(f"/customers/{customer.pk}/plan/steps/{StepProof.objects.get().step_id}/proof/")
    both_widths(page, "step-proof")
