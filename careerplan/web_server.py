"""How gunicorn serves the product: `gunicorn --config python:careerplan.web_server`.

It stands behind a proxy that takes in requests whole (deploy/nginx): each request has one of few threads for itself.
Without the proxy a handful of slow senders has them all; how long they do is limited here.
"""

import contextlib
import socket
import time
from typing import Any

from gunicorn.workers.gthread import ThreadWorker

from careerplan import environment
from careerplan.serving import access_log_format, logger_class

__all__ = ["access_log_format", "logger_class"]  # gunicorn reads them here

wsgi_app = "careerplan.wsgi:application"
bind = environment.text("WEB_BIND", "0.0.0.0:8000")
worker_class = "careerplan.web_server.Worker"
workers = environment.number("WEB_CONCURRENCY", 2, least=1, most=64)
threads = 6
max_requests = 2000
max_requests_jitter = 200
limit_request_line = 8190
timeout = 30
# Longer than the longest statement (10 s) and a paper made within a page; docker-compose.yml waits longer than this.
graceful_timeout = 25
keepalive = 5
worker_tmp_dir = "/dev/shm"  # in memory: the heartbeat waits for no disk
control_socket_disable = True

READ_SECONDS = environment.number("WEB_READ_SECONDS", 20, least=1, most=600)


class Worker(ThreadWorker):
    """Reads no request for longer than READ_SECONDS. What was read by then is answered; what lacks its end is none."""

    def init_process(self) -> None:
        self.begun: dict[Any, float] = {}
        super().init_process()

    def handle(self, conn: Any) -> Any:
        self.begun[conn] = time.monotonic()
        try:
            return super().handle(conn)
        finally:
            self.begun.pop(conn, None)

    def murder_pending(self) -> None:
        """Called about once a second: no more comes in on what has been read for too long, and its thread is free."""
        super().murder_pending()
        late = time.monotonic() - READ_SECONDS
        for conn, begun in list(self.begun.items()):
            if begun < late:
                self.begun.pop(conn, None)
                with contextlib.suppress(OSError):
                    conn.sock.shutdown(socket.SHUT_RD)
