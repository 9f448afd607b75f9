"""Changes of the customer's record: notes, assessments, summaries, uploads."""

import hashlib
from datetime import date, datetime
from typing import Any

from django.core.files.base import ContentFile, File
from django.db import models, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from careerplan.accounts.models import User
from careerplan.base.dates import day_of
from careerplan.base.fields import written
from careerplan.base.history import changed_values, ensure_current, record
from careerplan.base.refusals import NotAllowed, Refusal
from careerplan.base.words import is_blank
from customers import filed_as
from customers.enums import REACHED, NoteCategory
from customers.files import checked, content_type_of
from customers.models import Assessment, AssessmentSummary, CaseNote, Customer, Upload
from customers.models.daily_list import first_day_of_list
from customers.notes.matters import Matter, require_own
from customers.outside.scores import refuse_unfit

# So many customers leave the daily list in one transaction.
LEAVING = 1000


def require_editor(customer: Customer, by: User) -> None:
    """Raises NotAllowed where the person may see the customer but not write the record."""
    if not Customer.objects.editable_by(by).filter(pk=customer.pk).exists():
        raise not_an_editor()


def not_an_editor() -> NotAllowed:
    return NotAllowed("not-an-editor", _("You can read this record, but only its career planners can change it."))


def refuse_merged(customer: Customer) -> None:
    """Raises NotAllowed of a record that was merged into another one: it stays as it is."""
    if customer.merged_into_id is not None:
        sentence = _("This record was merged into another one and stays as it is. Go on in the other one.")
        raise NotAllowed("merged-record", sentence)


@transaction.atomic
def save_customer(customer: Customer, *, by: User, at: datetime) -> None:
    """Save the record as an administrator typed it. With a sign-in, the e-mail is that of the sign-in."""
    # Enrollments may be saved after it, in this transaction: what follows from them is seen by one person at a time.
    Customer.objects.select_for_update(of=("self",), no_key=True).filter(pk=customer.pk).first()
    refuse_merged(customer)
    user = customer.user
    changed = changed_values(customer)
    if user is not None and {"user_id", "language"} & changed.keys():
        if "user_id" in changed:
            note_given(user, first=changed["user_id"][0] is None, at=at)
        user.language = customer.language
        record(user, by=by, at=at, reason="administration")
    if user is not None:
        customer.email = user.email
    customer.set_keys(user.username if user is not None else "")
    record(customer, by=by, at=at, reason="administration")


def leave_daily_list(*, on: date) -> int:
    """Who left the last program long ago leaves the planners' daily list; returns how many did on this day.

    What an enrollment changes meanwhile holds: each row is looked at again as it is written.
    """
    leaving, count = Customer.objects.leaving_daily_list(on=on), 0
    while keys := list(leaving.order_by("programs_ended_on", "id").values_list("pk", flat=True)[:LEAVING]):
        rows: Any = models.QuerySet(Customer).filter(pk__in=keys, programs_ended_on__lt=first_day_of_list(on))
        count += rows.update(in_daily_list=False)
    return count


def note_given(user: User, *, first: bool, at: datetime) -> None:
    """The sign-in stands for the customer from now on. Where it had been used, or the customer had another one, another
    person may sign in as the customer now."""
    if first and user.last_login is None:
        user.sign_in_set_up_at = at
    else:
        user.sign_in_changed_at = at


NO_CONTACT = gettext_lazy(
    "Policy asks for a contact with the customer here. Choose what kind it was, or contact the customer first."
)


def require_contact(method: str) -> None:
    """A review, or a refusal to acknowledge, is a contact with the customer; "no contact" records neither.

    Raises Refusal (12.7.7, Not Complete; 12.7.8, step 1 of both procedures).
    """
    if method not in REACHED:
        raise Refusal("no-contact", NO_CONTACT, field="contact_method")


@transaction.atomic
def add_case_note(customer: Customer, *, by: User, at: datetime, **said: Any) -> CaseNote:
    """`said`: as `write_case_note`. Raises Refusal as well where what the note is about is not the customer's."""
    require_editor(customer, by)
    require_own(customer.pk, said.get("about"))
    return write_case_note(customer, **said, by=by, at=at)


def write_case_note(
    customer: Customer,
    *,
    subject: str,
    text: str,
    contact_on: date | None,
    contact_method: str,
    category: str = "",
    about: Matter | None = None,
    by: User,
    at: datetime,
) -> CaseNote:
    """For an action that has asked whether the person may write the record, in its transaction.

    `contact_on` may be None where it was no contact. `about`: what asked for the note, or what it is about; the caller
    knows that it is the customer's, and the database holds it.

    Raises Refusal: the day of a contact is missing.
    """
    usual = NoteCategory.CONTACT if contact_method in REACHED else NoteCategory.OTHER
    note = CaseNote(
        customer=customer,
        subject=subject,
        text=text,
        contact_on=day_of_note(contact_on, contact_method, at=at),
        contact_method=contact_method,
        category=category or usual,
        about_kind=about.kind if about else "",
        about_key=about.key if about else None,
        written_by=by,
        written_at=at,
    )
    record(note, by=by, at=at)
    return note


def day_of_note(contact_on: date | None, contact_method: str, *, at: datetime) -> date:
    """The day under which a note stands: that of the contact, else the one on which it is written.

    Raises Refusal where a contact has no day.
    """
    if contact_on is None and contact_method in REACHED:
        raise Refusal("contact-without-day", _("Enter the date of contact."), field="contact_on")
    return contact_on or day_of(at)


@transaction.atomic
def save_needs(customer: Customer, values: dict[str, Any], *, seen: int | None, by: User, at: datetime) -> Customer:
    """What helps the customer to read and take part (29 CFR 38.15: communication as effective as with others)."""
    require_editor(customer, by)
    customer = Customer.objects.select_for_update(of=("self",)).get(pk=customer.pk)
    ensure_current(customer, seen)
    customer.needs, customer.large_print = values["needs"], values["large_print"]
    record(customer, by=by, at=at)
    return customer


@transaction.atomic
def save_assessment(
    customer: Customer,
    assessment: Assessment | None,
    values: dict[str, Any],
    *,
    seen: int | None,
    file: File | None = None,
    by: User,
    at: datetime,
) -> Assessment:
    """Add (`assessment` None) or change an assessment of the customer. `file`: the result as it came, for the uploads.

    Raises Refusal: the score is none of its scale, or the pair none (customers/outside/scores.py); the file can't be
    taken (customers/files.py).
    """
    require_editor(customer, by)
    if assessment is None:
        assessment = Assessment(customer=customer)
    else:
        assessment = Assessment.objects.select_for_update(of=("self",)).get(pk=assessment.pk, customer=customer)
        ensure_current(assessment, seen)
    for name, value in values.items():
        setattr(assessment, name, value)
    if assessment.score is not None and is_blank(assessment.result):
        assessment.result = written(assessment.score)
    refuse_unfit(assessment)
    if file is not None:
        assessment.document = upload_file(customer, file, kept_as(assessment), by=by, at=at)
    assessment.updated_by, assessment.updated_at = by, at
    record(assessment, by=by, at=at)
    return assessment


def kept_as(assessment: Assessment) -> dict[str, Any]:
    """How the file of a result is filed: under the name of the assessment, for staff."""
    return filed_as.ASSESSMENT | {"name": assessment.name, "shown_to_customer": False}


@transaction.atomic
def write_summary(customer: Customer, *, text: str, by: User, at: datetime) -> AssessmentSummary:
    require_editor(customer, by)
    summary = AssessmentSummary(customer=customer, text=text, written_by=by, written_at=at)
    record(summary, by=by, at=at)
    return summary


@transaction.atomic
def upload_file(customer: Customer, file: File, values: dict[str, Any], *, by: User, at: datetime) -> Upload:
    """File what a planner (or the customer) uploads.

    Raises:
        NotAllowed: somebody who does not write this record, or another customer.
        Refusal: the file can't be taken (customers/files.py).
    """
    if by.is_customer and by.pk == customer.user_id:
        values = {**values, "shown_to_customer": True}
    else:
        require_editor(customer, by)
    fit = checked(file)
    kept = ContentFile(fit.content, name=fit.stored_name)
    return store(customer, kept, fit.content, values, content_type=fit.content_type, by=by, at=at)


def file_by_system(customer: Customer, *, file_name: str, name: str, content: bytes, at: datetime) -> Upload:
    """File a paper that the product made: Category Title I, Purpose Employment Plan (12.7.6)."""
    values = filed_as.EMPLOYMENT_PLAN | {"name": name, "shown_to_customer": True, "filed_by_system": True}
    file = ContentFile(content, name=file_name)
    return store(customer, file, content, values, content_type=content_type_of(content), by=None, at=at)


def store(
    customer: Customer,
    file: ContentFile,
    content: bytes,
    values: dict[str, Any],
    *,
    content_type: str,
    by: User | None,
    at: datetime,
) -> Upload:
    upload = Upload(
        customer=customer,
        file=file,
        content_type=content_type,
        byte_count=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        uploaded_by=by,
        uploaded_at=at,
        **values,
    )
    record(upload, by=by, at=at)
    return upload
