"""From an empty database to a first plan that its customer has signed: `manage.py begin`, the first administrator by
the printed link, an invited planner, who adds and invites a customer and writes the plan."""

import io
import re
import shutil
from urllib.parse import urlsplit

import pytest
from django.conf import settings as django_settings
from django.core.management import call_command

from acknowledgments.models import Seal
from careerplan.accounts.models import User
from careerplan.base import clock
from careerplan.beginning.sheets import EXAMPLE
from careerplan.demo.pen import print_papers
from careerplan.plans.models import PlanVersion
from tests.accounts.test_passwords import link_in
from tests.empty import empty_everything
from tests.journeys.browser import PHONE, both_widths, sign_in, watched_page
from tests.journeys.steps import follow, press, said
from tests.journeys.test_short_way import GOAL, Mouse, a_first_plan_is_sent
from tests.mail import letters_about_signing_in
from tests.pages.test_agency import archive

PASSWORD = "nine loud geese by the lake"
PEOPLE = "email,role,first_name,last_name\nalma.reyes@agency.example,administrator,Alma,Reyes\n"


@pytest.mark.django_db(transaction=True)
def test_a_state_begins_from_an_empty_database_and_a_first_plan_is_signed(live_server, chromium, tmp_path, settings):
    settings.SITE_ADDRESS = live_server.url
    empty_everything()
    link = begun(tmp_path / "state")
    with watched_page(chromium, live_server.url) as page:
        chooses_a_password(page, link)
        signs_in(page, "alma.reyes@agency.example")
        follow(page, "Staff", within=page.get_by_role("navigation", name="Main"))
        follow(page, "Agency, offices and programs")
        both_widths(page, "agency")
        follow(page, "WIOA Title I Youth")
        page.get_by_label("Days between reviews").fill("60")
        press(page, "Save")
        follow(page, "Staff", within=page.get_by_role("navigation", name="Main"))
        follow(page, "Invite")
        both_widths(page, "invite")
        invites(page)
    [_first, invitation] = letters_about_signing_in()
    with watched_page(chromium, live_server.url) as page:
        chooses_a_password(page, link_in(invitation))
        signs_in(page, "sofia.berg@agency.example")
        assert page.url.endswith("/today/")
        assert "Sofia Berg" in page.locator(".site-header").inner_text()
        both_widths(page, "first-day")
        adds_a_customer(page)
        page.goto("/customers/")
        a_first_plan_is_sent(Mouse(page), "Lund, Ines")
    invitation = letters_about_signing_in()[-1]
    [seal] = Seal.objects.all()
    print_papers(seal, clock.now())
    with watched_page(chromium, live_server.url, viewport=PHONE) as page:
        chooses_a_password(page, link_in(invitation))
        signs_in(page, "ines.lund@careerplan.test")
        signs_the_plan(page)
    version = PlanVersion.objects.get()
    assert (version.state, version.acknowledgment.signer.email) == ("active", "ines.lund@careerplan.test")


def adds_a_customer(page):
    page.goto("/customers/")
    follow(page, "Add a customer", within=page.locator("#results"))
    page.get_by_label("First name").fill("Ines")
    page.get_by_label("Last name").fill("Lund")
    page.get_by_label("Email").fill("ines.lund@careerplan.test")
    programs = page.get_by_label("Program")
    programs.select_option(label=programs.locator("option").filter(has_text="Adult").first.inner_text())
    page.get_by_label("Invite to sign in").check()
    press(page, "Add customer")
    assert "The customer was added, and an invitation is on its way." in said(page)


def signs_the_plan(page):
    assert page.url.endswith("/my/")
    follow(page, "Read and acknowledge")
    assert GOAL in page.locator("#contents").inner_text()
    both_widths(page, "first-plan")
    page.get_by_label("I agree with this plan").check()
    page.get_by_label("Type your full name").fill("Ines Lund")
    press(page, "Acknowledge my plan")
    page.get_by_role("heading", name="Thank you. Your plan is acknowledged.").wait_for()


@pytest.mark.django_db(transaction=True)
def test_the_first_administrator_sees_where_to_begin_and_what_is_wrong_with_a_folder(live_server, chromium):
    empty_everything()
    first = User.objects.create_superuser("first", "first@agency.example", first_name="Alma", last_name="Reyes")
    with watched_page(chromium, live_server.url) as page:
        sign_in(page, live_server, first)
        page.goto("/")
        assert page.locator("h2").first.inner_text() == "Begin here"
        both_widths(page, "begin-here")
        follow(page, "Begin with a folder")
        files = {"name": "state.zip", "mimeType": "application/zip", "buffer": faulty()}
        page.get_by_label("The folder, as a ZIP file").set_input_files(files)
        press(page, "Check, and begin")
        assert "The cell is empty." in page.get_by_role("table", name="What is wrong").inner_text()
        both_widths(page, "begin-faults")
        page.goto("/")
        follow(page, "Add a grantee", within=page.get_by_role("region", name="Begin here"))
        page.get_by_label("Name").fill("Valley Partners")
        press(page, "Save")
        assert "The grantee was saved." in said(page)
        page.get_by_role("link", name="Valley Partners").wait_for()


def faulty():
    return archive(regions=b"code,name\nNORTH,\n").read()


def begun(folder):
    """The path of the link that the command printed."""
    shutil.copytree(EXAMPLE, folder)
    (folder / "people.csv").write_text(PEOPLE)
    agency = folder / "agency.csv"
    agency.write_text(agency.read_text().replace("America/Chicago", django_settings.TIME_ZONE))  # of this run
    out = io.StringIO()
    call_command("begin", "--from", str(folder), stdout=out)
    return urlsplit(re.search(r"^http\S+$", out.getvalue(), flags=re.MULTILINE)[0]).path


def chooses_a_password(page, link):
    page.goto(link)
    page.get_by_label("New Password", exact=True).fill(PASSWORD)
    page.get_by_label("New Password (again)").fill(PASSWORD)
    press(page, "Set the password")


def signs_in(page, email):
    page.goto("/")
    page.get_by_label("Email or username").fill(email)
    page.get_by_label("Password").fill(PASSWORD)
    press(page, "Sign in")


def invites(page):
    page.get_by_label("First name").fill("Sofia")
    page.get_by_label("Last name").fill("Berg")
    page.get_by_label("E-mail").fill("sofia.berg@agency.example")
    page.get_by_label("Northern Lakes: Pine Lake Career Center").check()
    press(page, "Send the invitation")
    assert "The invitation is on its way." in said(page)
    assert "Not signed in yet" in page.get_by_role("row").filter(has_text="Sofia Berg").inner_text()
    both_widths(page, "staff")
    follow(page, "Sofia Berg")
    both_widths(page, "person")
    follow(page, "Switch off")
    both_widths(page, "switch-off")
    assert User.objects.filter(email="sofia.berg@agency.example").exists()
