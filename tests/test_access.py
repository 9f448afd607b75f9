"""Every URL of the product, called as every role: the answers are those of the table in `tests/access.py`."""

import re
from contextlib import contextmanager

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import URLPattern, get_resolver, reverse
from django.utils import timezone

from acknowledgments.agreement.documents import record_agreement
from acknowledgments.models import AcknowledgmentRequest, PrintedForm, StaffRequest
from careerplan.messaging.models import Message
from careerplan.plans.actions import open_review
from careerplan.plans.models import EmploymentPlan
from customers.models import Assessment, Upload
from goals.models import ActionStep, Goal
from services.models import PlannedService
from tests import people, states
from tests.access import (
    CUSTOMER,
    FORBIDDEN,
    HIDDEN,
    KINDS,
    NORTH,
    NOT_TAKEN,
    OPENS,
    PLANNER,
    SIGN_IN,
    STATEWIDE,
    STRANGER,
    TABLE,
    outcome,
    sign_in,
)
from tests.shared_plans import WORKER, asked, closing, enroll

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("people")]


def addresses(patterns=None, spaces=(), under=""):
    """(name with its namespaces, the names of its parameters) of every address, but those of the administration."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        whole = under + str(pattern.pattern)
        if isinstance(pattern, URLPattern):
            name = ":".join([*spaces, pattern.name or whole])
            yield name, re.findall(r"<(?:\w+:)?(\w+)>", whole)
        elif pattern.namespace != "admin":
            space = (pattern.namespace,) if pattern.namespace else ()
            yield from addresses(pattern.url_patterns, (*spaces, *space), whole)


PARAMETERS = dict(addresses())


def test_every_address_has_a_row_and_every_row_an_address():
    assert set(TABLE) == set(PARAMETERS)


@pytest.fixture
def angela():
    """Version 1 of her plan is in force, version 2 is a draft; another planner shares it, and is asked to close it."""
    customer = people.angela()
    enroll(customer, WORKER, people.youth_planner())
    asked(closing(customer, people.planner()), people.planner())
    open_review(EmploymentPlan.objects.get(customer=customer), by=people.planner(), at=timezone.now())
    return customer


def on_paper():
    """A customer whose version waits to be signed on paper."""
    customer = states.enrolled()
    states.sent(states.written(customer), electronic=False)
    return customer


def signed_on_paper():
    """A customer who signed on paper; the copy is not on file yet."""
    customer = on_paper()
    agreed = {"method": "paper", "agreed_on": timezone.localdate(), "name": str(customer)}
    record_agreement(states.newest(customer), **agreed, by=people.planner(), at=timezone.now())
    return customer


# Pages that make sense only at another point of a plan's life than Angela's.
CALLED_FOR = {
    "my:acknowledge": people.tyrell,
    "my:opened": people.tyrell,
    "plan:agreement-record": on_paper,
    "plan:unable": on_paper,
    "plan:evidence-add": signed_on_paper,
}


def customer_of(name, angela):
    return CALLED_FOR[name]() if name in CALLED_FOR else angela


def arguments_of(customer, name=""):
    """A value for every parameter of an address: the customer's own."""
    plan = EmploymentPlan.objects.get(customer=customer)
    goal = Goal.objects.in_plan().filter(plan=plan).first()
    first_version = plan.versions.order_by("number").first()
    return {
        "pk": customer.pk,
        "assessment_pk": key_of(Assessment.objects.filter(customer=customer)),
        "upload_pk": key_of(Upload.objects.filter(customer=customer)),
        "goal_pk": goal.pk,
        "step_pk": key_of(ActionStep.objects.in_plan().filter(plan=plan)),
        "barrier_pk": key_of(plan.barriers.in_plan()),
        "service_pk": key_of(PlannedService.objects.in_plan().filter(plan=plan)),
        "version_pk": first_version.pk,
        "role": "employment",
        "kind": "start_plan" if name == "plan:ask" else "goal",
        "method": "paper",
        "request_pk": key_of(StaffRequest.objects.filter(customer=customer)),
        "item_pk": goal.pk,
        "message_pk": key_of(Message.objects.filter(recipient=customer.user)),
        "key": AcknowledgmentRequest.objects.filter(seal__version=first_version).values_list("key", flat=True).first(),
        "uidb36": "1",
    }


def key_of(rows):
    """The first row's key; 1 where there is none, for pages that need none."""
    return rows.order_by("pk").values_list("pk", flat=True).first() or 1


def address_of(name, values):
    return reverse(name, kwargs={parameter: values[parameter] for parameter in PARAMETERS[name]})


def what_is_posted(customer):
    """Enough for the buttons; the forms answer that fields are missing."""
    plan = EmploymentPlan.objects.get(customer=customer)
    forms = PrintedForm.objects.filter(seal__version__plan=plan)
    return {"version": plan.versions.order_by("-number").first().pk, "form": key_of(forms), "service": "BC-JSST"}


def writes(queries):
    """The statements that change something else than the session."""
    found = [query["sql"] for query in queries if query["sql"].startswith(("INSERT", "UPDATE", "DELETE"))]
    return [sql for sql in found if '"django_session"' not in sql]


@contextmanager
def undone():
    """What is written here is taken back."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def call(client, method, address, data):
    with CaptureQueriesContext(connection) as queries:
        response = getattr(client, method)(address, data)
    if response.streaming:
        b"".join(response)  # read to its end, a file is closed
    return response, writes(queries.captured_queries)


@pytest.mark.policy("ILL-007", "ILL-008", "ILL-009", "ILL-010")
@pytest.mark.parametrize("name", TABLE)
def test_access(client, angela, name):
    customer = customer_of(name, angela)
    row, address, data = TABLE[name], address_of(name, arguments_of(customer, name)), what_is_posted(customer)
    for role, answer in KINDS[row.kind].items():
        for method, taken in (("get", row.get), ("post", row.post)):
            expected = answer if isinstance(answer, str) else answer[method]
            if not taken and expected != SIGN_IN:
                expected = NOT_TAKEN
            with undone():
                sign_in(client, role, customer)
                response, written = call(client, method, address, data if method == "post" else {})
            assert (role, method, outcome(response)) == (role, method, expected)
            if method == "get" or expected != OPENS:
                assert written == [], (role, method)


ITEMS = [
    name
    for name, row in TABLE.items()
    if row.kind in {"record", "file"} and {"pk"} < set(PARAMETERS.get(name, ())) - {"role"}
]


@pytest.mark.parametrize(("user", "whose"), [(people.north_planner, people.lucia), (people.planner, people.keisha)])
@pytest.mark.parametrize("name", ITEMS)
def test_an_item_of_one_customer_does_not_open_under_another(client, angela, name, user, whose):
    client.force_login(user())
    address = address_of(name, arguments_of(angela) | {"pk": whose().pk})
    for method, taken in (("get", TABLE[name].get), ("post", TABLE[name].post)):
        if taken:
            response, written = call(client, method, address, what_is_posted(angela) if method == "post" else {})
            assert outcome(response) == HIDDEN, method
            assert written == []


def test_a_version_of_another_plan_is_not_served_by_this_one(client, angela):
    client.force_login(people.planner())
    other = {"version": EmploymentPlan.objects.get(customer=people.keisha()).versions.get().pk}
    assert client.post(reverse("plan:send", args=[angela.pk]), other).status_code == 404
    assert client.post(reverse("plan:recall", args=[angela.pk]), other).status_code == 404
    assert client.get(reverse("plan:form", args=[angela.pk]), other).status_code == 404


NONSENSE = ["\0", "²", "9" * 40]
ASKED = (
    "q", "after", "before", "by", "kind", "status", "category", "goal", "major", "minor", "version", "draft", "form",
    "occupation", "explores",
)  # fmt: skip
POSTED = (
    "version", "form", "service", "goal", "occupation", "explores", "row_version", "subject", "body", "text",
    "contact_on", "contact_method", "statement", "category", "due_on", "typed_name", "next", "language", "code",
    "reason", "approves", "note", "removal", "program", "contract", "changes_on", "system", "next_review_on",
    "agreed_on",
)  # fmt: skip


@pytest.mark.parametrize("name", TABLE)
def test_nonsense_fails_no_page(client, angela, name):
    customer = customer_of(name, angela)
    address = address_of(name, arguments_of(customer, name))
    client.raise_request_exception = False
    sign_in(client, CUSTOMER if TABLE[name].kind in {"my", "mine"} else PLANNER, customer)
    for value in NONSENSE:
        for method, names in (("get", ASKED), ("post", POSTED)):
            with undone():
                response, _written = call(client, method, address, dict.fromkeys(names, value))
            assert response.status_code < 500, (method, value)


@pytest.mark.parametrize("role", [STRANGER, NORTH, CUSTOMER, PLANNER, STATEWIDE])
def test_the_administration_opens_for_administrators_only(client, angela, role):
    sign_in(client, role, angela)
    for address in administration():
        assert outcome(client.get(address)) in {SIGN_IN, FORBIDDEN, HIDDEN, NOT_TAKEN}, address
        assert outcome(client.post(address)) in {SIGN_IN, FORBIDDEN, HIDDEN, NOT_TAKEN}, address


def administration():
    """Every address of the administration but its sign-out, with 1 for each key."""
    space = next(pattern for pattern in get_resolver().url_patterns if getattr(pattern, "namespace", "") == "admin")
    for pattern in routes(space.url_patterns):
        if pattern != "logout/":
            filled = re.sub(r"<app_label>\w+|\(\?P<app_label>[^)]*\)", "customers", pattern)
            yield "/admin/" + re.sub(r"<[^>]+>|\([^)]*\)", "1", filled).replace("^", "").rstrip("$")


def routes(patterns, under=""):
    for pattern in patterns:
        whole = under + str(pattern.pattern)
        yield from [whole] if isinstance(pattern, URLPattern) else routes(pattern.url_patterns, whole)


def test_the_trials_mail_opens_for_administrators_only(client, settings):
    settings.TRIAL = True
    for user, status in (
        (people.administrator(), 200),
        (people.statewide(), 403),
        (people.planner(), 403),
        (people.angela().user, 404),
    ):
        client.force_login(user)
        assert client.get(reverse("trial:mail")).status_code == status, user
