"""For load balancers and whoever watches from outside: alive (`/healthz/`), and ready to serve (`/readyz/`).

Both are answered before the session, the sign-in and the redirect to HTTPS, and say nothing but which part is missing.
The queue counts, though pages go on without it: e-mails and papers wait. A restart mends nothing of what readyz names,
so restarts go by healthz alone.
"""

import time
from collections.abc import Callable
from http import HTTPStatus

import redis
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from careerplan.base.health.asking import ask
from careerplan.base.health.limits import PROBE_SECONDS


class NotReady(Exception):
    """A part of the installation is there and not as it has to be."""

    state = "missing"


class ReadOnly(NotReady):
    """The database answers and takes nothing: a standby, or a server that was told so."""

    state = "read only"


def database_answers() -> None:
    """Raises ReadOnly where it does no more than that."""
    with connection.cursor() as cursor:
        if connection.vendor != "postgresql":
            cursor.execute("SELECT 1")
            return
        cursor.execute("SHOW transaction_read_only")
        if cursor.fetchone() == ("on",):
            raise ReadOnly


def queue_answers() -> None:
    with redis.from_url(
        settings.CELERY_BROKER_URL, socket_timeout=PROBE_SECONDS, socket_connect_timeout=PROBE_SECONDS
    ) as queue:
        queue.ping()


_migrated: set[str] = set()


def migrations_are_applied() -> None:
    """Looked up until it is so, and not again: a database does not go back. Raises NotReady."""
    name = str(connection.settings_dict["NAME"])
    if name not in _migrated:
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            raise NotReady
        _migrated.add(name)


def parts() -> dict[str, Callable[[], None]]:
    """What must answer before this process can do its work."""
    queue = {"queue": queue_answers} if settings.BACKGROUND == "celery" else {}
    return {"database": database_answers, **queue, "migrations": migrations_are_applied}


def states_of_parts() -> dict[str, str]:
    """Part -> "ok", "no answer", "missing" or "read only"; all of them within PROBE_SECONDS."""
    until = time.monotonic() + PROBE_SECONDS
    answers = {name: ask(name, question) for name, question in parts().items()}
    found = {}
    for name, answer in answers.items():
        try:
            answer.result(max(until - time.monotonic(), 0))
            found[name] = "ok"
        except NotReady as part:
            found[name] = part.state
        except Exception:  # why stands nowhere in the answer: it may name servers and accounts
            found[name] = "no answer"
    return found


@login_not_required
@never_cache
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """The process answers; asks nobody else."""
    return JsonResponse({"status": "ok"})


@login_not_required
@never_cache
@require_safe
def readyz(request: HttpRequest) -> HttpResponse:
    found = states_of_parts()
    missing = [name for name, state in found.items() if state != "ok"]
    status = HTTPStatus.SERVICE_UNAVAILABLE if missing else HTTPStatus.OK
    return JsonResponse({"status": "not ready" if missing else "ready", "not_ready": missing, **found}, status=status)


PROBES = {"/healthz/": healthz, "/readyz/": readyz}


class ProbeMiddleware:
    """Before everything that asks for a name, a session or HTTPS."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        probe = PROBES.get(request.path_info)
        return probe(request) if probe else self.get_response(request)
