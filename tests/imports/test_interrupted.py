"""An import that is interrupted, and two people who import the same at one moment: nothing is half written."""

import contextlib
import os
import signal
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from itertools import islice, product
from string import ascii_lowercase

import pytest
import redis

from careerplan.accounts.models import Office
from careerplan.base import clock
from careerplan.base.refusals import Refusal
from careerplan.celery import app
from careerplan.demo.cast import HARBOR, PINE_LAKE
from careerplan.imports import actions, tasks
from careerplan.imports.checking import PART
from careerplan.imports.enums import ImportState, RowState
from careerplan.imports.models import Import, ImportRow
from careerplan.imports.saving import save
from careerplan.imports.working import work_on
from customers.adding import add_customer
from customers.models import Customer
from tests import servers
from tests.at_once import all_at_once, before_the_commit, held, on_own_connection, waiting
from tests.databases import nobody_else_is_at_work
from tests.imported import LONG, brought, checked, person, rows_of, states
from tests.people import david, planner, statewide
from tests.waiting import eventually
from tests.workers import start_worker, worker_answers

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("staff_and_lists")]


def made():
    return Customer.objects.filter(state_id__startswith="20000").count()


def rows(count=5):
    """People who are not here yet, with the participant IDs 200000 and on, and last names of letters alone."""
    names = map("".join, product(ascii_lowercase, repeat=2))
    cells = [
        {"Participant ID": f"{200000 + n}", "Last name": f"L{name}", "E-mail": ""}
        for n, name in enumerate(islice(names, count))
    ]
    return [person(1, **others) for others in cells]


def state_of(bringing):
    return Import.objects.get(pk=bringing.pk).state


@pytest.fixture
def worker(tmp_path, pytestconfig):
    """Starts one; all of them end with the test."""
    running = []

    def start():
        folder = tmp_path / f"worker-{len(running)}"
        folder.mkdir()
        running.append(start_worker(folder, pytestconfig.rootpath))
        eventually(lambda: worker_answers(5))
        return running[-1]

    app.control.purge()
    yield start
    for process in running:
        servers.stop(process)
    app.control.purge()
    with contextlib.closing(redis.from_url(os.environ["REDIS_URL"])) as queue:  # what killed workers held
        queue.delete("unacked", "unacked_index")


def test_a_worker_that_is_killed_while_it_checks_loses_the_part_that_it_checked_and_the_next_one_goes_on(worker):
    """On a real Redis. The worker has checked a part of the file, and comes to a row that somebody holds."""
    bringing = brought(rows(PART + 2))
    with held(ImportRow.objects.filter(bringing=bringing, number=rows_of(bringing)[-1].number)):
        first = worker()
        eventually(lambda: waiting() == 1)
        os.killpg(first.pid, signal.SIGKILL)
        first.wait()
    eventually(nobody_else_is_at_work)
    assert states(bringing) == [RowState.GOOD] * PART + [RowState.UNREAD] * 2
    assert state_of(bringing) == ImportState.CHECKING
    worker()
    app.send_task("careerplan.imports.tasks.sweep")
    eventually(lambda: state_of(bringing) == ImportState.READY)
    assert states(bringing) == [RowState.GOOD] * (PART + 2)


def test_a_worker_that_is_killed_while_it_imports_leaves_nothing_and_the_next_one_begins_anew(worker):
    """On a real Redis. The worker has looked at all rows and comes to the office, which somebody holds."""
    bringing, first = checked(rows()), worker()
    confirm = partial(actions.confirm, bringing, by=planner(), at=clock.now())
    with ThreadPoolExecutor(1) as threads, held(Office.objects.filter(name=HARBOR)):
        threads.submit(on_own_connection, confirm).result()
        eventually(lambda: waiting() == 1)
        os.killpg(first.pid, signal.SIGKILL)
        first.wait()
    eventually(nobody_else_is_at_work)
    assert (made(), state_of(bringing)) == (0, ImportState.SAVING)
    worker()
    app.send_task("careerplan.imports.tasks.sweep")
    eventually(lambda: state_of(bringing) == ImportState.DONE)
    assert made() == 5


def test_of_two_people_with_the_same_file_and_two_workers_one_imports_and_the_other_is_told(worker):
    """On a real Redis: one worker writes when the other is asked for the second, which waits for its turn."""
    mine, theirs = checked(rows()), checked(rows(), by=statewide(), options={"office": david().office_id})
    worker(), worker()
    confirms = [partial(actions.confirm, one, by=one.uploaded_by, at=clock.now()) for one in (mine, theirs)]
    with ThreadPoolExecutor(1) as threads, held(Office.objects.filter(name=HARBOR)):
        threads.submit(on_own_connection, confirms[0]).result()
        eventually(lambda: waiting() == 1)
        threads.submit(on_own_connection, confirms[1]).result()
    eventually(lambda: state_of(mine) == ImportState.DONE)
    app.send_task("careerplan.imports.tasks.sweep")
    eventually(lambda: state_of(theirs) == ImportState.READY)
    theirs.refresh_from_db()
    assert (made(), states(theirs)) == (5, [RowState.UNCHANGED] * 5)
    assert str(planner()) in theirs.why_refused


def test_of_two_people_with_the_same_file_one_imports_and_the_other_is_told():
    mine, theirs = checked(rows()), checked(rows(), by=statewide(), options={"office": david().office_id})
    at = clock.now()
    actions.confirm(mine, by=planner(), at=at)
    actions.confirm(theirs, by=statewide(), at=at)
    offices = Office.objects.filter(name=HARBOR)
    answers = all_at_once(offices, lambda: save(mine, at=at), lambda: save(theirs, at=at))
    assert answers == [True, False]
    assert made() == 5
    tasks.sweep()
    theirs.refresh_from_db()
    assert (made(), theirs.state, states(theirs)) == (5, ImportState.READY, [RowState.UNCHANGED] * 5)
    assert str(planner()) in theirs.why_refused


def test_somebody_who_adds_one_of_them_at_the_same_moment_is_noticed():
    """In another office, so that neither waits for the other before the participant ID is written."""
    bringing = checked(rows(), by=statewide(), options={"office": Office.objects.get(name=PINE_LAKE).pk})
    actions.confirm(bringing, by=statewide(), at=clock.now())
    values = {"first_name": "Eva", "last_name": "Other", "state_id": "200003", "office": david().office}
    done = before_the_commit(
        lambda: add_customer(values, by=planner(), at=clock.now()), lambda: save(bringing, at=clock.now())
    )
    assert not done
    assert made() == 1
    work_on(bringing.pk, seconds=LONG)
    assert states(bringing)[3] == RowState.BAD
    assert state_of(bringing) == ImportState.READY


def test_two_clicks_on_confirm_import_once():
    bringing = checked(rows())
    at = clock.now()
    click = partial(actions.confirm, bringing, by=planner(), at=at)
    answers = all_at_once(Import.objects.filter(pk=bringing.pk), click, click)
    assert sum(isinstance(answer, Refusal) for answer in answers) == 1
    work_on(bringing.pk, seconds=LONG)
    assert (made(), state_of(bringing)) == (5, ImportState.DONE)


def test_two_workers_that_check_at_once_miss_no_double(monkeypatch):
    monkeypatch.setattr("careerplan.imports.checking.PART", 2)
    cells = rows()
    cells[4]["Participant ID"] = cells[0]["Participant ID"]
    bringing = brought(cells)
    go_on = partial(work_on, bringing.pk, seconds=LONG)
    all_at_once(Import.objects.filter(pk=bringing.pk), go_on, go_on)
    work_on(bringing.pk, seconds=LONG)
    assert states(bringing) == [RowState.GOOD] * 4 + [RowState.DOUBLE]
    assert rows_of(bringing)[4].faults[0]["code"] == "again"
