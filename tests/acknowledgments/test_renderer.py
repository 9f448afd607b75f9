"""The process that typesets can be ended: a paper that hangs, or asks for too much, takes nothing else with it."""

import os
import sys
import threading
from datetime import timedelta

import psycopg
import pytest
from django.db import OperationalError, connection
from django.urls import reverse

from acknowledgments.enums import PrintKind
from acknowledgments.filing import rendering
from acknowledgments.filing.making import CLAIM, PAUSES, claim, finish, make_paper, make_waiting, note_abandoned
from acknowledgments.models import Paper
from acknowledgments.paper.renderer import LIMIT_SECONDS, Renderer, RenderingFailed, TookTooLong
from acknowledgments.tasks import BUDGET_SECONDS
from careerplan.celery import app
from careerplan.messaging.enums import Notice
from careerplan.messaging.models import Message
from careerplan.messaging.tasks import LONGEST_TASK_SECONDS
from tests import states
from tests.acknowledgments.test_filing import lucia, messages_to, north_planner
from tests.markup import Page
from tests.waiting import LONGEST_WAIT
from tests.workers import url_of_the_test_database

PAGE = '<html lang="en"><title>-</title><link rel="stylesheet" href="css/paper.css"><p>{}</p>'
# Reads nothing and holds Python's own lock, as a library's C code does: no signal handler would run.
HANGS = (sys.executable, "-c", "import ctypes; ctypes.PyDLL(None).sleep(100000)")
# Hangs so as long as the file is there that it is given.
HANGS_WHILE = (
    "import ctypes, os, sys\n"
    "if os.path.exists(sys.argv[1]): ctypes.PyDLL(None).sleep(100000)\n"
    "from acknowledgments.paper import typesetter\n"
    "typesetter.main()"
)
BOMB = (
    "from acknowledgments.paper import typesetter\n"
    "typesetter.typeset = lambda html: [bytes(2**30) for _part in range(64)]\n"
    "typesetter.main()"
)


@pytest.fixture
def rendering_with():
    """Renderers of these commands; all end with the test."""
    begun = []

    def begin(*command):
        begun.append(Renderer(command))
        return begun[-1]

    yield begin
    for renderer in begun:
        renderer.end()


def is_running(pid):
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


@pytest.fixture(scope="module")
def real():
    renderer = Renderer()
    yield renderer
    renderer.end()


def test_pages_are_typeset_one_after_the_other_by_one_process(real):
    first, _missing = real.typeset(PAGE.format("one"), seconds=LONGEST_WAIT)
    process = real.process
    second, missing = real.typeset(PAGE.format("two \ue000"), seconds=LONGEST_WAIT)
    assert first.startswith(b"%PDF-")
    assert second.startswith(b"%PDF-")
    assert missing == [0xE000]
    assert real.process is process


def test_what_hangs_in_c_code_is_ended(rendering_with):
    renderer = rendering_with(*HANGS)
    with pytest.raises(TookTooLong):
        renderer.typeset(PAGE.format("x" * 10**6), seconds=1)  # more than fits into the pipe
    with pytest.raises(TookTooLong):
        renderer.typeset(PAGE.format("x"), seconds=1)
    assert renderer.process is None


def test_after_one_that_hung_the_next_page_is_printed(rendering_with, tmp_path):
    (tmp_path / "hang").touch()
    renderer = rendering_with(sys.executable, "-c", HANGS_WHILE, str(tmp_path / "hang"))
    with pytest.raises(TookTooLong):
        renderer.typeset(PAGE.format("x"), seconds=2)
    (tmp_path / "hang").unlink()
    content, _missing = renderer.typeset(PAGE.format("y"), seconds=LONGEST_WAIT)
    assert content.startswith(b"%PDF-")


def test_what_asks_for_too_much_memory_fails_alone(rendering_with):
    renderer = rendering_with(sys.executable, "-c", BOMB)
    with pytest.raises(RenderingFailed, match="MemoryError"):
        renderer.typeset(PAGE.format("x"), seconds=LONGEST_WAIT)


def test_a_process_that_died_is_told_and_another_one_begun(real):
    real.typeset(PAGE.format("one"), seconds=LONGEST_WAIT)
    real.process.kill()
    real.process.wait()
    assert real.typeset(PAGE.format("two"), seconds=LONGEST_WAIT)[0].startswith(b"%PDF-")


def test_a_copy_of_the_process_that_prints_does_not_speak_to_its_child(real):
    real.typeset(PAGE.format("one"), seconds=LONGEST_WAIT)
    child = real.process.pid
    copy = os.fork()
    if not copy:
        real.end()
        os._exit(0 if real.process is None else 1)
    assert os.waitstatus_to_exitcode(os.waitpid(copy, 0)[1]) == 0
    assert is_running(child)
    assert real.typeset(PAGE.format("two"), seconds=LONGEST_WAIT)[0].startswith(b"%PDF-")
    assert real.process.pid == child


def test_threads_take_turns(real):
    done = []
    threads = [
        threading.Thread(target=lambda: done.append(real.typeset(PAGE.format("x"), seconds=LONGEST_WAIT)))
        for _thread in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [content.startswith(b"%PDF-") for content, _missing in done] == [True] * 4


# --- papers -----------------------------------------------------------------------------------


@pytest.fixture
def hanging(monkeypatch, rendering_with):
    """Every paper hangs until its limit, here one second."""
    renderer = rendering_with(*HANGS)
    monkeypatch.setattr(rendering.renderer, "typeset", lambda html, seconds=None: renderer.typeset(html, seconds=1))


@pytest.fixture
def ordered(people):
    return Paper.objects.get(seal=states.sent(states.newest(lucia())))


@pytest.mark.django_db
def test_a_paper_that_hangs_is_counted_and_told(hanging, ordered):
    assert not make_paper(ordered.pk, at=states.now())
    ordered.refresh_from_db()
    assert (ordered.attempts, ordered.rendered_at) == (1, None)
    assert ordered.error.startswith("TookTooLong")
    assert messages_to(north_planner()) == [Notice.PAPER_NOT_MADE]


@pytest.mark.django_db
def test_a_preview_that_hangs_is_said_in_words(hanging, people, client):
    client.force_login(north_planner())
    answer = client.get(reverse("plan:paper", args=[lucia().pk]))
    assert answer.status_code == 503
    assert "We could not make this form just now. Try again in a few minutes." in Page(answer).words


@pytest.mark.django_db
def test_a_paper_that_fails_goes_behind_all_others_and_is_not_tried_for_ever(hanging, ordered):
    at = states.now()
    other = Paper.objects.create(seal=ordered.seal, kind=PrintKind.AGREED, created_at=at)
    assert waiting(at) == [ordered.pk, other.pk]
    make_paper(ordered.pk, at=at)
    assert waiting(at) == [other.pk], "it pauses"
    assert waiting(at + PAUSES[0]) == [other.pk, ordered.pk]
    for number in range(1, Paper.ATTEMPTS):
        at += PAUSES[min(number, len(PAUSES)) - 1]
        assert waiting(at) == [other.pk, ordered.pk]
        make_paper(ordered.pk, at=at)
    assert waiting(at + timedelta(days=9)) == [other.pk]


def waiting(at):
    return [paper.pk for paper in Paper.objects.waiting(at)]


@pytest.mark.django_db
@pytest.mark.parametrize("error", [OSError(28, "No space left on device"), OperationalError("locked")])
def test_an_outage_gives_no_paper_up(ordered, monkeypatch, error):
    at = states.now()

    def fails(*_values, **_options):
        raise error

    with monkeypatch.context() as broken:
        broken.setattr("acknowledgments.filing.making.file_paper", fails)
        for _try in range(3 * Paper.ATTEMPTS):
            assert not make_paper(ordered.pk, at=at)
            at += timedelta(hours=1)
    assert messages_to(north_planner()) == [Notice.PAPER_NOT_MADE]
    assert make_paper(ordered.pk, at=at)


def test_no_limit_of_time_cuts_a_paper_or_an_email_off():
    limits = {
        name: (app.tasks[name].soft_time_limit, app.tasks[name].time_limit)
        for name in (
            "acknowledgments.tasks.render_paper",
            "acknowledgments.tasks.make_papers",
            "careerplan.messaging.tasks.deliver",
        )
    }
    deliver, _hard = limits["careerplan.messaging.tasks.deliver"]
    assert deliver > LONGEST_TASK_SECONDS
    assert min(soft for soft, _hard in limits.values()) > BUDGET_SECONDS + 2 * LIMIT_SECONDS
    assert all(soft < hard for soft, hard in limits.values())


@pytest.mark.django_db
def test_a_sweep_tries_each_paper_once(hanging, ordered):
    assert make_waiting(until=lambda: False, at=states.now) == 0
    ordered.refresh_from_db()
    assert ordered.attempts == 1


@pytest.mark.django_db
def test_a_paper_whose_worker_was_ended_is_told_and_made_by_another(ordered):
    at = states.now()
    assert claim(ordered.pk, at=at)  # and then the worker is gone
    assert not make_paper(ordered.pk, at=at)
    assert note_abandoned(at=at + CLAIM - timedelta(seconds=1)) == 0
    assert note_abandoned(at=at + CLAIM) == 1
    assert messages_to(north_planner()) == [Notice.PAPER_NOT_MADE]
    assert make_paper(ordered.pk, at=at + CLAIM + PAUSES[0])
    assert Message.objects.get(kind=Notice.PAPER_NOT_MADE).read_at
    ordered.refresh_from_db()
    assert (ordered.attempts, ordered.error, ordered.claimed_until) == (2, "", None)


@pytest.mark.django_db
def test_a_paper_that_ends_its_workers_is_not_tried_for_ever(ordered):
    at = states.now()
    while claim(ordered.pk, at=at):
        at += CLAIM
        note_abandoned(at=at)
        at += timedelta(hours=1)
    ordered.refresh_from_db()
    assert ordered.attempts == Paper.ATTEMPTS


@pytest.mark.django_db
def test_who_took_too_long_files_nothing_beside_the_next(ordered):
    """The claim has ended, another one has made it, and then the first one comes to its end."""
    at = states.now()
    first = claim(ordered.pk, at=at)
    note_abandoned(at=at + CLAIM)
    assert make_paper(ordered.pk, at=at + CLAIM + PAUSES[0])
    assert not finish(first, b"%PDF-", at=at + CLAIM)
    assert messages_to(lucia().user).count(Notice.ACKNOWLEDGMENT_REQUESTED) == 1


@pytest.mark.django_db(transaction=True)
def test_no_transaction_is_open_while_a_paper_is_made(request, monkeypatch):
    request.getfixturevalue("people")
    paper = Paper.objects.get(seal=states.sent(states.newest(lucia())))
    seen = []

    def noting(html, seconds=None):
        with psycopg.connect(url_of_the_test_database()) as other:
            query = "SELECT count(*) FROM pg_stat_activity WHERE state LIKE 'idle in transaction%%' AND datname = %s"
            seen.append(other.execute(query, [connection.settings_dict["NAME"]]).fetchone()[0])
        return b"%PDF-1.7", []

    monkeypatch.setattr(rendering.renderer, "typeset", noting)
    assert make_paper(paper.pk, at=states.now())
    assert set(seen) == {0}
