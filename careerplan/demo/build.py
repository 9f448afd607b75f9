"""Brings the demo people into being, and the named customers to their states through the product's own actions.

Whoever exists already is left alone. A customer comes about in one transaction: wholly, or not at all.
"""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils import timezone

from careerplan.accounts.enums import Role
from careerplan.accounts.models import Grantee, Office, Region, StaffScope, User
from careerplan.base.history import TrackedModel, record
from careerplan.demo import states
from careerplan.demo.cast import CUSTOMERS, REGIONS, STAFF, STATE, CustomerFacts, RegionFacts, StaffFacts
from careerplan.demo.money import build_budgets
from careerplan.demo.pen import PaperNotMade
from careerplan.demo.worksites import build_worksites
from customers.models import Customer, Enrollment, LocalInterval, Program
from services.limits.enums import Beyond, Period
from services.limits.models import SupportLimit
from services.models import Service

# The first day of a program year.
LIMITED_FROM = date(2020, 7, 1)
# Before anything that the demo customers did.
JOINED = datetime(2020, 1, 6, 9, tzinfo=timezone.get_default_timezone())


def all_there() -> bool:
    """Whether every named customer exists; after a start that was cut short some do not."""
    wanted = [facts.state_id for facts in CUSTOMERS]
    return Customer.objects.filter(state_id__in=wanted).count() == len(wanted)


def build_staff() -> None:
    """Regions, grantees, offices, and the people who work there."""
    with transaction.atomic():
        for region in REGIONS:
            build_region(region)
        build_local_policy()
        password = make_password(settings.DEMO_PASSWORD)
        for person in STAFF:
            build_person(person, password)


def found_or_made(model: type[TrackedModel], key: dict[str, Any], values: dict[str, Any]) -> Any:
    """The row with this key; a new one with these values where there is none."""
    row = model.objects.filter(**key).first()
    if row is None:
        row = model(**key, **values)
        record(row, by=None, at=JOINED, reason="demo")
    return row


def build_region(facts: RegionFacts) -> None:
    region = found_or_made(Region, {"code": facts.code}, {"name": facts.name})
    contact = {"phone": facts.grantee_phone, "email": facts.grantee_email}
    grantee = found_or_made(Grantee, {"name": facts.grantee}, contact)
    for office in facts.offices:
        values = {
            "grantee": grantee,
            "street": office.street,
            "city": office.city,
            "state": STATE,
            "zip_code": office.zip_code,
            "phone": office.phone,
        }
        found_or_made(Office, {"region": region, "name": office.name}, values)


def build_local_policy() -> None:
    """One region contacts the customers of a state project more often than it reviews their plans, and gives so much
    for the way to class and work."""
    where = {"program": Program.objects.get(code="JTED"), "region": Region.objects.get(code=REGIONS[0].code)}
    found_or_made(LocalInterval, where, {"contact_interval_days": 60})
    what = {"region": where["region"], "service": Service.objects.get(code="SS-TRAN"), "begins_on": LIMITED_FROM}
    values = {"amount": 600, "period": Period.PROGRAM_YEAR, "beyond": Beyond.STOP, "source": "Local policy 7-2"}
    found_or_made(SupportLimit, what, values)


def build_person(facts: StaffFacts, password: str) -> None:
    if User.objects.filter(username=facts.username).exists():
        return
    person = User(
        username=facts.username,
        email=facts.email or f"{facts.username}@careerplan.test",
        first_name=facts.first_name,
        last_name=facts.last_name,
        role=facts.role,
        phone=facts.phone,
        password=password,
        date_joined=JOINED,
    )
    record(person, by=None, at=JOINED, reason="demo")
    if facts.office:
        scope = StaffScope(user=person, office=Office.objects.get(name=facts.office))
        record(scope, by=None, at=JOINED, reason="demo")
    if facts.region:
        scope = StaffScope(user=person, region=Region.objects.get(code=facts.region))
        record(scope, by=None, at=JOINED, reason="demo")


def build_customers(*, at: datetime, tell: Callable[[str], None]) -> None:
    """The named customers; `tell` gets a sentence about each new one. `at` is the now of those who have no fixed dates.

    A customer whose paper can't be printed is left out; the next run tries again.
    """
    build_budgets(at=at)
    build_worksites(at=JOINED)
    password = make_password(settings.DEMO_PASSWORD)
    for facts in CUSTOMERS:
        if Customer.objects.filter(state_id=facts.state_id).exists():
            continue
        try:
            with transaction.atomic():
                states.BRING[facts.username](build_customer(facts, password, at), at)
        except PaperNotMade as error:
            tell(f"{facts.first_name} {facts.last_name} was left out: {error}")
        else:
            tell(f"{facts.first_name} {facts.last_name}: made")


def build_customer(facts: CustomerFacts, password: str, at: datetime) -> Customer:
    """The person's sign-in, record and enrollments."""
    begun = states.begun(facts.username, at)
    user = User(
        username=facts.username,
        email=facts.email,
        first_name=facts.first_name,
        last_name=facts.last_name,
        role=Role.CUSTOMER,
        phone=facts.phone,
        language=facts.language,
        password=password,
        date_joined=begun,
    )
    record(user, by=None, at=begun, reason="demo")
    planners = {person.username: person for person in User.objects.filter(role=Role.PLANNER)}
    customer = Customer(
        user=user,
        first_name=facts.first_name,
        middle_name=facts.middle_name,
        last_name=facts.last_name,
        email=facts.email,
        phone=facts.phone,
        birth_date=facts.birth_date,
        street=facts.street,
        city=facts.city,
        state=STATE,
        zip_code=facts.zip_code,
        language=facts.language,
        needs=facts.needs,
        large_print=facts.large_print,
        customer_type=facts.customer_type,
        state_id=facts.state_id,
        office=Office.objects.select_related("region", "grantee").get(name=facts.office),
        planner=planners[facts.planner],
    )
    customer.set_keys(facts.username)
    record(customer, by=customer.planner, at=begun)
    for code, status, planner in facts.enrollments:
        enrollment = Enrollment(
            customer=customer,
            program=Program.objects.get(code=code),
            planner=planners[planner],
            status=status,
            begun_on=timezone.localdate(begun) + timedelta(days=1),
        )
        record(enrollment, by=planners[planner], at=begun + timedelta(days=1))
    return customer
