"""For gunicorn (`--config python:careerplan.serving`): its own lines in the form of all others.

Its access log is off: the proxy keeps one. Where somebody turns it on (`--access-logfile -`), it names the path and
the number of the request; never the query, nor the page before, which has one, too.
"""

import os
from typing import Any

from gunicorn.glogging import Logger as GunicornLogger

from careerplan.base.logs import JsonFormatter, TextFormatter

logger_class = "careerplan.serving.Logger"
access_log_format = "%(m)s %(U)s %(s)s, %(B)s bytes, %(M)s ms, request %({x-request-id}o)s"


class Logger(GunicornLogger):
    def setup(self, cfg: Any) -> None:
        super().setup(cfg)
        formatter = TextFormatter() if os.environ.get("LOG_FORMAT") == "text" else JsonFormatter()
        for handler in (*self.error_log.handlers, *self.access_log.handlers):
            handler.setFormatter(formatter)
