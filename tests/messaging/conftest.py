"""A mail server and workers that a test starts, stops and kills."""

import contextlib
import os
import threading

import pytest
import redis

from careerplan.celery import app
from tests import servers
from tests.smtp import mail_server
from tests.workers import start_worker


@pytest.fixture
def server():
    """It takes the whole letter, and answers when it is let go."""
    with mail_server() as server:
        server.goes_on = threading.Event()
        server.before = {".": server.goes_on.wait}
        yield server
        server.goes_on.set()


@pytest.fixture
def worker(server, transactional_db, tmp_path, pytestconfig):
    """Starts one; what its log says of tasks that it was given is `taken(worker)`."""
    running = []

    def start(**more):
        folder = tmp_path / f"worker-{len(running)}"
        folder.mkdir()
        more |= {"DJANGO_SETTINGS_MODULE": "tests.mailing_settings", "MAIL_SERVER_PORT": str(server.port)}
        process = start_worker(folder, pytestconfig.rootpath, **more)
        process.log = folder / "log"
        running.append(process)
        return process

    app.control.purge()
    yield start
    for process in running:
        servers.stop(process)
    app.control.purge()
    with contextlib.closing(redis.from_url(os.environ["REDIS_URL"])) as there:  # what killed workers held
        there.delete("unacked", "unacked_index")
