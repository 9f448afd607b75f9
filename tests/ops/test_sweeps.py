"""What workers look for again and again stands in an index, however much of a state was done before.

Each task of beat is performed on tables with tens of thousands of rows that are done; PostgreSQL is asked how it finds
the rows of each statement. A new task is tried by itself; the table that it looks at gets its rows in `FILLED`.
"""

import re
from datetime import timedelta

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.module_loading import import_string

from acknowledgments.models import Paper
from acknowledgments.proof import daily
from careerplan.accounts.models import SignInLetter
from careerplan.base import clock
from careerplan.base.models import FormPost
from careerplan.base.outbox import SETTLED
from careerplan.imports.models import Import, ImportRow
from careerplan.messaging.failed import failed_letters
from careerplan.messaging.models import Notification, TextMessage
from customers.models import Customer, Reminder
from services.feed.models import FeedFile, FeedRun
from tests import people, states
from tests.addresses import undone
from tests.plans_of_queries import plan_of
from worksites.models import SupervisorLetter

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("people")]

ROWS = 20_000
TASKS = sorted({entry["task"] for entry in settings.CELERY_BEAT_SCHEDULE.values()})
# Tasks that read whole tables, and why.
READ_ALL = {
    "acknowledgments.tasks.verify": "each night the whole record, in parts by key, beside everything else",
    "careerplan.reports.tasks.count_work": "what is due of everybody, every 15 minutes, for a page that counts nothing",
    "worksites.tasks.look_for_low_wages": "each night every placement that holds, a thousand at a time",
    "customers.tasks.remind": "of everybody's dates those that are near, in the morning",
    "careerplan.reports.tasks.count": "the count of everything, every five minutes, for pages that count nothing",
}
FIRST = re.compile(r'(?:SELECT .*? FROM|UPDATE|DELETE FROM) "?(\w+)', re.DOTALL)
# Read whole: a handful of rows in any state.
LISTS = {"accounts_region", "accounts_office", "accounts_grantee", "customers_program", "django_session"}
LISTS |= {"base_heartbeat", "base_alarm", "django_migrations"}
# Of a few rows here: asked by key, or alone, where the plan says enough.
ASKED_BY_KEY = {"accounts_user", "acknowledgments_acknowledgmentrequest", "acknowledgments_seal", "base_formdraft"}
ASKED_BY_KEY |= {"messaging_message", "plans_employmentplan"}

FILLED = {
    Notification: f"""
      SELECT 'done:' || n, %(user)s, -n, now() - interval '9 days', now() - interval '9 days', 1,
        CASE WHEN n %% 2 = 0 THEN '{SETTLED}' ELSE '' END,
        CASE WHEN n %% 2 = 1 THEN now() END, CASE WHEN n %% 2 = 0 THEN now() - interval '8 days' END, NULL::timestamptz
      FROM generate_series(1, {ROWS}) n""",
    TextMessage: f"""
      SELECT 'done:' || n, %(user)s, -n, '', now() - interval '9 days', now() - interval '9 days', 1,
        CASE WHEN n %% 2 = 0 THEN '{SETTLED}' ELSE '' END,
        CASE WHEN n %% 2 = 1 THEN now() END, CASE WHEN n %% 2 = 0 THEN now() - interval '8 days' END, NULL::timestamptz
      FROM generate_series(1, {ROWS}) n""",
    Reminder: f"""
      SELECT %(user)s, 'next-review', -n, now() - interval '9 days', 7, now() - interval '9 days',
        now() - interval '9 days'
      FROM generate_series(1, {ROWS}) n""",
    SignInLetter: f"""
      SELECT 'reset-link', %(user)s, '', 'en', '{{}}'::jsonb, now() - interval '9 days', now() - interval '9 days', 1,
        CASE WHEN n %% 2 = 0 THEN '{SETTLED}' ELSE '' END,
        CASE WHEN n %% 2 = 1 THEN now() END, CASE WHEN n %% 2 = 0 THEN now() - interval '8 days' END, NULL::timestamptz
      FROM generate_series(1, {ROWS}) n""",
    SupervisorLetter: f"""
      SELECT -n, now() - interval '9 days', now() - interval '9 days', 1,
        CASE WHEN n %% 2 = 0 THEN '{SETTLED}' ELSE '' END,
        CASE WHEN n %% 2 = 1 THEN now() END, CASE WHEN n %% 2 = 0 THEN now() - interval '8 days' END, NULL::timestamptz
      FROM generate_series(1, {ROWS}) n""",
    FormPost: f"""
      SELECT gen_random_uuid(), -n, '', now() FROM generate_series(1, {ROWS}) n""",
    Paper: f"""
      SELECT -n, 'sent', now() - interval '9 days', 1, '', now(), -n FROM generate_series(1, {ROWS}) n""",
    Import: f"""
      SELECT 'customers', 'done', 'a.csv', '', %(user)s, now(), '[]'::jsonb, '[]'::jsonb, '{{}}'::jsonb, %(user)s,
        now(), now(), '{{}}'::jsonb
      FROM generate_series(1, {ROWS}) n""",
    FeedRun: f"""
      SELECT -n, 'api', now(), now(), '[]'::jsonb FROM generate_series(1, {ROWS}) n""",
    FeedFile: f"""
      SELECT -n, 'a.csv', 'utf-8', ''::bytea, now(), %(user)s FROM generate_series(1, {ROWS}) n""",
    ImportRow: f"""
      SELECT -n, n, '[]'::jsonb, 'good', '', '[]'::jsonb, '[]'::jsonb, '[]'::jsonb FROM generate_series(1, {ROWS}) n""",
    Customer: f"""
      SELECT 'Ada', 'Done', 'T-' || n, %(office)s, 'done ada ' || n,
        CASE WHEN n %% 2 = 0 THEN DATE '2020-01-01' END, n %% 2 = 1
      FROM generate_series(1, {ROWS}) n""",
}
COLUMNS = {
    Notification: "key, recipient_id, message_id, created_at, available_at, attempts, last_error, "
    "sent_at, given_up_at, reported_at",
    TextMessage: "key, recipient_id, message_id, number, created_at, available_at, attempts, last_error, "
    "sent_at, given_up_at, reported_at",
    Reminder: "person_id, code, row_key, day, threshold, found_on, told_on",
    SignInLetter: "kind, recipient_id, address, language, facts, created_at, available_at, attempts, last_error, "
    "sent_at, given_up_at, reported_at",
    SupervisorLetter: "link_id, created_at, available_at, attempts, last_error, sent_at, given_up_at, reported_at",
    FormPost: "key, user_id, typed, posted_at",
    Paper: "seal_id, kind, created_at, attempts, error, rendered_at, upload_id",
    Import: "kind, state, file_name, sha256, uploaded_by_id, uploaded_at, headings, columns, options, "
    "confirmed_by_id, confirmed_at, done_at, refused",
    FeedRun: "source_id, way, begun_at, ended_at, faults",
    FeedFile: "source_id, file_name, encoding, content, brought_at, brought_by_id",
    ImportRow: "bringing_id, number, cells, state, word, faults, differences, keys",
    Customer: "first_name, last_name, state_id, office_id, name_key, programs_ended_on, in_daily_list",
}


@pytest.fixture
def much_was_done(monkeypatch):
    """Rows that nothing waits for; foreign keys are not looked at, since the rows they name are not there. The record
    is a day old: each day asks the same."""
    monkeypatch.setattr(daily, "first_day", lambda: states.today() - timedelta(days=1))
    known = {"user": people.angela().user_id, "office": people.david().office_id}
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        for model, rows in FILLED.items():
            fill(cursor, model._meta, rows, known)
        cursor.execute("SET LOCAL session_replication_role = DEFAULT")
        cursor.execute("ANALYZE")


def fill(cursor, meta, rows, known):
    """Columns that are not named have their default, or say nothing."""
    named = [name.strip() for name in COLUMNS[meta.model].split(",")]
    others = [
        field
        for field in meta.concrete_fields
        if field.column not in named and not field.primary_key and not field.null and not field.has_db_default()
    ]
    values = "".join(f", {nothing(field)}" for field in others)
    columns = ", ".join(f'"{name}"' for name in [*named, *(field.column for field in others)])
    cursor.execute(f'INSERT INTO "{meta.db_table}" ({columns}) SELECT filled.*{values} FROM ({rows}) filled', known)


def nothing(field):
    kind = field.get_internal_type()
    return {"CharField": "''", "EmailField": "''", "TextField": "''", "BooleanField": "false"}.get(kind, "1")


def test_no_task_reads_a_table_from_end_to_end(much_was_done):
    reads_whole, reads_by_indexes = {}, []
    for task in TASKS:
        with undone():
            waiting()
            faults = faults_of(task)
        if task not in READ_ALL and faults:
            reads_whole[task] = faults
        if task in READ_ALL and not faults:
            reads_by_indexes.append(task)
    assert reads_whole == {}
    assert reads_by_indexes == [], "take them off the list"


def faults_of(task):
    with CaptureQueriesContext(connection) as asked:
        import_string(task)()
    statements = {text["sql"] for text in asked if re.match(r"SELECT .* FROM|UPDATE|DELETE", text["sql"], re.DOTALL)}
    assert statements, task
    return [fault for sql in sorted(statements) for fault in ends_to_ends(sql)]


def waiting():
    """Something to do for each: a paper to make, an e-mail to send, one to tell of, and a customer who leaves."""
    states.sent(states.draft())
    late = Notification.objects.filter(sent_at__isnull=True, given_up_at__isnull=True).last()
    Notification.objects.filter(pk=late.pk).update(created_at=clock.now() - timedelta(days=2))


def ends_to_ends(sql):
    """Tables that are read whole for this statement: as such, or by an index that doesn't hold its condition.

    Of the long tables, and of any that the statement asks alone: of short ones that are joined by keys, the plan of a
    test says nothing.
    """
    looked_at = {model._meta.db_table for model in FILLED}
    alone = not re.search(r" JOIN | IN \(SELECT |EXISTS\(", sql)
    if alone:
        looked_at.add(FIRST.match(sql)[1])
    looked_at -= LISTS
    plan = plan_of(sql, dear_scans=alone)
    whole = {table for table, _filter in plan.whole} | {table_of(index) for index in plan.unbounded}
    return [f"{table} is read whole: {sql}" for table in sorted((whole - {""}) & looked_at)]


def table_of(index):
    """Whose index it is; "" of one that holds a condition itself."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT indrelid::regclass::text FROM pg_index WHERE indexrelid = to_regclass(%s) AND indpred IS NULL",
            [f'"{index}"'],
        )
        found = cursor.fetchone()
    return found[0].strip('"') if found else ""


# By the index: what waits.
INDEXES = {
    "papers_unfinished": lambda: Paper.objects.unfinished().order_by("id"),
    "notifications_waiting": lambda: Notification.objects.waiting(clock.now()),
    "notifications_unreported": lambda: Notification.objects.unreported(clock.now()).order_by("id"),
    "customers_leaving_the_list": lambda: Customer.objects.leaving_daily_list(on=timezone.localdate()).order_by(
        "programs_ended_on", "id"
    ),
    "notifications_given_up": lambda: (
        Notification.objects.filter(given_up_at__isnull=False)
        .exclude(last_error=SETTLED)
        .order_by("-given_up_at", "-id")
    ),
    "sign_in_letters_waiting": lambda: SignInLetter.objects.waiting(clock.now()),
    "sign_in_letters_unreported": lambda: (
        SignInLetter.objects.unreported(clock.now()).filter(recipient__isnull=False).order_by("id")
    ),
    "sign_in_letters_given_up": lambda: failed_letters().filter(given_up_at__gt=clock.now() - timedelta(days=1)),
    "forms_by_time": lambda: FormPost.objects.filter(posted_at__lt=clock.now() - timedelta(days=7)),
}


def test_what_waits_has_an_index_of_its_own(much_was_done):
    plans = {index: plan_of(rows()[:50], dear_scans=False) for index, rows in INDEXES.items()}
    others = {index: plan.text for index, plan in plans.items() if index not in {name for name, _kind in plan.indexes}}
    assert others == {}


def test_every_table_that_a_task_looks_at_is_long_or_on_the_list(much_was_done):
    """Of a table that is joined and has a few rows here, the plan says nothing (`ends_to_ends`)."""
    waiting()
    first = set()
    for task in TASKS:
        if task not in READ_ALL:
            with CaptureQueriesContext(connection) as asked:
                import_string(task)()
            first |= {found[1] for text in asked if (found := FIRST.match(text["sql"]))}
    assert first - LISTS - {model._meta.db_table for model in FILLED} <= ASKED_BY_KEY


def test_the_guard_sees_what_has_no_index(much_was_done):
    """PostgreSQL reads an index that begins with another column from end to end, and calls the column a condition of
    it all the same."""
    assert ends_to_ends("SELECT id FROM base_formdraft WHERE path = '/somewhere/'")
    assert ends_to_ends("SELECT id FROM base_formdraft WHERE user_id = 7") == []
    assert ends_to_ends("SELECT id FROM messaging_notification WHERE attempts > 7 ORDER BY id LIMIT 50")
    assert ends_to_ends("SELECT id FROM acknowledgments_printedform WHERE error <> ''")
