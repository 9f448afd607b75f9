"""Throw-away servers for the tests, as a pytest plugin (`-p tests.servers` in pyproject.toml).

A PostgreSQL and a Redis of their own start on free ports before the settings are read, and stop with the run.
Where DATABASE_URL or REDIS_URL is set, the server it names is used instead and nothing is started for it.
Under pytest-xdist only the controller starts servers. Each worker has a database of its own (pytest-django adds
the worker's name), a Redis database number of its own, and a VAR_DIR (uploads, mail) of its own.
"""

import atexit
import contextlib
import ctypes
import gc
import os
import pwd
import random
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit
from zoneinfo import ZoneInfo

import pytest

from tests.waiting import BETWEEN_LOOKS, LONGEST_WAIT

pytest_plugins = ["tests.journeys.browser", "tests.workers", "pytester"]

# What has not ended by then is made to end, and no test fails by it.
STOP_SECONDS = 60
# One look at a server: another one follows where it has not answered.
LOOK_SECONDS = 10
REDIS_DATABASES = 64
LIBC = ctypes.CDLL(None) if sys.platform == "linux" else None
PR_SET_PDEATHSIG = 1

# Thousands of tests are collected, and stay: looking for garbage less often is a sixth of that time.
OBJECTS_BETWEEN_LOOKS = 20_000

os.environ["TESTING"] = "1"
gc.set_threshold(OBJECTS_BETWEEN_LOOKS, 20, 20)


class Missing(pytest.UsageError):
    """A program that the tests need is not installed; says which package has it."""


# --- processes --------------------------------------------------------------------------------


def start(command: list[str], *, folder: Path, log: str, **options) -> subprocess.Popen:
    """Starts a program in a session of its own: a Ctrl-C reaches pytest alone, which then stops it in order."""
    with (folder / log).open("wb") as output:
        return subprocess.Popen(
            command,
            cwd=options.pop("cwd", folder),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            preexec_fn=obey,
            **options,
        )


def obey() -> None:
    """In the new process: SIGINT counts, even where a shell had this run ignore it (`make test &`), and Linux sends
    it when the process that started it dies, even by `kill -9`."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    if LIBC:
        LIBC.prctl(PR_SET_PDEATHSIG, signal.SIGINT)


def stop(process: subprocess.Popen) -> None:
    """SIGINT: PostgreSQL cuts the connections that are left, Celery finishes its task."""
    if process.poll() is None:
        process.send_signal(signal.SIGINT)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(STOP_SECONDS)
    with contextlib.suppress(ProcessLookupError):  # it, and the children that it left behind
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def wait_until(
    answers: Callable[[], bool], process: subprocess.Popen, log: Path, seconds: float = LONGEST_WAIT
) -> None:
    """Waits for a started program; raises RuntimeError with the end of its log when it ends or stays silent."""
    deadline = time.monotonic() + seconds
    while not answers():
        ended = process.poll() is not None
        if ended or time.monotonic() > deadline:
            state = f"ended with status {process.returncode}" if ended else f"did not answer within {seconds:.0f} s"
            stop(process)
            last_lines = "\n".join(log.read_text(errors="replace").splitlines()[-20:])
            raise RuntimeError(f"{Path(process.args[0]).name} {state}. The end of its log:\n{last_lines}")
        time.sleep(BETWEEN_LOOKS)


def free_port() -> int:
    """For a program that will listen there. Not one of those that the system gives to every connection and to whoever
    asks for any port (from 32768 on Linux): it might be another's before the program comes to it."""
    for port in random.SystemRandom().sample(range(10_000, 30_000), 100):
        with socket.socket() as listener, contextlib.suppress(OSError):
            listener.bind(("127.0.0.1", port))
            return port
    raise RuntimeError("No port is free.")


@contextlib.contextmanager
def refusing_port() -> Iterator[int]:
    """A port where nobody listens, and nobody can begin to until the block ends."""
    with socket.socket() as holder:
        holder.bind(("127.0.0.1", 0))
        yield holder.getsockname()[1]


# --- PostgreSQL -------------------------------------------------------------------------------

POSTGRESQL_SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "max_connections": "100",
    "timezone": "UTC",
    # Nothing here has to survive a power cut.
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
}


def postgresql_programs() -> Path:
    """The folder of initdb and postgres: on the PATH, else the newest that Debian's packages installed."""
    on_path = shutil.which("initdb")
    if on_path and shutil.which("postgres", path=str(Path(on_path).parent)):
        return Path(on_path).parent
    installed = [path.parent for path in Path("/usr/lib/postgresql").glob("*/bin/initdb")]
    if not installed:
        raise Missing("The tests need PostgreSQL: install the package 'postgresql', or set DATABASE_URL.")
    return max(installed, key=lambda folder: float(folder.parent.name))


def unprivileged() -> dict:
    """PostgreSQL refuses to run as root: root starts it as the user that its package made."""
    if os.geteuid() != 0:
        return {}
    try:
        person = pwd.getpwnam("postgres")
    except KeyError:
        raise Missing("root cannot run PostgreSQL, and there is no user 'postgres': install 'postgresql'.") from None
    return {"user": person.pw_uid, "group": person.pw_gid, "extra_groups": []}


def start_postgresql(folder: Path, **more_settings: str) -> tuple[subprocess.Popen, str]:
    """The process and its DATABASE_URL; on what the folder holds, where it was one's before."""
    programs, identity = postgresql_programs(), unprivileged()
    data = folder / "data"
    if not data.exists():
        make_cluster(data, programs, identity)
    port = free_port()
    settings = [f"--{name}={value}" for name, value in (POSTGRESQL_SETTINGS | more_settings).items()]
    process = start(
        [str(programs / "postgres"), "-D", str(data), "-p", str(port), *settings],
        folder=folder,
        log="log",
        **identity,
    )
    url = f"postgres://careerplan@127.0.0.1:{port}/careerplan"
    wait_until(lambda: postgresql_answers(port), process, folder / "log")
    return process, url


def make_cluster(data: Path, programs: Path, identity: dict) -> None:
    data.parent.mkdir(mode=0o700)
    if identity:
        os.chown(data.parent, identity["user"], identity["group"])
    subprocess.run(
        [programs / "initdb", "--pgdata", data, "--username", "careerplan", "--auth", "trust"]
        + ["--encoding", "UTF8", "--locale", "C.UTF-8", "--no-sync", "--no-instructions"],
        cwd=data.parent,
        stdout=subprocess.DEVNULL,
        check=True,
        **identity,
    )


def postgresql_answers(port: int) -> bool:
    import psycopg

    with contextlib.suppress(psycopg.OperationalError):
        psycopg.connect(host="127.0.0.1", port=port, user="careerplan", dbname="postgres").close()
        return True
    return False


# --- Redis ------------------------------------------------------------------------------------


def start_redis(folder: Path) -> tuple[subprocess.Popen, str]:
    """The process and its REDIS_URL."""
    program = shutil.which("redis-server") or shutil.which("valkey-server")
    if not program:
        raise Missing("The tests need Redis: install the package 'redis-server', or set REDIS_URL.")
    folder.mkdir(mode=0o700)
    port = free_port()
    process = start(
        [program, "--port", str(port), "--bind", "127.0.0.1", "--databases", str(REDIS_DATABASES)]
        + ["--save", "", "--appendonly", "no", "--dir", str(folder)],
        folder=folder,
        log="log",
    )
    wait_until(lambda: redis_answers(port), process, folder / "log")
    return process, f"redis://127.0.0.1:{port}/0"


def redis_answers(port: int) -> bool:
    with (
        contextlib.suppress(OSError),
        socket.create_connection(("127.0.0.1", port), timeout=LOOK_SECONDS) as connection,
    ):
        connection.sendall(b"PING\r\n")
        return connection.recv(16).startswith(b"+PONG")
    return False


def with_database_number(redis_url: str, worker: int) -> str:
    """The same server, another database number for each xdist worker."""
    parts = urlsplit(redis_url)
    first = int(parts.path.strip("/") or 0)
    return urlunsplit(parts._replace(path=f"/{first + worker}"))


# --- the run ----------------------------------------------------------------------------------

# The product's own, and one where the day is four or five hours younger.
ZONES = ("America/Chicago", "Pacific/Honolulu")
LONGEST_RUN = timedelta(hours=3)


def zone_without_midnight(now: datetime | None = None) -> str:
    """Where the run takes place. The demo people's dates, and many a test, hold only as long as today is today."""
    now = now or datetime.now(UTC)  # noqa: TID251  # there is no database yet
    same_day = [zone for zone in map(ZoneInfo, ZONES) if local_day(now, zone) == local_day(now + LONGEST_RUN, zone)]
    return same_day[0].key


def local_day(at: datetime, zone: ZoneInfo) -> date:
    return at.astimezone(zone).date()


def start_what_is_missing(folder: Path) -> Iterator[subprocess.Popen]:
    if not os.environ.get("REDIS_URL"):
        process, os.environ["REDIS_URL"] = start_redis(folder / "redis")
        yield process
    if not os.environ.get("DATABASE_URL"):
        process, os.environ["DATABASE_URL"] = start_postgresql(folder / "postgresql")
        yield process


def start_servers() -> None:
    folder = Path(tempfile.mkdtemp(prefix="careerplan-tests-"))
    folder.chmod(0o711)  # PostgreSQL's user must pass through
    processes: list[subprocess.Popen] = []
    owner = os.getpid()

    def stop_servers() -> None:
        if os.getpid() != owner:  # a forked child that ends is not the end of the run
            return
        while processes:
            stop(processes.pop())
        shutil.rmtree(folder, ignore_errors=True)

    atexit.register(stop_servers)
    os.environ["VAR_DIR"] = str(folder / "var")
    for process in start_what_is_missing(folder):
        processes.append(process)


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_load_initial_conftests(early_config):
    """Before pytest-django's own, which reads the settings. Workers do not come here: they inherit the environment.
    What only lists the tests needs no server."""
    options = early_config.known_args_namespace
    runs_tests = not (options.help or options.version or options.collectonly)
    os.environ.setdefault("TIME_ZONE", zone_without_midnight())
    if runs_tests and "PYTEST_XDIST_WORKER" not in os.environ:
        # A run that is told to end (CI's time limit) takes its servers along, as after a Ctrl-C.
        signal.signal(signal.SIGTERM, signal.default_int_handler)
        start_servers()
    return (yield)


def pytest_terminal_summary(terminalreporter, config) -> None:
    """pytest-randomly says it in the header, which `-q` leaves out."""
    if config.pluginmanager.hasplugin("randomly"):
        terminalreporter.write_line(f"Order: --randomly-seed={config.getoption('randomly_seed')}")


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_setupnodes(specs) -> None:
    for number, spec in enumerate(specs):
        spec.env["REDIS_URL"] = with_database_number(os.environ["REDIS_URL"], number)
        spec.env["VAR_DIR"] = f"{os.environ['VAR_DIR']}-{number}"
    from tests import databases  # not before the settings may be read

    making = databases.begin_to_make(with_database_number(os.environ["REDIS_URL"], len(specs)))
    atexit.register(stop, making)  # before the servers
