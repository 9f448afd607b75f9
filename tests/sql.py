"""Statements written by hand over the tables of the demo people, in words that PostgreSQL and SQLite both read."""

from acknowledgments.models import Acknowledgment, AcknowledgmentRequest
from customers.models import CaseNote

VERSION, PLAN, GOAL = "plans_planversion", "plans_employmentplan", "goals_goal"
SERVICE, STEP = "services_plannedservice", "goals_actionstep"
SEAL, REQUEST = "acknowledgments_seal", "acknowledgments_acknowledgmentrequest"
EVIDENCE, DOCUMENT, PAPER = (
    f"acknowledgments_{name}" for name in ("acknowledgment", "evidencedocument", "printedform")
)
UPLOAD, NOTE, LEGACY = "customers_upload", "customers_casenote", "plans_legacyplan"
STAFF_REQUEST, CREDENTIAL = "acknowledgments_staffrequest", "services_earnedcredential"
ATTACHMENT = "customers_attachment"
NOW, TODAY = "CURRENT_TIMESTAMP", "CURRENT_DATE"
FIRST_NOTE, LAST_NOTE = (f"(SELECT {which}(id) FROM customers_casenote)" for which in ("min", "max"))


def the(state):
    """Angela's version is active and Tyrell's awaiting; of the drafts the last, Keisha's."""
    return f"(SELECT max(id) FROM {VERSION} WHERE state = '{state}')"


ACTIVE, AWAITING, DRAFT = the("active"), the("awaiting"), the("draft")


def plan_of(version):
    return f"(SELECT plan_id FROM {VERSION} WHERE id = {version})"


def customer_of(version):
    return f"(SELECT customer_id FROM {PLAN} WHERE id = {plan_of(version)})"


def user_of(version):
    return f"(SELECT user_id FROM customers_customer WHERE id = {customer_of(version)})"


def message_of(version):
    return f"(SELECT max(id) FROM messaging_message WHERE recipient_id = {user_of(version)})"


def service_of(version):
    return f"(SELECT max(id) FROM {SERVICE} WHERE plan_id = {plan_of(version)})"


def complete_service_of(version):
    return f"(SELECT max(id) FROM {SERVICE} WHERE plan_id = {plan_of(version)} AND status = 'complete')"


def upload_of(version):
    return f"(SELECT max(id) FROM {UPLOAD} WHERE customer_id = {customer_of(version)})"


def step_of(version):
    return f"(SELECT max(id) FROM {STEP} WHERE plan_id = {plan_of(version)})"


def seal_of(version, column="id"):
    return f"(SELECT max({column}) FROM {SEAL} WHERE version_id = {version})"


def update(table, where, **values):
    return f"UPDATE {table} SET {', '.join(f'{name} = {value}' for name, value in values.items())} WHERE {where}"


def insert(table, values):
    return f"INSERT INTO {table} ({', '.join(values)}) SELECT {', '.join(str(value) for value in values.values())}"


def move(version, state, **values):
    return update(VERSION, f"id = {version}", state=f"'{state}'", **values)


def another(model, **values):
    """A row like the one of the active version, but for the values."""
    of_active = f"seal_id = {seal_of(ACTIVE)}" if model is AcknowledgmentRequest else f"version_id = {ACTIVE}"
    return like(model, of_active, **values)


def like(model, where, **values):
    columns = [field.column for field in model._meta.concrete_fields if not field.primary_key]
    selected = ", ".join(str(values.get(column, column)) for column in columns)
    table = model._meta.db_table
    return f"INSERT INTO {table} ({', '.join(columns)}) SELECT {selected} FROM {table} WHERE {where}"


def agreed(version, **values):
    """Evidence of the version's newest seal, by paper where nothing else is said."""
    fits = {"version_id": version, "seal_id": seal_of(version), "digest": seal_of(version, "digest")}
    paper = {"method": "'paper'", "request_id": "NULL", "agreed_on": TODAY, "signer_id": user_of(version)}
    return another(Acknowledgment, **fits | paper | values)


def document(version, upload):
    """The upload filed as the version's evidence."""
    values = {
        "acknowledgment_id": f"(SELECT id FROM {EVIDENCE} WHERE version_id = {version})",
        "upload_id": upload,
        "capture": "'scan'",
        "filed_on": TODAY,
        "filed_at": NOW,
        "filed_by_id": user_of(version),
    }
    return insert(DOCUMENT, values)


def noted(version):
    """A further case note about the version's customer: LAST_NOTE."""
    return like(CaseNote, f"id = {FIRST_NOTE}", customer_id=customer_of(version), written_at=NOW)


def changed(table, where, **values):
    """One statement for each column: where it is to stay, so."""
    return [update(table, where, **{column: value}) for column, value in values.items()]
