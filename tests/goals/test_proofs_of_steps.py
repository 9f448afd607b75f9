"""Done with a photo or a file, by the customer or by the planner; and steps whose day has passed."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from careerplan.base.refusals import Refusal
from customers.deadlines import read_due
from customers.models import Upload
from goals.models import ActionStep
from goals.proving import actions
from goals.proving.actions import finish_own_step_with_proof
from goals.proving.models import StepProof
from goals.steps import save_step
from tests import states
from tests.markup import Page
from tests.people import david, planner
from tests.real_files import pdf_file, picture_file
from tests.rows import changed, everything

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("people")]
TEXT = "Hand in the health form"


@pytest.fixture
def version():
    return states.in_force("T1-ADULT")


def step_of(version):
    return ActionStep.objects.select_related("plan__customer").get(plan=version.plan, text=TEXT)


def photo(name="form.jpg"):
    return SimpleUploadedFile(name, picture_file("JPEG"), "image/jpeg")


def post(client, path, **values):
    return client.post(path, Page(client.get(path)).form(path) | values, follow=True)


def test_the_customer_shows_with_a_photo_that_a_step_is_done_and_both_see_it(client, version):
    customer, step = version.plan.customer, step_of(version)
    client.force_login(customer.user)
    path = reverse("my:step-proof", args=[step.pk])
    assert path in str(Page(client.get(reverse("my:steps"))).root.xpath("//a/@href"))
    [field] = Page(client.get(path)).root.xpath("//input[@name='photo']")
    assert (field.get("accept"), field.get("capture")) == ("image/*", "environment")
    assert "The step is done now." in post(client, path, photo=photo()).text
    step.refresh_from_db()
    assert step.done_on == states.today()
    upload = StepProof.objects.get(step=step).upload
    assert (upload.customer, upload.uploaded_by, upload.shown_to_customer) == (customer, customer.user, True)
    address = reverse("customers:upload-file", args=[customer.pk, upload.pk])
    for person, page in ((customer.user, reverse("my:steps")), (planner(), reverse("plan:goals", args=[customer.pk]))):
        client.force_login(person)
        assert address in str(Page(client.get(page)).root.xpath("//a/@href"))
        assert b"".join(client.get(address).streaming_content) == picture_file("JPEG")


def test_the_planner_files_a_proof_with_the_day_and_the_customer_sees_it(client, version):
    customer, step = version.plan.customer, step_of(version)
    client.force_login(planner())
    path = reverse("plan:step-proof", args=[customer.pk, step.pk])
    page = post(client, path, file=SimpleUploadedFile("form.pdf", pdf_file(), "application/pdf"))
    assert "The step is done, and the file is in the uploads." in page.text
    step.refresh_from_db()
    assert step.done_on == states.today()
    client.force_login(customer.user)
    assert StepProof.objects.get(step=step).upload.name in Page(client.get(reverse("my:steps"))).words


def test_a_step_that_is_done_gets_one_more_proof(client, version):
    step = step_of(version)
    client.force_login(version.plan.customer.user)
    path = reverse("my:step-proof", args=[step.pk])
    post(client, path, photo=photo(), file=photo("back.jpg"))
    post(client, path, photo=SimpleUploadedFile("third.png", picture_file("PNG"), "image/png"))
    assert StepProof.objects.filter(step=step).count() == 3


def test_a_form_without_a_file_and_a_file_that_is_none_are_refused_and_the_step_stays(client, version):
    step = step_of(version)
    client.force_login(version.plan.customer.user)
    path = reverse("my:step-proof", args=[step.pk])
    nothing, no_picture = {}, {"photo": SimpleUploadedFile("form.jpg", b"no picture", "image/jpeg")}
    for files, sentence in ((nothing, "Take a photo, or choose a file."), (no_picture, "not what its name says")):
        data, before = Page(client.get(path)).form(path) | files, everything()
        reply = client.post(path, data)
        assert reply.status_code == 422
        assert sentence in Page(reply).words
        assert changed(before, everything()) == {}


def test_a_step_takes_so_many_files_and_what_is_refused_leaves_none(version, monkeypatch):
    monkeypatch.setattr(actions, "MOST_PROOFS", 1)
    step, customer = step_of(version), version.plan.customer.user
    with pytest.raises(Refusal) as found:
        finish_own_step_with_proof(step, [photo(), photo("b.jpg")], by=customer, at=states.now())
    assert found.value.code == "too-many-proofs"
    step.refresh_from_db()
    assert step.done_on is None
    assert not Upload.objects.filter(uploaded_by=customer).exists()


def test_what_is_no_step_of_ones_own_in_force_takes_no_proof(client, version):
    step = step_of(version)
    path = reverse("my:step-proof", args=[step.pk])
    client.force_login(david().user)
    assert client.get(path).status_code == 404
    client.force_login(version.plan.customer.user)
    assert client.get(path).status_code == 200
    draft = states.reviewed(version.plan.customer)
    states.pen(draft).step("Not agreed to yet", version.plan.goals.in_plan()[0], in_days=3)
    new = ActionStep.objects.get(text="Not agreed to yet")
    assert client.get(reverse("my:step-proof", args=[new.pk])).status_code == 404
    save_step(version.plan, step, {"who": "planner"}, by=planner(), at=states.now())
    assert client.get(path).status_code == 404


# --- overdue ----------------------------------------------------------------------------------


def overdue(version, *, in_days=0):
    on = states.today() + timedelta(days=in_days)
    rows = read_due(on, [version.plan.customer_id])
    return [row for row in rows if row.code == "step-overdue" and row.is_work_on(on, until=on)]


def test_a_step_is_overdue_from_the_day_after_on_both_sides_and_on_today(client, version):
    step, customer = step_of(version), version.plan.customer
    for days, late in ((0, False), (-1, True)):
        day = states.today() + timedelta(days=days)
        save_step(step.plan, step, {"due_on": day}, by=planner(), at=states.now())
        assert bool(overdue(version)) is late
        client.force_login(planner())
        [row] = Page(client.get(reverse("plan:goals", args=[customer.pk]))).table("Action steps")
        assert ("Overdue" in row["Due"]) is late
        client.force_login(customer.user)
        assert ("The day has passed" in Page(client.get(reverse("my:steps"))).words) is late


def test_a_step_that_is_done_or_waits_for_the_agreement_is_not_overdue(version):
    step = step_of(version)
    save_step(step.plan, step, {"due_on": states.today() - timedelta(days=3)}, by=planner(), at=states.now())
    [row] = overdue(version)
    assert row.path == reverse("plan:step-edit", args=[version.plan.customer_id, step.pk])
    draft = states.reviewed(version.plan.customer)
    states.pen(draft).step("Not agreed to yet", version.plan.goals.in_plan()[0], in_days=-3)
    assert len(overdue(version)) == 1
    save_step(step.plan, step, {"done_on": states.today()}, by=planner(), at=states.now())
    assert overdue(version) == []
